import { releasedByPerson, type State } from '../campaign/announcement.js';
import type { Network } from '../campaign/network.js';
import type { Queryable } from './database.js';
import { dueOf, type DueRow } from './ledger/sweep.js';
import type { DueAnnouncement } from '../publish/ports.js';

/** How many announcements stand in one state on one network. */
export interface StateCount {
  readonly state: State;
  readonly network: Network;
  readonly count: number;
}

/** How long after the due moment the network took the posts, in milliseconds. */
export interface Lateness {
  /** Absent for all networks together. */
  readonly network?: Network;
  readonly posts: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Counts by state and network; pairs without announcements are left out. */
export async function counts(database: Queryable, edition: string): Promise<readonly StateCount[]> {
  const { rows } = await database.query<StateCount>(
    `SELECT state, network, count(*)::int AS count FROM callboard.announcements
     WHERE edition = $1 GROUP BY state, network ORDER BY network, state`,
    [edition],
  );
  return rows;
}

/** How many announcements are held until a person releases them. */
export async function waitingForRelease(database: Queryable, edition: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM callboard.announcements
     WHERE edition = $1 AND state = 'held' AND hold_reason = ANY($2::text[])`,
    [edition, releasedByPerson],
  );
  return rows[0]?.count ?? 0;
}

/** Whoever publishes touches what is due within seconds, and sweeps every minute. */
const overdueMs = 2 * 60_000;

/**
 * How many planned announcements are overdue while nothing was published, looked for or swept since: the sign that nobody publishes. None while the
 * edition is paused or was moved away; one whose turn was put off is overdue from then on.
 */
export async function neglected(
  database: Queryable,
  edition: string,
  now: number,
): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM callboard.announcements a JOIN callboard.editions e ON e.id = a.edition
     WHERE a.edition = $1 AND a.state = 'planned' AND a.wakes_at < $2 AND e.paused_at IS NULL AND e.moved_to IS NULL
       AND NOT EXISTS (SELECT FROM callboard.announcements b
         WHERE b.edition = $1 AND b.state_by IN ('publish', 'reconcile', 'sweep') AND b.state_since >= $2)`,
    [edition, now - overdueMs],
  );
  return rows[0]?.count ?? 0;
}

/** How late the posts were, all together first, then by network; empty before the first post. A removed post was posted too. */
export async function lateness(database: Queryable, edition: string): Promise<readonly Lateness[]> {
  const { rows } = await database.query<{
    network: Network | null;
    posts: number;
    p50: number;
    p99: number;
    max: number;
  }>(
    `SELECT a.network, count(*)::int AS posts,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY p.accepted_at - a.due_at)::float8 AS p50,
       percentile_disc(0.99) WITHIN GROUP (ORDER BY p.accepted_at - a.due_at)::float8 AS p99,
       max(p.accepted_at - a.due_at)::float8 AS max
     FROM callboard.announcements a JOIN callboard.posts p ON p.announcement = a.id
     WHERE a.edition = $1 GROUP BY ROLLUP (a.network) HAVING count(*) > 0
     ORDER BY GROUPING(a.network) DESC, a.network`,
    [edition],
  );
  return rows.map(({ network, ...numbers }) =>
    network === null ? numbers : { network, ...numbers },
  );
}

/** The next announcement that waits for its moment; undefined when none does. */
export async function nextDue(
  database: Queryable,
  edition: string,
): Promise<DueAnnouncement | undefined> {
  const { rows } = await database.query<DueRow>(
    `SELECT id, network, wakes_at FROM callboard.announcements
     WHERE edition = $1 AND state = 'planned' ORDER BY wakes_at, id LIMIT 1`,
    [edition],
  );
  return rows[0] && dueOf(rows[0]);
}

/** What was sent on an account, or may have been, in the last hour and day and in all. */
export interface Sent {
  readonly lastHour: number;
  readonly lastDay: number;
  /** Millionths of a US dollar, for ever. */
  readonly cost: number;
  readonly lastPostAt?: number;
}

/** Counts over all editions, as the caps do. */
export async function sendingsOf(database: Queryable, account: string, now: number): Promise<Sent> {
  const { rows } = await database.query<{
    hour: number;
    day: number;
    cost: string;
    last: string | null;
  }>(
    `SELECT (count(*) FILTER (WHERE at > $2::bigint - 3600000))::int AS hour, (count(*) FILTER (WHERE at > $2::bigint - 86400000))::int AS day,
       coalesce(sum(cost), 0)::bigint AS cost,
       (SELECT max(accepted_at) FROM callboard.posts WHERE account = $1) AS last
     FROM callboard.sendings WHERE account = $1`,
    [account, now],
  );
  const [row] = rows;
  return {
    lastHour: row?.hour ?? 0,
    lastDay: row?.day ?? 0,
    cost: Number(row?.cost ?? 0),
    ...(row?.last != null && { lastPostAt: Number(row.last) }),
  };
}
