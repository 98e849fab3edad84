import { given } from './given.js';
import type { Key, Program, Session } from './model.js';
import { toIso } from './time.js';

/** From when to when, as ISO 8601 in UTC: changes are shown and handed on, not computed with. */
export interface SaidTimes {
  readonly start: string;
  readonly end: string;
}

/** What became of one session between two versions. Several may be true of one session, except for `added` and `vanished`. */
export type ProgramChange = {
  readonly session: Key;
  /** As the new version says it; of what vanished, the old one. */
  readonly title: string;
} & (
  | { readonly kind: 'added'; readonly at: SaidTimes; readonly room?: string }
  /** Absent from the new version, which is not the same as cancelled. */
  | { readonly kind: 'vanished'; readonly at: SaidTimes; readonly room?: string }
  /** Its start or its end is another. */
  | { readonly kind: 'moved'; readonly from: SaidTimes; readonly to: SaidTimes }
  /** By name; absent where it has none. */
  | { readonly kind: 'new-room'; readonly from?: string; readonly to?: string }
  | { readonly kind: 'retitled'; readonly from: string; readonly to: string }
  | { readonly kind: 'cancelled' }
  /** Cancelled before, and no longer. */
  | { readonly kind: 'restored' }
);

/** Every kind of change, in the order in which people want to know of them. */
export const changeKinds = [
  'moved',
  'new-room',
  'retitled',
  'cancelled',
  'restored',
  'added',
  'vanished',
] as const satisfies readonly ProgramChange['kind'][];

/** Compares two versions of one edition's program by session key: in the new one's order, what vanished last. */
export function programChanges(before: Program, after: Program): readonly ProgramChange[] {
  const old = new Map(before.sessions.map((session) => [session.key, session]));
  const now = new Set(after.sessions.map(({ key }) => key));
  const [oldRoom, newRoom] = [roomNames(before), roomNames(after)];
  const changes: ProgramChange[] = [];
  for (const session of after.sessions) {
    const was = old.get(session.key);
    const about = { session: session.key, title: session.title };
    const [from, to] = [was && oldRoom(was), newRoom(session)];
    if (!was) {
      changes.push({ ...about, kind: 'added', at: timesOf(session), ...given({ room: to }) });
      continue;
    }
    if (was.startsAt !== session.startsAt || was.endsAt !== session.endsAt) {
      changes.push({ ...about, kind: 'moved', from: timesOf(was), to: timesOf(session) });
    }
    // A room renamed under its key is a new sign on the door: followers must hear of it.
    if (was.room !== session.room || from !== to) {
      changes.push({ ...about, kind: 'new-room', ...given({ from, to }) });
    }
    if (was.title !== session.title) {
      changes.push({ ...about, kind: 'retitled', from: was.title, to: session.title });
    }
    if (was.cancelled !== session.cancelled) {
      changes.push({ ...about, kind: session.cancelled ? 'cancelled' : 'restored' });
    }
  }
  for (const session of before.sessions) {
    if (now.has(session.key)) continue;
    changes.push({
      session: session.key,
      title: session.title,
      kind: 'vanished',
      at: timesOf(session),
      ...given({ room: oldRoom(session) }),
    });
  }
  return changes;
}

function timesOf({ startsAt, endsAt }: Session): SaidTimes {
  return { start: toIso(startsAt), end: toIso(endsAt) };
}

function roomNames({ rooms }: Program): (session: Session) => string | undefined {
  const names = new Map(rooms.map(({ key, name }) => [key, name]));
  return ({ room }) => (room === undefined ? undefined : names.get(room));
}
