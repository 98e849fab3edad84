import { Temporal } from 'temporal-polyfill';
import { inZone, type EpochMs } from '../program/time.js';

/** The lead times that the shipped templates speak of, longest first; what a campaign has when it names none. */
export const standardLeadTimes = ['P7D', 'P1D', 'PT1H', 'PT15M'] as const;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const longestMs = 366 * dayMs;

/** A span of time, taken apart: days follow the wall clock, the rest does not. */
export interface Span {
  /** Whole days; weeks are counted here. */
  readonly days: number;
  /** Milliseconds on top of the days. */
  readonly exactMs: number;
}

/**
 * Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds; undefined when it is none, is zero or negative, or
 * is longer than 366 days. Months and years are refused: they are not always equally long.
 *
 * @example parseSpan('P1DT30M') // { days: 1, exactMs: 1800000 }
 */
export function parseSpan(text: string): Span | undefined {
  let duration: Temporal.Duration;
  try {
    duration = Temporal.Duration.from(text);
  } catch {
    return undefined;
  }
  if (duration.sign !== 1 || duration.years !== 0 || duration.months !== 0) return undefined;
  const days = duration.weeks * 7 + duration.days;
  const exactMs = Math.round(duration.with({ weeks: 0, days: 0 }).total('milliseconds'));
  return days * dayMs + exactMs > longestMs || days + exactMs === 0 ? undefined : { days, exactMs };
}

/**
 * How long a duration is when every day has 24 hours, in milliseconds.
 *
 * @throws {RangeError} when it is no duration that {@link parseSpan} reads.
 * @example spanMs('PT15M') // 900000
 */
export function spanMs(text: string): number {
  const { days, exactMs } = spanOf(text);
  return days * dayMs + exactMs;
}

/**
 * The one way to write a lead time, so that `PT60M` and `PT1H` are the same announcement. Days and hours stay apart,
 * because `P1D` keeps the wall clock and `PT24H` does not. Undefined when it is no lead time.
 *
 * @example canonicalLeadTime('PT90M') // 'PT1H30M'
 * @example canonicalLeadTime('P1W') // 'P7D'
 */
export function canonicalLeadTime(text: string): string | undefined {
  const span = parseSpan(text);
  if (span === undefined) return undefined;
  const exact = Temporal.Duration.from({ milliseconds: span.exactMs }).round({
    largestUnit: 'hours',
  });
  // Not `add`, which would make a day of 24 hours.
  return exact.with({ days: span.days }).toString();
}

/**
 * Orders lead times as they come due: the longest first; of two that are equally long, by their text.
 *
 * @example ['PT15M', 'P1D', 'PT1H'].sort(compareLeadTimes) // ['P1D', 'PT1H', 'PT15M']
 */
export function compareLeadTimes(one: string, other: string): number {
  return spanMs(other) - spanMs(one) || (one < other ? -1 : one > other ? 1 : 0);
}

/**
 * A lead time in words.
 *
 * @example leadTimeLabel('PT15M') // '15 minutes before'
 * @example leadTimeLabel('P1DT12H') // '1 day 12 hours before'
 */
export function leadTimeLabel(leadTime: string): string {
  const { days, exactMs } = spanOf(leadTime);
  const parts = [
    [days, 'day'],
    [Math.floor(exactMs / hourMs), 'hour'],
    [Math.floor((exactMs % hourMs) / 60_000), 'minute'],
    [(exactMs % 60_000) / 1000, 'second'],
  ] as const;
  const said = parts.filter(([count]) => count > 0);
  return [
    ...said.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`),
    'before',
  ].join(' ');
}

/**
 * When something that starts then is due, before quiet hours are heeded. Days are counted on the wall clock of the zone, across
 * changes of its offset; hours, minutes and seconds are exact. A wall-clock time that the zone skips is taken as much later as
 * the clock was put forward; of one that it has twice, the first.
 *
 * @example dueMoment(Date.parse('2026-03-29T10:00:00Z'), 'P1D', 'Europe/Berlin') // 2026-03-28T11:00:00Z: noon, as on the day itself
 * @example dueMoment(Date.parse('2026-03-29T10:00:00Z'), 'PT24H', 'Europe/Berlin') // 2026-03-28T10:00:00Z
 */
export function dueMoment(startsAt: EpochMs, leadTime: string, zone: string): EpochMs {
  const { days, exactMs } = spanOf(leadTime);
  if (days === 0) return startsAt - exactMs;
  return inZone(startsAt, zone).subtract({ days }).epochMilliseconds - exactMs;
}

function spanOf(text: string): Span {
  const span = parseSpan(text);
  if (span === undefined) throw new RangeError(`not a lead time: ${text}`);
  return span;
}
