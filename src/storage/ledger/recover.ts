import type { EpochMs } from '../../program/time.js';
import type { JournalEntry } from '../../publish/journal.js';
import type { Queryable } from '../database.js';

/**
 * Puts right what a power cut took from the ledger: an announcement that the journal saw sent, and whose row knows nothing of that attempt, becomes `uncertain`
 * with the frozen text of the journal. By way of a claim whose lease is over, since no other arrow leads there.
 *
 * @returns the ids of those that it changed
 */
export async function recover(
  database: Queryable,
  edition: string,
  entries: readonly JournalEntry[],
  now: EpochMs,
): Promise<readonly string[]> {
  const last = new Map(
    entries
      .filter((entry) => entry.edition === edition)
      .map((entry) => [entry.announcement, entry] as const),
  );
  if (last.size === 0) return [];
  // Nearly all were sent and are known: one look finds the few that are not.
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM callboard.announcements WHERE edition = $1 AND id = ANY($2::text[]) AND NOT sent ORDER BY id',
    [edition, [...last.keys()]],
  );
  const recovered: string[] = [];
  for (const entry of rows.flatMap(({ id }) => last.get(id) ?? [])) {
    const changed = await database.transaction((transaction) =>
      recoverOne(transaction, edition, entry, now),
    );
    if (changed) recovered.push(entry.announcement);
  }
  return recovered;
}

async function recoverOne(
  database: Queryable,
  edition: string,
  { announcement, attempt, frozen }: JournalEntry,
  now: EpochMs,
): Promise<boolean> {
  const { rows } = await database.query<{ state: string }>(
    `SELECT state FROM callboard.announcements
     WHERE id = $1 AND edition = $2 AND attempts < $3 AND state IN ('planned', 'held', 'expired', 'cancelled') AND NOT sent FOR UPDATE`,
    [announcement, edition, attempt],
  );
  const [row] = rows;
  if (!row) return false;
  const reason = 'it was sent just before the machine lost power';
  if (row.state !== 'planned') {
    await database.query(
      `UPDATE callboard.announcements SET state = 'planned', hold_reason = NULL, state_by = 'sweep', revision = revision + 1 WHERE id = $1`,
      [announcement],
    );
  }
  await database.query(
    `UPDATE callboard.announcements SET state = 'publishing', reason = NULL, state_since = $2, state_by = 'publish', revision = revision + 1,
       attempts = $3, retry_at = NULL, sent = true, frozen_key = $4, frozen_content = $5::json, frozen_at = $6,
       claim_token = 'journal', claim_boot = 'journal', claim_lease = 0
     WHERE id = $1`,
    [announcement, now, attempt, frozen.key, JSON.stringify(frozen.content), frozen.frozenAt],
  );
  await database.query(
    `INSERT INTO callboard.coverage (edition, session, lead_time, account, round, announcement)
     SELECT a.edition, s.session, a.lead_time, a.account, a.round, a.id FROM callboard.announcements a CROSS JOIN LATERAL unnest(a.sessions) AS s(session)
     WHERE a.id = $1 ON CONFLICT DO NOTHING`,
    [announcement],
  );
  await database.query(
    `UPDATE callboard.announcements SET state = 'uncertain', reason = $2, state_since = $3, state_by = 'sweep', revision = revision + 1,
       claim_token = NULL, claim_boot = NULL, claim_lease = NULL
     WHERE id = $1`,
    [announcement, reason, now],
  );
  await database.query(
    `INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor, attempt)
     VALUES ($1, $2, $3, 'uncertain', $4, 'sweep', $5)`,
    [announcement, now, row.state, reason, attempt],
  );
  return true;
}
