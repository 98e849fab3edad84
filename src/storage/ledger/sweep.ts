import type { EpochMs } from '../../program/time.js';
import type { Network } from '../../campaign/network.js';
import type { DueAnnouncement } from '../../publish/ports.js';
import type { Queryable } from '../database.js';

const lapseStatement = `
WITH lapsed AS (
  SELECT id, claim_boot = $3 AS of_this_boot FROM callboard.announcements
  WHERE edition = $1 AND state = 'publishing' AND (claim_lease < callboard.now_ms() OR claim_boot <> $3)
  ORDER BY id FOR UPDATE SKIP LOCKED
), moved AS (
  UPDATE callboard.announcements a SET
    state = 'uncertain', state_since = $2, state_by = 'sweep', revision = a.revision + 1, claim_token = NULL, claim_boot = NULL, claim_lease = NULL,
    reason = CASE WHEN lapsed.of_this_boot IS NOT FALSE THEN 'the claim''s lease ran out' ELSE 'the process that claimed it ended' END
  FROM lapsed WHERE a.id = lapsed.id
  RETURNING a.id, a.reason, a.attempts
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor, attempt)
  SELECT id, $2, 'publishing', 'uncertain', reason, 'sweep', attempts FROM moved
)
SELECT id FROM moved ORDER BY id`;

/** `Ledger.lapse` for one edition. Several workers at it at once share the work. */
export async function lapse(
  database: Queryable,
  edition: string,
  now: EpochMs,
  boot?: string,
): Promise<readonly string[]> {
  return idsOf(await database.query<{ id: string }>(lapseStatement, [edition, now, boot ?? null]));
}

const readmitStatement = `
WITH free AS (
  SELECT id FROM callboard.announcements a
  WHERE edition = $1 AND state = 'held' AND hold_reason = 'parked' AND expires_at >= $2
    AND NOT EXISTS (SELECT 1 FROM callboard.live_accounts l WHERE l.account = a.account AND l.parked_reason IS NOT NULL)
  ORDER BY id FOR UPDATE OF a SKIP LOCKED
), moved AS (
  UPDATE callboard.announcements a SET
    state = 'planned', reason = 'its account is connected again', hold_reason = NULL, state_since = $2, state_by = 'sweep',
    revision = a.revision + 1, retry_at = NULL, needs_person = false
  FROM free WHERE a.id = free.id
  RETURNING a.id, a.reason
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor)
  SELECT id, $2, 'held', 'planned', reason, 'sweep' FROM moved
)
SELECT id FROM moved ORDER BY id`;

/** `Ledger.readmit` for one edition. */
export async function readmit(
  database: Queryable,
  edition: string,
  now: EpochMs,
): Promise<readonly string[]> {
  return idsOf(await database.query<{ id: string }>(readmitStatement, [edition, now]));
}

const expireStatement = `
WITH late AS (
  SELECT id, state FROM callboard.announcements
  WHERE edition = $1 AND state IN ('planned', 'held') AND expires_at < $2
  ORDER BY id FOR UPDATE SKIP LOCKED
), moved AS (
  UPDATE callboard.announcements a SET
    state = 'expired', hold_reason = NULL, state_since = $2, state_by = 'sweep', revision = a.revision + 1,
    reason = CASE WHEN late.state = 'held' THEN 'its deadline passed while it was held' || coalesce(' (' || a.reason || ')', '')
      WHEN a.attempts > 0 THEN 'its deadline passed after ' || a.attempts || ' attempts' || coalesce(' (' || a.reason || ')', '')
      ELSE 'its deadline passed' || coalesce(' (' || a.reason || ')', '') END
  FROM late WHERE a.id = late.id
  RETURNING a.id, late.state AS from_state, a.reason
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor)
  SELECT id, $2, from_state, 'expired', reason, 'sweep' FROM moved
)
SELECT id FROM moved ORDER BY id`;

/** `Ledger.expire` for one edition. */
export async function expire(
  database: Queryable,
  edition: string,
  now: EpochMs,
): Promise<readonly string[]> {
  return idsOf(await database.query<{ id: string }>(expireStatement, [edition, now]));
}

function idsOf({ rows }: { readonly rows: readonly { readonly id: string }[] }): string[] {
  return rows.map(({ id }) => id);
}

/** `Ledger.dueBy` for one edition. */
export async function dueBy(
  database: Queryable,
  edition: string,
  until: EpochMs,
  limit: number,
): Promise<readonly DueAnnouncement[]> {
  const { rows } = await database.query<DueRow>(
    `SELECT id, network, wakes_at FROM callboard.announcements
     WHERE edition = $1 AND state = 'planned' AND wakes_at <= $2 ORDER BY wakes_at, id LIMIT $3`,
    [edition, until, limit],
  );
  return rows.map(dueOf);
}

/** A row that says when its announcement is due. */
export interface DueRow {
  readonly id: string;
  readonly network: Network;
  readonly wakes_at: string;
}

/** What the queue needs, from its row. */
export function dueOf(row: DueRow): DueAnnouncement {
  return { id: row.id, network: row.network, at: Number(row.wakes_at) };
}
