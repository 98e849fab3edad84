import { Temporal } from 'temporal-polyfill';
import { inZone, type EpochMs } from '../program/time.js';

/** Hours in which nothing falls due, `HH:MM` on the wall clock; when `from` is the later one, the night lies between. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

const minuteMs = 60_000;

/**
 * Moves a due moment out of the quiet hours: to their end when at least a minute is then left before the deadline, else to one
 * minute before they begin. A due moment outside of them is left alone. Where the zone's clock is changed, a beginning or an
 * end that is skipped comes as much later, and an end that comes twice is the second.
 *
 * @param expiresAt the deadline that goes with the due moment
 * @example heedQuietHours(at('23:00'), at('02:00'), { from: '22:00', to: '07:00' }, zone) // 21:59
 * @example heedQuietHours(at('06:00'), at('09:00'), { from: '22:00', to: '07:00' }, zone) // 07:00
 */
export function heedQuietHours(
  dueAt: EpochMs,
  expiresAt: EpochMs,
  quiet: QuietHours,
  zone: string,
): EpochMs {
  const interval = quietAround(dueAt, quiet, zone);
  if (interval === undefined) return dueAt;
  return interval.end + minuteMs <= expiresAt ? interval.end : interval.begin - minuteMs;
}

/** The quiet interval that holds the moment; its end is no longer quiet. */
function quietAround(
  at: EpochMs,
  { from, to }: QuietHours,
  zone: string,
): { readonly begin: EpochMs; readonly end: EpochMs } | undefined {
  const today = inZone(at, zone).toPlainDate();
  const nights = from < to ? 0 : 1;
  for (const date of [today.subtract({ days: 1 }), today]) {
    const begin = moment(date, from, zone, 'compatible');
    const end = moment(date.add({ days: nights }), to, zone, 'later');
    if (begin <= at && at < end) return { begin, end };
  }
  return undefined;
}

function moment(
  date: Temporal.PlainDate,
  time: string,
  zone: string,
  disambiguation: 'compatible' | 'later',
): EpochMs {
  const wall = date.toPlainDateTime(Temporal.PlainTime.from(time));
  return wall.toZonedDateTime(zone, { disambiguation }).epochMilliseconds;
}
