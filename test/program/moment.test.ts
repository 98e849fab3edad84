import { describe, expect, it } from 'vitest';

import { languageTags } from '../../src/program/languages.js';
import { webAddress } from '../../src/program/links.js';
import { parseClockLength, parseMoment, wallClockIn } from '../../src/program/moment.js';
import { inZone } from '../../src/program/time.js';
import { resolveZone } from '../../src/program/zone.js';
import type { ImportProblem } from '../../src/program/import-report.js';
import { codes } from '../support/program-readings.js';

describe('moments', () => {
  it.each([
    ['2025-12-27T10:30:00+01:00', { at: Date.parse('2025-12-27T09:30:00Z'), offset: 60 }],
    ['2025-12-27T10:30:00.250-0330', { at: Date.parse('2025-12-27T14:00:00.250Z'), offset: -210 }],
    ['2025-12-27T10:30Z', { at: Date.parse('2025-12-27T10:30:00Z') }],
    ['20251227T103000Z', { at: Date.parse('2025-12-27T10:30:00Z') }],
    ['2025-12-27 10:30', { wall: '2025-12-27T10:30:00' }],
    ['2025-12-27T24:00', { wall: '2025-12-28T00:00:00' }],
  ])('%s is read', (text, moment) => {
    expect(parseMoment(text)).toEqual(moment);
  });

  it.each([
    '2025-02-30T10:00Z',
    '2025-12-27',
    '2025-12-27T25:00Z',
    '2025-12-27T10:61Z',
    'soon',
    '0001-01-01T00:00Z',
    '9999-01-01T00:00',
    '2025-12-27T10:00+19:00',
    '',
  ])('%j is none', (text) => {
    expect(parseMoment(text)).toBeUndefined();
  });

  it('takes the first of a doubled hour and moves on from a skipped one', () => {
    expect(wallClockIn('2026-10-25T02:30:00', 'Europe/Berlin')).toBe(
      Date.parse('2026-10-25T00:30:00Z'),
    );
    expect(wallClockIn('2026-03-29T02:30:00', 'Europe/Berlin')).toBe(
      Date.parse('2026-03-29T01:30:00Z'),
    );
  });

  it.each([
    ['01:30', 90],
    ['0:05', 5],
    ['1:02:00', 26 * 60],
    ['00:25:00', 25],
    ['100:00', 6000],
  ])('%s lasts %i minutes', (text, minutes) => {
    expect(parseClockLength(text)).toBe(minutes * 60_000);
  });

  it.each(['9:99', '1:25:00', '90', '-1:00', '1:00:99'])('%s is no length', (text) => {
    expect(parseClockLength(text)).toBeUndefined();
  });
});

describe('zones', () => {
  const resolve = (
    source: string | undefined,
    offsets: readonly [string, number][],
    times?: number,
  ) => {
    const problems: ImportProblem[] = [];
    const seen = offsets.map(([at, offset]) => ({ at: Date.parse(at), offset }));
    const zone = resolveZone({ source }, { seen, times: times ?? seen.length }, problems);
    return [zone.name, zone.origin, ...codes(problems)];
  };

  it('come from the source where its offsets fit, clock changes included', () => {
    expect(
      resolve('Europe/Berlin', [
        ['2026-10-24T10:00Z', 120],
        ['2026-10-26T10:00Z', 60],
      ]),
    ).toEqual(['Europe/Berlin', 'source']);
  });

  it('come from the offsets where the source names none or a wrong one', () => {
    expect(resolve(undefined, [['2026-07-01T10:00Z', -300]])).toEqual([
      'Etc/GMT+5',
      'offsets',
      'zone-from-offsets',
    ]);
    expect(resolve('Mars/Base', [['2026-07-01T10:00Z', 0]])).toEqual([
      'UTC',
      'offsets',
      'zone-unknown',
      'zone-from-offsets',
    ]);
    const [name = '', ...rest] = resolve('UTC', [['2026-07-01T10:00Z', 345]]);
    expect(inZone(Date.parse('2026-07-01T10:00Z'), name).offset).toBe('+05:45');
    expect(rest).toEqual(['offsets', 'zone-contradicts-offsets', 'zone-from-offsets']);
  });

  it('are not contradicted by a few odd offsets among many times', () => {
    expect(resolve('Europe/Berlin', [['2026-07-01T10:00Z', 0]], 10)).toEqual([
      'Europe/Berlin',
      'source',
    ]);
  });

  it('are to be named where that is heard: in the config, or on the command line', () => {
    const remedyWhere = (replaced: boolean) => {
      const problems: ImportProblem[] = [];
      resolveZone({ replaced }, { seen: [], times: 1 }, problems);
      return problems[0]?.remedy;
    };
    expect(remedyWhere(false)).toBe(
      'Name the zone of the venue in the config (conference.zone), such as Europe/Lisbon',
    );
    expect(remedyWhere(true)).toBe(
      'Name the zone of the venue with --zone, such as --zone Europe/Lisbon',
    );
  });

  it('are UTC by default, with a problem', () => {
    expect(resolve(undefined, [])).toEqual(['UTC', 'default', 'zone-missing']);
  });
});

describe('languages and addresses', () => {
  it.each([
    ['de, en', ['de', 'en']],
    ['en_US', ['en-US']],
    ['EN/de', ['en', 'de']],
    ['english', []],
    ['en en', ['en']],
    ['', []],
  ])('%j speaks %j', (text, tags) => {
    expect(languageTags(text)).toEqual(tags);
  });

  it('lets only addresses of the web through', () => {
    expect(webAddress(' https://example.org/a b ')).toBe('https://example.org/a%20b');
    for (const text of [
      'javascript:alert(1)',
      'data:text/html,x',
      'https://',
      '/relative',
      'ftp://x.org',
    ]) {
      expect(webAddress(text)).toBeUndefined();
    }
  });
});
