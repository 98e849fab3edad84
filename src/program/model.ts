import type { Handles } from './handles.js';
import type { EpochMs } from './time.js';

/** Everything that a conference offers, as one version. Immutable once stored. */
export interface Program {
  readonly title: string;
  /** IANA zone of the venue. */
  readonly zone: string;
  /** BCP 47 tag of the program's own texts, where the source says it. */
  readonly language?: string;
  /** The conference's public page. */
  readonly url?: string;
  /** What a unit is called here: Division, Section, SIG, Track. The campaign's own word wins over the source's. */
  readonly unitLabel?: string;
  /** In order of start, then key. */
  readonly sessions: readonly Session[];
  readonly people: readonly Person[];
  readonly rooms: readonly Room[];
  readonly units: readonly Unit[];
}

/** Our own permanent key of a session, presentation, person, room or unit: 12 lower-case letters and digits, see `identity.ts`. */
export type Key = string;

/** A place in the calendar. */
export interface Session {
  readonly key: Key;
  /** Ids that sources have given this session, in the order they were first seen, as `kind:value` (`guid:…`, `id:…`, `uid:…`). */
  readonly aliases: readonly string[];
  /** Plain text on one line, never empty. */
  readonly title: string;
  readonly subtitle?: string;
  readonly startsAt: EpochMs;
  /** Never before `startsAt`. */
  readonly endsAt: EpochMs;
  readonly room?: Key;
  readonly unit?: Key;
  /** Session type in the source's words: Panel, Lecture, Workshop. */
  readonly type?: string;
  /** Plain text; paragraphs are parted by an empty line. */
  readonly abstract?: string;
  /** BCP 47 tags of the languages spoken. */
  readonly languages: readonly string[];
  readonly links: readonly Link[];
  /** Address of the session in the source's own system. */
  readonly url?: string;
  readonly recording?: string;
  readonly stream?: string;
  readonly cancelled: boolean;
  /** Who takes part in the session itself; the people of its presentations stand there. In the source's order. */
  readonly people: readonly Participation[];
  /** In the order of the session. */
  readonly presentations: readonly Presentation[];
}

/** One contribution inside a session. */
export interface Presentation {
  readonly key: Key;
  readonly aliases: readonly string[];
  readonly title: string;
  /** Its own start, where given; never outside the session. */
  readonly startsAt?: EpochMs;
  readonly endsAt?: EpochMs;
  readonly abstract?: string;
  readonly people: readonly Participation[];
  readonly links: readonly Link[];
  readonly cancelled: boolean;
}

/** Somebody in a role. One person may stand in several. */
export interface Participation {
  readonly person: Key;
  readonly role: Role;
  /** The affiliation given for this part, where it differs from or adds to the person's. */
  readonly affiliation?: string;
}

/** The roles that every source's own words are mapped to. */
export const roles = [
  'chair',
  'co-chair',
  'moderator',
  'presenter',
  'author',
  'discussant',
  'panelist',
  'lecturer',
  'host',
  'organizer',
  'participant',
] as const;

/** What somebody takes part as. */
export type Role = (typeof roles)[number];

/** Who takes part. */
export interface Person {
  readonly key: Key;
  readonly aliases: readonly string[];
  readonly name: string;
  readonly affiliation?: string;
  readonly url?: string;
  /** Where they can be mentioned; absent when the source names none. */
  readonly handles?: Handles;
}

/** Where. */
export interface Room {
  readonly key: Key;
  readonly name: string;
  readonly building?: string;
  readonly floor?: string;
}

/** The body that a session belongs to: division, section, SIG, track. */
export interface Unit {
  readonly key: Key;
  readonly name: string;
}

/** An address with what it leads to. Only `http:` and `https:`. */
export interface Link {
  readonly url: string;
  readonly title?: string;
}
