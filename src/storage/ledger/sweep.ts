import type { State } from '../../campaign/announcement.js';
import type { Network } from '../../campaign/network.js';
import type { EpochMs } from '../../program/time.js';
import type { DueAnnouncement } from '../../publish/ports.js';
import type { Queryable } from '../database.js';

/**
 * A statement by which the sweep moves announcements of the edition $1 at the moment $2, with a line in the story of each. What other workers move just then is
 * left to them, so that several at it at once share the work.
 */
function sweeping({
  from,
  which,
  to,
  set,
}: {
  /** Each moves from the state that it is in. */
  readonly from: readonly State[];
  /** Which of these, `a`. */
  readonly which: string;
  readonly to: State;
  /** What else changes; `was` is the row before. */
  readonly set: string;
}): string {
  return `
WITH was AS (
  SELECT id, state, claim_boot FROM callboard.announcements a
  WHERE edition = $1 AND state IN (${from.map((state) => `'${state}'`).join(', ')}) AND ${which}
  ORDER BY id FOR UPDATE OF a SKIP LOCKED
), moved AS (
  UPDATE callboard.announcements a SET
    state = '${to}', state_since = $2, state_by = 'sweep', revision = a.revision + 1, ${set}
  FROM was WHERE a.id = was.id
  RETURNING a.id, was.state AS from_state, a.reason, a.attempts
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor, attempt)
  SELECT id, $2, from_state, '${to}', reason, 'sweep', CASE WHEN from_state = 'publishing' THEN attempts END FROM moved
)
SELECT id FROM moved ORDER BY id`;
}

const lapseStatement = sweeping({
  from: ['publishing'],
  which: '(claim_lease < callboard.now_ms() OR claim_boot <> $3)',
  to: 'uncertain',
  set: `claim_token = NULL, claim_boot = NULL, claim_lease = NULL,
    reason = CASE WHEN (was.claim_boot = $3) IS NOT FALSE THEN 'the claim''s lease ran out' ELSE 'the process that claimed it ended' END`,
});

/** `Ledger.lapse` for one edition. Several workers at it at once share the work. */
export async function lapse(
  database: Queryable,
  edition: string,
  now: EpochMs,
  boot?: string,
): Promise<readonly string[]> {
  return idsOf(await database.query<{ id: string }>(lapseStatement, [edition, now, boot ?? null]));
}

const readmitStatement = sweeping({
  from: ['held'],
  which: `hold_reason = 'parked' AND expires_at >= $2
    AND NOT EXISTS (SELECT 1 FROM callboard.live_accounts l WHERE l.account = a.account AND l.parked_reason IS NOT NULL)`,
  to: 'planned',
  set: `reason = 'its account is connected again', hold_reason = NULL, retry_at = NULL, needs_person = false`,
});

/** `Ledger.readmit` for one edition. */
export async function readmit(
  database: Queryable,
  edition: string,
  now: EpochMs,
): Promise<readonly string[]> {
  return idsOf(await database.query<{ id: string }>(readmitStatement, [edition, now]));
}

const expireStatement = sweeping({
  from: ['planned', 'held'],
  which: 'expires_at < $2',
  to: 'expired',
  set: `hold_reason = NULL, reason = CASE
      WHEN was.state = 'held' THEN 'its deadline passed while it was held'
      WHEN a.attempts > 0 THEN 'its deadline passed after ' || a.attempts || ' attempts'
      ELSE 'its deadline passed' END || coalesce(' (' || a.reason || ')', '')`,
});

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
