import { z } from 'zod';
import type { State } from '../campaign/announcement.js';
import type { Network } from '../campaign/network.js';
import type { Context } from '../context.js';
import { toIso } from '../program/time.js';
import type { AnnouncementFilter } from '../publish/ports.js';
import { announcementFilter } from './change.js';

/** What `list` takes. */
export const listInput = z.strictObject({ filter: announcementFilter });

/** One announcement in a list; times are ISO 8601 with Z. */
export interface ListedAnnouncement {
  readonly id: string;
  readonly network: Network;
  readonly leadTime: string;
  readonly state: State;
  readonly reason?: string;
  readonly needsPerson: boolean;
  readonly dueAt: string;
  readonly sessions: readonly string[];
  /** Of the first session. */
  readonly title: string;
}

/** The announcements that a filter means, by due moment. */
export async function list(
  context: Context,
  { filter }: z.infer<typeof listInput>,
): Promise<{ readonly announcements: readonly ListedAnnouncement[] }> {
  const inForce = await context.inForce();
  const announcements = await context.ledger.list(filter as AnnouncementFilter);
  return {
    announcements: announcements.map(
      ({ id, network, leadTime, state, reason, needsPerson, dueAt, sessions }) => ({
        id,
        network,
        leadTime,
        state,
        ...(reason !== undefined && { reason }),
        needsPerson,
        dueAt: toIso(dueAt),
        sessions,
        title: inForce?.lookup.session(sessions[0] ?? '')?.title ?? sessions.join(', '),
      }),
    ),
  };
}
