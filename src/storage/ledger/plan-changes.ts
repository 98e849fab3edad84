import type { PlanChange } from '../../campaign/replan.js';
import type { EpochMs } from '../../program/time.js';
import type { AppliedChanges, DueAnnouncement } from '../../publish/ports.js';
import type { Queryable } from '../database.js';
import { dueOf, type DueRow } from './sweep.js';

/** So many changes go in one statement: few round trips, and no statement of many megabytes. */
const chunk = 2_000;
const manyRows = 200;

const told = (from: string, to: string, reason: string) =>
  `told AS (
    INSERT INTO callboard.story (announcement, at, from_state, to_state, reason, actor)
    SELECT changed.id, $2, ${from}, ${to}, ${reason}, 'plan' FROM changed
  )
  SELECT id, network, wakes_at, state FROM changed`;

const iso = (moment: string) =>
  `to_char(to_timestamp(${moment} / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const moment = `WITH wanted AS (
    SELECT * FROM json_to_recordset($1::json) AS w(id text, "dueAt" bigint, "expiresAt" bigint, template text)
  )`;

/** One statement for each kind of change: `$1` is a JSON list of changes, `$2` the moment, `$3` the edition. Rows that stand otherwise stay. */
const statements = {
  add: `WITH wanted AS (
      SELECT * FROM json_to_recordset($1::json) AS w(id text, sessions text[], account text, network text, "leadTime" text,
        round integer, template text, "dueAt" bigint, "expiresAt" bigint, held text)
    ), changed AS (
      INSERT INTO callboard.announcements (id, edition, sessions, account, network, lead_time, round, template, due_at, expires_at,
        state, reason, hold_reason, state_since, state_by)
      SELECT id, $3, sessions, account, network, "leadTime", round, template, "dueAt", "expiresAt",
        CASE WHEN held IS NULL THEN 'planned' ELSE 'held' END, held, held, $2, 'plan' FROM wanted
      ON CONFLICT (id) DO NOTHING
      RETURNING id, network, wakes_at, state, reason
    ), ${told('NULL', 'changed.state', 'changed.reason')}`,

  // What was proven absent and had to be sent to the letter speaks of the old moment: at another one it is composed anew.
  move: `${moment}, before AS (
      SELECT a.id, a.due_at FROM callboard.announcements a JOIN wanted w ON w.id = a.id
      WHERE a.edition = $3 AND a.state IN ('planned', 'held')
        AND (a.due_at, a.expires_at, a.template) IS DISTINCT FROM (w."dueAt", w."expiresAt", w.template)
      ORDER BY a.id FOR UPDATE OF a
    ), changed AS (
      UPDATE callboard.announcements a
      SET due_at = w."dueAt", expires_at = w."expiresAt", template = w.template, revision = a.revision + 1,
        resend = a.resend AND a.due_at = w."dueAt"
      FROM wanted w, before WHERE w.id = a.id AND before.id = a.id
      RETURNING a.id, a.network, a.wakes_at, a.state, a.due_at, before.due_at AS due_before
    ), ${told('changed.state', 'changed.state', `'due ' || ${iso('changed.due_at')} || ' instead of ' || ${iso('changed.due_before')}`)}`,

  cancel: `WITH wanted AS (
      SELECT * FROM json_to_recordset($1::json) AS w(id text, reason text)
    ), before AS (
      SELECT a.id, a.state, w.reason FROM callboard.announcements a JOIN wanted w ON w.id = a.id
      WHERE a.edition = $3 AND a.state IN ('planned', 'held') ORDER BY a.id FOR UPDATE OF a
    ), changed AS (
      UPDATE callboard.announcements a
      SET state = 'cancelled', reason = before.reason, hold_reason = NULL, state_since = $2, state_by = 'plan', revision = a.revision + 1, needs_person = false
      FROM before WHERE before.id = a.id
      RETURNING a.id, a.network, a.wakes_at, a.state, a.reason, before.state AS from_state
    ), ${told('changed.from_state', "'cancelled'", 'changed.reason')}`,

  // Also another reason for one that the plan holds already. What a person let go, the plan does not hold for its own reasons again.
  hold: `WITH wanted AS (
      SELECT * FROM json_to_recordset($1::json) AS w(id text, reason text)
    ), before AS (
      SELECT a.id, a.state, w.reason FROM callboard.announcements a JOIN wanted w ON w.id = a.id
      WHERE a.edition = $3 AND NOT (a.released AND w.reason IN ('approval', 'room'))
        AND (a.state = 'planned' OR a.hold_reason IN ('approval', 'room', 'vanished') AND a.hold_reason <> w.reason)
      ORDER BY a.id FOR UPDATE OF a
    ), changed AS (
      UPDATE callboard.announcements a
      SET state = 'held', reason = before.reason, hold_reason = before.reason, state_since = $2, state_by = 'plan', revision = a.revision + 1
      FROM before WHERE before.id = a.id
      RETURNING a.id, a.network, a.wakes_at, a.state, a.reason, before.state AS from_state
    ), ${told('changed.from_state', "'held'", 'changed.reason')}`,

  // A person's hold is ended by a person only.
  release: `WITH wanted AS (
      SELECT * FROM json_to_recordset($1::json) AS w(id text)
    ), before AS (
      SELECT a.id, a.hold_reason FROM callboard.announcements a JOIN wanted w ON w.id = a.id
      WHERE a.edition = $3 AND a.state = 'held' AND a.hold_reason <> 'person' ORDER BY a.id FOR UPDATE OF a
    ), changed AS (
      UPDATE callboard.announcements a
      SET state = 'planned', reason = NULL, hold_reason = NULL, state_since = $2, state_by = 'plan', revision = a.revision + 1
      FROM before WHERE before.id = a.id
      RETURNING a.id, a.network, a.wakes_at, a.state, before.hold_reason
    ), ${told("'held'", "'planned'", "'no longer held: ' || changed.hold_reason")}`,

  // What expired, or what the plan itself had cancelled; never what may have been sent.
  revive: `${moment}, before AS (
      SELECT a.id, a.state FROM callboard.announcements a JOIN wanted w ON w.id = a.id
      WHERE a.edition = $3 AND (a.state = 'expired' OR a.state = 'cancelled' AND a.state_by = 'plan') AND NOT a.sent
        AND w."expiresAt" >= $2 ORDER BY a.id FOR UPDATE OF a
    ), changed AS (
      UPDATE callboard.announcements a
      SET state = 'planned', reason = NULL, state_since = $2, state_by = 'plan', revision = a.revision + 1, retry_at = NULL,
        due_at = w."dueAt", expires_at = w."expiresAt", template = w.template, resend = false
      FROM wanted w, before WHERE w.id = a.id AND before.id = a.id
      RETURNING a.id, a.network, a.wakes_at, a.state, a.due_at, before.state AS from_state
    ), ${told('changed.from_state', "'planned'", `'due again ' || ${iso('changed.due_at')}`)}`,
} as const;

type Kind = keyof typeof statements;

/** The order matters where a plan both moves and releases one: the moment is right before it may be claimed. */
const order: readonly Kind[] = ['add', 'move', 'revive', 'cancel', 'hold', 'release'];

/** `Ledger.apply` for one edition: all changes in one transaction, some thousands to a statement. */
export async function apply(
  database: Queryable,
  edition: string,
  changes: readonly PlanChange[],
  now: EpochMs,
): Promise<AppliedChanges> {
  const counts: Record<Kind, number> = {
    add: 0,
    move: 0,
    revive: 0,
    cancel: 0,
    hold: 0,
    release: 0,
  };
  const rescheduled = new Map<string, DueAnnouncement>();
  if (changes.length > 0) {
    await database.transaction(async (transaction) => {
      for (const kind of order) {
        const wanted = changes.filter((change) => change.kind === kind).map(recordOf);
        for (let at = 0; at < wanted.length; at += chunk) {
          const part = JSON.stringify(wanted.slice(at, at + chunk));
          const { rows } = await transaction.query<DueRow & { readonly state: string }>(
            statements[kind],
            [part, now, edition],
          );
          counts[kind] += rows.length;
          for (const row of rows) {
            if (row.state === 'planned') rescheduled.set(row.id, dueOf(row));
            else rescheduled.delete(row.id);
          }
        }
      }
    });
  }
  // The planner knows nothing of so many new rows, and the embedded database has nobody who tells it.
  if (counts.add >= manyRows) await database.query('ANALYZE callboard.announcements');
  return {
    added: counts.add,
    moved: counts.move + counts.revive,
    cancelled: counts.cancel,
    held: counts.hold,
    released: counts.release,
    rescheduled: [...rescheduled.values()].sort((a, b) => a.at - b.at),
  };
}

function recordOf(change: PlanChange): unknown {
  return change.kind === 'add' ? change.announcement : change;
}
