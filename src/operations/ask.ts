import type { Config } from '../config/config.js';
import { askOwner } from '../storage/owner-connection.js';
import type { OperationInput, OperationName, OperationResult } from './operations.js';
import type { EditionRequest } from './requests.js';

/** How an operation is asked for. */
export interface AskOptions {
  /** The id of an edition, in place of the one that the running process has, or else the config speaks of. */
  readonly edition?: string | undefined;
  /** Whether the edition that the config speaks of may be begun by this. Not together with `edition`. */
  readonly begin?: boolean;
  /** The edition that the running process must have or know, where `begin` is asked of it: it begins none. */
  readonly beginAs?: string | undefined;
  /** Whether the queue is opened where this process opens the data itself; on a server it always is. */
  readonly queue?: 'open' | 'none';
  readonly onProgress?: (progress: unknown) => void;
}

/** The answer to what was asked. */
export interface Answer<Name extends OperationName> {
  readonly result: OperationResult<Name>;
  /** Who answered: the running process that owns the embedded data, or this one. */
  readonly by: 'running process' | 'this process';
  /** Whether the edition was begun by this. */
  readonly begun: boolean;
}

/**
 * Performs an operation where the data is: through the running process that owns the embedded data, or on data that this process opens and closes
 * again itself.
 */
export async function ask<Name extends OperationName>(
  config: Config,
  operation: Name,
  input: OperationInput<Name>,
  {
    edition,
    begin = false,
    beginAs,
    queue = 'none',
    onProgress = () => undefined,
  }: AskOptions = {},
): Promise<Answer<Name>> {
  if (config.databaseUrl === undefined) {
    const meant = edition ?? beginAs;
    const request: EditionRequest = { ...(meant !== undefined && { edition: meant }), input };
    const answer = await askOwner(config.dataFolder, { operation, input: request }, { onProgress });
    if (answer !== 'nobody') {
      const result = answer.result as OperationResult<Name>;
      return { result, by: 'running process', begun: false };
    }
  }
  // Loaded only now: where another process answers, and for `--help`, none of it is needed.
  const { openEdition } = await import('./open-edition.js');
  const { performOperation } = await import('./operations.js');
  const opened = await openEdition(config, {
    edition: begin ? 'begin' : 'existing',
    named: edition,
    onPage: (here, known) => onProgress({ here, known }),
    // On the embedded data nobody works just now: what changes, the sweep of the next start brings. On a server workers may run.
    queue: config.databaseUrl === undefined ? queue : 'open',
  });
  try {
    const { context, begun } = opened;
    const result = await performOperation(context, operation, input, onProgress);
    return { result: result as OperationResult<Name>, by: 'this process', begun };
  } finally {
    await opened.close();
  }
}
