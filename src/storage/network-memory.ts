import type { NetworkMemory } from '../publish/publisher.js';
import type { Queryable } from './database.js';

/**
 * What the publisher of one account remembers, on the database: shared by all processes and editions, committed when `write` answers.
 *
 * @param now the moment of a write, milliseconds since 1970; what is old enough is cleared away by `forgetOld`
 */
export function createNetworkMemory(
  database: Queryable,
  account: string,
  now: () => number,
): NetworkMemory {
  return {
    async read(name) {
      const { rows } = await database.query<{ value: unknown }>(
        'SELECT value FROM callboard.network_memory WHERE account = $1 AND name = $2',
        [account, name],
      );
      return rows[0]?.value;
    },
    async write(name, value) {
      await database.query(
        `INSERT INTO callboard.network_memory (account, name, value, written_at) VALUES ($1, $2, $3::json, $4)
         ON CONFLICT (account, name) DO UPDATE SET value = excluded.value, written_at = excluded.written_at`,
        [account, name, JSON.stringify(value), now()],
      );
    },
    async swap(name, before, value) {
      const given = [account, name, JSON.stringify(value), now()];
      const { rows } = await (before === undefined
        ? database.query(
            `INSERT INTO callboard.network_memory (account, name, value, written_at) VALUES ($1, $2, $3::json, $4)
             ON CONFLICT (account, name) DO NOTHING RETURNING name`,
            given,
          )
        : database.query(
            `UPDATE callboard.network_memory SET value = $3::json, written_at = $4
             WHERE account = $1 AND name = $2 AND value::jsonb = $5::jsonb RETURNING name`,
            [...given, JSON.stringify(before)],
          ));
      return rows.length === 1;
    },
    async forget(name) {
      await database.query(
        'DELETE FROM callboard.network_memory WHERE account = $1 AND name = $2',
        [account, name],
      );
    },
  };
}

/** What an account remembers is of use while its announcements can still be sent or looked for; this is far longer. */
const keptMs = 60 * 24 * 60 * 60_000;

/** Clears away what no announcement can need any more. */
export async function forgetOld(database: Queryable, now: number): Promise<void> {
  await database.query('DELETE FROM callboard.network_memory WHERE written_at < $1', [
    now - keptMs,
  ]);
}

/** Forgets everything of an account that was disconnected. */
export async function forgetAccount(database: Queryable, account: string): Promise<void> {
  await database.query('DELETE FROM callboard.network_memory WHERE account = $1', [account]);
}
