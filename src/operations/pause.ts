import { z } from 'zod';
import type { Context } from '../context.js';
import { pauseEdition, resumeEdition } from '../storage/editions.js';
import { sweep } from '../publish/sweep.js';

/** What `pause` takes. */
export const pauseInput = z.strictObject({ reason: z.string().min(1).max(500) });

/** Pauses everything of the edition: from when this has returned no claim goes through. What falls due meanwhile expires at its deadline. */
export async function pause(
  { clock, database, edition }: Context,
  { reason }: z.infer<typeof pauseInput>,
): Promise<{ readonly edition: string; readonly paused: true }> {
  await pauseEdition(database, edition.id, reason, clock.now());
  return { edition: edition.id, paused: true };
}

/** Ends the pause and puts what is due into the queue at once. */
export async function resume(
  context: Context,
): Promise<{ readonly edition: string; readonly resumed: boolean; readonly due: number }> {
  const resumed = await resumeEdition(context.database, context.edition.id);
  const { due } = await sweep(context);
  await context.queue.reschedule(due).catch(() => undefined);
  return { edition: context.edition.id, resumed, due: due.length };
}
