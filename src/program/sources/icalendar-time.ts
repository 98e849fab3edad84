import ICAL from 'ical.js';

import { reasonOf } from '../../errors.js';
import { parseMoment } from '../moment.js';
import { excerpt, report, type Problems } from '../problem.js';
import type { SourceMoment } from '../source.js';
import { isZone } from '../time.js';

/** The zones that a calendar defines or names. */
export interface CalendarZones {
  /** What the calendar itself defines under this id, where the id is no zone that the machine knows. */
  defined(tzid: string): ICAL.Timezone | undefined;
  /** Notes that a time named this zone. */
  saw(zone: string): void;
  /** The zone that most times named; undefined when none did. */
  mostNamed(): string | undefined;
}

/** Reads a calendar's own zones. Those with rules finer than yearly are refused: expanding them could take for ever. */
export function readZones(
  blocks: readonly { readonly text: string; readonly place: string }[],
  problems: Problems,
): CalendarZones {
  const defined = new Map<string, ICAL.Timezone>();
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
      if (component && typeof tzid === 'string') defined.set(tzid, new ICAL.Timezone(component));
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
    saw: (zone) => void seen.set(zone, (seen.get(zone) ?? 0) + 1),
    mostNamed: () => [...seen].sort(([, a], [, b]) => b - a)[0]?.[0],
  };
}

/**
 * A DTSTART or DTEND as a moment: UTC as it is; with a TZID in the machine's zone of that name (better kept than most definitions in files), else in
 * the calendar's own; floating, or in a zone that nobody knows, on the conference's wall clock, the latter with a problem.
 */
export function calendarMoment(
  property: ICAL.Property,
  zones: CalendarZones,
  problems: Problems,
  place: string,
): SourceMoment | undefined {
  const time: unknown = property.getFirstValue();
  if (!(time instanceof ICAL.Time)) return undefined;
  const wall = wallOf(time);
  if (time.zone === ICAL.Timezone.utcTimezone) return parseMoment(`${wall}Z`);
  const moment = parseMoment(wall);
  const tzid: unknown = property.getFirstParameter('tzid');
  if (moment === undefined || typeof tzid !== 'string' || tzid === '') return moment;
  const zone = zoneOfId(tzid);
  if (zone !== undefined) {
    zones.saw(zone);
    return { wall, zone };
  }
  const own = zones.defined(tzid);
  if (own) {
    const minutes = Math.trunc(own.utcOffset(time) / 60);
    return parseMoment(`${wall}${offsetText(minutes)}`);
  }
  if (!problems.some(({ code, place: where }) => code === 'zone-unknown' && where === tzid)) {
    report(problems, 'repaired', 'zone-unknown', {
      place: tzid,
      problem: `"${excerpt(tzid)}", first used at ${place}, is no zone and is not defined, so its times are read in the conference's zone`,
      remedy: 'Use IANA zone names, such as Europe/Lisbon, as TZID',
    });
  }
  return moment;
}

/**
 * The zone that a TZID names, at its end where programs put a path before it; undefined when there is none.
 *
 * @example zoneOfId('/freeassociation.sourceforge.net/Europe/Berlin') // 'Europe/Berlin'
 */
function zoneOfId(tzid: string): string | undefined {
  if (isZone(tzid)) return tzid;
  const parts = tzid.split('/');
  return [parts.slice(-3).join('/'), parts.slice(-2).join('/')].find(isZone);
}

function wallOf(time: ICAL.Time): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${String(time.year).padStart(4, '0')}-${two(time.month)}-${two(time.day)}`;
  return time.isDate
    ? `${date}T00:00:00`
    : `${date}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}`;
}

function offsetText(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
