import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalLeadTime,
  compareLeadTimes,
  dueMoment,
  leadTimeLabel,
  parseSpan,
  spanMs,
} from '../../src/campaign/lead-time.js';
import { toIso } from '../../src/program/time.js';
import { at } from './builders.js';

const due = (start: string, lead: string, zone: string) => toIso(dueMoment(at(start), lead, zone));

describe('a lead time', () => {
  it.each([
    ['P7D', { days: 7, exactMs: 0 }],
    ['P1W', { days: 7, exactMs: 0 }],
    ['PT15M', { days: 0, exactMs: 900_000 }],
    ['P1DT30M', { days: 1, exactMs: 1_800_000 }],
    ['pt1h', { days: 0, exactMs: 3_600_000 }],
    ['PT0.5S', { days: 0, exactMs: 500 }],
  ])('%s is read', (text, span) => {
    expect(parseSpan(text)).toEqual(span);
  });

  it.each([
    '',
    '15',
    'P',
    'PT0S',
    '-PT15M',
    'P1M',
    'P1Y',
    '15 minutes',
    'P367D',
    'PT99999999999999H',
  ])('%j is refused', (text) => {
    expect(parseSpan(text)).toBeUndefined();
    expect(canonicalLeadTime(text)).toBeUndefined();
  });

  it('has one way to be written, in which days and hours stay apart', () => {
    expect(
      ['PT60M', 'PT90M', 'P1W', 'PT24H', 'P1D', 'PT900S', 'P1DT60M', 'pt15m'].map(
        canonicalLeadTime,
      ),
    ).toEqual(['PT1H', 'PT1H30M', 'P7D', 'PT24H', 'P1D', 'PT15M', 'P1DT1H', 'PT15M']);
    expect(canonicalLeadTime('P1DT24H')).toBe('P1DT24H');
  });

  it('keeps its length and its own form when it is written canonically', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(86_400), (days, seconds) => {
        fc.pre(days + seconds > 0);
        const text = `P${days}DT${seconds}S`;
        const canonical = canonicalLeadTime(text) ?? '';
        expect(parseSpan(canonical)).toEqual({ days, exactMs: seconds * 1000 });
        expect(canonicalLeadTime(canonical)).toBe(canonical);
      }),
    );
  });

  it('is said in words', () => {
    expect(
      ['PT15M', 'PT1H', 'P1D', 'P7D', 'P1DT12H', 'PT1H30M', 'PT45S'].map(leadTimeLabel),
    ).toEqual([
      '15 minutes before',
      '1 hour before',
      '1 day before',
      '7 days before',
      '1 day 12 hours before',
      '1 hour 30 minutes before',
      '45 seconds before',
    ]);
  });

  it('sorts the longest first, and equally long ones always in one order', () => {
    const sorted = ['P1D', 'P7D', 'PT1H', 'PT15M', 'PT24H'].sort(compareLeadTimes);
    expect(sorted).toEqual(['P7D', 'P1D', 'PT24H', 'PT1H', 'PT15M']);
    expect(['PT24H', 'P1D'].sort(compareLeadTimes)).toEqual(['P1D', 'PT24H']);
  });
});

describe('a due moment', () => {
  it('keeps the wall clock over the days in Berlin, and counts hours exactly', () => {
    // The clock went forward on 29 March 2026 at 02:00; the session is at noon.
    expect(due('2026-03-29T10:00:00Z', 'P1D', 'Europe/Berlin')).toBe('2026-03-28T11:00:00Z');
    expect(due('2026-03-29T10:00:00Z', 'PT24H', 'Europe/Berlin')).toBe('2026-03-28T10:00:00Z');
    expect(due('2026-03-31T10:00:00Z', 'P7D', 'Europe/Berlin')).toBe('2026-03-24T11:00:00Z');
    // And back on 25 October 2026 at 03:00.
    expect(due('2026-10-25T11:00:00Z', 'P1D', 'Europe/Berlin')).toBe('2026-10-24T10:00:00Z');
    expect(due('2026-10-25T11:00:00Z', 'PT24H', 'Europe/Berlin')).toBe('2026-10-24T11:00:00Z');
  });

  it('keeps the wall clock in Chicago, whose change falls on another day', () => {
    expect(due('2026-03-08T15:00:00Z', 'P1D', 'America/Chicago')).toBe('2026-03-07T16:00:00Z');
    expect(due('2026-11-01T16:00:00Z', 'P1D', 'America/Chicago')).toBe('2026-10-31T15:00:00Z');
    expect(due('2026-03-08T15:00:00Z', 'PT15M', 'America/Chicago')).toBe('2026-03-08T14:45:00Z');
  });

  it('follows the half hour by which Lord Howe changes its clock', () => {
    // +11 until 5 April 2026 02:00, then +10:30. The session is at 09:00.
    expect(due('2026-04-04T22:30:00Z', 'P1D', 'Australia/Lord_Howe')).toBe('2026-04-03T22:00:00Z');
    expect(due('2026-04-04T22:30:00Z', 'PT24H', 'Australia/Lord_Howe')).toBe(
      '2026-04-03T22:30:00Z',
    );
  });

  it('takes a wall-clock time that was skipped as much later, and of a doubled one the first', () => {
    // 02:30 on 29 March 2026 is not there in Berlin: 03:30 is taken.
    expect(due('2026-03-30T00:30:00Z', 'P1D', 'Europe/Berlin')).toBe('2026-03-29T01:30:00Z');
    // 02:30 on 25 October 2026 is there twice.
    expect(due('2026-10-26T01:30:00Z', 'P1D', 'Europe/Berlin')).toBe('2026-10-25T00:30:00Z');
  });

  it('takes the hours off after the days', () => {
    expect(due('2026-03-29T10:00:00Z', 'P1DT12H', 'Europe/Berlin')).toBe('2026-03-27T23:00:00Z');
  });

  it('is refused for what is no lead time', () => {
    expect(() => dueMoment(0, 'soon', 'Europe/Berlin')).toThrow(
      new RangeError('not a lead time: soon'),
    );
    expect(() => spanMs('P1M')).toThrow(RangeError);
  });
});
