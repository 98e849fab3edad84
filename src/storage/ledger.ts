import type { Ledger } from '../publish/ports.js';
import type { Queryable } from './database.js';
import { claim, settle } from './ledger/claim.js';
import { list, standing, story } from './ledger/list.js';
import { move } from './ledger/move.js';
import { apply } from './ledger/plan-changes.js';
import { dueBy, expire, lapse } from './ledger/sweep.js';

/**
 * The ledger of one edition on a database, or inside a transaction of it. Each method is one statement and one round trip, but `apply`,
 * which is one transaction of a statement per some thousand changes.
 */
export function createLedger(database: Queryable, edition: string): Ledger {
  return {
    standing: (id) => standing(database, edition, id),
    list: (filter) => list(database, edition, filter),
    story: (id) => story(database, edition, id),
    claim: (request) => claim(database, edition, request),
    settle: (ended, settlement, now) => settle(database, edition, ended, settlement, now),
    apply: (changes, now) => apply(database, edition, changes, now),
    move: (announcement, change, now) => move(database, edition, announcement, change, now),
    lapse: (now, boot) => lapse(database, edition, now, boot),
    expire: (now) => expire(database, edition, now),
    dueBy: (until, limit) => dueBy(database, edition, until, limit),
  };
}
