import type { AccountId } from '../campaign/network.js';
import type { EpochMs } from '../program/time.js';
import { admit, closedCircuit, heard, type Circuit } from './circuit.js';
import { parkedNotice, type Notice } from './notice.js';
import type { Outcome } from './outcome.js';

/** Where it is kept that an account is parked: it may not post any more until a person connects it again. */
export interface Parking {
  /** The reason, while it is parked. */
  parked(account: AccountId): Promise<string | undefined>;
  /** Parks it, and keeps the notice, where a person has to be told, in the same commit; where it is parked already, nothing is done and nobody is told again. */
  park(account: AccountId, reason: string, now: EpochMs, notice?: Notice): Promise<void>;
}

/** Whether an account may be sent to. */
export type Admission =
  | { readonly kind: 'open' }
  | { readonly kind: 'parked'; readonly reason: string }
  | { readonly kind: 'resting'; readonly at: EpochMs };

/** Stands before every live account: parked ones let nothing through, ill ones rest and are probed with care. */
export interface Gate {
  admit(account: AccountId, now: EpochMs): Promise<Admission>;
  /** Tells what became of a sending: an account that has to be connected again is parked by it, and a person is told once. */
  heard(account: AccountId, outcome: Outcome, now: EpochMs): Promise<void>;
  /** Until when the account rests; undefined when it does not. */
  restsUntil(account: AccountId, now: EpochMs): EpochMs | undefined;
}

/** A gate of this process. Who is parked is known to all processes, who rests to each by itself. */
export function createGate(parking: Parking): Gate {
  const circuits = new Map<AccountId, Circuit>();
  const circuitOf = (account: AccountId) => circuits.get(account) ?? closedCircuit;
  return {
    async admit(account, now) {
      const reason = await parking.parked(account);
      if (reason !== undefined) return { kind: 'parked', reason };
      const admission = admit(circuitOf(account), now);
      if (!admission.ok) return { kind: 'resting', at: admission.at };
      circuits.set(account, admission.next);
      return { kind: 'open' };
    },
    async heard(account, outcome, now) {
      circuits.set(account, heard(circuitOf(account), outcome, now));
      if (outcome.kind !== 'unauthorized') return;
      const { reason } = outcome;
      await parking.park(account, reason, now, parkedNotice(account, reason, now));
    },
    restsUntil(account, now) {
      const { restsUntil } = circuitOf(account);
      return restsUntil > now ? restsUntil : undefined;
    },
  };
}
