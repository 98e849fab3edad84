import { Migrator, sql, type Migration } from 'kysely';
import { CallboardError, reasonOf } from '../errors.js';
import { kyselyOn } from './kysely.js';
import { migrations } from './migrations/migrations.js';
import type { PostgresPool } from './postgres-pool.js';

const schema = 'callboard';
const migrationTable = 'migration';

/**
 * Brings the tables up to date: whole or not at all, and one process at a time (the migrator takes an advisory lock).
 *
 * @throws CallboardError `database-newer` when a newer Callboard made the tables.
 */
export async function migrate(pool: PostgresPool, place: string): Promise<void> {
  const done = await appliedMigrations(pool);
  const unknown = done.filter((name) => !(name in migrations));
  if (unknown.length > 0) {
    throw new CallboardError(
      'database-newer',
      {
        place,
        problem: `the database was made by a newer Callboard (it has ${unknown.join(', ')})`,
        remedy: 'Update Callboard, or restore a backup made before',
      },
      'storage',
    );
  }
  if (done.length === Object.keys(migrations).length) return;
  await run(pool);
}

/** Names of the migrations that the database has had, in order; none for a new one. */
async function appliedMigrations(pool: PostgresPool): Promise<string[]> {
  const { rows } = await pool.query<{ there: string | null }>(
    `SELECT to_regclass('${schema}.${migrationTable}')::text AS there`,
  );
  if (rows[0]?.there == null) return [];
  const applied = await pool.query<{ name: string }>(
    `SELECT name FROM ${schema}.${migrationTable} ORDER BY name`,
  );
  return applied.rows.map((row) => row.name);
}

async function run(pool: PostgresPool): Promise<void> {
  const migrator = new Migrator({
    db: kyselyOn<unknown>(pool),
    provider: { getMigrations: () => Promise.resolve(asMigrations()) },
    migrationTableSchema: schema,
    migrationTableName: migrationTable,
    migrationLockTableName: 'migration_lock',
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) {
    throw error instanceof Error ? error : new Error(reasonOf(error), { cause: error });
  }
}

function asMigrations(): Record<string, Migration> {
  return Object.fromEntries(
    Object.entries(migrations).map(([name, statements]) => [name, migration(statements)]),
  );
}

function migration(statements: string): Migration {
  return {
    up: async (kysely) => {
      await sql.raw(statements).execute(kysely);
    },
  };
}
