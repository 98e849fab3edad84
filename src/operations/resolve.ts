import { z } from 'zod';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { announcementNamed } from './announcement-named.js';
import { recordPost } from './hand-offs.js';

/** What `resolve` takes: the address of the post, or that it does not stand. */
export const resolveInput = z.union([
  z.strictObject({ id: z.string(), posted: z.string().max(2_000) }),
  z.strictObject({ id: z.string(), absent: z.literal(true) }),
]);

/** What became of the announcement. */
export interface Resolved {
  readonly id: string;
  readonly to: 'published' | 'planned' | 'expired';
  readonly permalink?: string;
}

/**
 * Ends an announcement that is in doubt by the word of a person who looked. One that does not stand is sent again to the letter, if its deadline allows.
 *
 * @throws CallboardError `announcement-unknown`, `not-in-doubt`, `post-address-unknown`, `post-taken`
 */
export async function resolve(
  context: Context,
  input: z.infer<typeof resolveInput>,
): Promise<Resolved> {
  const { ledger, clock, queue } = context;
  const announcement = await announcementNamed(context, input.id);
  const { id } = announcement;
  if (announcement.state !== 'uncertain') {
    throw new CallboardError(
      'not-in-doubt',
      {
        place: id,
        problem: `it is ${announcement.state}, not in doubt`,
        remedy: 'See callboard status for those that wait for a person',
      },
      'usage',
    );
  }
  if ('posted' in input) {
    const permalink = await recordPost(context, announcement, input.posted, 'found by a person');
    return { id, to: 'published', permalink };
  }
  const now = clock.now();
  const to = now <= announcement.expiresAt ? 'planned' : 'expired';
  const change = {
    to,
    reason: 'a person looked: it does not stand',
    resend: to === 'planned',
    actor: 'person',
    ...(to === 'planned' && { retryAt: now }),
  } as const;
  if (!(await ledger.move(announcement, change, now))) {
    throw new CallboardError('changed-meanwhile', {
      place: id,
      problem: 'it changed in this very moment',
      remedy: `Look at it again with callboard show ${id}`,
    });
  }
  if (to === 'planned') {
    const { network } = announcement;
    await queue.reschedule([{ id, network, at: now }]).catch(() => undefined);
  }
  return { id, to };
}
