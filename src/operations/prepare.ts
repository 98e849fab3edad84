import { setImmediate as untilIdle } from 'node:timers/promises';
import type { Compose, DueAnnouncement, Ledger } from '../publish/ports.js';

/** Only what has so much time left is prepared; what is due now is composed by its claim anyhow. */
const leastAheadMs = 1_000;
const mostAtOnce = 500;

/** What preparing works with. */
export interface PrepareContext {
  readonly ledger: Ledger;
  readonly compose: Compose;
  /** Version of the program in force; 0 before the first import. */
  readonly programVersion: () => Promise<number>;
  readonly now: () => number;
}

/**
 * Composes what is due soon before it is due, so that many announcements of one moment leave in that moment. Changes no state and freezes nothing: the claim
 * composes again, and finds it kept if nothing changed meanwhile. Yields between any two, so that what is due now goes first.
 */
export async function prepare(
  { ledger, compose, programVersion, now }: PrepareContext,
  due: readonly DueAnnouncement[],
  signal: AbortSignal,
): Promise<void> {
  const ahead = due.filter(({ at }) => at > now() + leastAheadMs).map(({ id }) => id);
  const version = ahead.length === 0 ? 0 : await programVersion();
  if (version === 0) return;
  const ended = () => signal.aborted;
  for (let at = 0; at < ahead.length; at += mostAtOnce) {
    for (const announcement of await ledger.list({ ids: ahead.slice(at, at + mostAtOnce) })) {
      if (ended()) return;
      if (announcement.state === 'planned') await compose(announcement, version);
      await untilIdle();
    }
  }
}
