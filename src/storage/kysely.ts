import { Kysely, PostgresDialect } from 'kysely';
import type { PostgresPool } from './postgres-pool.js';

/** Kysely on our pool, which stays open: it is not Kysely's. On the embedded database a transaction holds the one connection, as everywhere. */
export function kyselyOn<Tables>(pool: PostgresPool): Kysely<Tables> {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: kyselyPool(pool) }) });
}

function kyselyPool(pool: PostgresPool) {
  return {
    connect: async () => (await pool.connect()) as never,
    end: () => Promise.resolve(),
  };
}
