import type { ProgramPast } from '../../program/history.js';
import type { ProgramLookup } from '../../program/lookup.js';
import type { Key, Session } from '../../program/model.js';
import type { EpochMs } from '../../program/time.js';

/** A session in a visitor's schedule. */
export interface Entry {
  readonly session: Session;
  /** It stands in no program any more; what is said of it is what was last known. */
  readonly isVanished: boolean;
  /** When it vanished. */
  readonly vanishedAt?: EpochMs;
  /** Others in the schedule that are on at the same time. */
  readonly overlaps: readonly Session[];
}

/**
 * A schedule in order of start, with what cannot all be attended. What is cancelled or vanished is in nobody's way. Keys that no version had are left out.
 *
 * @param keys of starred sessions
 */
export function scheduleOf(
  keys: readonly Key[],
  program: ProgramLookup,
  vanished: ProgramPast['vanished'],
): readonly Entry[] {
  const found = keys.flatMap((key): Omit<Entry, 'overlaps'>[] => {
    const session = program.session(key);
    if (session) return [{ session, isVanished: false }];
    const last = lastKnown(key, vanished);
    return last ? [{ ...last, isVanished: true }] : [];
  });
  const takesPlace = found.filter((one) => !one.isVanished && !one.session.cancelled);
  return found
    .map((entry) => ({
      ...entry,
      overlaps: takesPlace.includes(entry)
        ? takesPlace
            .filter((one) => one !== entry && isOverlap(one.session, entry.session))
            .map(({ session }) => session)
        : [],
    }))
    .sort(
      ({ session: one }, { session: other }) =>
        one.startsAt - other.startsAt || one.key.localeCompare(other.key),
    );
}

/**
 * Whether two sessions share a moment; one that begins as the other ends does not.
 *
 * @example isOverlap({ startsAt: 0, endsAt: 2 }, { startsAt: 2, endsAt: 3 }) // false
 */
export function isOverlap(
  one: Pick<Session, 'startsAt' | 'endsAt'>,
  other: Pick<Session, 'startsAt' | 'endsAt'>,
): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt;
}

/** What was last said of a session that is in the program no more: its title and time; undefined when nothing is known. */
export function lastKnown(
  key: Key,
  vanished: ProgramPast['vanished'],
): { readonly session: Session; readonly vanishedAt: EpochMs } | undefined {
  const last = vanished(key);
  if (!last) return undefined;
  const session: Session = {
    key,
    aliases: [],
    title: last.title,
    startsAt: last.startsAt,
    endsAt: last.endsAt,
    languages: [],
    links: [],
    cancelled: true,
    people: [],
    presentations: [],
  };
  return { session, vanishedAt: last.since };
}
