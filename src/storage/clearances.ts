import type { Accepted } from '../campaign/budget.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** That a campaign was shown against the limits of an account, and accepted by name where it does not fit. */
export interface Clearance {
  readonly account: string;
  readonly shownAt: EpochMs;
  readonly acceptedAt?: EpochMs;
  /** Missing, though accepted, where an older Callboard did not note it. */
  readonly accepted?: Accepted;
}

/** What was shown and accepted for an edition. */
export async function clearances(
  database: Queryable,
  edition: string,
): Promise<ReadonlyMap<string, Clearance>> {
  const { rows } = await database.query<{
    account: string;
    shown_at: string;
    accepted_at: string | null;
    accepted: Accepted | null;
  }>(
    'SELECT account, shown_at, accepted_at, accepted FROM callboard.clearances WHERE edition = $1',
    [edition],
  );
  return new Map(
    rows.map(({ account, shown_at, accepted_at, accepted }) => [
      account,
      {
        account,
        shownAt: Number(shown_at),
        ...(accepted_at !== null && { acceptedAt: Number(accepted_at) }),
        ...(accepted !== null && { accepted }),
      },
    ]),
  );
}

/** Notes that accounts were shown, or accepted as they stand; what was accepted once stays accepted until something else is. */
export async function clear(
  database: Queryable,
  edition: string,
  accounts: readonly { readonly account: string; readonly accepted?: Accepted }[],
  at: EpochMs,
): Promise<void> {
  for (const { account, accepted } of accounts) {
    await database.query(
      `INSERT INTO callboard.clearances AS c (edition, account, shown_at, accepted_at, accepted) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (edition, account) DO UPDATE SET shown_at = excluded.shown_at,
         accepted_at = coalesce(excluded.accepted_at, c.accepted_at), accepted = coalesce(excluded.accepted, c.accepted)`,
      [
        edition,
        account,
        at,
        accepted === undefined ? null : at,
        accepted === undefined ? null : JSON.stringify(accepted),
      ],
    );
  }
}
