import type { Ledger } from '../publish/ports.js';
import type { Queryable } from './database.js';
import { gathering } from './gathering.js';
import { checkSettlement, claim, settle, type ClaimRequest, type Ending } from './ledger/claim.js';
import { list, standing, story } from './ledger/list.js';
import { move } from './ledger/move.js';
import { apply } from './ledger/plan-changes.js';
import { dueBy, expire, lapse, readmit } from './ledger/sweep.js';

/** One statement that waits for a lock must not make all others wait. */
const limits = { atOnce: 2, most: 50 };

/**
 * The ledger of one edition on a database, or inside a transaction of it. Each method is one statement and one round trip, but `apply`,
 * which is one transaction of a statement per some thousand changes. What many jobs ask at the same moment (how it stands, claim,
 * settle) is asked together.
 */
export function createLedger(database: Queryable, edition: string): Ledger {
  const stand = gathering((ids: readonly string[]) => standing(database, edition, ids), limits);
  const ask = gathering(
    (requests: readonly ClaimRequest[]) => claim(database, edition, requests),
    limits,
  );
  const end = gathering((endings: readonly Ending[]) => settle(database, edition, endings), limits);
  return {
    standing: stand,
    list: (filter) => list(database, edition, filter),
    story: (id) => story(database, edition, id),
    claim: ask,
    async settle(ended, settlement, now) {
      checkSettlement(settlement);
      return end({ ended, settlement, now });
    },
    apply: (changes, now) => apply(database, edition, changes, now),
    move: (announcement, change, now) => move(database, edition, announcement, change, now),
    lapse: (now, boot) => lapse(database, edition, now, boot),
    readmit: (now) => readmit(database, edition, now),
    expire: (now) => expire(database, edition, now),
    dueBy: (until, limit) => dueBy(database, edition, until, limit),
  };
}
