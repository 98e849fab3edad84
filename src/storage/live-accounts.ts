import type { EpochMs } from '../program/time.js';
import type { Parking } from '../publish/gate.js';
import type { Queryable } from './database.js';
import { keptNotices } from './notices.js';

/** An account that may not post until a person connects it again. */
export interface ParkedAccount {
  readonly account: string;
  readonly reason: string;
  readonly since: EpochMs;
}

/** Where it is kept which accounts are parked, with what only the commands ask. */
export interface ParkingLot extends Parking {
  /** Also lets what is in doubt there be looked for anew at once, in every edition. True when it was parked until now. */
  unpark(account: string): Promise<boolean>;
  list(): Promise<readonly ParkedAccount[]>;
}

/** Which accounts are parked, known to all processes and editions; whoever parks one tells it in the name of this edition. */
export function createParking(database: Queryable, edition: string): ParkingLot {
  return {
    async parked(account) {
      const { rows } = await database.query<{ parked_reason: string }>(
        'SELECT parked_reason FROM callboard.live_accounts WHERE account = $1 AND parked_reason IS NOT NULL',
        [account],
      );
      return rows[0]?.parked_reason;
    },
    async park(account, reason, now, notice) {
      await database.query(
        `WITH parked AS (
           INSERT INTO callboard.live_accounts AS l (account, parked_reason, parked_at) VALUES ($1, $2, $3)
           ON CONFLICT (account) DO UPDATE SET parked_reason = excluded.parked_reason, parked_at = excluded.parked_at
           WHERE l.parked_reason IS NULL RETURNING account
         ) ${keptNotices('SELECT $5::json AS notice FROM parked WHERE $5::json IS NOT NULL', '$4')}`,
        [account, reason, now, edition, notice === undefined ? null : JSON.stringify(notice)],
      );
    },
    async unpark(account) {
      const { rows } = await database.query(
        `WITH looked_for AS (
           UPDATE callboard.announcements SET retry_at = NULL, revision = revision + 1
           WHERE account = $1 AND state = 'uncertain' AND retry_at IS NOT NULL
         )
         UPDATE callboard.live_accounts SET parked_reason = NULL, parked_at = NULL
         WHERE account = $1 AND parked_reason IS NOT NULL RETURNING account`,
        [account],
      );
      return rows.length === 1;
    },
    async list() {
      const { rows } = await database.query<ParkedRow>(
        `SELECT account, parked_reason, parked_at FROM callboard.live_accounts
         WHERE parked_reason IS NOT NULL ORDER BY account`,
      );
      return rows.map((row) => ({
        account: row.account,
        reason: row.parked_reason,
        since: Number(row.parked_at),
      }));
    },
  };
}

interface ParkedRow {
  readonly account: string;
  readonly parked_reason: string;
  readonly parked_at: string;
}
