import { sourceId } from '../identity.js';
import { excerpt, report, unreadable, type Problems } from '../problem.js';
import type { Source, SourceHints, SourceSession } from '../source.js';
import { isZone } from '../time.js';
import { zoneRemedy } from '../zone.js';
import { blockSession, groupedSessions } from './indico-blocks.js';
import { indicoMoment, indicoRoom } from './indico-contribution.js';
import { indicoPeople, type IndicoPeople } from './indico-people.js';
import { parseJson } from './json-text.js';
import { listOf, objectOf, objectsOf, textOf, type JsonObject } from './json-values.js';

/** Indico's export of an event with its sessions or contributions (https://docs.getindico.io/en/stable/http-api/exporters/event/). */
export const indico: Source = {
  name: 'indico',
  title: 'Indico',
  from: 'https://<indico>/export/event/<number>.json?detail=sessions (or contributions)',
  carries: [
    'sessions with presentations',
    'people with roles and affiliations',
    'rooms and buildings',
    'tracks',
    'types',
    'time zone',
    'links to material',
  ],
  lacks: ['languages', 'cancellations', 'breaks', 'handles'],
  recognizes: (head) =>
    head.startsWith('{') &&
    /"results"\s*:\s*\[/.test(head) &&
    (head.includes('"HTTPAPIResult"') ||
      /"_type"\s*:\s*"Conference"/.test(head) ||
      /"startDate"\s*:\s*\{[^{}]{0,200}"tz"\s*:/.test(head)),
  read(documents, hints) {
    const { address } = hints;
    const problems: Problems = [];
    const events = documents.flatMap((document) => {
      const alone = documents.length === 1;
      const body = objectOf(parseJson(document.text, alone ? address : document.name));
      if (body?.complete === false) reportIncomplete(document.name, problems);
      const at = alone ? '' : `${document.name} `;
      return objectsOf(body?.results).map((event, index) => ({
        event,
        at: `${at}results[${index}]`,
      }));
    });
    const people = indicoPeople();
    const sessions = events.flatMap(({ event, at }) => sessionsOf(event, at, { people, problems }));
    const [first] = events;
    if (!first) {
      throw unreadable(
        'program-empty',
        address,
        'it holds no event',
        'Check the number of the event; one that is not public needs CALLBOARD_PROGRAM_AUTHORIZATION',
      );
    }
    if (sessions.length === 0) throw bare(address);
    reportZones(sessions, events, hints, problems);
    return {
      program: {
        markup: 'html',
        title: textOf(first.event.title),
        zone: textOf(first.event.timezone),
        url: textOf(first.event.url),
        sessions,
      },
      problems,
    };
  },
};

function sessionsOf(
  event: JsonObject,
  at: string,
  context: { readonly people: IndicoPeople; readonly problems: Problems },
): readonly SourceSession[] {
  const blocks = listOf(event.sessions).map((one, index) =>
    blockSession(objectOf(one) ?? {}, `${at}.sessions[${index}]`, context),
  );
  const contributions = listOf(event.contributions).map((one, index) => ({
    fields: objectOf(one) ?? {},
    place: `${at}.contributions[${index}]`,
  }));
  const grouped = groupedSessions(contributions, context);
  if (blocks.length + grouped.length > 0) return [...blocks, ...grouped];
  return isLecture(event) ? [lectureOf(event, at, context.people)] : [];
}

/** A lecture is an event without parts: the event itself is the session. */
function isLecture({ type }: JsonObject): boolean {
  return /^(?:simple_event|lecture)$/i.test(textOf(type) ?? '');
}

function lectureOf(event: JsonObject, place: string, people: IndicoPeople): SourceSession {
  return {
    place,
    ids: sourceId('event', textOf(event.id)),
    title: textOf(event.title),
    start: indicoMoment(event.startDate),
    end: indicoMoment(event.endDate),
    room: indicoRoom(event),
    type: 'Lecture',
    abstract: textOf(event.description),
    url: textOf(event.url),
    cancelled: false,
    people: people.parts(event.chairs, 'lecturer'),
    presentations: [],
  };
}

function bare(address: string) {
  return unreadable(
    'program-empty',
    address,
    'it holds the event alone, without sessions and contributions',
    'Add ?detail=sessions to the address, or ?detail=contributions where the meeting has no sessions',
  );
}

function reportIncomplete(place: string, problems: Problems): void {
  report(problems, 'dropped', 'incomplete', {
    place,
    problem: 'Indico says that its answer is not complete',
    remedy:
      'Ask with an API token of somebody who may see all of it, in CALLBOARD_PROGRAM_AUTHORIZATION',
  });
}

/** A zone that this machine does not know would be replaced by the conference's without a word. */
function reportZones(
  sessions: readonly SourceSession[],
  events: readonly { readonly event: JsonObject }[],
  hints: SourceHints,
  problems: Problems,
): void {
  const zoneless = sessions.filter(
    ({ start }) => start && 'wall' in start && start.zone === undefined,
  );
  const named = events.map(({ event }) => textOf(objectOf(event.startDate)?.tz)).find(Boolean);
  if (zoneless.length === 0) return;
  report(problems, 'repaired', 'zone-unknown', {
    place: zoneless[0]?.place ?? '',
    problem:
      named === undefined || isZone(named)
        ? `${zoneless.length} sessions have times without a zone, which are read in the conference’s`
        : `the zone "${excerpt(named)}" is none, so the times are read in the conference’s`,
    remedy: zoneRemedy(hints),
  });
}
