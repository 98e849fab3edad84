import { describe, expect, it } from 'vitest';
import { createWording } from '../../src/compose/wording.js';

const at = (iso: string) => Date.parse(iso);
const berlin = createWording('en', 'Europe/Berlin');
const start = at('2030-09-14T12:30:00Z');
const hour = 3_600_000;

describe('the relative time', () => {
  it.each([
    [15 / 60, 'in 15 minutes'],
    [1 / 60, 'in 1 minute'],
    [14.4 / 60, 'in 14 minutes'],
    [0, 'now'],
    [-1, 'now'],
    [1, 'in 1 hour'],
    [1.5, 'in 90 minutes'],
    [2, 'in 2 hours'],
    [11, 'in 11 hours'],
    [24, 'tomorrow'],
    [20, 'tomorrow'],
    [48, 'in 2 days'],
    [7 * 24, 'in 7 days'],
  ])('%d hours before is said as %s', (hours, said) => {
    expect(berlin.when(start, start - hours * hour).relative).toBe(said);
  });

  it('counts days by the calendar of the conference, not in 24 hours', () => {
    const monday = at('2030-10-28T08:00:00Z'); // 09:00 CET, the day after the clocks went back
    const sunday = at('2030-10-27T07:00:00Z'); // 08:00 CET
    expect(berlin.when(monday, sunday - 2 * hour).relative).toBe('tomorrow');
    expect(berlin.when(at('2030-09-14T22:15:00Z'), at('2030-09-14T21:15:00Z')).relative).toBe(
      'in 1 hour',
    );
  });
});

describe('the absolute time', () => {
  it('is the conference clock and UTC, with the day when it is another', () => {
    expect(berlin.when(start, start - hour)).toEqual({
      relative: 'in 1 hour',
      absolute: '14:30 CEST / 12:30 UTC',
      day: 'Sat 14 Sept',
      time: '14:30 CEST',
      utc: '12:30 UTC',
      today: true,
    });
    expect(berlin.when(start, start - 24 * hour).absolute).toBe(
      'Sat 14 Sept, 14:30 CEST / 12:30 UTC',
    );
  });

  it('names the weekday of UTC when it differs', () => {
    const chicago = createWording('en-US', 'America/Chicago');
    expect(chicago.when(at('2030-09-15T01:00:00Z'), at('2030-09-15T00:00:00Z')).absolute).toBe(
      '8:00 PM CDT / Sun 01:00 UTC',
    );
  });

  it('is said once where the zone is UTC', () => {
    const london = createWording('en', 'Europe/London');
    const winter = at('2030-01-14T12:30:00Z');
    expect(london.when(winter, winter).absolute).toBe('12:30 GMT');
    expect(createWording('en', 'UTC').when(winter, winter).absolute).toBe('12:30 UTC');
  });

  it.each([
    ['de', 'Europe/Berlin', 'Sa., 14. Sept., 14:30 MESZ / 12:30 UTC'],
    ['en', 'Australia/Sydney', 'Sat 14 Sept, 22:30 AEST / 12:30 UTC'],
    ['en', 'Asia/Kolkata', 'Sat 14 Sept, 18:00 IST / 12:30 UTC'],
    ['en', 'Asia/Tokyo', 'Sat 14 Sept, 21:30 GMT+9 / 12:30 UTC'],
    ['ja', 'Asia/Tokyo', '9月14日(土), 21:30 JST / 12:30 UTC'],
  ])('in %s at %s reads %s', (language, zone, said) => {
    expect(createWording(language, zone).when(start, start - 48 * hour).absolute).toBe(said);
  });

  it('says what stands within a sentence in the language of the sentence', () => {
    const mixed = createWording('fr', 'Europe/Paris', 'en');
    expect(mixed.when(start, start - 24 * hour)).toMatchObject({
      relative: 'tomorrow',
      absolute: 'sam. 14 sept., 14:30 CEST / 12:30 UTC',
    });
    expect(mixed.names(['Zoë', 'José'], 2)).toBe('Zoë and José');
    const french = createWording('fr', 'Europe/Paris');
    expect(french.when(start, start - 24 * hour).relative).toBe('demain');
    expect(french.names(['Zoë', 'José'], 2)).toBe('Zoë et José');
  });

  it('says what nobody knows how to say as in English', () => {
    expect(createWording('zz', 'Europe/Berlin').when(start, start).absolute).toBe(
      berlin.when(start, start).absolute,
    );
  });

  it('follows the change of the clocks', () => {
    expect(berlin.span(at('2030-10-27T00:30:00Z'), at('2030-10-27T01:30:00Z'))).toBe(
      'Sun 27 Oct, 02:30 CEST–02:30 CET',
    );
  });
});

describe('names', () => {
  it.each([
    [[], 3, ''],
    [['Ada'], 3, 'Ada'],
    [['Ada', 'Bo'], 2, 'Ada and Bo'],
    [['Ada', 'Bo', 'Chi'], 3, 'Ada, Bo and Chi'],
    [['Ada', 'Bo', 'Chi'], 2, 'Ada, Bo et al.'],
    [['Ada', 'Bo', 'Chi'], 1, 'Ada et al.'],
    [['Ada', 'Bo', 'Chi'], 0, ''],
  ])('%j, %i shown, are %j', (names, shown, said) => {
    expect(berlin.names(names, shown)).toBe(said);
  });
});
