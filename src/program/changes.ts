import type { Key, Program, Session } from './model.js';

/** What became of one session between two versions. Several may be true of one session, except for `added` and `vanished`. */
export type ProgramChange =
  | { readonly kind: 'added'; readonly session: Key }
  /** Absent from the new version, which is not the same as cancelled. */
  | { readonly kind: 'vanished'; readonly session: Key }
  /** Its start or its end is another. */
  | { readonly kind: 'moved'; readonly session: Key }
  | { readonly kind: 'new-room'; readonly session: Key }
  | { readonly kind: 'retitled'; readonly session: Key }
  | { readonly kind: 'cancelled'; readonly session: Key }
  /** Cancelled before, and no longer. */
  | { readonly kind: 'restored'; readonly session: Key };

/** Compares two versions of one edition's program by session key: in the new one's order, what vanished last. */
export function programChanges(before: Program, after: Program): readonly ProgramChange[] {
  const old = new Map(before.sessions.map((session) => [session.key, session]));
  const now = new Set(after.sessions.map(({ key }) => key));
  const roomsBefore = new Map(before.rooms.map((room) => [room.key, room.name]));
  const roomsAfter = new Map(after.rooms.map((room) => [room.key, room.name]));
  const sameRoom = (a: Session, b: Session) =>
    // A room renamed under its key is a new sign on the door: followers must hear of it.
    a.room === b.room && roomsBefore.get(a.room ?? '') === roomsAfter.get(b.room ?? '');

  const changes: ProgramChange[] = [];
  for (const session of after.sessions) {
    const was = old.get(session.key);
    const note = (kind: ProgramChange['kind']) => changes.push({ kind, session: session.key });
    if (!was) {
      note('added');
      continue;
    }
    if (was.startsAt !== session.startsAt || was.endsAt !== session.endsAt) note('moved');
    if (!sameRoom(was, session)) note('new-room');
    if (was.title !== session.title) note('retitled');
    if (!was.cancelled && session.cancelled) note('cancelled');
    if (was.cancelled && !session.cancelled) note('restored');
  }
  for (const { key } of before.sessions) {
    if (!now.has(key)) changes.push({ kind: 'vanished', session: key });
  }
  return changes;
}
