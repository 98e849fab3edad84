import { existsSync } from 'node:fs';
import { access, constants, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { CallboardError } from '../errors.js';
import { unpackArchive } from './archive.js';
import { storageError } from './storage-error.js';

const finished = 'database';
const unfinished = 'database.new-';

/** Where the build step puts a database that is new and empty (`scripts/make-pristine-database.mjs`): beside `dist/src`, or from the sources in `dist`. */
const places = ['../../pristine-database.tar.gz', '../../dist/pristine-database.tar.gz'].map(
  (path) => fileURLToPath(new URL(path, import.meta.url)),
);

/** The archive of a new and empty database that the build made; undefined where it made none. */
export function builtPristine(): string | undefined {
  return places.find((path) => existsSync(path));
}

/**
 * The database's own folder inside the data folder, made at the first start: under another name first and renamed when it is whole, so
 * that an interrupted first start leaves nothing that looks like a database. Unpacking the pristine one takes a tenth of the time of initdb.
 *
 * @throws CallboardError `data-folder-broken` when a database stands there that is not whole.
 */
export async function databaseFolder(
  folder: string,
  pristine: string | false | undefined = builtPristine(),
): Promise<{ readonly path: string; readonly first: boolean }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  await removeUnfinished(folder);
  const path = join(folder, finished);
  if (existsSync(path)) {
    if (existsSync(join(path, 'PG_VERSION')) && existsSync(join(path, 'global', 'pg_control'))) {
      await access(join(path, 'PG_VERSION'), constants.R_OK | constants.W_OK);
      return { path, first: false };
    }
    throw new CallboardError(
      'data-folder-broken',
      {
        place: path,
        problem: 'this is no whole database',
        remedy: 'Restore a backup, or move the folder away to begin anew',
      },
      'storage',
    );
  }
  await makeWhole(folder, async (made) => {
    if (pristine === undefined || pristine === false) await initialize(made);
    else await unpackArchive(await readFile(pristine), made).catch(anew(made));
  });
  return { path, first: true };
}

/** Fills a folder under a passing name and gives it the database's name when that is done; whatever fails leaves nothing. */
export async function makeWhole(
  folder: string,
  fill: (made: string) => Promise<void>,
): Promise<void> {
  const made = join(folder, `${unfinished}${String(process.pid)}`);
  try {
    await rm(made, { recursive: true, force: true });
    await mkdir(made, { mode: 0o700 });
    await fill(made);
    await rename(made, join(folder, finished));
  } catch (thrown) {
    await rm(made, { recursive: true, force: true }).catch(() => undefined);
    throw thrown;
  }
}

async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(unfinished)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** A damaged archive is no reason not to start; a full disk is. */
function anew(folder: string): (thrown: unknown) => Promise<void> {
  return async (thrown) => {
    if (storageError(folder, thrown) !== thrown) throw thrown;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    await initialize(folder);
  };
}

async function initialize(folder: string): Promise<void> {
  const pglite = await PGlite.create(folder);
  await pglite.close();
}
