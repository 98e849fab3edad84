import type { EpochMs } from '../program/time.js';
import type { Outcome } from './outcome.js';

/** How an account has answered lately. */
export interface Circuit {
  /** Failures since the last answer that was none. */
  readonly failures: number;
  /** Nothing is sent before this moment; 0 when nothing is in the way. */
  readonly restsUntil: EpochMs;
  /** One announcement is under way to see if the account is well again; the others wait for it at most until then. */
  readonly probedUntil: EpochMs;
}

/** An account that has not failed. */
export const closedCircuit: Circuit = { failures: 0, restsUntil: 0, probedUntil: 0 };

/** So many failures in a row, whatever the announcements, and the account rests. */
const mostFailures = 5;
const firstRestMs = 10_000;
/** A quarter of the shortest deadline that is usual, 3 minutes after `PT15M`: what is due meanwhile still goes out in time. */
const longestRestMs = 40_000;
/** Longer than any request may take. */
const probeMs = 60_000;
/** Who waits for a probe asks again so often. */
const askAgainMs = 1_000;

/** Whether something may be sent now, and if not, when to ask again. */
export function admit(
  circuit: Circuit,
  now: EpochMs,
): { readonly ok: true; readonly next: Circuit } | { readonly ok: false; readonly at: EpochMs } {
  if (now < circuit.restsUntil) return { ok: false, at: circuit.restsUntil };
  if (circuit.failures < mostFailures) return { ok: true, next: circuit };
  // It rested long enough: one goes ahead, the others wait for what becomes of it.
  return now < circuit.probedUntil
    ? { ok: false, at: now + askAgainMs }
    : { ok: true, next: { ...circuit, probedUntil: now + probeMs } };
}

/**
 * What an answer means for the account. A network's own word on when to come back holds for the whole account, unless it is of one announcement; failures without one open the circuit after
 * five in a row, for 10 s, 20 s, then 40 s after each probe that fails. What fails while it rests was on its way before, and tells nothing new: a burst that fails
 * together is no reason to rest longer.
 *
 * @example heard(closedCircuit, { kind: 'retry-later', reason: 'limit', notBefore: 9 }, 0) // { failures: 0, restsUntil: 9, probedUntil: 0 }
 */
export function heard(circuit: Circuit, outcome: Outcome, now: EpochMs): Circuit {
  // The account is as it was; if this was the probe, another goes ahead.
  if (outcome.kind === 'retry-later' && outcome.ofAnnouncement) {
    return { ...circuit, probedUntil: 0 };
  }
  if (outcome.kind === 'retry-later' && outcome.notBefore !== undefined) {
    return { ...circuit, restsUntil: outcome.notBefore, probedUntil: 0 };
  }
  if (outcome.kind !== 'retry-later' && outcome.kind !== 'uncertain') return closedCircuit;
  if (now < circuit.restsUntil) return circuit;
  const failures = circuit.failures + 1;
  const rest = Math.min(longestRestMs, firstRestMs * 2 ** Math.max(0, failures - mostFailures));
  const restsUntil = failures < mostFailures ? circuit.restsUntil : now + rest;
  return { failures, restsUntil, probedUntil: 0 };
}
