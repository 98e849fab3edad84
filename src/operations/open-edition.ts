import type { Config } from '../config/config.js';
import { createContext, type Context, type ContextOverrides } from '../context.js';
import type { Database, OpeningStage } from '../storage/database.js';
import { openDatabase } from '../storage/opening.js';
import { claimOwnership, type Owner } from '../storage/owner.js';
import { systemClock } from '../clock.js';
import { enterEdition, existingEdition } from './enter-edition.js';
import { performOperation } from './operations.js';

/** How an edition is opened. */
export interface OpeningOptions {
  /** `begin`: the program is read and the edition begun when it is not there. `existing`: it must be there. */
  readonly edition: 'begin' | 'existing';
  /** The id of an edition, in place of the one that the config speaks of. */
  readonly named?: string | undefined;
  readonly queue?: 'open' | 'none';
  readonly onStage?: (stage: OpeningStage) => void;
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
 * @throws CallboardError exit `storage` (in use, unreadable, out of reach), `program`, `usage`
 */
export async function openEdition(config: Config, options: OpeningOptions): Promise<OpenEdition> {
  let context: Context | undefined;
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
          return performOperation(context, operation, input, report);
        },
      );
      closers.push(() => owner.close());
    }
    const database = await openConfiguredDatabase(config, options.onStage);
    closers.push(() => database.close());
    const clock = options.overrides?.clock ?? systemClock;
    const { edition, begun } =
      options.edition === 'begin' && options.named === undefined
        ? await enterEdition(database, config, clock)
        : { edition: await existingEdition(database, config, options.named), begun: false };
    const opened = await createContext(
      { config, database, edition },
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
