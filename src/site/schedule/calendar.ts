import type { ProgramPast, SessionHistory, SessionRevision } from '../../program/history.js';
import type { ProgramLookup } from '../../program/lookup.js';
import type { Key, Session } from '../../program/model.js';
import type { Star } from '../../storage/stars.js';
import { lastKnown } from './schedule.js';

/** The sessions of a private calendar, with the revisions that they have in it. */
export interface StarredCalendar {
  readonly sessions: readonly Session[];
  readonly history: SessionHistory;
}

/**
 * A member's calendar: what is starred, and as cancelled what vanished or was taken out, so that calendars which keep copies drop theirs. SEQUENCE never falls:
 * it is the program's own, raised by each turn of the star and by one while the session is away (https://www.rfc-editor.org/rfc/rfc5545#section-3.8.7.4).
 */
export function starredCalendar(
  stars: readonly Star[],
  program: ProgramLookup,
  { history, vanished }: ProgramPast,
): StarredCalendar {
  const sessions: Session[] = [];
  const revisions = new Map<Key, SessionRevision>();
  for (const { session: key, starredAt, removedAt, turns } of stars) {
    const standing = program.session(key);
    const last = standing ? undefined : lastKnown(key, vanished);
    const session = standing ?? last?.session;
    if (!session) continue;
    const own = history(key) ?? { sequence: 0, modifiedAt: 0 };
    const turnedAt = removedAt ?? (turns > 0 ? starredAt : 0);
    sessions.push(removedAt === undefined ? session : { ...session, cancelled: true });
    revisions.set(key, {
      ...own,
      sequence: own.sequence + turns + (last ? 1 : 0),
      modifiedAt: Math.max(own.modifiedAt, turnedAt, last?.vanishedAt ?? 0),
    });
  }
  sessions.sort((one, other) => one.startsAt - other.startsAt || one.key.localeCompare(other.key));
  return { sessions, history: (key) => revisions.get(key) };
}
