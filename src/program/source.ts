import type { Key, Link, Role } from './model.js';
import type { Problems } from './problem.js';
import type { EpochMs } from './time.js';

/** A format that programs come in: bytes in, a source program and its problems out; no network, no clock. */
export interface Source {
  /** As `--format` takes it. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Whether a text that begins like this is in the format. The head is at most 64 KiB, without a byte order mark. */
  recognizes(head: string): boolean;
  /** Throws a `CallboardError` of exit `program` where the whole cannot be read; single faults go to the problems. */
  read(text: string, hints: SourceHints): SourceReading;
}

/** What a source may need to know from outside. */
interface SourceHints {
  /** File, folder or address without credentials: the place in errors. */
  readonly address: string;
}

/** What a source yields. */
interface SourceReading {
  readonly program: SourceProgram;
  readonly problems: Problems;
}

/**
 * A moment as a source says it: a point in time, with the offset in minutes east of UTC where the source wrote its wall
 * clock with one; or a wall clock alone (`2026-09-03T09:00:00`), in the named zone or else in the conference's.
 */
export type SourceMoment =
  | { readonly at: EpochMs; readonly offset?: number }
  | { readonly wall: string; readonly zone?: string };

/** How texts of the source are written: `html` may hold tags and entities, `plain` means what it says. */
export type Markup = 'html' | 'plain';

/** A program before identity: texts as the source wrote them, things by name and by ids as `kind:value`. */
export interface SourceProgram {
  readonly markup: Markup;
  readonly title?: string | undefined;
  /** As the source names it; it may be no zone at all. */
  readonly zone?: string | undefined;
  readonly language?: string | undefined;
  readonly url?: string | undefined;
  readonly unitLabel?: string | undefined;
  readonly sessions: readonly SourceSession[];
  /** Those that the source lists apart from its sessions; they stay even if no session has them. */
  readonly people?: readonly SourcePerson[];
  readonly rooms?: readonly SourceRoom[];
  readonly units?: readonly SourceUnit[];
}

/** Something with an identity of its own. */
export interface SourceThing {
  /** Strongest first; the first decides the key where no id is known. */
  readonly ids: readonly string[];
  /** Our own key, where a file of ours carries it. */
  readonly key?: Key | undefined;
}

/** A session as a source gives it. */
export interface SourceSession extends SourceThing {
  /** Path, row or line within the source, for problems. */
  readonly place: string;
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly start?: SourceMoment | undefined;
  readonly end?: SourceMoment | undefined;
  readonly durationMs?: number | undefined;
  readonly room?: SourceRoom | undefined;
  readonly unit?: SourceUnit | undefined;
  readonly type?: string | undefined;
  readonly abstract?: string | undefined;
  /** One or several language names or tags, as written: `de, en`. */
  readonly languages?: string | undefined;
  readonly links?: readonly Link[];
  readonly url?: string | undefined;
  readonly recording?: string | undefined;
  readonly stream?: string | undefined;
  readonly cancelled: boolean;
  readonly people: readonly SourceParticipation[];
  readonly presentations: readonly SourcePresentation[];
}

/** A presentation as a source gives it. */
export interface SourcePresentation extends SourceThing {
  readonly place: string;
  readonly title?: string | undefined;
  readonly start?: SourceMoment | undefined;
  readonly end?: SourceMoment | undefined;
  readonly abstract?: string | undefined;
  readonly people: readonly SourceParticipation[];
  readonly links?: readonly Link[];
  readonly cancelled: boolean;
}

/** Somebody in a role. */
export interface SourceParticipation {
  readonly person: SourcePerson;
  readonly role: Role;
  readonly affiliation?: string | undefined;
}

/** Who. */
export interface SourcePerson extends SourceThing {
  readonly name?: string | undefined;
  readonly affiliation?: string | undefined;
  readonly url?: string | undefined;
}

/** Where. */
export interface SourceRoom extends SourceThing {
  readonly name?: string | undefined;
  readonly building?: string | undefined;
  readonly floor?: string | undefined;
}

/** The body that a session belongs to. */
export interface SourceUnit extends SourceThing {
  readonly name?: string | undefined;
}
