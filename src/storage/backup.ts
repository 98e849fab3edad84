import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { CallboardError, reasonOf } from '../errors.js';
import { unpackArchive } from './archive.js';
import { makeWhole } from './database-folder.js';
import type { Database } from './database.js';
import { isEmbedded } from './embedded-database.js';
import { storageError } from './storage-error.js';

/**
 * Writes the whole embedded database to one file (a gzipped tar of its folder, as of one instant), while everything else waits. The file
 * is there whole, flushed to disk, or not at all.
 *
 * @returns its size in bytes.
 * @throws CallboardError `backup-of-server` for a Postgres server, which has its own means; `backup-is-folder` where a folder stands.
 */
export async function backupTo(database: Database, file: string): Promise<number> {
  if (!isEmbedded(database)) {
    throw new CallboardError(
      'backup-of-server',
      {
        place: database.place,
        problem: 'this is a Postgres server, not the embedded database',
        remedy: 'Back it up with pg_dump',
      },
      'usage',
    );
  }
  const target = resolve(file);
  const passing = `${target}.${String(process.pid)}.new`;
  await refuseFolder(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    await database.pool.query('CHECKPOINT');
    const dump = await database.pool.exclusively((pglite) => pglite.dumpDataDir('gzip'));
    const bytes = new Uint8Array(await dump.arrayBuffer());
    const handle = await open(passing, 'w', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(passing, target);
    return bytes.length;
  } catch (thrown) {
    await rm(passing, { force: true }).catch(() => undefined);
    throw storageError(target, thrown);
  }
}

/** Before everything else is made to wait for it. */
async function refuseFolder(target: string): Promise<void> {
  const there = await stat(target).catch(() => undefined);
  if (!there?.isDirectory()) return;
  throw new CallboardError(
    'backup-is-folder',
    {
      place: target,
      problem: 'it is a folder',
      remedy: `Name a file in it, such as ${join(target, 'callboard.tar.gz')}`,
    },
    'usage',
  );
}

/**
 * Puts the database of a backup into a data folder that has none, whole or not at all. Whoever calls owns the folder.
 *
 * @throws CallboardError `data-folder-not-empty`, `backup-unreadable`.
 */
export async function restoreFrom(file: string, folder: string): Promise<void> {
  const source = resolve(file);
  const place = resolve(folder);
  if (existsSync(join(place, 'database'))) {
    throw new CallboardError(
      'data-folder-not-empty',
      {
        place,
        problem: 'a database stands there already',
        remedy: 'Choose another data folder, or move that one away',
      },
      'storage',
    );
  }
  const packed = await readFile(source).catch((thrown: unknown) => {
    throw unreadable(source, thrown);
  });
  try {
    await mkdir(place, { recursive: true, mode: 0o700 });
    await makeWhole(place, async (made) => {
      await unpackArchive(packed, made);
      if (!existsSync(join(made, 'PG_VERSION'))) throw new Error('it holds no database');
    });
  } catch (thrown) {
    const told = storageError(place, thrown);
    throw told instanceof CallboardError ? told : unreadable(source, thrown);
  }
}

function unreadable(source: string, thrown: unknown): CallboardError {
  const isGone = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
  return new CallboardError(
    'backup-unreadable',
    {
      place: source,
      problem: isGone
        ? 'there is no such file'
        : `this is no readable backup (${reasonOf(thrown)})`,
      remedy: 'Name a file that callboard backup wrote',
    },
    'storage',
    { cause: thrown },
  );
}
