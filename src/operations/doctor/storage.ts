import { existsSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../../clock.js';
import type { Config } from '../../config/config.js';
import type { Database } from '../../storage/database.js';
import { storageError } from '../../storage/storage-error.js';
import { failure, fine, warning, type Finding } from './finding.js';

const megabyte = 1024 ** 2;
const scarceMb = 1024;
const lackingMb = 100;

/** Whether the data folder can be written, and how much room its disk has. */
export async function folderFindings({ dataFolder }: Config): Promise<readonly Finding[]> {
  const there = existsSync(dataFolder);
  const nearest = nearestFolder(dataFolder);
  const trouble = await writingTrouble(nearest);
  const { bavail, bsize } = await statfs(nearest);
  const freeMb = Math.floor((bavail * bsize) / megabyte);
  const free =
    freeMb >= 10_240 ? `${String(Math.floor(freeMb / 1024))} GB` : `${String(freeMb)} MB`;
  const room = `${free} are free on the disk of ${nearest}`;
  return [
    trouble ??
      fine('folder', `${dataFolder} ${there ? 'can be written' : 'is made at the first start'}`),
    freeMb < lackingMb
      ? failure('folder', room, 'Free some space: nothing can be stored on a full disk')
      : freeMb < scarceMb
        ? warning('folder', room, 'Free some space before the conference')
        : fine('folder', room),
  ];
}

function nearestFolder(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestFolder(dirname(path));
}

async function writingTrouble(folder: string): Promise<Finding | undefined> {
  const probe = join(folder, `doctor.${String(process.pid)}.new`);
  try {
    await (await open(probe, 'wx', 0o600)).close();
    return undefined;
  } catch (thrown) {
    const told = storageError(folder, thrown);
    return failure(
      'folder',
      `${folder} cannot be written (${(thrown as NodeJS.ErrnoException).code ?? 'unknown reason'})`,
      told instanceof Error && 'complaint' in told
        ? (told.complaint as { remedy: string }).remedy
        : 'Choose another data folder',
    );
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

const oldestServer = 14;

/** Which database it is, and what its kind asks of its operator. */
export async function databaseFindings(database: Database): Promise<readonly Finding[]> {
  const { rows } = await database.query<{ version: string; fsync: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync`,
  );
  const { version = '?', fsync = 'on' } = rows[0] ?? {};
  if (database.kind === 'embedded') {
    return [
      fine('database', `embedded (Postgres ${version}) in ${database.place}; it opens`),
      fine(
        'database',
        'embedded data is not flushed to disk at every write: a power cut can cost the last seconds; `callboard backup` keeps a copy, DATABASE_URL a server',
      ),
    ];
  }
  const reached = `Postgres ${version} at ${database.place}; it answers`;
  return [
    Number.parseInt(version, 10) < oldestServer
      ? warning(
          'database',
          `${reached}, but it is older than ${String(oldestServer)}`,
          'Update the server',
        )
      : fine('database', reached),
    ...(fsync === 'off'
      ? [
          failure(
            'database',
            'the server runs with fsync off: a power cut can destroy the ledger',
            'Set fsync = on in postgresql.conf',
          ),
        ]
      : []),
  ];
}

const noticedMs = 2_000;
const gravelyMs = 30_000;

/** Whether this machine and the database agree on what time it is: leases and due moments are measured on both. */
export async function clockFindings(database: Database, clock: Clock): Promise<readonly Finding[]> {
  const asked = clock.now();
  const { rows } = await database.query<{ now: number }>(
    'SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now',
  );
  const answered = clock.now();
  const apart = Math.round((rows[0]?.now ?? 0) - (asked + answered) / 2);
  const said = `this machine and the database are ${(Math.abs(apart) / 1_000).toFixed(1)} s apart`;
  if (Math.abs(apart) <= noticedMs) return [fine('clock', said)];
  const judge = Math.abs(apart) > gravelyMs ? failure : warning;
  return [judge('clock', said, 'Let both follow NTP: posts go out by these clocks')];
}
