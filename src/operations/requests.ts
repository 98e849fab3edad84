import { z } from 'zod';
import { createContext, type Context } from '../context.js';
import { existingEdition } from './enter-edition.js';
import { configOfEdition } from './edition-config.js';
import { performOperation } from './operations.js';

const editionRequest = z.object({ edition: z.string().optional(), input: z.unknown() });

/** What travels to the running process beside the operation's name. */
export interface EditionRequest {
  /** Without it, the edition that runs there. */
  readonly edition?: string;
  readonly input: unknown;
}

/** Does what another process asked for; in another edition of the same database, where it names one. */
export async function performRequest(
  context: Context,
  operation: string,
  request: unknown,
  report: (progress: unknown) => void,
): Promise<unknown> {
  const { edition: named, input } = editionRequest.parse(request);
  if (named === undefined || named === context.edition.id) {
    return performOperation(context, operation, input, report);
  }
  const { config, database } = context;
  const edition = await existingEdition(database, config, named);
  // Nobody works on that one just now: what changes, the sweep of its next start brings.
  const other = await createContext(
    { config: await configOfEdition(database, config, edition), database, edition },
    { queue: 'none' },
  );
  try {
    return await performOperation(other, operation, input, report);
  } finally {
    await other.close();
  }
}
