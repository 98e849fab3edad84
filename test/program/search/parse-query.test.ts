import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayValue, minutesOf } from '../../../src/program/search/filter-values.js';
import { parseQuery } from '../../../src/program/search/parse-query.js';
import { longestQuery, mostParts, quoted, textWithout } from '../../../src/program/search/query.js';

// A Thursday, 20:30 in Chicago, and Friday already in UTC.
const now = Date.UTC(2026, 3, 24, 1, 30);
const setting = { zone: 'America/Chicago', now, unitLabel: 'Division', language: 'en' };
const parse = (text: string) => parseQuery(text, setting);

/** The parts, in few words. */
const said = (text: string) =>
  parse(text).parts.map((part) => {
    switch (part.kind) {
      case 'words':
        return part.alternatives.map(({ kind, text: words }) => `${kind} ${words}`).join(' | ');
      case 'without':
        return `not ${part.clause.kind} ${part.clause.text}`;
      case 'filter':
        return `${part.isNegative ? 'not ' : ''}${part.filter.kind} ${part.filter.value}`;
    }
  });

describe('a query', () => {
  it('is words, phrases, alternatives and what is left out', () => {
    expect(said('climate "public opinion" -trump')).toEqual([
      'word climate',
      'phrase public opinion',
      'not word trump',
    ]);
    expect(said('one OR "two three" | four five')).toEqual([
      'word one | phrase two three | word four',
      'word five',
    ]);
    expect(said('cats AND dogs NOT mice -"wild birds"')).toEqual([
      'word cats',
      'word dogs',
      'not word mice',
      'not phrase wild birds',
    ]);
    expect(said('COVID-19 東京')).toEqual(['row COVID-19', 'row 東京']);
  });

  it('has filters, whose values may be quoted, in the words of the program', () => {
    expect(said('person:"Ana Silva" room:“Hall 2” -type:panel division:Methods unit:x')).toEqual([
      'person Ana Silva',
      'room Hall 2',
      'not type panel',
      'unit Methods',
      'unit x',
    ]);
    expect(said('PERSON:silva')).toEqual(['person silva']);
  });

  it('takes a space after the colon of an operator, and leaves titles with a colon alone', () => {
    expect(said('climate -person: "Ana Silva" room: 204 Division: Methods type:  panel')).toEqual([
      'word climate',
      'not person Ana Silva',
      'room 204',
      'unit Methods',
      'type panel',
    ]);
    expect(said('day: friday after: 14:00 before: 5pm')).toEqual([
      'day friday',
      'after 14:00',
      'before 5pm',
    ]);
    expect(said('After: the flood')).toEqual(['word After:', 'word the', 'word flood']);
    expect(said('person: day:friday')).toEqual(['word person:', 'day friday']);
    expect(said('person: -silva room: OR hall')).toEqual([
      'word person:',
      'not word silva',
      'word room: | word hall',
    ]);
    const query = parse('person: silva climate');
    expect(query.parts.map((_, index) => textWithout(query, index))).toEqual([
      'climate',
      'person: silva',
    ]);
  });

  it('knows days and times', () => {
    const days = parse('day:2026-04-25 day:Fri day:today day:tomorrow').parts.map((part) =>
      part.kind === 'filter' && part.filter.kind === 'day' ? part.filter.day : undefined,
    );
    expect(days).toEqual([
      { kind: 'date', day: '2026-04-25' },
      { kind: 'weekday', weekday: 5 },
      { kind: 'date', day: '2026-04-23' },
      { kind: 'date', day: '2026-04-24' },
    ]);
    expect(dayValue('Freitag', { zone: 'Europe/Berlin', language: 'de' })).toEqual({
      kind: 'weekday',
      weekday: 5,
    });
    expect(dayValue('2026-02-30', { zone: 'UTC' })).toBeUndefined();
    expect(dayValue('today', { zone: 'UTC' })).toBeUndefined();
  });

  it.each([
    ['14:00', 840],
    ['9', 540],
    ['2pm', 840],
    ['12:30 a.m.', 30],
    ['12pm', 720],
    ['14h30', 870],
    ['24:00', 1440],
    ['25:00', undefined],
    ['13pm', undefined],
    ['14:75', undefined],
    ['noon', undefined],
  ])('reads %s as minute %s of the day', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  it('says what it did not understand', () => {
    expect(parse('day:someday after:noon person: foo:bar OR').notes).toEqual([
      '“someday” names no day, such as 2026-04-23, friday or today; “day:” was left out.',
      '“noon” is no time of day, such as 14:00; “after:” was left out.',
      'The search has no operator “foo:”; it was read as a word.',
    ]);
    expect(parse('OR climate').notes).toEqual([
      '“OR” stands between two words or phrases; here it was left out.',
    ]);
    expect(said('foo:bar')).toEqual(['row foo:bar']);
    expect(said('Congress: a history')).toEqual(['word Congress:', 'word a', 'word history']);
    expect(said('https://example.org/x')).toEqual(['row https://example.org/x']);
    expect(parse('https://example.org/x').notes).toEqual([]);
  });

  it('closes a quote that was left open, and cuts what is too long at a word', () => {
    expect(said('"public opinion')).toEqual(['phrase public opinion']);
    expect(parse('"public opinion').notes).toEqual([
      'A quotation mark was not closed; the phrase ends with the text.',
    ]);
    expect(parse('panel "public opinion').text).toBe('panel "public opinion"');
    const long = parse(`"${'opinion '.repeat(1_300)}`);
    expect(long.text.length).toBeLessThanOrEqual(longestQuery);
    expect(long.text.endsWith('opinion"')).toBe(true);
    expect(long.notes).toEqual([
      `Only the first ${longestQuery} characters of the query count.`,
      'A quotation mark was not closed; the phrase ends with the text.',
    ]);
    expect(parse('a b '.repeat(60)).parts.length).toBe(mostParts);
  });

  it('is whole without one of its parts', () => {
    const query = parse('climate  day:friday -policy');
    expect(query.parts.map((_, index) => textWithout(query, index))).toEqual([
      'day:friday -policy',
      'climate -policy',
      'climate  day:friday',
    ]);
  });

  it('is read whatever is typed', () => {
    const pieces = fc.constantFrom(
      ...['"', '“', '”', '-', 'OR', 'AND', 'NOT', '|', '(', ')', ' ', ':', 'person:', 'day:'],
      ...['after:', 'room:"', '../', '<script>', '\u0000', '\ud800', '.*[a-z]+(', '東京', 'é', 'x'],
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { parts, notes, text: kept } = parse(text);
        let last = 0;
        for (const { from, to } of parts) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          last = to;
        }
        expect(last).toBeLessThanOrEqual(kept.length);
        expect(notes.every((note) => note.endsWith('.'))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('reads a quoted text as one phrase', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(texts, (text) => {
        const { parts } = parse(quoted(`word ${text}`));
        expect(parts.map(({ kind }) => kind)).toEqual(['words']);
      }),
    );
  });
});
