import type { Config } from '../config/config.js';
import { askOwner } from '../storage/owner-connection.js';
import { openEdition } from './open-edition.js';
import {
  performOperation,
  type OperationInput,
  type OperationName,
  type OperationResult,
} from './operations.js';

/** How an operation is asked for. */
export interface AskOptions {
  /** The id of an edition, in place of the one that the config speaks of. Only when no process runs on the embedded data: that one has its own. */
  readonly edition?: string | undefined;
  /** Whether the edition may be begun by this. */
  readonly begin?: boolean;
  readonly onProgress?: (progress: unknown) => void;
}

/**
 * Performs an operation where the data is: through the running process that owns the embedded data, or on data that this process opens and closes
 * again itself.
 */
export async function ask<Name extends OperationName>(
  config: Config,
  operation: Name,
  input: OperationInput<Name>,
  { edition, begin = false, onProgress = () => undefined }: AskOptions = {},
): Promise<OperationResult<Name>> {
  if (config.databaseUrl === undefined) {
    const answer = await askOwner(config.dataFolder, { operation, input }, { onProgress });
    if (answer !== 'nobody') return answer.result as OperationResult<Name>;
  }
  const opened = await openEdition(config, {
    edition: begin ? 'begin' : 'existing',
    named: edition,
    // On the embedded data nobody works just now: what changes, the sweep of the next start brings. On a server workers may run.
    queue: config.databaseUrl === undefined ? 'none' : 'open',
  });
  try {
    const result = await performOperation(opened.context, operation, input, onProgress);
    return result as OperationResult<Name>;
  } finally {
    await opened.close();
  }
}
