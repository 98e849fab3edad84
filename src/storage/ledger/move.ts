import type { EpochMs } from '../../program/time.js';
import type { Announcement, Ledger } from '../../publish/ports.js';
import { arrow, mayMove, mayStand } from '../../publish/state.js';
import type { Queryable } from '../database.js';
import { keptNotices } from '../notices.js';
import { freesCoverage } from './coverage.js';
import { holdReasonOf } from './hold-reason.js';

const moveStatement = `
WITH before AS (
  SELECT id FROM callboard.announcements
  WHERE id = $1 AND edition = $2 AND state = $3 AND revision = $4 AND NOT ($16 AND sent)
  FOR UPDATE
), moved AS (
  UPDATE callboard.announcements a SET
    state = $5, reason = $6, hold_reason = $7,
    state_since = CASE WHEN $3 = $5 THEN a.state_since ELSE $8 END,
    revision = a.revision + 1, retry_at = $9, needs_person = $10,
    resend = coalesce($11::boolean, a.resend),
    released = a.released OR $12,
    state_by = CASE WHEN $3 = $5 THEN a.state_by ELSE $15 END,
    sent = CASE WHEN $13 THEN true WHEN $14 THEN false ELSE a.sent END
  FROM before WHERE a.id = before.id
  RETURNING a.id, a.account, a.attempts
), told AS (
  INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor, attempt)
  SELECT id, $8, $3, $5, $6, $15, CASE WHEN $15 IN ('publish', 'reconcile') AND attempts > 0 THEN attempts END FROM moved
), freed AS (
  DELETE FROM callboard.coverage WHERE announcement IN (SELECT id FROM moved) AND $14
), unsent AS (
  DELETE FROM callboard.sendings WHERE announcement IN (SELECT id FROM moved) AND $14
), posted AS (
  INSERT INTO callboard.posts (announcement, account, uri, permalink, accepted_at)
  SELECT id, account, $17, $18, $19 FROM moved WHERE $17::text IS NOT NULL
), taken_down AS (
  UPDATE callboard.posts SET removed_at = $8 WHERE announcement IN (SELECT id FROM moved) AND $5 = 'removed'
), noticed AS (
  ${keptNotices('SELECT $20::json AS notice FROM moved WHERE $20::json IS NOT NULL', '$2')}
)
SELECT id FROM moved`;

/**
 * `Ledger.move` for one edition: along an arrow, or from a state to itself to note something about it (a reason, a flag, a retry moment).
 * A claim ends by `settle` only.
 *
 * @throws Error for a move that no arrow allows this actor: a bug, since callers ask `mayMove` first.
 */
export async function move(
  database: Queryable,
  edition: string,
  announcement: Announcement,
  change: Parameters<Ledger['move']>[1],
  now: EpochMs,
): Promise<boolean> {
  const from = announcement.state;
  const { to, actor, reason, post } = change;
  if (from === 'publishing' || to === 'publishing') throw new Error('a claim begins and ends it');
  if (from !== to && !mayMove(from, to, actor)) {
    throw new Error(`${actor} may not move an announcement from ${from} to ${to}`);
  }
  if ((to === 'published' && from !== to) !== (post !== undefined)) {
    throw new Error(`${to} and a post disagree`);
  }
  const frees = freesCoverage(from, to);
  const { rows } = await database.query(moveStatement, [
    announcement.id,
    edition,
    from,
    announcement.revision,
    to,
    reason ?? null,
    to === 'held' ? holdReasonOf(reason, announcement.held ?? 'person') : null,
    now,
    change.retryAt ?? null,
    change.needsPerson ?? false,
    change.resend ?? null,
    change.released ?? false,
    mayStand.includes(to),
    frees,
    actor,
    arrow(from, to)?.onlyIfNeverSent ?? false,
    post?.uri ?? null,
    post?.permalink ?? null,
    post?.acceptedAt ?? null,
    change.notice === undefined ? null : JSON.stringify(change.notice),
  ]);
  return rows.length === 1;
}
