import { expect, test } from 'vitest';
import { briefWords, relativeWords, sameDay, timeWords } from '../../src/site/time-words.js';

const at = Date.UTC(2026, 10, 24, 13, 15);
const minutes = 60_000;

test('a zone is named by its letters where it has some', () => {
  const july = Date.UTC(2026, 6, 1);
  expect(
    ['Europe/Berlin', 'America/Chicago', 'Australia/Sydney', 'Asia/Kathmandu', 'UTC'].map((zone) =>
      timeWords(zone).zone(july),
    ),
  ).toEqual(['CEST', 'CDT', 'AEST', 'GMT+5:45', 'UTC']);
});

test('days and clocks are those of the zone', () => {
  const words = timeWords('Asia/Tokyo');
  expect([words.clock(at), words.exact(at), words.day(at), words.longDay(at)]).toEqual([
    '22:15',
    '22:15:00',
    'Tue 24 Nov',
    'Tuesday, 24 November 2026',
  ]);
  expect(sameDay(at, at + 120 * minutes, 'Asia/Tokyo')).toBe(false);
  expect(sameDay(at, at + 120 * minutes, 'UTC')).toBe(true);
});

test('a date that is written from the right leaves the hours beside it alone', () => {
  for (const language of ['he', 'ar']) {
    const words = timeWords('UTC', { language });
    expect(words.day(at)).toMatch(/^\u2067.*\u2069$/);
    expect(words.longDay(at)).toMatch(/^\u2067.*\u2069$/);
  }
  expect(timeWords('UTC', { language: 'de' }).day(at)).not.toContain('\u2067');
});

test('distances are said in the unit that fits', () => {
  const said = [
    2_000,
    40_000,
    60_000,
    12 * minutes,
    60 * minutes,
    26 * 60 * minutes,
    49 * 60 * minutes,
  ];
  expect(said.map((ms) => relativeWords(at + ms, at))).toEqual([
    'now',
    'in 40 seconds',
    'in 1 minute',
    'in 12 minutes',
    'in 1 hour',
    'in 26 hours',
    'in 2 days',
  ]);
  expect(relativeWords(at - 90 * minutes, at)).toBe('2 hours ago');
  expect(said.map((ms) => briefWords(at - ms, at))).toEqual([
    'now',
    '40s',
    '1m',
    '12m',
    '1h',
    '1d',
    '2d',
  ]);
});
