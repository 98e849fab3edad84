import { readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { CallboardError, reasonOf } from '../errors.js';
import type { Database, DatabaseAddress, OpeningStage } from './database.js';
import { builtPristine, databaseFolder } from './database-folder.js';
import { migrate } from './migrate.js';
import { PglitePool } from './pglite-pool.js';
import { storageError } from './storage-error.js';
import { inTransaction } from './transaction.js';

/**
 * The queue's tables are named without their schema; ours always with it. A statement that is said again and again is planned once: left to itself, the
 * planner makes a new plan each time, which takes longer than to carry it out.
 */
const greeting = 'SET search_path TO bullmq, public; SET plan_cache_mode TO force_generic_plan';

/** The embedded database, with what only it can do. */
export interface EmbeddedDatabase extends Database {
  readonly kind: 'embedded';
  readonly pool: PglitePool;
}

/** Whether this database is the embedded one. */
export function isEmbedded(database: Database): database is EmbeddedDatabase {
  return database.kind === 'embedded';
}

/** Opens the embedded database of a data folder. See `openDatabase`. */
export async function openEmbedded(
  { folder, pristine, betweenRestartsMs }: Extract<DatabaseAddress, { folder: string }>,
  onStage: (stage: OpeningStage) => void,
): Promise<EmbeddedDatabase> {
  const place = resolve(folder);
  try {
    onStage('unpacking');
    const { path, first } = await databaseFolder(place, pristine);
    onStage('starting');
    const pool = new PglitePool(await start(path, first), {
      restart: () => start(path, false),
      greeting,
      ...(betweenRestartsMs === undefined ? {} : { betweenRestartsMs }),
    });
    try {
      await pool.query(greeting);
      onStage('migrating');
      await migrate(pool, place);
    } catch (thrown) {
      await pool.end().catch(() => undefined);
      throw thrown;
    }
    return embeddedDatabase(pool, place);
  } catch (thrown) {
    throw storageError(place, thrown);
  }
}

/** Opens an embedded database that is nowhere but in memory. */
export async function openInMemory(): Promise<EmbeddedDatabase> {
  const place = 'memory';
  try {
    const archive = builtPristine();
    const pglite = await PGlite.create(
      archive === undefined ? {} : { loadDataDir: new Blob([await readFile(archive)]) },
    );
    const pool = new PglitePool(pglite, { greeting });
    await pool.query(greeting);
    await migrate(pool, place);
    return embeddedDatabase(pool, place);
  } catch (thrown) {
    throw storageError(place, thrown);
  }
}

function embeddedDatabase(pool: PglitePool, place: string): EmbeddedDatabase {
  return {
    kind: 'embedded',
    place,
    pool,
    query: async (text, values) => {
      try {
        return await pool.query(text, values);
      } catch (thrown) {
        throw storageError(place, thrown);
      }
    },
    transaction: async (work) => {
      try {
        return await inTransaction(pool, work);
      } catch (thrown) {
        throw storageError(place, thrown);
      }
    },
    close: () => pool.end(),
  };
}

async function start(path: string, first: boolean): Promise<PGlite> {
  // What a killed process left; nobody else has the folder open, its owner sees to that.
  await rm(join(path, 'postmaster.pid'), { force: true });
  try {
    return await PGlite.create(path);
  } catch (thrown) {
    if (first) await rm(path, { recursive: true, force: true });
    throw new CallboardError(
      'data-folder-broken',
      {
        place: path,
        problem: `the database does not start (${reasonOf(thrown)})`,
        remedy:
          'Free disk space if it is full; else restore a backup, or move the folder away to begin anew',
      },
      'storage',
      { cause: thrown },
    );
  }
}
