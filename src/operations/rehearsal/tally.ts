import type { PlannedAnnouncement, State } from '../../campaign/announcement.js';
import type { Network } from '../../campaign/network.js';
import type { Queryable } from '../../storage/database.js';
import { planStanding } from '../../storage/plan-standing.js';
import type { RehearsalEnd } from './end.js';

/** What became of the announcements of one network, or of all. Their sum but `duplicates` is `planned`. */
export interface Tally {
  readonly planned: number;
  readonly published: number;
  readonly expired: number;
  /** Waited for a person until their deadline passed; nobody releases anything in a rehearsal. */
  readonly held: number;
  readonly cancelled: number;
  readonly rejected: number;
  readonly uncertain: number;
  /** Posts beyond one per announcement, and per session, lead time and account, by what the networks accepted. */
  readonly duplicates: number;
}

/** State by id, as the ledger has it; what waited for a person to its deadline is still called held. */
export async function finalStates(
  database: Queryable,
  edition: string,
  { held }: RehearsalEnd,
): Promise<ReadonlyMap<string, State>> {
  const standing = await planStanding(database, edition);
  return new Map(
    standing.map(({ id, state }) => [id, state === 'expired' && held.has(id) ? 'held' : state]),
  );
}

/** How many announcements of a network, or of all, ended in which state. */
export function countStates(
  states: ReadonlyMap<string, State>,
  planned: ReadonlyMap<string, PlannedAnnouncement>,
  network?: Network,
): Omit<Tally, 'duplicates'> {
  const counts = { published: 0, expired: 0, held: 0, cancelled: 0, rejected: 0, uncertain: 0 };
  let all = 0;
  for (const [id, state] of states) {
    if (network !== undefined && planned.get(id)?.network !== network) continue;
    all += 1;
    if (state in counts) counts[state as keyof typeof counts] += 1;
  }
  return { planned: all, ...counts };
}
