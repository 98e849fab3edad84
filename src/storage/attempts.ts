import { createHash } from 'node:crypto';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** How often something may be tried. */
export interface Limit {
  readonly most: number;
  /** In so many milliseconds from the first try. */
  readonly withinMs: number;
}

/**
 * Counts a try and answers whether it was one too many: `freeAt` is then when the next is taken. All web processes count together, and a server's restart
 * forgets nothing. What is kept is a digest, not the name.
 */
export async function tryAgainst(
  database: Queryable,
  name: string,
  { most, withinMs }: Limit,
  now: EpochMs,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly freeAt: EpochMs }> {
  const { rows } = await database.query<{ count: number; ends_at: string }>(
    `INSERT INTO callboard.attempts AS a (name, began_at, ends_at, count) VALUES ($1, $2, $3, 1)
     ON CONFLICT (name) DO UPDATE SET
       count = CASE WHEN a.ends_at <= $2 THEN 1 ELSE least(a.count, 1000000) + 1 END,
       began_at = CASE WHEN a.ends_at <= $2 THEN $2 ELSE a.began_at END,
       ends_at = CASE WHEN a.ends_at <= $2 THEN $3 ELSE a.ends_at END
     RETURNING count, ends_at`,
    [createHash('sha256').update(name).digest('base64url'), now, now + withinMs],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a try was not counted');
  return row.count <= most ? { ok: true } : { ok: false, freeAt: Number(row.ends_at) };
}

/** Forgets windows of time that are over, and links and challenges that nobody used. */
export async function forgetOldAttempts(database: Queryable, now: EpochMs): Promise<void> {
  await database.query('DELETE FROM callboard.attempts WHERE ends_at <= $1', [now]);
  const moment = new Date(now).toISOString();
  await database.query('DELETE FROM callboard.sign_in_proofs WHERE expires_at <= $1', [moment]);
  await database.query('DELETE FROM callboard.sign_ins WHERE expires_at <= $1', [moment]);
}
