import { beforeAll, describe, expect, it } from 'vitest';
import type { ProgramSearch, SearchOptions } from '../../../src/program/search/search.js';
import { buildProgram } from '../../support/programs.js';
import { bracketed, searchIn, searchOver, titles } from '../../support/searching.js';

// A Saturday; 10:00 is at nine in the morning in UTC.
const day = '2030-09-14';
const at = (clock: string, on = day) => `${on}T${clock}:00+02:00`;

describe('the search', () => {
  let search: ProgramSearch;
  const find = (text: string, options?: SearchOptions) => titles(search.search(text, options));

  beforeAll(async () => {
    search = await searchIn(
      [
        {
          title: 'Climate politics in cities',
          start: at('10:00'),
          room: { name: 'Hall 2', building: 'Old Mill' },
          unit: 'Methods',
          type: 'Panel',
          people: { chair: ['Tobias Böhmelt'] },
          presentations: [
            { title: 'Flood insurance', people: ['Ana Silva'] },
            { title: 'Heat and voters', people: ['Łucja Żak'], start: at('11:00') },
          ],
        },
        {
          title: 'Public opinion and war',
          start: at('14:00'),
          room: 'Hall 20',
          unit: 'Methods and data',
          type: 'Round table',
          abstract: 'What does the public think of climate? Opinion is not all. The U.S. Congress.',
          people: ['Ana Silva Costa'],
        },
        {
          title: '東京AI会議の歴史',
          subtitle: 'Straße nach Łódź',
          start: at('09:00', '2030-09-15'),
          room: 'Hall 2',
          type: 'Panel',
          people: ['早川 みなと'],
        },
        { title: 'Opinion polls', start: at('15:00'), type: 'Panel', cancelled: true },
      ],
      'Interest Group',
    );
  });

  it('finds words in titles, names, abstracts, rooms, buildings, units and types', () => {
    expect(find('cities')).toEqual(['Climate politics in cities']);
    expect(find('insurance')).toEqual(['Flood insurance']);
    expect(find('tobias')).toEqual(['Climate politics in cities', 'Tobias Böhmelt']);
    expect(find('congress')).toEqual(['Public opinion and war']);
    expect(find('mill')).toEqual(['Climate politics in cities', '東京AI会議の歴史', 'Hall 2']);
    expect(find('round table')).toEqual(['Public opinion and war', 'Round table']);
  });

  it('takes a word with an apostrophe whole, or without its article', async () => {
    const own = await searchOver(
      buildProgram([
        { title: 'L’État and its towns', people: ['Maeve O’Halloran'] },
        { title: 'Opening orientation, what little of it', people: ['Ola Oyelaran'] },
        { title: 'What’s left' },
      ]),
    );
    const found = (text: string) => titles(own.search(text, { kind: 'session' }));
    for (const name of ['O’Halloran', "o'halloran", 'ohalloran', 'o halloran', 'halloran']) {
      expect([name, found(name)]).toEqual([name, ['L’État and its towns']]);
    }
    expect(found("l'etat")).toEqual(['L’État and its towns']);
    expect(found('what’s')).toEqual(['What’s left']);
    expect(found('towns -what’s')).toEqual(['L’État and its towns']);
    expect(found('of -what’s')).toEqual(['Opening orientation, what little of it']);
  });

  it('folds accents, both spellings of an umlaut, and letters that few can type', () => {
    const bohmelt = ['Climate politics in cities', 'Tobias Böhmelt'];
    for (const text of ['bohmelt', 'boehmelt', 'Böhmelt', 'BÖHMELT', 'bo\u0308hmelt']) {
      expect(find(text)).toEqual(bohmelt);
    }
    expect(find('lucja zak')).toEqual(['Heat and voters', 'Łucja Żak']);
    expect(find('strasse lodz')).toEqual(['東京AI会議の歴史']);
    expect(find('us congress')).toEqual(['Public opinion and war']);
  });

  it('finds beginnings, and what is mistyped where nothing is spelled so', () => {
    expect(find('insur')).toEqual(['Flood insurance']);
    expect(find('insurence')).toEqual(['Flood insurance']);
    expect(find('bohmlet')).toEqual(['Climate politics in cities', 'Tobias Böhmelt']);
    const result = search.search('cliamte cities');
    expect(titles(result)).toEqual(['Climate politics in cities']);
    expect(result.corrections).toEqual([
      { typed: 'cliamte', instead: 'Climate', text: 'Climate cities' },
    ]);
  });

  it('finds any part of a text whose words have no spaces', () => {
    for (const text of ['東京', '会議の歴', '史', '京ai会', '"議の"']) {
      expect(find(text)).toEqual(['東京AI会議の歴史']);
    }
    expect(find('京東')).toEqual([]);
    expect(find('みなと')).toEqual(['東京AI会議の歴史', '早川 みなと']);
  });

  it('needs all words, any of those joined by OR, and none that is taken out', () => {
    expect(find('climate opinion')).toEqual(['Public opinion and war']);
    expect(find('insurance OR cities')).toEqual(['Flood insurance', 'Climate politics in cities']);
    expect(find('opinion -war')).toEqual(['Opinion polls']);
    expect(find('opinion -congress -polls')).toEqual([]);
    expect(find('the opinion of')).toEqual(find('opinion'));
  });

  it('finds a phrase only where its words stand next to each other in one text', () => {
    expect(find('"public opinion"')).toEqual(['Public opinion and war']);
    expect(find('"opinion public"')).toEqual([]);
    expect(find('"climate congress"')).toEqual([]);
    expect(find('"U.S. Congress"')).toEqual(['Public opinion and war']);
    expect(find('"opin"')).toEqual([]);
  });

  it('takes people, places and units by name, exactly where a name is exact', () => {
    expect(find('person:"Ana Silva"')).toEqual(['Flood insurance']);
    expect(find('person:silva')).toEqual(['Flood insurance', 'Public opinion and war']);
    expect(find('person:silva -person:costa')).toEqual(['Flood insurance']);
    expect(find('room:"hall 2"')).toEqual([
      'Climate politics in cities',
      'Flood insurance',
      'Heat and voters',
      '東京AI会議の歴史',
    ]);
    expect(find('unit:methods opinion')).toEqual([]);
    expect(find('interest-group:"methods and data"')).toEqual(['Public opinion and war']);
    expect(find('type:panel opinion')).toEqual(['Opinion polls']);
    expect(find('type:panel type:"round table" opinion')).toEqual([
      'Public opinion and war',
      'Opinion polls',
    ]);
  });

  it('takes days and clock times of the conference', () => {
    expect(find('day:2030-09-15')).toEqual(['東京AI会議の歴史']);
    expect(find('day:sunday')).toEqual(['東京AI会議の歴史']);
    const now = Date.parse(at('23:30'));
    expect(find('day:today after:14:00', { now })).toEqual([
      'Public opinion and war',
      'Opinion polls',
    ]);
    expect(find('day:tomorrow', { now })).toEqual(['東京AI会議の歴史']);
    // A presentation begins at its own time.
    expect(find('after:11:00 before:12:00')).toEqual(['Heat and voters']);
  });

  it('finds a presentation by words of its session only together with its own', () => {
    expect(find('flood cities')).toEqual(['Flood insurance']);
    expect(find('flood mill')).toEqual(['Flood insurance']);
    expect(find('politics cities')).toEqual(['Climate politics in cities']);
    expect(find('politics person:silva')).toEqual(['Flood insurance']);
  });

  it('puts titles before names before abstracts, exact words before their beginnings', async () => {
    const ranks = await searchIn([
      { title: 'One', start: at('08:00'), abstract: 'All about rivers and their banks' },
      { title: 'Two', start: at('09:00'), people: ['Joan Rivers'] },
      { title: 'Riversides of Europe', start: at('10:00') },
      { title: 'Rivers of Europe', start: at('11:00') },
    ]);
    const hits = ranks.search('rivers').hits.map(({ title }) => title.text);
    expect(hits[0]).toBe('Rivers of Europe');
    expect(hits.indexOf('Two')).toBeLessThan(hits.indexOf('One'));
    expect(hits.indexOf('Rivers of Europe')).toBeLessThan(hits.indexOf('Riversides of Europe'));
  });

  it('puts what is on or soon first among equals, then what is to come, what is over, what is cancelled', async () => {
    const ranks = await searchIn(
      (['cancelled', 'over', 'on', 'late'] as const).map((subtitle, index) => ({
        title: 'Opening',
        subtitle,
        start: at(['12:00', '08:00', '11:30', '19:00'][index] ?? ''),
        cancelled: subtitle === 'cancelled',
      })),
    );
    const order = (now?: number) =>
      ranks
        .search('opening', now === undefined ? {} : { now })
        .hits.map(({ session }) => session?.subtitle);
    expect(order(Date.parse(at('12:00')))).toEqual(['on', 'late', 'over', 'cancelled']);
    expect(order()).toEqual(['over', 'on', 'late', 'cancelled']);
  });

  it('marks what matched, and shows where when the title does not', () => {
    const [hit] = search.search('opinion climate').hits;
    expect(hit && bracketed(hit.title)).toBe('Public [opinion] and war');
    expect(hit?.matched?.field).toBe('abstract');
    expect(hit?.matched && bracketed(hit.matched)).toBe(
      'What does the public think of [climate]? [Opinion] is not all. The U.S. Congress.',
    );
    const [, person] = [...search.search('boehmelt').hits, ...search.search('boehmelt').things];
    expect(person && bracketed(person.title)).toBe('Tobias [Böhmelt]');
    const [session] = search.search('boehmelt').hits;
    expect(session?.matched).toEqual({
      field: 'person',
      text: 'Tobias Böhmelt',
      ranges: [[7, 14]],
    });
    const [city] = search.search('"会議"').hits;
    expect(city && bracketed(city.title)).toBe('東京AI[会議]の歴史');
  });

  it('counts what each filter would leave', () => {
    const { facets, counts } = search.search('hall');
    expect(counts).toEqual({ session: 3, presentation: 0, person: 0, room: 2, unit: 0, type: 0 });
    expect(facets).toEqual({
      day: [
        { filter: 'day:2030-09-14', name: '2030-09-14', count: 2 },
        { filter: 'day:2030-09-15', name: '2030-09-15', count: 1 },
      ],
      unit: [
        { filter: 'unit:"Methods"', name: 'Methods', count: 1 },
        { filter: 'unit:"Methods and data"', name: 'Methods and data', count: 1 },
      ],
      type: [
        { filter: 'type:"Panel"', name: 'Panel', count: 2 },
        { filter: 'type:"Round table"', name: 'Round table', count: 1 },
      ],
      room: [
        { filter: 'room:"Hall 2"', name: 'Hall 2', count: 2 },
        { filter: 'room:"Hall 20"', name: 'Hall 20', count: 1 },
      ],
    });
  });

  it('says what to relax when nothing is found', () => {
    const { total, relaxations } = search.search('insurance day:sunday');
    expect(total).toBe(0);
    expect(relaxations).toEqual([
      { kind: 'without', dropped: 'insurance', text: 'day:sunday', count: 1 },
      { kind: 'without', dropped: 'day:sunday', text: 'insurance', count: 1 },
    ]);
    expect(search.search('flood voters').relaxations).toEqual([
      { kind: 'any', dropped: '', text: 'flood OR voters', count: 2 },
      { kind: 'without', dropped: 'flood', text: 'voters', count: 1 },
      { kind: 'without', dropped: 'voters', text: 'flood', count: 1 },
    ]);
  });

  it('says when a name is unknown, and which one it took instead', () => {
    expect(search.search('person:"Ana Silwa" flood').notes).toEqual([
      'The program has no person by the name of “Ana Silwa”; the nearest was taken, “Ana Silva”.',
    ]);
    expect(search.search('room:cellar').notes).toEqual([
      'The program has no room by the name of “cellar”.',
    ]);
    expect(search.search('room:cellar').total).toBe(0);
  });

  it('pages, and shows one kind alone', () => {
    const all = search.search('type:panel OR', { limit: 50 }).hits.map(({ key }) => key);
    const paged = [0, 2, 4].flatMap((offset) =>
      search.search('type:panel OR', { offset, limit: 2 }).hits.map(({ key }) => key),
    );
    expect(paged).toEqual(all);
    const people = search.search('silva', { kind: 'person' });
    expect(people.hits.map(({ title }) => title.text)).toEqual(['Ana Silva', 'Ana Silva Costa']);
    expect(people.matching).toBe(2);
    expect(people.things).toEqual([]);
  });

  it('suggests names and titles as somebody types', () => {
    const suggest = (text: string) =>
      search.suggest(text, 6).map(({ kind, title }) => `${kind} ${bracketed(title)}`);
    expect(suggest('cli')).toEqual(['session [Climate] politics in cities']);
    expect(suggest('ana si')).toEqual(['person [Ana] [Silva]', 'person [Ana] [Silva] Costa']);
    expect(suggest('boeh')).toEqual(['person Tobias [Böhmelt]']);
    expect(suggest('person:sil')).toEqual(['person Ana [Silva]', 'person Ana [Silva] Costa']);
    expect(suggest('person: sil')).toEqual(suggest('person:sil'));
    expect(suggest('insur')).toEqual([]);
    expect(suggest('c')).toEqual([]);
    expect(suggest('京')).toEqual(['session 東[京]AI会議の歴史']);
    expect(search.suggest('hall', 1).length).toBe(1);
  });

  it('answers nothing to an empty query, and to any in an empty program', async () => {
    expect(search.search('  ').total).toBe(0);
    expect(search.search('"" ()').total).toBe(0);
    const empty = await searchOver(buildProgram([]));
    for (const text of ['climate', 'day:today', 'person:x', '-x', '"a b"']) {
      expect(empty.search(text).total).toBe(0);
    }
    expect(empty.suggest('climate', 5)).toEqual([]);
  });

  it.each([
    ['x'.repeat(10_000)],
    ['"'.repeat(10_000)],
    ['../../etc/passwd'],
    ['<script>alert(1)</script>'],
    ['\u0000\u0000climate\u0000'],
    ['\ud800climate\udc00'],
    ['.*+?^${}()|[]\\'],
    ['(((((((((('],
    ['OR OR OR | | AND NOT'],
    ['person:"'],
    ['-'],
    ['__proto__ constructor toString'],
    ['person:__proto__ room:constructor'],
    [`person:${'a'.repeat(5_000)}`],
    ['-'.repeat(500) + 'a'],
    ['🎉👩‍🚀'],
  ])('survives %s', (text) => {
    const { query, hits, total } = search.search(text);
    expect(query.text.length).toBeLessThanOrEqual(1_000);
    expect(hits.length).toBeLessThanOrEqual(total);
    expect(Array.isArray(search.suggest(text, 8))).toBe(true);
  });
});
