import { isKnownRoom } from '../campaign/room.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { EpochMs } from '../program/time.js';
import type { Facts } from './content.js';

/** Why what a post says is no longer right. */
export type Outdating = 'vanished' | 'cancelled' | 'moved' | 'new room';

/**
 * Compares what a post was true about with the program in force: sessions that are gone, cancelled, start at another time or are in another
 * room than it says. Undefined when it is still right, or when all of it is past, by what it says and by the program.
 */
export function outdatedBy(
  said: Facts['sessions'],
  program: ProgramLookup,
  now: EpochMs,
): Outdating | undefined {
  for (const { key, startsAt, endsAt, room } of said) {
    const session = program.session(key);
    if (Math.max(endsAt, session?.endsAt ?? 0) <= now) continue;
    if (!session) return 'vanished';
    if (session.cancelled) return 'cancelled';
    if (session.startsAt !== startsAt) return 'moved';
    if (isKnownRoom(room) && program.room(session.room)?.name !== room) return 'new room';
  }
  return undefined;
}
