import { randomUUID } from 'node:crypto';
import type { Claim, ClaimRefusal, Ledger, Settlement } from '../../publish/ports.js';
import { mayMove } from '../../publish/state.js';
import type { Queryable } from '../database.js';
import { announcementOf, type AnnouncementRow } from './announcement-row.js';
import { holdReasonOf } from './hold-reason.js';
import { freesCoverage } from './coverage.js';

/**
 * One round trip. The edition's row is locked for sharing and then the announcement's, so that a pause, a new program version or another move
 * comes before or after the claim, never between; then state, revision, version, pause, moment and coverage are compared and the claim,
 * its coverage and its story written. A key once chosen and a text that must be sent to the letter are kept, whatever is asked.
 */
const claimStatement = `
WITH edition AS (
  SELECT id, program_version, paused_at IS NOT NULL OR moved_to IS NOT NULL AS paused FROM callboard.editions WHERE id = $2 FOR SHARE
), before AS (
  SELECT a.id, a.sessions, a.edition, a.lead_time, a.account, a.round, e.paused,
    a.state = 'planned' AND a.revision = $3 AND e.program_version = $4 AS same,
    a.wakes_at > $5 OR a.expires_at < $5 AS late
  FROM edition e JOIN callboard.announcements a ON a.edition = e.id WHERE a.id = $1
  FOR UPDATE OF a
), fit AS (
  SELECT before.*, EXISTS (
    SELECT 1 FROM callboard.coverage c
    WHERE c.session = ANY(before.sessions) AND c.lead_time = before.lead_time AND c.account = before.account
      AND c.round = before.round AND c.edition = before.edition AND c.announcement <> before.id
  ) AS covered FROM before
), claimed AS (
  UPDATE callboard.announcements a SET
    state = 'publishing', reason = NULL, state_since = $5, state_by = 'publish', revision = a.revision + 1, attempts = a.attempts + 1,
    retry_at = NULL, needs_person = false, sent = true,
    frozen_key = coalesce(a.frozen_key, $6),
    frozen_content = CASE WHEN a.resend THEN a.frozen_content ELSE $7::json END,
    frozen_at = CASE WHEN a.resend THEN a.frozen_at ELSE $8 END,
    claim_token = $9, claim_boot = $10, claim_lease = callboard.now_ms() + $11
  FROM fit WHERE a.id = fit.id AND fit.same AND NOT fit.paused AND NOT fit.late AND NOT fit.covered
  RETURNING a.*
), taken AS (
  INSERT INTO callboard.coverage (edition, session, lead_time, account, round, announcement)
  SELECT c.edition, s.session, c.lead_time, c.account, c.round, c.id FROM claimed c CROSS JOIN LATERAL unnest(c.sessions) AS s(session)
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, actor, attempt)
  SELECT id, $5, 'planned', 'publishing', 'publish', attempts FROM claimed
)
SELECT c.*, NULL AS post_uri, NULL AS post_permalink, c.id IS NOT NULL AS ok, fit.same, fit.paused, fit.late, fit.covered
FROM fit LEFT JOIN claimed c ON true`;

/** What the claim's statement answers: the row when it went through, else what stood in its way. */
interface ClaimRow extends AnnouncementRow {
  readonly ok: boolean;
  readonly same: boolean;
  readonly paused: boolean;
  readonly late: boolean;
  readonly covered: boolean;
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
  if (row.late) return 'late';
  return row.covered ? 'covered' : 'changed';
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
