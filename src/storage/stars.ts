import type { Key } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** A session that a member has, or had, in their schedule. */
export interface Star {
  readonly session: Key;
  readonly starredAt: EpochMs;
  /** Present when it was taken back. */
  readonly removedAt?: EpochMs;
  /** How often it was taken back or given again: what a calendar's SEQUENCE is raised by. */
  readonly turns: number;
}

/** Whose stars, in which edition. */
export interface StarsOf {
  readonly edition: string;
  readonly member: string;
}

/** Stars of one member beyond which no more are taken; a meeting of a week has fewer hours. */
export const mostStars = 300;

/** All stars that a member gave in an edition, those taken back too; the oldest first. */
export async function starsOf(
  database: Queryable,
  { edition, member }: StarsOf,
): Promise<readonly Star[]> {
  const { rows } = await database.query<StarRow>(
    `SELECT session, starred_at, removed_at, turns FROM callboard.stars
     WHERE edition = $1 AND member = $2 ORDER BY starred_at, session`,
    [edition, member],
  );
  return rows.map(starOf);
}

/** Gives stars; those that stand stay as they are, and beyond 300 none are taken. The order of the keys is kept as the order of giving. */
export async function giveStars(
  database: Queryable,
  { edition, member }: StarsOf,
  sessions: readonly Key[],
  now: EpochMs,
): Promise<void> {
  if (sessions.length === 0) return;
  await database.query(
    `INSERT INTO callboard.stars AS s (edition, member, session, starred_at)
     SELECT $1, $2, fresh.session, $4::bigint + fresh.position - 1
     FROM (SELECT given.session, row_number() OVER (ORDER BY given.position) AS position
           FROM unnest($3::text[]) WITH ORDINALITY AS given (session, position)
           WHERE given.session NOT IN (SELECT session FROM callboard.stars WHERE edition = $1 AND member = $2 AND removed_at IS NULL)) fresh
     WHERE fresh.position + (SELECT count(*) FROM callboard.stars WHERE edition = $1 AND member = $2 AND removed_at IS NULL) <= $5
     ON CONFLICT (edition, member, session) DO UPDATE
       SET starred_at = excluded.starred_at, removed_at = NULL, turns = s.turns + 1
       WHERE s.removed_at IS NOT NULL`,
    [edition, member, [...new Set(sessions)], now, mostStars],
  );
}

/** Takes a star back; one that does not stand stays as it is. */
export async function removeStar(
  database: Queryable,
  { edition, member }: StarsOf,
  session: Key,
  now: EpochMs,
): Promise<void> {
  await database.query(
    `UPDATE callboard.stars SET removed_at = $4, turns = turns + 1
     WHERE edition = $1 AND member = $2 AND session = $3 AND removed_at IS NULL`,
    [edition, member, session, now],
  );
}

interface StarRow {
  readonly session: string;
  readonly starred_at: string;
  readonly removed_at: string | null;
  readonly turns: number;
}

function starOf({ session, starred_at, removed_at, turns }: StarRow): Star {
  return {
    session,
    starredAt: Number(starred_at),
    ...(removed_at !== null && { removedAt: Number(removed_at) }),
    turns,
  };
}
