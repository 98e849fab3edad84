import { networks, type Network } from '../../campaign/network.js';
import type { PlannedAnnouncement } from '../../campaign/announcement.js';
import type { PreviewPost } from '../../networks/preview/timeline.js';
import { inZone, type EpochMs } from '../../program/time.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What of a post the figures need. */
type Posted = Pick<PreviewPost, 'network' | 'acceptedAt' | 'announcement'>;

/** Posts per hour over the days of a rehearsal, on the clock of the conference. */
export interface Hours {
  /** The first hour with its day's midnight, the last with its day's end. */
  readonly firstAt: EpochMs;
  readonly count: number;
  /** Where days begin, as a number of hours from the first. */
  readonly days: readonly { readonly hour: number; readonly at: EpochMs }[];
  readonly posts: Readonly<Record<Network, readonly number[]>>;
}

/** Counts posts by network and hour; undefined when there are none. Whole days, so that every chart begins at midnight. */
export function postsByHour(posts: readonly Posted[], zone: string): Hours | undefined {
  const times = posts.map(({ acceptedAt }) => acceptedAt);
  if (times.length === 0) return undefined;
  const first = times.reduce((one, other) => Math.min(one, other));
  const last = times.reduce((one, other) => Math.max(one, other));
  const midnights: EpochMs[] = [];
  let day = inZone(first, zone).startOfDay();
  for (; day.epochMilliseconds <= last; day = day.add({ days: 1 })) {
    midnights.push(day.epochMilliseconds);
  }
  const firstAt = midnights[0] ?? first;
  const count = Math.ceil((day.epochMilliseconds - firstAt) / hourMs);
  const perHour = Object.fromEntries(
    networks.map((network) => [network, Array<number>(count).fill(0)]),
  ) as Record<Network, number[]>;
  for (const { network, acceptedAt } of posts) {
    const hour = Math.floor((acceptedAt - firstAt) / hourMs);
    perHour[network][hour] = (perHour[network][hour] ?? 0) + 1;
  }
  const days = midnights.map((at) => ({ hour: (at - firstAt) / hourMs, at }));
  return { firstAt, count, days, posts: perHour };
}

/** One minute and what was posted in it. */
export interface BusyMinute {
  readonly at: EpochMs;
  readonly posts: number;
  readonly byNetwork: Readonly<Partial<Record<Network, number>>>;
}

/** The minutes with the most posts, most first; of equally busy ones the earlier. */
export function busiestMinutes(posts: readonly Posted[], most: number): readonly BusyMinute[] {
  const minutes = new Map<
    EpochMs,
    { posts: number; byNetwork: Partial<Record<Network, number>> }
  >();
  for (const { network, acceptedAt } of posts) {
    const at = Math.floor(acceptedAt / minuteMs) * minuteMs;
    const minute = minutes.get(at) ?? { posts: 0, byNetwork: {} };
    minute.posts += 1;
    minute.byNetwork[network] = (minute.byNetwork[network] ?? 0) + 1;
    minutes.set(at, minute);
  }
  return [...minutes]
    .map(([at, minute]) => ({ at, ...minute }))
    .sort((one, other) => other.posts - one.posts || one.at - other.at)
    .slice(0, most);
}

/** How many posts of a network were at most so late. */
export interface LatenessStep {
  readonly words: string;
  readonly posts: number;
}

const steps: readonly [words: string, upTo: number][] = [
  ['within a second', 1_000],
  ['1 to 10 s', 10_000],
  ['10 s to 1 min', minuteMs],
  ['1 to 5 min', 5 * minuteMs],
  ['5 min to 1 h', hourMs],
  ['later, before its deadline', Infinity],
];

/** Posts by how late the network took them, counted from the due moment of their announcement. */
export function latenessSteps(
  posts: readonly Posted[],
  planned: ReadonlyMap<string, PlannedAnnouncement>,
  network: Network,
): readonly LatenessStep[] {
  const late = posts
    .filter((post) => post.network === network)
    .map(
      ({ announcement, acceptedAt }) =>
        acceptedAt - (planned.get(announcement)?.dueAt ?? acceptedAt),
    );
  let above = -Infinity;
  return steps.map(([words, upTo]) => {
    const from = above;
    above = upTo;
    return { words, posts: late.filter((ms) => ms > from && ms <= upTo).length };
  });
}
