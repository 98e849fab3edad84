import { inZone, type EpochMs } from '../time.js';

/** A calendar day of the conference's zone, as ISO 8601: `2026-04-23`. */
export type DayName = string;

/**
 * The day of a moment on the calendar of a zone.
 *
 * @example dayOf(1776949200000, 'America/Chicago') // '2026-04-23'
 */
export function dayOf(at: EpochMs, zone: string): DayName {
  let format = formats.get(zone);
  if (!format) {
    // Swedish dates are ISO 8601; a formatter is several times faster than Temporal, and this is asked for every session.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    if (formats.size < 500) formats.set(zone, format);
  }
  return format.format(at);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes by which the zone's clock is ahead of UTC at a moment. */
export function offsetAt(at: EpochMs, zone: string): number {
  return inZone(at, zone).offsetNanoseconds / 60_000_000_000;
}
