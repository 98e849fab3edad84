import type { Temporal } from 'temporal-polyfill';
import { inZone, type EpochMs } from '../time.js';
import { isUtcZone } from './icalendar-moment.js';

/** A VTIMEZONE in jCal. */
export type CalendarZone = readonly unknown[];

/** More changes of a clock than any meeting sees: Morocco has four a year. */
const mostChanges = 100;

/**
 * The definition of a zone that is right from the first to the last moment (https://www.rfc-editor.org/rfc/rfc5545#section-3.6.5): each change of its clock once, as
 * the machine's own tables have it, no rule. Undefined for UTC, which needs none.
 */
export function calendarZone(
  zone: string,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): CalendarZone | undefined {
  if (isUtcZone(zone)) return undefined;
  // A change at the very first moment counts as one before it.
  const start = inZone(from + 1, zone);
  const changes: Temporal.ZonedDateTime[] = [];
  const first = start.getTimeZoneTransition('previous');
  if (first) changes.push(first);
  for (
    let next = start.getTimeZoneTransition('next');
    next && next.epochMilliseconds <= to && changes.length < mostChanges;
    next = next.getTimeZoneTransition('next')
  ) {
    changes.push(next);
  }
  const observances = changes.map((change) => {
    const before = change.subtract({ nanoseconds: 1 });
    return observance(zone, {
      at: change,
      from: before.offsetNanoseconds,
      onset: change.toPlainDateTime().subtract({
        nanoseconds: change.offsetNanoseconds - before.offsetNanoseconds,
      }),
    });
  });
  if (first === null) {
    const { offsetNanoseconds } = start;
    observances.unshift(
      observance(zone, {
        at: start,
        from: offsetNanoseconds,
        onset: inZone(0, 'UTC').toPlainDateTime(),
      }),
    );
  }
  return [
    'vtimezone',
    [
      ['tzid', {}, 'text', zone],
      ['x-lic-location', {}, 'unknown', zone],
    ],
    observances,
  ];
}

function observance(
  zone: string,
  {
    at,
    from,
    onset,
  }: {
    readonly at: Temporal.ZonedDateTime;
    readonly from: number;
    /** On the clock as it was before. */
    readonly onset: Temporal.PlainDateTime;
  },
): readonly unknown[] {
  return [
    isDaylight(at) ? 'daylight' : 'standard',
    [
      ['dtstart', {}, 'date-time', onset.toString({ smallestUnit: 'second' })],
      ['tzoffsetfrom', {}, 'utc-offset', offsetText(from)],
      ['tzoffsetto', {}, 'utc-offset', offsetText(at.offsetNanoseconds)],
      ['tzname', {}, 'text', nameOf(at, zone)],
    ],
    [],
  ];
}

/** Whether the clock runs ahead of what it shows half a year before or after. */
function isDaylight(at: Temporal.ZonedDateTime): boolean {
  return [-6, 6].some((months) => at.add({ months }).offsetNanoseconds < at.offsetNanoseconds);
}

function offsetText(nanoseconds: number): string {
  const size = Math.abs(Math.trunc(nanoseconds / 1e9));
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':');
  return `${nanoseconds < 0 ? '-' : '+'}${size % 60 === 0 ? text.slice(0, 5) : text}`;
}

function nameOf(at: Temporal.ZonedDateTime, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'short',
  }).formatToParts(at.epochMilliseconds);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
