import { createHash, randomBytes } from 'node:crypto';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';
import { seal, unseal } from './seal.js';
import type { StarsOf } from './stars.js';

/** What a token looks like: 256 bits, base64url. */
const tokenForm = /^[\w-]{43}$/;

/**
 * The token in the private address of a member's calendar; made when it is first asked for. Whoever has the database alone cannot read it.
 *
 * @param key seals it, so that it can be shown again; 32 bytes
 */
export async function scheduleToken(
  database: Queryable,
  whose: StarsOf,
  key: Uint8Array,
  now: EpochMs,
): Promise<string> {
  const { rows } = await database.query<{ sealed: string }>(
    'SELECT sealed FROM callboard.schedule_addresses WHERE edition = $1 AND member = $2',
    [whose.edition, whose.member],
  );
  const token = rows[0] && unseal(rows[0].sealed, key, nameOf(whose));
  // Sealed with a key that is lost, it can be shown to nobody: its owner needs another.
  return token ?? renewScheduleToken(database, whose, key, now);
}

/** Puts another token in the place of a member's, whose address ends with that. */
export async function renewScheduleToken(
  database: Queryable,
  whose: StarsOf,
  key: Uint8Array,
  now: EpochMs,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  await database.query(
    `INSERT INTO callboard.schedule_addresses (edition, member, digest, sealed, made_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (edition, member) DO UPDATE SET digest = excluded.digest, sealed = excluded.sealed, made_at = excluded.made_at`,
    [whose.edition, whose.member, digestOf(token), seal(token, key, nameOf(whose)), now],
  );
  return token;
}

/** Whose calendar a token leads to, in this edition; undefined for any other text. */
export async function memberOfToken(
  database: Queryable,
  edition: string,
  token: string,
): Promise<string | undefined> {
  if (!tokenForm.test(token)) return undefined;
  const { rows } = await database.query<{ member: string }>(
    'SELECT member FROM callboard.schedule_addresses WHERE edition = $1 AND digest = $2',
    [edition, digestOf(token)],
  );
  return rows[0]?.member;
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

function nameOf({ edition, member }: StarsOf): string {
  return `schedule ${edition} ${member}`;
}
