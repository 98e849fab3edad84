import { z } from 'zod';
import type { PublishContext } from '../src/publish/ports.js';
import { publishAnnouncement } from '../src/publish/publish.js';
import type { PublishResult } from '../src/publish/publish-result.js';

const data = z.object({ id: z.string() });

/** The job of a network's queue: publishes the announcement whose id it carries. A job without one is dropped. */
export async function publishAnnouncementJob(
  context: PublishContext,
  payload: unknown,
): Promise<PublishResult> {
  const parsed = data.safeParse(payload);
  if (!parsed.success) return { kind: 'done', outcome: 'nothing' };
  return publishAnnouncement(context, parsed.data.id);
}
