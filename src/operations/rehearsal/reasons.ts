import type { PlannedAnnouncement, State } from '../../campaign/announcement.js';
import type { Network } from '../../campaign/network.js';
import type { Ledger } from '../../publish/ports.js';
import type { RehearsalEnd } from './end.js';
import type { Played } from './play.js';

/** Why so many announcements of one network and lead time were not published. */
export interface Reason {
  readonly state: Exclude<State, 'published'>;
  readonly network: Network;
  readonly leadTime: string;
  readonly reason: string;
  readonly count: number;
}

/** What was seen of the announcements; the maps say why, by id. */
interface Seen extends Pick<Played, 'missed'>, Pick<RehearsalEnd, 'held'> {
  readonly ledger: Pick<Ledger, 'list'>;
  readonly planned: ReadonlyMap<string, PlannedAnnouncement>;
}

/** Groups what was not published by its reason: what the play saw of it, else what the ledger says. */
export async function reasonsFor(
  states: ReadonlyMap<string, State>,
  { ledger, planned, missed, held }: Seen,
): Promise<readonly Reason[]> {
  const unexplained = [...states].filter(
    ([id, state]) => state !== 'published' && !missed.has(id) && !held.has(id),
  );
  const said = await ledger.list({ ids: unexplained.map(([id]) => id) });
  const words = new Map(said.map(({ id, reason }) => [id, reason]));
  const reasons = new Map<string, Reason>();
  for (const [id, state] of states) {
    const announcement = planned.get(id);
    if (!announcement || state === 'published') continue;
    const { network, leadTime } = announcement;
    const reason =
      held.get(id) ?? (state === 'expired' ? missed.get(id) : undefined) ?? words.get(id) ?? state;
    const shared = withoutId(reason, id);
    const name = [state, network, leadTime, shared].join('\n');
    const known = reasons.get(name);
    reasons.set(name, { state, network, leadTime, reason: shared, count: (known?.count ?? 0) + 1 });
  }
  return [...reasons.values()].sort((one, other) => other.count - one.count);
}

/** A reason as many share it. */
function withoutId(reason: string, id: string): string {
  return reason.replace(` (announcement ${id})`, '').replace(`announcement ${id}: `, '');
}
