import type { State } from '../campaign/announcement.js';
import type { Network } from '../campaign/network.js';
import type { Context } from '../context.js';
import { reasonOf } from '../errors.js';
import { toIso } from '../program/time.js';
import type { QueueDepth } from '../queue/announcement-queue.js';
import { findEdition, unfinishedMove } from '../storage/editions.js';
import { programVersion } from '../storage/programs.js';
import {
  counts,
  lateness,
  neglected,
  waitingForRelease,
  type Lateness,
} from '../storage/statistics.js';
import { outdatedPosts } from './outdated-posts.js';

/** One of the next announcements. */
export interface NextAnnouncement {
  readonly id: string;
  readonly network: Network;
  readonly leadTime: string;
  /** ISO 8601 with Z. */
  readonly dueAt: string;
  readonly title: string;
}

/** How the campaign of an edition stands; times are ISO 8601 with Z. */
export interface Status {
  readonly edition: string;
  readonly conference: string;
  readonly zone: string;
  readonly paused?: { readonly reason: string; readonly since: string };
  /** The database that the edition was moved to for good. */
  readonly movedTo?: string;
  /** Where it goes, while its move is not finished and it runs nowhere. */
  readonly movingTo?: string;
  /** How many announcements are in each state, by network; zeros are left out. */
  readonly counts: Readonly<Partial<Record<State, Readonly<Partial<Record<Network, number>>>>>>;
  readonly total: number;
  /** Announcements that wait for a person to look at them. */
  readonly needsPerson: number;
  /** Announcements that are held until a person releases them: for approval, or for want of a room. */
  readonly waitForRelease: number;
  /** Posts that stand and say what the program does not say any more. */
  readonly outdatedPosts: number;
  /** Announcements that are overdue by minutes while nobody publishes. */
  readonly neglected: number;
  /** Notices to the organizer that could not be told by webhook or e-mail so far, and the moment of the oldest. */
  readonly untoldNotices: { readonly count: number; readonly since?: string };
  /** Up to five, soonest first. */
  readonly next: readonly NextAnnouncement[];
  /** From the due moment to the network's acceptance, in milliseconds; without a network it is all of them together. */
  readonly lateness: readonly Lateness[];
  readonly program?: {
    readonly version: number;
    readonly address: string;
    readonly importedAt: string;
    readonly ageSeconds: number;
    readonly sessions: number;
  };
  readonly queue: {
    readonly backend: string;
    readonly depth?: QueueDepth;
    readonly trouble?: string;
  };
}

const nextShown = 5;

/** Reads how the campaign stands. */
export async function status(context: Context): Promise<Status> {
  const { clock, database, edition, ledger, queue } = context;
  const [
    current,
    inForce,
    stateCounts,
    late,
    version,
    needing,
    waitForRelease,
    overdue,
    untold,
    next,
  ] = await Promise.all([
    findEdition(database, edition.id),
    context.inForce(),
    counts(database, edition.id),
    lateness(database, edition.id),
    programVersion(database, edition.id),
    ledger.list({ needsPerson: true }),
    waitingForRelease(database, edition.id),
    neglected(database, edition.id, clock.now()),
    context.noticeBoard.untold(),
    ledger.list({ states: ['planned'], limit: nextShown }),
  ]);
  const byState: Partial<Record<State, Partial<Record<Network, number>>>> = {};
  for (const { state, network, count } of stateCounts) {
    byState[state] = { ...byState[state], [network]: count };
  }
  const conference = inForce?.campaign.conference;
  const paused = current?.paused;
  return {
    edition: edition.id,
    conference: conference?.name ?? edition.title,
    zone: conference?.zone ?? edition.zone,
    ...(paused && { paused: { reason: paused.reason, since: toIso(paused.since) } }),
    ...movedOf(current?.movedTo),
    counts: byState,
    total: stateCounts.reduce((sum, { count }) => sum + count, 0),
    needsPerson: needing.length,
    waitForRelease,
    outdatedPosts: inForce ? (await outdatedPosts(context, inForce.lookup)).length : 0,
    neglected: overdue,
    untoldNotices: {
      count: untold.count,
      ...(untold.since !== undefined && { since: toIso(untold.since) }),
    },
    next: next.map(({ id, network, leadTime, dueAt, sessions }) => ({
      id,
      network,
      leadTime,
      dueAt: toIso(dueAt),
      title: inForce?.lookup.session(sessions[0] ?? '')?.title ?? sessions.join(', '),
    })),
    lateness: late,
    ...(version && {
      program: {
        version: version.version,
        address: version.address,
        importedAt: toIso(version.importedAt),
        ageSeconds: Math.round((clock.now() - version.importedAt) / 1_000),
        sessions: inForce?.lookup.program.sessions.length ?? 0,
      },
    }),
    queue: { backend: queue.backend, ...(await depthOf(context)) },
  };
}

function movedOf(movedTo: string | undefined): Pick<Status, 'movedTo' | 'movingTo'> {
  if (movedTo === undefined) return {};
  return movedTo.startsWith(unfinishedMove)
    ? { movingTo: movedTo.slice(unfinishedMove.length) }
    : { movedTo };
}

async function depthOf({ queue }: Context): Promise<{ depth: QueueDepth } | { trouble: string }> {
  try {
    return { depth: await queue.depth() };
  } catch (thrown) {
    return { trouble: reasonOf(thrown) };
  }
}
