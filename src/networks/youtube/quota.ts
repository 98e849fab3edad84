import { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../clock.js';
import type { EpochMs } from '../../program/time.js';
import type { Quota } from '../../publish/publisher.js';
import type { YoutubeMemory } from './youtube-memory.js';

/**
 * What each request costs, in units: https://developers.google.com/youtube/v3/determine_quota_cost. Belief: those of the live chat, which Google does not list
 * (20 to 50 are reported for a message), and those of the pilot's `posts`.
 */
export const callCosts = {
  'channels.list': 1,
  'videos.list': 1,
  'liveBroadcasts.list': 1,
  'liveBroadcasts.insert': 50,
  'liveBroadcasts.update': 50,
  'liveBroadcasts.delete': 50,
  'thumbnails.set': 50,
  'liveChatMessages.list': 5,
  'liveChatMessages.insert': 50,
  'liveChatMessages.delete': 50,
  'posts.list': 1,
  'posts.insert': 50,
  'posts.delete': 50,
  'posts.image': 50,
} as const satisfies Readonly<Record<string, number>>;

/** A request that costs units. */
export type CallName = keyof typeof callCosts;

/** Units of a Google Cloud project a day, unless Google gave it more. */
export const unitsADay = 10_000;

/**
 * The day of the quota, and when it ends: midnight Pacific time.
 *
 * @example quotaDay(Date.UTC(2026, 4, 1, 12)) // { day: '2026-05-01', endsAt: Date.UTC(2026, 4, 2, 7) }
 */
export function quotaDay(now: EpochMs): { readonly day: string; readonly endsAt: EpochMs } {
  const date = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO('America/Los_Angeles')
    .toPlainDate();
  const end = date.add({ days: 1 }).toZonedDateTime('America/Los_Angeles');
  return { day: date.toString(), endsAt: end.epochMilliseconds };
}

/** The units of one account, counted here: Google tells nobody how many are left. Others who use the same project are not seen. */
export interface UnitCount {
  /** Counts a request, before it is sent. */
  spend(call: CallName): Promise<void>;
  /** Google says that they are used up; answers until when. */
  exhaust(): Promise<EpochMs>;
  /** Until when they are used up by Google's word; undefined when they are not. */
  exhaustedUntil(): Promise<EpochMs | undefined>;
  quota(): Promise<Quota>;
}

/** Counts units in the network's memory. Processes that count at the same moment may lose each other's; the count is a guide, and Google has the last word. */
export function countUnits(memory: YoutubeMemory, clock: Clock): UnitCount {
  let turn: Promise<unknown> = Promise.resolve();
  const today = async () => {
    const { day, endsAt } = quotaDay(clock.now());
    const kept = await memory.units();
    return kept?.day === day ? { ...kept, endsAt } : { day, used: 0, exhausted: false, endsAt };
  };
  const change = (to: (used: number) => { readonly used: number; readonly exhausted: boolean }) => {
    const next = turn.then(async () => {
      const { day, used, exhausted, endsAt } = await today();
      const changed = to(used);
      await memory.rememberUnits({
        day,
        used: changed.used,
        exhausted: changed.exhausted || exhausted,
      });
      return endsAt;
    });
    turn = next.catch(() => undefined);
    return next;
  };

  return {
    async spend(call) {
      await change((used) => ({ used: used + callCosts[call], exhausted: false }));
    },
    exhaust: () => change((used) => ({ used: Math.max(used, unitsADay), exhausted: true })),
    async exhaustedUntil() {
      const { exhausted, endsAt } = await today();
      return exhausted ? endsAt : undefined;
    },
    async quota() {
      const { used, endsAt } = await today();
      return {
        name: 'units a day',
        limit: unitsADay,
        left: Math.max(0, unitsADay - used),
        resetsAt: endsAt,
      };
    },
  };
}
