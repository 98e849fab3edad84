import ICAL from 'ical.js';
import type { ProgramLookup } from '../lookup.js';
import type { Key, Session } from '../model.js';
import type { EpochMs } from '../time.js';
import { generatorName, sessionAddress, type ExportAbout } from './about.js';
import { descriptionOf, placeText } from './description.js';
import { calendarZone } from './icalendar-zone.js';
import { writtenIn } from './icalendar-moment.js';

/** A property or component of jCal (https://www.rfc-editor.org/rfc/rfc7265). */
type Property = [name: string, parameters: Record<string, string>, type: string, ...string[]];

// A folded line may have 75 bytes with the blank that it begins with, which ical.js does not count (RFC 5545, 3.1). Nothing else writes with it.
ICAL.foldLength = 74;

/** How often a calendar should look again; an organizer's changes are minutes old, a meeting lasts days. */
const refresh = 'PT1H';

/**
 * Sessions as an iCalendar object to subscribe to (https://www.rfc-editor.org/rfc/rfc5545, https://www.rfc-editor.org/rfc/rfc7986). People stand in the
 * description: a published calendar must not name attendees (RFC 5545, 3.8.4.1). The same input gives the same bytes.
 */
export function writeCalendar(
  program: ProgramLookup,
  sessions: readonly Session[],
  about: ExportAbout,
): string {
  const { zone } = program.program;
  const calendarProperties: Property[] = [
    ['prodid', {}, 'text', `-//${generatorName}//Program site//EN`],
    ['version', {}, 'text', '2.0'],
    ['calscale', {}, 'text', 'GREGORIAN'],
    ['name', {}, 'unknown', unknownText(about.title)],
    ['x-wr-calname', {}, 'unknown', unknownText(about.title)],
    ['x-wr-timezone', {}, 'unknown', zone],
    ['url', {}, 'uri', about.page],
    ['refresh-interval', { value: 'DURATION' }, 'unknown', refresh],
    ['x-published-ttl', {}, 'unknown', refresh],
  ];
  const definition = calendarZone(zone, spanOf(sessions));
  const events = sessions.map((session) => ['vevent', eventOf(program, session, about), []]);
  const calendar = [
    'vcalendar',
    calendarProperties,
    [...(definition === undefined ? [] : [definition]), ...events],
  ];
  return `${ICAL.stringify(calendar)}\r\n`;
}

/**
 * The permanent UID of a session's calendar entry.
 *
 * @example calendarUid('6ihl4qtevrgh') // '6ihl4qtevrgh@callboard'
 */
export function calendarUid(session: Key): string {
  return `${session}@callboard`;
}

function eventOf(program: ProgramLookup, session: Session, about: ExportAbout): Property[] {
  const { zone } = program.program;
  const [language] = session.languages;
  const revision = about.history(session.key);
  const modified = utc(revision?.modifiedAt ?? 0);
  const description = descriptionOf(program, session, about);
  const place = placeText(program, session);
  const categories = [session.type, program.unit(session.unit)?.name].filter(
    (one) => one !== undefined,
  );
  const properties: Property[] = [
    ['uid', {}, 'text', calendarUid(session.key)],
    ['sequence', {}, 'integer', String(revision?.sequence ?? 0)],
    // Without a METHOD, the moment of the last revision (RFC 5545, 3.8.7.2).
    ['dtstamp', {}, 'date-time', modified],
    ['last-modified', {}, 'date-time', modified],
    timeProperty('dtstart', session.startsAt, zone),
    ['status', {}, 'text', session.cancelled ? 'CANCELLED' : 'CONFIRMED'],
    ['summary', language === undefined ? {} : { language }, 'text', plain(session.title)],
    ['url', {}, 'uri', sessionAddress(about.site, session.key)],
  ];
  // An end must lie after the start (RFC 5545, 3.8.2.2); without one the event ends as it starts.
  if (seconds(session.endsAt) > seconds(session.startsAt)) {
    properties.splice(5, 0, timeProperty('dtend', session.endsAt, zone));
  }
  if (place !== undefined) properties.push(['location', {}, 'text', plain(place)]);
  if (categories.length > 0) properties.push(['categories', {}, 'text', ...categories.map(plain)]);
  if (description !== '') properties.push(['description', {}, 'text', plain(description)]);
  return properties;
}

function timeProperty(name: string, at: EpochMs, zone: string): Property {
  const { wall, isUtc } = writtenIn(at, zone);
  return isUtc ? [name, {}, 'date-time', `${wall}Z`] : [name, { tzid: zone }, 'date-time', wall];
}

function spanOf(sessions: readonly Session[]): { readonly from: EpochMs; readonly to: EpochMs } {
  let [from, to] = [Infinity, -Infinity];
  for (const { startsAt, endsAt } of sessions) {
    from = Math.min(from, startsAt);
    to = Math.max(to, endsAt);
  }
  return from <= to ? { from, to } : { from: 0, to: 0 };
}

function utc(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function seconds(at: EpochMs): number {
  return Math.floor(at / 1000);
}

/** Without control characters, which no value may hold; line ends are written as `\n`. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]|\p{Cs}/gu, '');
}

/** Text of a property that ical.js does not know, on one line, escaped by us. */
function unknownText(text: string): string {
  return plain(text)
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n');
}
