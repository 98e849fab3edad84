import type { HoldReason, State } from '../campaign/announcement.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** What replanning needs to know of an announcement; see `replan`. */
export interface PlanStanding {
  readonly id: string;
  readonly sessions: readonly string[];
  readonly account: string;
  readonly leadTime: string;
  readonly round: number;
  readonly template: string;
  readonly state: State;
  readonly dueAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly holdReason?: HoldReason;
  readonly released: boolean;
  readonly sent: boolean;
  readonly cancelledBy?: 'plan' | 'person';
  readonly announcedStart?: EpochMs;
}

interface StandingRow {
  readonly id: string;
  readonly sessions: readonly string[];
  readonly account: string;
  readonly lead_time: string;
  readonly round: number;
  readonly template: string;
  readonly state: State;
  readonly due_at: string;
  readonly expires_at: string;
  readonly hold_reason: HoldReason | null;
  readonly released: boolean;
  readonly sent: boolean;
  readonly state_by: string;
  readonly announced_start: string | null;
}

/** All announcements of an edition as `replan` wants them, without their texts: many thousands in one light read. */
export async function planStanding(
  database: Queryable,
  edition: string,
): Promise<readonly PlanStanding[]> {
  const { rows } = await database.query<StandingRow>(
    `SELECT id, sessions, account, lead_time, round, template, state, due_at, expires_at, hold_reason, released, sent, state_by,
       frozen_content #>> '{facts,sessions,0,startsAt}' AS announced_start
     FROM callboard.announcements WHERE edition = $1 ORDER BY id`,
    [edition],
  );
  return rows.map((row) => ({
    id: row.id,
    sessions: row.sessions,
    account: row.account,
    leadTime: row.lead_time,
    round: row.round,
    template: row.template,
    state: row.state,
    dueAt: Number(row.due_at),
    expiresAt: Number(row.expires_at),
    ...(row.hold_reason === null ? {} : { holdReason: row.hold_reason }),
    released: row.released,
    sent: row.sent,
    ...(row.state === 'cancelled'
      ? { cancelledBy: row.state_by === 'plan' ? ('plan' as const) : ('person' as const) }
      : {}),
    ...(row.announced_start === null ? {} : { announcedStart: Number(row.announced_start) }),
  }));
}
