import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { CallboardError } from '../errors.js';
import { backupTo, restoreFrom } from '../storage/backup.js';
import type { Database } from '../storage/database.js';
import { abandonMove, migrateTo, type MoveProgress } from '../storage/migrate-to.js';
import { askOwner } from '../storage/owner-connection.js';
import { claimOwnership } from '../storage/owner.js';
import { placeOf } from '../storage/server-database.js';
import { nothingStored } from './enter-edition.js';
import { hasDatabase, openConfiguredDatabase } from './open-edition.js';
import type { OperationInput, OperationName, OperationResult } from './operations.js';
import type { EditionRequest } from './requests.js';

/** Writes the embedded database to a file; see `backupTo`. */
export function backUp(
  config: Config,
  file: string,
): Promise<{ readonly file: string; readonly bytes: number }> {
  return onWholeDatabase(config, 'backup', { file }, async (database) => ({
    file,
    bytes: await backupTo(database, file),
  }));
}

/** What was moved where. */
export interface Moved {
  readonly editions: readonly string[];
  /** Without a password. */
  readonly place: string;
}

/** Moves editions from the embedded database to a server; see `migrateTo`. */
export async function moveTo(
  config: Config,
  { url, edition }: { readonly url: string; readonly edition?: string | undefined },
  onProgress: (progress: MoveProgress) => void,
): Promise<Moved> {
  const place = placeOf(url, '--to');
  const which = edition === undefined ? {} : { edition };
  const { editions } = await onWholeDatabase(
    config,
    'migrate',
    { url, ...which },
    async (database) => ({
      editions: await migrateTo(database, url, { ...which, now: systemClock.now(), onProgress }),
    }),
    (progress) => onProgress(progress as MoveProgress),
  );
  return { editions, place };
}

/** Lets an edition run here again whose move is not finished; see `abandonMove`. */
export function abandonMoveOf(
  config: Config,
  edition: string,
): Promise<{ readonly edition: string; readonly place: string }> {
  return onWholeDatabase(config, 'abandonMove', { edition }, async (database) => ({
    edition,
    place: await abandonMove(database, edition),
  }));
}

/** Puts a backup into the data folder; see `restoreFrom`. */
export async function restoreInto(
  config: Config,
  file: string,
): Promise<{ readonly file: string; readonly folder: string }> {
  refuseServer(config, 'restore');
  const owner = await claimOwnership(config.dataFolder, busy);
  try {
    await restoreFrom(file, config.dataFolder);
    return { file, folder: config.dataFolder };
  } finally {
    await owner.close();
  }
}

/** What concerns no single edition: through the running process, else on the embedded database opened for it alone. */
async function onWholeDatabase<Name extends OperationName>(
  config: Config,
  operation: Name,
  input: OperationInput<Name>,
  work: (database: Database) => Promise<OperationResult<Name>>,
  onProgress: (progress: unknown) => void = () => undefined,
): Promise<OperationResult<Name>> {
  refuseServer(config, operation);
  const request: EditionRequest = { input };
  const { dataFolder } = config;
  const answer = await askOwner(dataFolder, { operation, input: request }, { onProgress });
  if (answer !== 'nobody') return answer.result as OperationResult<Name>;
  if (!hasDatabase(config)) throw nothingStored(config, undefined);
  const owner = await claimOwnership(dataFolder, busy);
  try {
    const database = await openConfiguredDatabase(config);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await owner.close();
  }
}

function busy(): Promise<never> {
  return Promise.reject(
    new CallboardError(
      'data-folder-busy',
      {
        place: 'data folder',
        problem: 'it is being copied as a whole just now',
        remedy: 'Try again in a moment',
      },
      'storage',
    ),
  );
}

function refuseServer({ databaseUrl }: Config, what: string): void {
  if (databaseUrl === undefined) return;
  throw new CallboardError(
    'embedded-only',
    {
      place: 'DATABASE_URL',
      problem: `${what} is for the embedded database, and this names the server ${placeOf(databaseUrl)}`,
      remedy:
        'Leave DATABASE_URL out of the environment, or use pg_dump and pg_restore on the server',
    },
    'usage',
  );
}
