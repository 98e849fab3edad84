import type { Session } from '../model.js';
import type { EpochMs } from '../time.js';
import type { Catalog } from './catalog.js';

/** What goes on at a moment, and what comes next. */
export interface Standing {
  /** Begun and not ended; cancelled ones are left out. */
  readonly now: readonly Session[];
  /** Those that begin at the next start, within a day; empty when there is none. */
  readonly next: readonly Session[];
  /** Where the conference is. */
  readonly phase: 'before' | 'during' | 'after' | 'empty';
}

const farthestNext = 24 * 3_600_000;

/** What is on now and next. */
export function standingAt({ sessions, times }: Catalog, at: EpochMs): Standing {
  const takingPlace = sessions.filter(({ cancelled }) => !cancelled);
  const first = takingPlace[0];
  if (!first) return { now: [], next: [], phase: 'empty' };
  const coming = times.find(
    (time) => time.at > at && time.sessions.some(({ cancelled }) => !cancelled),
  );
  const isOver = takingPlace.every(({ endsAt }) => endsAt <= at);
  return {
    now: takingPlace.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt),
    next:
      coming && coming.at - at <= farthestNext
        ? coming.sessions.filter(({ cancelled }) => !cancelled)
        : [],
    phase: at < first.startsAt ? 'before' : isOver ? 'after' : 'during',
  };
}

/** Other sessions that take place while this one does, in the catalog's order. */
export function besides({ sessions }: Catalog, session: Session): readonly Session[] {
  const { key, startsAt, endsAt } = session;
  const end = Math.max(endsAt, startsAt + 1);
  return sessions.filter(
    (other) =>
      other.key !== key &&
      other.startsAt < end &&
      Math.max(other.endsAt, other.startsAt + 1) > startsAt,
  );
}
