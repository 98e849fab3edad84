import type { Plan } from '../../campaign/plan.js';
import type { EpochMs } from '../../program/time.js';
import type { Ledger } from '../../publish/ports.js';
import type { SimulatedClock } from './simulated-clock.js';

/** What the ledger is left with when the last deadline has passed. */
export interface RehearsalEnd {
  readonly at: EpochMs;
  /** Announcements that waited for a person until their deadline, with the reason. */
  readonly held: ReadonlyMap<string, string>;
}

/** Lets the last deadline pass: whatever is left expires, as by the sweep of a worker. */
export async function endOf(
  ledger: Ledger,
  plan: Plan,
  clock: SimulatedClock,
): Promise<RehearsalEnd> {
  const held = await ledger.list({ states: ['held'] });
  const deadlines = plan.announcements.reduce(
    (last, { expiresAt }) => Math.max(last, expiresAt),
    0,
  );
  const at = Math.max(clock.now(), deadlines + 1);
  clock.set(at);
  await ledger.expire(at);
  return { at, held: new Map(held.map(({ id, reason = '' }) => [id, reason])) };
}
