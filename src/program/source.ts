import type { SourceDocument } from './document.js';
import type { Handles } from './handles.js';
import type { Key, Link, Role } from './model.js';
import type { Problems } from './problem.js';
import type { DateOrder, TableMapping } from './table/mapping.js';
import type { EpochMs } from './time.js';

/** A format that programs come in: documents in, a source program and its problems out; no network, no clock. */
export interface Source {
  /** As `--format` takes it. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** Where to find it in that system, in a few words: for `import --formats`. */
  readonly from: string;
  /** What it carries, and what it cannot say, each a few words: for `import --formats`. */
  readonly carries: readonly string[];
  readonly lacks: readonly string[];
  /** Whether a document that begins like this is in the format. The head is at most 64 KiB of text, empty for a workbook. */
  recognizes(head: string, document: SourceDocument): boolean;
  /**
   * Throws a `CallboardError` of exit `program` where the whole cannot be read; single faults go to the problems. The documents are in the order in
   * which they were fetched, never none, and each is in this format.
   */
  read(documents: readonly SourceDocument[], hints: SourceHints): SourceReading;
}

/** What a source may need to know from outside. */
export interface SourceHints {
  /** File, folder or address without credentials: the place in errors. */
  readonly address: string;
  /** IANA zone from the config: where wall clocks are read. */
  readonly zone?: string;
  /** The year of days that a source writes without one, from the config. */
  readonly year?: number;
  /** When the source was read: of the years that a date without one fits, the nearest is meant. */
  readonly asOf?: EpochMs;
  /** Which columns of a spreadsheet are what, from the config. */
  readonly columns?: TableMapping;
  /** Whether day or month comes first in `3/4/2026`, from the config. */
  readonly dateOrder?: DateOrder;
  /** The command line put this program in place of the config's: remedies name options, for what the config says is not heard. */
  readonly replaced?: boolean;
}

/** What a source yields. */
export interface SourceReading {
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

/** Handles before they are looked at. */
export type SourceHandles = { readonly [Network in keyof Handles]?: string | undefined };

/** Who. */
export interface SourcePerson extends SourceThing {
  readonly name?: string | undefined;
  readonly affiliation?: string | undefined;
  readonly url?: string | undefined;
  /** As the source writes them; what is no handle is left out. */
  readonly handles?: SourceHandles | undefined;
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
