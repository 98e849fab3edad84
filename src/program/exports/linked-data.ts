import { webAddress } from '../links.js';
import type { ProgramLookup } from '../lookup.js';
import type { Presentation, Session } from '../model.js';
import { given } from '../given.js';
import { presentationAddress, sessionAddress, type ExportAbout } from './about.js';
import { htmlishText } from './export-text.js';
import { withOffset } from './frab-event.js';
import { performersOf, type LinkedValue } from './linked-people.js';
import { locationsOf } from './linked-place.js';

/** An object of JSON-LD, ready to be written. */
export type LinkedObject = Readonly<Record<string, LinkedValue>>;

// So that our own importer takes none for a session, however long.
const presentationType = 'Presentation';

/**
 * The conference with its sessions and their presentations as schema.org knows them (https://schema.org/EducationEvent), as JSON-LD. Texts are written as
 * search engines read them: a text that looks like an entity is escaped.
 */
export function writeLinkedData(
  program: ProgramLookup,
  sessions: readonly Session[],
  about: ExportAbout,
): string {
  const conference = {
    '@context': 'https://schema.org',
    ...conferenceOf(program, sessions, about),
    subEvent: sessions.map((session) => eventOf(program, session, about)),
  };
  return `${JSON.stringify(conference)}\n`;
}

/** One session as JSON-LD for the head of its page: part of the conference, with its presentations. */
export function sessionLinkedData(
  program: ProgramLookup,
  session: Session,
  about: ExportAbout,
): LinkedObject {
  return {
    '@context': 'https://schema.org',
    ...eventOf(program, session, about),
    superEvent: conferenceOf(program, program.program.sessions, about),
  };
}

/** A presentation as JSON-LD for the head of its page: part of its session, and where that is. One of a cancelled session is cancelled too. */
export function presentationLinkedData(
  program: ProgramLookup,
  { presentation, session }: { readonly presentation: Presentation; readonly session: Session },
  about: ExportAbout,
): LinkedObject {
  const { zone } = program.program;
  const cancelled = presentation.cancelled || session.cancelled;
  return {
    '@context': 'https://schema.org',
    // One without a time of its own takes place within its session.
    startDate: withOffset(session.startsAt, zone),
    endDate: withOffset(session.endsAt, zone),
    ...partOf(program, { ...presentation, cancelled }, about),
    ...many('location', locationsOf(program, session, about.site)),
    superEvent: {
      '@type': 'EducationEvent',
      '@id': sessionAddress(about.site, session.key),
      url: sessionAddress(about.site, session.key),
      name: htmlishText(session.title),
      startDate: withOffset(session.startsAt, zone),
      endDate: withOffset(session.endsAt, zone),
    },
  };
}

/** The conference as JSON-LD for the head of the home page. */
export function conferenceLinkedData(program: ProgramLookup, about: ExportAbout): LinkedObject {
  return {
    '@context': 'https://schema.org',
    ...conferenceOf(program, program.program.sessions, about),
  };
}

/** JSON-LD as text that may stand inside a `script` element: no `<` can end it, and no address leads anywhere but to the web. */
export function linkedDataScript(value: LinkedObject): string {
  const safe = (name: string, one: unknown) =>
    ['url', 'sameAs'].includes(name) && typeof one === 'string' ? webAddress(one) : one;
  return JSON.stringify(value, safe).replaceAll('<', '\\u003c');
}

function conferenceOf(
  { program }: ProgramLookup,
  sessions: readonly Session[],
  { site, conference }: ExportAbout,
): LinkedObject {
  const first = sessions.reduce((least, { startsAt }) => Math.min(least, startsAt), Infinity);
  const last = sessions.reduce((most, { endsAt }) => Math.max(most, endsAt), -Infinity);
  return {
    '@type': 'Event',
    '@id': `${site}/#conference`,
    name: htmlishText(conference),
    url: program.url ?? site,
    ...(first <= last && {
      startDate: withOffset(first, program.zone),
      endDate: withOffset(last, program.zone),
    }),
    ...given({ inLanguage: program.language }),
  };
}

function eventOf(program: ProgramLookup, session: Session, about: ExportAbout): LinkedObject {
  const { zone } = program.program;
  const { site, history } = about;
  const address = sessionAddress(site, session.key);
  const previous = history(session.key)?.previousStart;
  const isMoved = previous !== undefined && previous !== session.startsAt && !session.cancelled;
  const status = session.cancelled
    ? 'EventCancelled'
    : isMoved
      ? 'EventRescheduled'
      : 'EventScheduled';
  const locations = locationsOf(program, session, site);
  const subEvents = session.presentations.map((one) => partOf(program, one, about));
  return {
    '@type': 'EducationEvent',
    '@id': address,
    identifier: session.key,
    url: address,
    name: htmlishText(session.title),
    startDate: withOffset(session.startsAt, zone),
    endDate: withOffset(session.endsAt, zone),
    eventStatus: `https://schema.org/${status}`,
    ...(isMoved && { previousStartDate: withOffset(previous, zone) }),
    ...attendance(session),
    ...given({
      alternateName: session.subtitle && htmlishText(session.subtitle),
      additionalType: session.type && htmlishText(session.type),
      description: session.abstract && htmlishText(session.abstract),
      about: topicOf(program, session),
      sameAs: session.url,
      recordedIn:
        session.recording === undefined
          ? undefined
          : { '@type': 'VideoObject', name: htmlishText(session.title), url: session.recording },
    }),
    ...many('inLanguage', session.languages),
    ...many('location', locations),
    ...many('performer', performersOf(program, session.people, site)),
    ...many('subEvent', subEvents),
  };
}

function partOf(
  program: ProgramLookup,
  presentation: Presentation,
  { site }: ExportAbout,
): LinkedObject {
  const { zone } = program.program;
  const { key, title, startsAt, endsAt, abstract, people, cancelled } = presentation;
  const address = presentationAddress(site, key);
  return {
    '@type': 'EducationEvent',
    additionalType: presentationType,
    '@id': address,
    identifier: key,
    url: address,
    name: htmlishText(title),
    eventStatus: `https://schema.org/${cancelled ? 'EventCancelled' : 'EventScheduled'}`,
    ...given({
      startDate: startsAt === undefined ? undefined : withOffset(startsAt, zone),
      endDate: endsAt === undefined ? undefined : withOffset(endsAt, zone),
      description: abstract && htmlishText(abstract),
    }),
    ...many('performer', performersOf(program, people, site)),
  };
}

/** The unit, which schema.org has no word of its own for. */
function topicOf(program: ProgramLookup, { unit }: Session): LinkedObject | undefined {
  const found = program.unit(unit);
  return found && { '@type': 'Thing', name: htmlishText(found.name) };
}

function attendance({ room, stream }: Session): LinkedObject {
  if (stream === undefined) return {};
  const mode = room === undefined ? 'Online' : 'Mixed';
  return { eventAttendanceMode: `https://schema.org/${mode}EventAttendanceMode` };
}

/** A property with one value or several; nothing where there is none. */
function many(name: string, values: readonly LinkedValue[]): LinkedObject {
  const [only] = values;
  if (only === undefined) return {};
  return { [name]: values.length === 1 ? only : values };
}
