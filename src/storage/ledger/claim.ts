import { randomUUID } from 'node:crypto';
import type { Claim, ClaimRefusal, Ledger, Settlement } from '../../publish/ports.js';
import { mayMove } from '../../publish/state.js';
import type { Queryable } from '../database.js';
import { announcementOf, type AnnouncementRow } from './announcement-row.js';
import { holdReasonOf } from './hold-reason.js';
import { freesCoverage } from './coverage.js';
import { keptNotices } from '../notices.js';

/**
 * All that are asked in one round trip, each judged by itself. The edition's row is locked for sharing and then the announcements', in the
 * order of their ids, so that a pause, a new program version or another move comes before or after the claim, never between; then state,
 * revision, version, pause, moment, coverage and the caps of a live account are compared and the claim, its coverage and its story written. A key once chosen and a text
 * that must be sent to the letter are kept, whatever is asked. The ids are given apart, too: a list has the index used where a planner that
 * guesses at the size of `asked` reads every announcement of the edition.
 */
const claimStatement = `
WITH asked AS (
  SELECT * FROM json_to_recordset($2::json) AS q(id text, revision integer, version integer, now bigint, key text, content json,
    "frozenAt" bigint, token text, boot text, lease bigint, "perHour" bigint, "perDay" bigint, money bigint, cost bigint)
), edition AS (
  SELECT id, program_version, paused_at IS NOT NULL OR moved_to IS NOT NULL AS paused FROM callboard.editions WHERE id = $1 FOR SHARE
), before AS (
  SELECT a.id, a.sessions, a.edition, a.lead_time, a.account, a.round, e.paused,
    a.state = 'planned' AND a.revision = q.revision AND e.program_version = q.version AS same,
    a.wakes_at > q.now OR a.expires_at < q.now AS late, q.token
  FROM edition e JOIN callboard.announcements a ON a.edition = e.id JOIN asked q ON q.id = a.id
  WHERE a.id = ANY($3::text[]) ORDER BY a.id FOR UPDATE OF a
), fit AS (
  SELECT before.*, EXISTS (
    SELECT 1 FROM callboard.coverage c
    WHERE c.session = ANY(before.sessions) AND c.lead_time = before.lead_time AND c.account = before.account
      AND c.round = before.round AND c.edition = before.edition AND c.announcement <> before.id
  ) AS covered FROM before
), room AS MATERIALIZED (
  SELECT fit.token, callboard.take_room(fit.id, fit.account, q.now, q."perHour", q."perDay", q.money, q.cost) AS free_at
  FROM fit JOIN asked q ON q.token = fit.token
  WHERE q."perHour" IS NOT NULL AND fit.same AND NOT fit.paused AND NOT fit.late AND NOT fit.covered
), claimed AS (
  UPDATE callboard.announcements a SET
    state = 'publishing', reason = NULL, state_since = q.now, state_by = 'publish', revision = a.revision + 1, attempts = a.attempts + 1,
    retry_at = NULL, needs_person = false, sent = true,
    frozen_key = coalesce(a.frozen_key, q.key),
    frozen_content = CASE WHEN a.resend THEN a.frozen_content ELSE q.content END,
    frozen_at = CASE WHEN a.resend THEN a.frozen_at ELSE q."frozenAt" END,
    claim_token = q.token, claim_boot = q.boot, claim_lease = callboard.now_ms() + q.lease
  FROM fit JOIN asked q ON q.token = fit.token
  WHERE a.id = fit.id AND a.id = ANY($3::text[]) AND fit.same AND NOT fit.paused AND NOT fit.late AND NOT fit.covered
    AND NOT EXISTS (SELECT 1 FROM room WHERE room.token = fit.token AND room.free_at IS NOT NULL)
  RETURNING a.*
), taken AS (
  INSERT INTO callboard.coverage (edition, session, lead_time, account, round, announcement)
  SELECT c.edition, s.session, c.lead_time, c.account, c.round, c.id FROM claimed c CROSS JOIN LATERAL unnest(c.sessions) AS s(session)
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, actor, attempt)
  SELECT id, state_since, 'planned', 'publishing', 'publish', attempts FROM claimed
)
SELECT c.*, NULL AS post_uri, NULL AS post_permalink, c.id IS NOT NULL AS ok, fit.token, fit.same, fit.paused, fit.late, fit.covered, room.free_at
FROM fit LEFT JOIN claimed c ON c.claim_token = fit.token LEFT JOIN room ON room.token = fit.token`;

/** What the claim's statement answers: the row when it went through, else what stood in its way. */
interface ClaimRow extends AnnouncementRow {
  readonly ok: boolean;
  /** Of the request. */
  readonly token: string;
  readonly same: boolean;
  readonly paused: boolean;
  readonly late: boolean;
  readonly covered: boolean;
  /** When the caps have room again; -1 when the money is spent, null when they have room now or there are none. */
  readonly free_at: string | null;
}

/** What is asked of `Ledger.claim`. */
export type ClaimRequest = Parameters<Ledger['claim']>[0];
type ClaimAnswer = Awaited<ReturnType<Ledger['claim']>>;

/** `Ledger.claim` for one edition, for several announcements at once. Of several requests for one announcement one at most goes through. */
export async function claim(
  database: Queryable,
  edition: string,
  requests: readonly ClaimRequest[],
): Promise<readonly ClaimAnswer[]> {
  const asked = requests.map((request) => ({ request, token: randomUUID() }));
  const records = asked.map(({ request: { announcement, frozen, ...request }, token }) => ({
    id: announcement.id,
    revision: announcement.revision,
    version: request.programVersion,
    now: request.now,
    key: frozen.key,
    content: frozen.content,
    frozenAt: frozen.frozenAt,
    token,
    boot: request.boot,
    lease: request.leaseMs,
    perHour: request.caps?.perHour,
    perDay: request.caps?.perDay,
    money: request.caps?.microUsd,
    cost: request.costMicroUsd ?? 0,
  }));
  const rows = await database
    .query<ClaimRow>(claimStatement, [
      edition,
      JSON.stringify(records),
      records.map(({ id }) => id),
    ])
    .then((answer) => answer.rows)
    .catch((thrown: unknown) => {
      if (requests.length === 1 && lostTheRaceForCoverage(thrown)) return 'covered' as const;
      throw thrown;
    });
  if (rows === 'covered') return [{ ok: false, why: 'covered' }];
  const byToken = new Map(rows.map((row) => [row.token, row]));
  return asked.map(({ request, token }) => answerOf(request, token, byToken.get(token)));
}

function answerOf(request: ClaimRequest, token: string, row: ClaimRow | undefined): ClaimAnswer {
  if (!row?.ok) {
    const freeAt = row?.free_at == null ? undefined : Number(row.free_at);
    if (freeAt === undefined) return { ok: false, why: refusal(row) };
    return freeAt < 0 ? { ok: false, why: 'spent' } : { ok: false, why: 'capped', freeAt };
  }
  const { frozen, now, leaseMs } = request;
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

function refusal(row: ClaimRow | undefined): Exclude<ClaimRefusal, 'capped' | 'spent'> {
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
WITH ended AS (
  SELECT * FROM json_to_recordset($2::json) AS q(id text, token text, state text, reason text, "holdReason" text, now bigint, "retryAt" bigint,
    "needsPerson" boolean, sent boolean, uri text, permalink text, "acceptedAt" bigint, key text, notice json)
), settled AS (
  UPDATE callboard.announcements a SET
    state = q.state, reason = q.reason, hold_reason = q."holdReason", state_since = q.now, state_by = 'publish', revision = a.revision + 1,
    retry_at = q."retryAt", needs_person = q."needsPerson", sent = q.sent, frozen_key = coalesce(q.key, a.frozen_key), claim_token = NULL, claim_boot = NULL, claim_lease = NULL
  FROM ended q WHERE a.id = q.id AND a.id = ANY($3::text[]) AND a.edition = $1 AND a.state = 'publishing' AND a.claim_token = q.token
  RETURNING a.id, a.account, a.attempts, q.token, q.state, q.reason, q.now, q.sent, q.uri, q.permalink, q."acceptedAt", q.notice
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor, attempt)
  SELECT id, now, 'publishing', state, reason, 'publish', attempts FROM settled
), freed AS (
  DELETE FROM callboard.coverage WHERE announcement = ANY($3::text[]) AND announcement IN (SELECT id FROM settled WHERE NOT sent)
), unsent AS (
  DELETE FROM callboard.sendings WHERE announcement = ANY($3::text[]) AND announcement IN (SELECT id FROM settled WHERE NOT sent)
), posted AS (
  INSERT INTO callboard.posts (announcement, account, uri, permalink, accepted_at)
  SELECT id, account, uri, permalink, "acceptedAt" FROM settled WHERE uri IS NOT NULL
), noticed AS (
  ${keptNotices('SELECT notice FROM settled WHERE notice IS NOT NULL', '$1')}
)
SELECT token FROM settled`;

/** How a claim ends. */
export interface Ending {
  readonly ended: Claim;
  readonly settlement: Settlement;
  readonly now: number;
}

/** `Ledger.settle` for one edition, for several claims at once: whether each was still in force. */
export async function settle(
  database: Queryable,
  edition: string,
  endings: readonly Ending[],
): Promise<readonly boolean[]> {
  const { rows } = await database.query<{ token: string }>(settleStatement, [
    edition,
    JSON.stringify(endings.map(recordOf)),
    endings.map(({ ended }) => ended.announcement.id),
  ]);
  const settled = new Set(rows.map(({ token }) => token));
  return endings.map(({ ended }) => settled.has(ended.token));
}

/** @throws Error for a settlement that no claim may have: a bug */
export function checkSettlement({ to, post, key }: Settlement): void {
  if (key !== undefined && to !== 'planned') throw new Error(`${to} keeps the key that it has`);
  if (!mayMove('publishing', to, 'publish')) throw new Error(`a claim does not end in ${to}`);
  if ((to === 'published') !== (post !== undefined)) throw new Error(`${to} and a post disagree`);
}

function recordOf({ ended, settlement, now }: Ending) {
  const { to, reason, post, retryAt, key, notice, needsPerson = false } = settlement;
  return {
    id: ended.announcement.id,
    token: ended.token,
    state: to,
    reason,
    holdReason: to === 'held' ? holdReasonOf(reason, 'account') : undefined,
    now,
    retryAt,
    needsPerson,
    sent: !freesCoverage('publishing', to),
    uri: post?.uri,
    permalink: post?.permalink,
    acceptedAt: post?.acceptedAt,
    key,
    notice,
  };
}
