import { describe, expect, it } from 'vitest';

import { toIso } from '../../src/program/time.js';
import { brokenPromises, codes, fixture, read, titled } from '../support/program-readings.js';

describe('frab JSON', () => {
  const { program, report } = read(fixture('traps.frab.json'));
  const times = (title: string) => {
    const { startsAt, endsAt } = titled(program, title);
    return [toIso(startsAt), toIso(endsAt)];
  };

  it('keeps every session that can be read and says what became of the others', () => {
    expect(brokenPromises(program)).toEqual([]);
    expect(report.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'dropped malformed',
      'dropped malformed',
      'repaired html-in-title',
      'repaired control-characters',
      'dropped no-start',
      'repaired end-before-start',
      'repaired end-before-start',
      'dropped no-title',
      'note duplicate-id',
    ]);
    expect(report.problems[4]).toEqual({
      severity: 'dropped',
      code: 'no-start',
      place: 'schedule.conference.days[0].rooms["Big Tent"][4]',
      problem: '"Never starts" has no start that can be read',
      remedy: 'Give it a start in the source, as ISO 8601 with an offset where the format allows',
    });
    expect(program.title).toBe('Camp & Fair');
    expect(program.url).toBe('https://camp.example.org/2026');
  });

  it('makes plain text of titles and of escaped HTML in abstracts', () => {
    const opening = titled(program, 'Opening together');
    expect(opening.abstract).toBe('Hello & welcome.\n\nSecond.');
    expect(opening.languages).toEqual(['de', 'en']);
    expect(opening.links).toEqual([{ url: 'https://example.org/slides', title: 'Slides' }]);
    expect(opening.aliases).toEqual(['guid:g-1', 'code:AAAAAA', 'id:7']);
    expect(opening.people.map(({ role }) => role)).toEqual(['presenter', 'presenter']);
    expect(
      program.people.map(({ name, affiliation, aliases }) => [name, affiliation, aliases]),
    ).toEqual([
      ['Ada Example', undefined, ['id:1']],
      ['Bo Example', 'Institute of Examples, Linz', ['code:PPPPPP']],
    ]);
  });

  it('prefers date and end to the duration, which may count days', () => {
    expect(times('Opening together')).toEqual(['2026-07-03T08:00:00Z', '2026-07-03T08:30:00Z']);
    expect(times('Same number')).toEqual(['2026-07-03T09:00:00Z', '2026-07-03T10:15:00Z']);
    expect(times('A day and two hours')).toEqual(['2026-07-03T10:30:00Z', '2026-07-04T12:30:00Z']);
  });

  it('puts what is past midnight by the clock on the next date', () => {
    expect(times('Past midnight without a date')).toEqual([
      '2026-07-03T23:30:00Z',
      '2026-07-04T00:30:00Z',
    ]);
    expect(times('Ends past midnight by the clock')).toEqual([
      '2026-07-03T21:00:00Z',
      '2026-07-03T23:00:00Z',
    ]);
  });

  it('lets a session that would end long before its start end as it starts', () => {
    expect(times('Ends before it starts')).toEqual([
      '2026-07-03T16:00:00Z',
      '2026-07-03T16:00:00Z',
    ]);
  });

  it('reads names by language, cancelled states and recordings that nobody wants', () => {
    const trust = titled(program, 'Trust');
    expect(trust.cancelled).toBe(true);
    expect(trust.recording).toBeUndefined();
    expect(program.units.map(({ name }) => name)).toEqual(['Main', 'Side']);
  });

  it('trusts the offsets where the named zone contradicts them, and says so', () => {
    const text = new TextDecoder().decode(fixture('traps.frab.json'));
    const contradicting = read(text.replace('Europe/Vienna', 'Asia/Tokyo'));
    expect(contradicting.report.zone).toEqual({ name: 'Etc/GMT-2', origin: 'offsets' });
    expect(codes(contradicting.report.problems)).toContain('zone-contradicts-offsets');
    expect(contradicting.program.sessions.map(({ startsAt }) => startsAt)[0]).toBe(
      program.sessions[0]?.startsAt,
    );
  });

  it('takes the zone of a schedule in UTC from its name when the dates show another clock than the start', () => {
    const event = (date: string, start: string) =>
      JSON.stringify({
        schedule: {
          conference: {
            title: 'T',
            time_zone_name: 'Europe/Vienna',
            days: [
              {
                date: '2026-07-03',
                rooms: { A: [{ guid: 'g', title: 'S', date, start, duration: '00:30' }] },
              },
            ],
          },
        },
      });
    expect(read(event('2026-07-03T08:00:00+00:00', '10:00')).report.zone.origin).toBe('source');
    expect(read(event('2026-07-03T08:00:00+00:00', '08:00')).report.zone).toEqual({
      name: 'UTC',
      origin: 'offsets',
    });
  });
});

describe('frab XML', () => {
  const { program, report } = read(fixture('traps.frab.xml'));

  it('reads another encoding, CDATA and references, and decodes each once', () => {
    expect(brokenPromises(program)).toEqual([]);
    expect(program.sessions.map(({ title }) => title)).toEqual([
      'Ampersands & CDATA',
      'Undefined entity',
    ]);
    expect(program.people.map(({ name }) => name)).toEqual(['José Example', 'Li Example']);
    expect(program.people.map(({ aliases }) => aliases)).toEqual([['id:2'], ['guid:p-9']]);
    const [first, second] = program.sessions;
    expect(first?.abstract).toBe('One\ntwo & three\n• four');
    expect(first?.links).toEqual([{ url: 'https://example.org/a', title: 'A & B' }]);
    expect(first?.recording).toBeUndefined();
    expect(second?.recording).toBe('https://example.org/w');
    expect(program.rooms.map(({ name }) => name)).toEqual(['Hall']);
  });

  it('finds a zone for offsets that contradict the named one', () => {
    expect(report.zone).toEqual({ name: 'Etc/GMT+4', origin: 'offsets' });
    expect(codes(report.problems)).toEqual([
      'zone-contradicts-offsets',
      'zone-from-offsets',
      'html-in-title',
      'person-without-name',
    ]);
  });

  it('refuses a document that declares entities, in one sentence', () => {
    expect(() => read(fixture('bomb.frab.xml'))).toThrow(
      'program: it declares XML entities of its own, which are never expanded here. Export it without a DOCTYPE that declares entities.',
    );
  });

  it('names the line at which a document breaks off or does not close', () => {
    const text = new TextDecoder('latin1').decode(fixture('traps.frab.xml'));
    expect(() => read(text.slice(0, 700))).toThrow(/^program, line 10: the XML ends too early/);
    expect(() => read(text.slice(0, text.indexOf('<event guid="x-2"')))).toThrow(
      /the XML ends too early \(<room> never closes\)/,
    );
    expect(() => read(text.replace('</persons>', '</person>'))).toThrow(
      /^program, line 10: it is not well-formed XML \(<\/person> closes <persons> of line 10\)/,
    );
    expect(() => read('<schedule></schedule></schedule>')).toThrow(/closes nothing/);
  });
});
