import { programChanges, type ProgramChange } from './changes.js';
import { given } from './given.js';
import type { Key, Program, Session } from './model.js';
import type { EpochMs } from './time.js';

/** What a session has been through: what lets a calendar see that its copy is old. */
export interface SessionRevision {
  /** 0 at first, one more with each version that moved, renamed, cancelled or restored it or gave it another room. */
  readonly sequence: number;
  /** When the version was imported that last changed anything about it. */
  readonly modifiedAt: EpochMs;
  /** Its start before the last move of it. */
  readonly previousStart?: EpochMs;
}

/** The revision of a session by its key; undefined for a key that no version had. */
export type SessionHistory = (key: Key) => SessionRevision | undefined;

/** A session that an earlier version had and the one in force has not, as it was last known. */
export interface VanishedSession {
  readonly title: string;
  readonly startsAt: EpochMs;
  readonly endsAt: EpochMs;
  /** When the version was imported that had it no more. */
  readonly since: EpochMs;
}

/** What led to a version of the program. */
export interface ProgramPast {
  readonly history: SessionHistory;
  /** Undefined for a key that no version had; what is said of a session that is in force means an earlier absence of it. */
  readonly vanished: (key: Key) => VanishedSession | undefined;
}

/** Of a program that nothing led to. */
export const noPast: ProgramPast = { history: () => undefined, vanished: () => undefined };

/** A version that follows another, or the first. */
export interface VersionStep {
  readonly before: Program | undefined;
  readonly after: Program;
  /** When `after` was imported. */
  readonly at: EpochMs;
}

/**
 * What a version changes, and the revisions that are new with it. A session that vanished keeps its revision, so that it goes on counting when it is back.
 *
 * @param known the revisions as of the version before
 */
export function historyStep(
  { before, after, at }: VersionStep,
  known: SessionHistory,
): {
  readonly changes: readonly ProgramChange[];
  readonly revisions: ReadonlyMap<Key, SessionRevision>;
} {
  const changes = before ? programChanges(before, after) : [];
  const changed = new Map<Key, readonly ProgramChange[]>();
  for (const change of changes) {
    changed.set(change.session, [...(changed.get(change.session) ?? []), change]);
  }
  const old = new Map(before?.sessions.map((session) => [session.key, session]));
  const revisions = new Map<Key, SessionRevision>();
  for (const session of after.sessions) {
    const was = known(session.key);
    const next = revisionOf(session, old.get(session.key), {
      was,
      at,
      isChanged: changed.has(session.key),
    });
    if (next !== was) revisions.set(session.key, next);
  }
  return { changes, revisions };
}

function revisionOf(
  session: Session,
  before: Session | undefined,
  {
    was,
    at,
    isChanged,
  }: {
    readonly was: SessionRevision | undefined;
    readonly at: EpochMs;
    readonly isChanged: boolean;
  },
): SessionRevision {
  if (!was) return { sequence: 0, modifiedAt: at };
  if (!isChanged && before && said(before) === said(session)) return was;
  const previousStart =
    before && before.startsAt !== session.startsAt ? before.startsAt : was.previousStart;
  return {
    sequence: was.sequence + (isChanged ? 1 : 0),
    modifiedAt: at,
    ...given({ previousStart }),
  };
}

/** What followers can see of a session itself; sources may give it other ids with each reading. */
function said({ aliases: _aliases, presentations, ...session }: Session): string {
  return JSON.stringify([
    session,
    presentations.map(({ aliases: _ids, ...presentation }) => presentation),
  ]);
}
