import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import type { FetchHints } from '../program/fetch/fetched-program.js';
import { createContext, type Context, type ContextOverrides } from '../context.js';
import { openDatabase } from '../storage/opening.js';
import type { Database, OpeningStage } from '../storage/database.js';
import { claimOwnership, type Owner } from '../storage/owner.js';
import { systemClock } from '../clock.js';
import { configOfEdition } from './edition-config.js';
import { enterEdition, existingEdition, nothingStored } from './enter-edition.js';
import { performRequest } from './requests.js';

/** How an edition is opened. */
export interface OpeningOptions {
  /** `begin`: the program is read and the edition begun when it is not there. `existing`: it must be there. */
  readonly edition: 'begin' | 'existing';
  /** The id of an edition, in place of the one that the config speaks of. */
  readonly named?: string | undefined;
  readonly queue?: 'open' | 'none';
  readonly onStage?: (stage: OpeningStage) => void;
  /** Told of every page of the program, where it has many; see `FetchHints`. */
  readonly onPage?: FetchHints['onPage'];
  /** Breaks the opening off between its steps; what was opened is closed again. */
  readonly signal?: AbortSignal;
  readonly overrides?: ContextOverrides;
}

/** An open edition; `close` ends everything in order. */
export interface OpenEdition {
  readonly context: Context;
  /** Whether it was begun by this opening. */
  readonly begun: boolean;
  close(): Promise<void>;
}

/**
 * Opens the data and an edition in it. The embedded data has one owner: this process is it until it closes, and answers the commands of others through its
 * socket. On a Postgres server any number of processes open the same edition.
 *
 * @throws CallboardError exit `storage` (in use, unreadable, out of reach), `program`, `usage`; the signal's reason when it is broken off
 */
export async function openEdition(config: Config, options: OpeningOptions): Promise<OpenEdition> {
  // A command that only looks must leave no new database behind.
  if (options.edition === 'existing' && !hasDatabase(config)) {
    throw nothingStored(config, options.named);
  }
  let context: Context | undefined;
  const { signal } = options;
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    if (config.databaseUrl === undefined) {
      const owner: Owner = await claimOwnership(
        config.dataFolder,
        async ({ operation, input }, report) => {
          if (!context)
            throw new Error('the running process is still starting; try again in a moment');
          return performRequest(context, operation, input, report);
        },
      );
      closers.push(() => owner.close());
    }
    const database = await openConfiguredDatabase(config, options.onStage);
    closers.push(() => database.close());
    signal?.throwIfAborted();
    const clock = options.overrides?.clock ?? systemClock;
    const { edition, begun } =
      options.edition === 'begin' && options.named === undefined
        ? await enterEdition(database, config, clock, {
            ...(signal && { signal }),
            ...(options.onPage && { onPage: options.onPage }),
          })
        : { edition: await existingEdition(database, config, options.named), begun: false };
    signal?.throwIfAborted();
    const opened = await createContext(
      {
        config: begun ? config : await configOfEdition(database, config, edition),
        database,
        edition,
      },
      { queue: options.queue ?? 'open' },
      options.overrides,
    );
    context = opened;
    closers.push(() => opened.close());
    return { context: opened, begun, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** Whether there is a database already. A server is taken to have one, and a folder that cannot be looked into says so when it is opened. */
export function hasDatabase({ databaseUrl, dataFolder }: Config): boolean {
  if (databaseUrl !== undefined) return true;
  try {
    return statSync(join(dataFolder, 'database')).isDirectory();
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** The database that the config names: a Postgres server, or the embedded one in the data folder. */
export function openConfiguredDatabase(
  { databaseUrl, dataFolder }: Config,
  onStage?: (stage: OpeningStage) => void,
): Promise<Database> {
  return openDatabase(
    databaseUrl === undefined ? { folder: dataFolder } : { url: databaseUrl },
    onStage,
  );
}
