import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** That a campaign was shown against the limits of an account, and accepted by name where it does not fit. */
export interface Clearance {
  readonly account: string;
  readonly shownAt: EpochMs;
  readonly acceptedAt?: EpochMs;
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
  }>('SELECT account, shown_at, accepted_at FROM callboard.clearances WHERE edition = $1', [
    edition,
  ]);
  return new Map(
    rows.map(({ account, shown_at, accepted_at }) => [
      account,
      {
        account,
        shownAt: Number(shown_at),
        ...(accepted_at !== null && { acceptedAt: Number(accepted_at) }),
      },
    ]),
  );
}

/** Notes that accounts were shown, or accepted; what was accepted once stays accepted. */
export async function clear(
  database: Queryable,
  edition: string,
  accounts: readonly string[],
  { accepted, at }: { readonly accepted: readonly string[]; readonly at: EpochMs },
): Promise<void> {
  for (const account of accounts) {
    await database.query(
      `INSERT INTO callboard.clearances AS c (edition, account, shown_at, accepted_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (edition, account) DO UPDATE SET shown_at = excluded.shown_at, accepted_at = coalesce(excluded.accepted_at, c.accepted_at)`,
      [edition, account, at, accepted.includes(account) ? at : null],
    );
  }
}
