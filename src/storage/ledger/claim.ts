import { randomUUID } from 'node:crypto';
import type { Claim, ClaimRefusal, Ledger, Settlement } from '../../publish/ports.js';
import { mayMove } from '../../publish/state.js';
import type { Queryable } from '../queryable.js';
import { announcementOf, type AnnouncementRow } from './announcement-row.js';
import { holdReasonOf } from './hold-reason.js';
import { freesCoverage } from './coverage.js';

/**
 * One round trip: the edition's row is locked for sharing, so that a pause or a new program version comes before or after the claim, never
 * between; then state, revision, version, pause, moment and coverage are compared and the claim, its coverage and its story written.
 * A key once chosen and a text that must be sent to the letter are kept, whatever is asked.
 */
const claimStatement = `
WITH edition AS (
  SELECT program_version, paused_at, moved_to FROM callboard.editions WHERE id = $2 FOR SHARE
), covered AS (
  SELECT EXISTS (
    SELECT 1 FROM callboard.announcements a CROSS JOIN LATERAL unnest(a.sessions) AS s(session)
    JOIN callboard.coverage c ON c.edition = a.edition AND c.session = s.session AND c.lead_time = a.lead_time
      AND c.account = a.account AND c.round = a.round
    WHERE a.id = $1 AND c.announcement <> a.id
  ) AS by_another
), claimed AS (
  UPDATE callboard.announcements a SET
    state = 'publishing', reason = NULL, state_since = $5, state_by = 'publish', revision = a.revision + 1, attempts = a.attempts + 1, retry_at = NULL,
    needs_person = false, sent = true,
    frozen_key = coalesce(a.frozen_key, $6),
    frozen_content = CASE WHEN a.resend THEN a.frozen_content ELSE $7::json END,
    frozen_at = CASE WHEN a.resend THEN a.frozen_at ELSE $8 END,
    claim_token = $9, claim_boot = $10, claim_lease = callboard.now_ms() + $11
  FROM edition e, covered
  WHERE a.id = $1 AND a.edition = $2 AND a.state = 'planned' AND a.revision = $3 AND e.program_version = $4
    AND e.paused_at IS NULL AND e.moved_to IS NULL AND a.wakes_at <= $5 AND a.expires_at >= $5 AND NOT covered.by_another
  RETURNING a.*
), taken AS (
  INSERT INTO callboard.coverage (edition, session, lead_time, account, round, announcement)
  SELECT c.edition, s.session, c.lead_time, c.account, c.round, c.id FROM claimed c CROSS JOIN LATERAL unnest(c.sessions) AS s(session)
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, actor, attempt)
  SELECT id, $5, 'planned', 'publishing', 'publish', attempts FROM claimed
)
SELECT c.*, NULL AS post_uri, NULL AS post_permalink, c.id IS NOT NULL AS ok,
  (b.state = 'planned' AND b.revision = $3 AND e.program_version = $4) AS same,
  (e.paused_at IS NOT NULL OR e.moved_to IS NOT NULL) AS paused,
  (b.wakes_at > $5 OR b.expires_at < $5) AS late,
  covered.by_another
FROM edition e CROSS JOIN covered
  LEFT JOIN callboard.announcements b ON b.id = $1 AND b.edition = $2
  LEFT JOIN claimed c ON true`;

/** What the claim's statement answers: the row when it went through, else what stood in its way. */
interface ClaimRow extends AnnouncementRow {
  readonly ok: boolean;
  readonly same: boolean | null;
  readonly paused: boolean;
  readonly late: boolean | null;
  readonly by_another: boolean;
}

/** `Ledger.claim` for one edition. */
export async function claim(
  database: Queryable,
  edition: string,
  request: Parameters<Ledger['claim']>[0],
): ReturnType<Ledger['claim']> {
  const { announcement, frozen, now, leaseMs } = request;
  const token = randomUUID();
  const values = [
    announcement.id,
    edition,
    announcement.revision,
    request.programVersion,
    now,
    frozen.key,
    JSON.stringify(frozen.content),
    frozen.frozenAt,
    token,
    request.boot,
    leaseMs,
  ];
  const row = await database
    .query<ClaimRow>(claimStatement, values)
    .then(({ rows }) => rows[0])
    .catch((thrown: unknown) => {
      if (lostTheRaceForCoverage(thrown)) return 'covered' as const;
      throw thrown;
    });
  if (row === 'covered') return { ok: false, why: 'covered' };
  if (!row?.ok) return { ok: false, why: refusal(row) };
  const claimed = announcementOf(row);
  return {
    ok: true,
    // `now` was read before the database granted the lease, so this machine's end of it comes first.
    claim: {
      token,
      announcement: claimed,
      frozen: claimed.frozen ?? frozen,
      leaseUntil: now + leaseMs,
    },
  };
}

function refusal(row: ClaimRow | undefined): ClaimRefusal {
  if (row?.same !== true) return 'changed';
  if (row.paused) return 'paused';
  if (row.late === true) return 'late';
  return row.by_another ? 'covered' : 'changed';
}

/** Two announcements of one session at the same instant: the second finds the first's coverage only when it writes its own. */
function lostTheRaceForCoverage(thrown: unknown): boolean {
  const error = thrown as { code?: string; constraint?: string } | null;
  return error?.code === '23505' && error.constraint === 'coverage_pkey';
}

const settleStatement = `
WITH settled AS (
  UPDATE callboard.announcements SET
    state = $4, reason = $5, hold_reason = $6, state_since = $7, state_by = 'publish', revision = revision + 1, retry_at = $8, needs_person = $9,
    sent = $10, claim_token = NULL, claim_boot = NULL, claim_lease = NULL
  WHERE id = $1 AND edition = $2 AND state = 'publishing' AND claim_token = $3
  RETURNING id, account, attempts
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor, attempt)
  SELECT id, $7, 'publishing', $4, $5, 'publish', attempts FROM settled
), freed AS (
  DELETE FROM callboard.coverage WHERE announcement IN (SELECT id FROM settled) AND NOT $10
), posted AS (
  INSERT INTO callboard.posts (announcement, account, uri, permalink, accepted_at)
  SELECT id, account, $11, $12, $13 FROM settled WHERE $11::text IS NOT NULL
)
SELECT id FROM settled`;

/** `Ledger.settle` for one edition. */
export async function settle(
  database: Queryable,
  edition: string,
  ended: Claim,
  settlement: Settlement,
  now: number,
): Promise<boolean> {
  const { to, reason, post, retryAt, needsPerson } = settlement;
  if (!mayMove('publishing', to, 'publish')) throw new Error(`a claim does not end in ${to}`);
  if ((to === 'published') !== (post !== undefined)) throw new Error(`${to} and a post disagree`);
  const { rows } = await database.query(settleStatement, [
    ended.announcement.id,
    edition,
    ended.token,
    to,
    reason ?? null,
    to === 'held' ? holdReasonOf(reason, 'account') : null,
    now,
    retryAt ?? null,
    needsPerson ?? false,
    !freesCoverage('publishing', to),
    post?.uri ?? null,
    post?.permalink ?? null,
    post?.acceptedAt ?? null,
  ]);
  return rows.length === 1;
}
