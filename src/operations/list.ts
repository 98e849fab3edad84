import { z } from 'zod';
import { releasedByPerson, type State } from '../campaign/announcement.js';
import type { Network } from '../campaign/network.js';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { toIso } from '../program/time.js';
import type { Announcement, AnnouncementFilter } from '../publish/ports.js';
import { idsNamed } from './announcement-named.js';
import { venueZone } from './venue-zone.js';
import { announcementFilter } from './change.js';
import { outdatedPosts, type OutdatedPost } from './outdated-posts.js';

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

/**
 * The announcements that a filter means, by due moment; ids may be shortened.
 *
 * @throws CallboardError `announcement-unknown`, `session-unknown`, `lead-time-unknown`: what nothing has is likely mistyped
 */
export async function list(
  context: Context,
  { filter }: z.infer<typeof listInput>,
): Promise<{
  /** Of the venue. */
  readonly zone: string;
  readonly announcements: readonly ListedAnnouncement[];
}> {
  await refuseUnknown(context, filter);
  const ids = filter.ids && (await idsNamed(context, filter.ids));
  const announcements = await context.ledger.list({
    ...(filter as AnnouncementFilter),
    ...(ids && { ids }),
  });
  return {
    zone: await venueZone(context),
    announcements: await listed(context, announcements),
  };
}

/** What waits for a person. */
export interface Needs {
  /** Of the venue. */
  readonly zone: string;
  /** What went wrong or is to be put up by hand, then what is held until it is released. */
  readonly announcements: readonly ListedAnnouncement[];
  readonly outdated: readonly OutdatedPost[];
}

/** Everything that waits for a person, with the ids to decide it by. */
export async function needs(context: Context): Promise<Needs> {
  const [marked, held, inForce] = await Promise.all([
    context.ledger.list({ needsPerson: true }),
    context.ledger.list({ states: ['held'], holdReasons: releasedByPerson }),
    context.inForce(),
  ]);
  const unmarked = held.filter(({ needsPerson }) => !needsPerson);
  return {
    zone: await venueZone(context),
    announcements: await listed(context, [...marked, ...unmarked]),
    outdated: inForce ? await outdatedPosts(context, inForce.lookup) : [],
  };
}

async function refuseUnknown(
  context: Context,
  { sessions = [], leadTimes = [] }: z.infer<typeof announcementFilter>,
): Promise<void> {
  const { ledger } = context;
  const program = (await context.inForce())?.lookup;
  for (const session of sessions) {
    if (program?.session(session)) continue;
    if ((await ledger.list({ sessions: [session], limit: 1 })).length > 0) continue;
    throw new CallboardError(
      'session-unknown',
      {
        place: `session ${session}`,
        problem: 'neither the program nor an announcement has it',
        remedy: 'Take its key from the address of its page, or from `callboard show`',
      },
      'usage',
    );
  }
  for (const leadTime of leadTimes) {
    if ((await ledger.list({ leadTimes: [leadTime], limit: 1 })).length > 0) continue;
    throw new CallboardError(
      'lead-time-unknown',
      {
        place: `lead time ${leadTime}`,
        problem: 'no announcement has it',
        remedy: 'See `callboard plan` for those of the campaign',
      },
      'usage',
    );
  }
}

async function listed(
  context: Context,
  announcements: readonly Announcement[],
): Promise<readonly ListedAnnouncement[]> {
  const inForce = await context.inForce();
  return announcements.map(
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
  );
}
