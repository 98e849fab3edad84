import type { Key, Participation, Presentation, Role, Session } from '../program/model.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { EpochMs } from '../program/time.js';
import { oneLine, shorten } from './plain-text.js';

/** What can be said about a session: plain, cleaned text, whole, not yet shortened for a network. */
export interface SessionFacts {
  readonly key: Key;
  readonly title: string;
  readonly subtitle?: string;
  readonly type?: string;
  /** The first paragraph. */
  readonly abstract?: string;
  readonly unit?: string;
  readonly room?: { readonly name: string; readonly building?: string; readonly floor?: string };
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  readonly languages: readonly string[];
  /** Of the session and of its presentations, each once. */
  readonly presenters: readonly string[];
  readonly chairs: readonly string[];
  readonly discussants: readonly string[];
  readonly presentations: readonly {
    readonly title: string;
    readonly startsAt?: EpochMs;
    readonly presenters: readonly string[];
  }[];
}

/** In graphemes: longer ones are mistakes of the source, and would crowd out everything else. */
const longest = { title: 400, name: 80, abstract: 400 };

const chairing: readonly Role[] = ['chair', 'co-chair', 'moderator'];
/** Who presents: of these groups the first that is there. */
const presenting: readonly (readonly Role[])[] = [
  ['presenter', 'lecturer', 'panelist'],
  ['author'],
  ['host', 'organizer'],
  ['participant'],
];

/**
 * Gathers what can be said about a session. A room called TBA is none, cancelled presentations are left out, people
 * the program does not know are passed over.
 */
export function sessionFacts(session: Session, program: ProgramLookup): SessionFacts {
  const presentations = session.presentations.filter(({ cancelled }) => !cancelled);
  const everyone = [...session.people, ...presentations.flatMap(({ people }) => people)];
  const withRole = (roles: readonly Role[]) =>
    namesOf(
      everyone.filter(({ role }) => roles.includes(role)),
      program,
    );
  const room = roomOf(session, program);
  return {
    key: session.key,
    title: line(session.title, longest.title) ?? 'Untitled',
    startsAt: session.startsAt,
    endsAt: session.endsAt,
    languages: session.languages,
    presenters: presentersOf(session, presentations, program),
    chairs: withRole(chairing),
    discussants: withRole(['discussant']),
    presentations: presentations.map((presentation) => ({
      title: line(presentation.title, longest.title) ?? 'Untitled',
      ...(presentation.startsAt === undefined ? {} : { startsAt: presentation.startsAt }),
      presenters: namesOf(inFirstGroup(presentation.people), program),
    })),
    ...given('subtitle', line(session.subtitle, longest.title)),
    ...given('type', line(session.type, longest.name)),
    ...given('abstract', line(session.abstract?.split(/\n\s*\n/)[0], longest.abstract)),
    ...given('unit', line(program.unit(session.unit)?.name, longest.name)),
    ...(room === undefined ? {} : { room }),
  };
}

/** The people of the session itself and of each presentation who present there. */
function presentersOf(
  session: Session,
  presentations: readonly Presentation[],
  program: ProgramLookup,
): string[] {
  const own = inFirstGroup(session.people);
  const others = presentations.flatMap(({ people }) => inFirstGroup(people));
  const onlyHosting = own.every(({ role }) => ['host', 'organizer', 'participant'].includes(role));
  return namesOf(onlyHosting && others.length > 0 ? others : [...own, ...others], program);
}

function inFirstGroup(people: readonly Participation[]): readonly Participation[] {
  for (const group of presenting) {
    const found = people.filter(({ role }) => group.includes(role));
    if (found.length > 0) return found;
  }
  return [];
}

function namesOf(people: readonly Participation[], program: ProgramLookup): string[] {
  const keys = [...new Set(people.map(({ person }) => person))];
  return keys.flatMap((key) => line(program.person(key)?.name, longest.name) ?? []);
}

function roomOf(session: Session, program: ProgramLookup): SessionFacts['room'] {
  const room = program.room(session.room);
  const name = line(room?.name, longest.name);
  if (
    name === undefined ||
    /^(?:tb[acd]|to be (?:announced|confirmed|determined))\.?$/i.test(name)
  ) {
    return undefined;
  }
  return {
    name,
    ...given('building', line(room?.building, longest.name)),
    ...given('floor', line(room?.floor, longest.name)),
  };
}

function line(text: string | undefined, size: number): string | undefined {
  // Whatever its length, cleaning and cutting it stays cheap.
  const clean = text === undefined ? '' : shorten(oneLine(text.slice(0, size * 40)), size);
  return clean === '' ? undefined : clean;
}

function given<Name extends string, T>(name: Name, value: T | undefined): Partial<Record<Name, T>> {
  return value === undefined ? {} : ({ [name]: value } as Partial<Record<Name, T>>);
}
