import ICAL from 'ical.js';

import { reasonOf } from '../../errors.js';
import { parseMoment, wallClockIn } from '../moment.js';
import { excerpt, report, type Problems } from '../problem.js';
import type { SourceMoment } from '../source.js';
import { inZone, isZone } from '../time.js';
import { namedZone } from './icalendar-zone-names.js';

/** The zones that a calendar defines or names. */
export interface CalendarZones {
  /** What the calendar itself defines under this id. */
  defined(tzid: string): ICAL.Timezone | undefined;
  /** The zone of IANA that a definition says it is, under this id. */
  located(tzid: string): string | undefined;
  /** Notes that a time named this zone. */
  saw(zone: string): void;
  /** The zone that most times named; undefined when none did. */
  mostNamed(): string | undefined;
}

/** The clock that a time is written on. */
export type Frame =
  | { readonly kind: 'utc' }
  | { readonly kind: 'zone'; readonly zone: string }
  | { readonly kind: 'own'; readonly zone: ICAL.Timezone }
  /** The conference's. */
  | { readonly kind: 'floating' };

/** A wall clock as the milliseconds that it would be in UTC, so that days can be counted. */
export type WallMs = number;

/** Reads a calendar's own zones. Those with rules finer than yearly are refused: expanding them could take for ever. */
export function readZones(
  blocks: readonly { readonly text: string; readonly place: string }[],
  problems: Problems,
): CalendarZones {
  const defined = new Map<string, ICAL.Timezone>();
  const located = new Map<string, string>();
  const seen = new Map<string, number>();
  for (const { text, place } of blocks) {
    try {
      if (/^(?:RRULE(?!\S*FREQ=YEARLY)|RDATE|EXRULE)/im.test(text.replace(/\r\n[ \t]/g, ''))) {
        throw new Error('its rules are not yearly');
      }
      const [component] = new ICAL.Component(
        ICAL.parse(`BEGIN:VCALENDAR\r\n${text}\r\nEND:VCALENDAR`) as unknown[],
      ).getAllSubcomponents('vtimezone');
      const tzid: unknown = component?.getFirstPropertyValue('tzid');
      if (!component || typeof tzid !== 'string') continue;
      const zone = new ICAL.Timezone(component);
      // A broken definition shows only when it is used.
      zone.utcOffset(timeOf(Date.UTC(2000, 0)));
      defined.set(tzid, zone);
      const location: unknown = component.getFirstPropertyValue('x-lic-location');
      if (typeof location === 'string' && isZone(location)) located.set(tzid, location);
    } catch (cause) {
      report(problems, 'note', 'zone-definition', {
        place,
        problem: `a zone that the calendar defines is left out (${excerpt(reasonOf(cause), 120)})`,
        remedy: 'Use IANA zone names, such as Europe/Lisbon, as TZID',
      });
    }
  }
  return {
    defined: (tzid) => defined.get(tzid),
    located: (tzid) => located.get(tzid),
    saw: (zone) => void seen.set(zone, (seen.get(zone) ?? 0) + 1),
    mostNamed: () => [...seen].sort(([, a], [, b]) => b - a)[0]?.[0],
  };
}

/**
 * The clock that a property's times are on: UTC where they say so; with a TZID the machine's zone of that name (better kept than most definitions in
 * files), else the calendar's own; of letters such as `EST`, which mean several zones, its own first. Floating, or in a zone that nobody knows, the
 * conference's, the latter with a problem.
 */
export function frameOf(
  property: ICAL.Property,
  time: ICAL.Time,
  { zones, problems, place }: ReadingAround,
): Frame {
  if (time.zone === ICAL.Timezone.utcTimezone) return { kind: 'utc' };
  const tzid: unknown = property.getFirstParameter('tzid');
  if (typeof tzid !== 'string' || tzid === '' || time.isDate) return { kind: 'floating' };
  const named = namedZone(tzid);
  const own = zones.defined(tzid);
  const zone =
    named?.guessed === false
      ? named.zone
      : (zones.located(tzid) ?? (own ? undefined : named?.zone));
  if (zone !== undefined) {
    zones.saw(zone);
    if (named?.guessed === true && zone === named.zone) {
      once(problems, 'zone-abbreviation', tzid, {
        problem: `"${excerpt(tzid)}", first used at ${place}, means several zones; it is read as ${zone}`,
        remedy:
          'Use IANA zone names, such as America/Chicago, as TZID, or name the zone in the config',
      });
    }
    return { kind: 'zone', zone };
  }
  if (own) return { kind: 'own', zone: own };
  once(problems, 'zone-unknown', tzid, {
    problem: `"${excerpt(tzid)}", first used at ${place}, is no zone and is not defined, so its times are read in the conference's zone`,
    remedy: 'Use IANA zone names, such as Europe/Lisbon, as TZID',
  });
  return { kind: 'floating' };
}

/** What a time is read in. */
export interface ReadingAround {
  readonly zones: CalendarZones;
  readonly problems: Problems;
  readonly place: string;
}

/** What is the same for many times of a calendar is said once. */
function once(
  problems: Problems,
  code: string,
  tzid: string,
  complaint: { readonly problem: string; readonly remedy: string },
): void {
  const place = excerpt(tzid);
  if (problems.some((one) => one.code === code && one.place === place)) return;
  report(problems, 'repaired', code, { place, ...complaint });
}

/** A wall clock on a clock, as a moment; undefined outside the years that programs may have. */
export function momentIn(frame: Frame, wall: WallMs): SourceMoment | undefined {
  const text = wallText(wall);
  if (text === undefined) return undefined;
  if (frame.kind === 'utc') return parseMoment(`${text}Z`);
  if (frame.kind === 'own') {
    const offset = offsetOf(frame.zone, wall);
    return offset === undefined ? undefined : parseMoment(`${text}${offset}`);
  }
  const moment = parseMoment(text);
  return moment && frame.kind === 'zone' ? { wall: text, zone: frame.zone } : moment;
}

/** The wall clock of a time as it is written. */
export function wallOf(time: ICAL.Time): WallMs {
  const { year, month, day, hour, minute, second } = time;
  const wall = Date.UTC(year, month - 1, day);
  return time.isDate ? wall : wall + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** The same moment on another clock, where both are known; else as it is written. */
export function wallOn(target: Frame, frame: Frame, wall: WallMs): WallMs {
  if (target.kind === frame.kind && target.kind !== 'zone') return wall;
  const text = wallText(wall);
  if (text === undefined) return wall;
  const at =
    frame.kind === 'utc' ? wall : frame.kind === 'zone' ? wallClockIn(text, frame.zone) : undefined;
  if (at === undefined) return wall;
  if (target.kind === 'utc') return at;
  if (target.kind !== 'zone') return wall;
  return at + inZone(at, target.zone).offsetNanoseconds / 1e6;
}

function wallText(wall: WallMs): string | undefined {
  const date = new Date(wall);
  const year = date.getUTCFullYear();
  return year >= 1969 && year <= 2200 ? date.toISOString().slice(0, 19) : undefined;
}

function timeOf(wall: WallMs): ICAL.Time {
  const date = new Date(wall);
  const fields = {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    isDate: false,
  };
  return new ICAL.Time(fields, ICAL.Timezone.localTimezone);
}

function offsetOf(zone: ICAL.Timezone, wall: WallMs): string | undefined {
  try {
    const seconds = zone.utcOffset(timeOf(wall));
    return Number.isFinite(seconds) ? offsetText(Math.trunc(seconds / 60)) : undefined;
  } catch {
    return undefined;
  }
}

function offsetText(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
