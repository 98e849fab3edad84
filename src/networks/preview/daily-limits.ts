import type { Network } from '../../campaign/network.js';
import type { EpochMs } from '../../program/time.js';
import type { Publisher } from '../../publish/publisher.js';

/** At most so many posts in any window of this length. */
export interface PostLimit {
  readonly posts: number;
  readonly windowMs: number;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/**
 * What each network lets one account post, for rehearsals. Bluesky counts points (a post costs 3 of 5,000 an hour and 35,000 a day,
 * https://docs.bsky.app/docs/advanced-guides/rate-limits); Threads takes 250 a day
 * (https://developers.facebook.com/docs/threads/overview); X 100 in 15 minutes and 10,000 a day (https://docs.x.com/x-api/fundamentals/rate-limits).
 * YouTube publishes no limit for community posts.
 */
export const postLimits: Readonly<Record<Network, readonly PostLimit[]>> = {
  bluesky: [
    { posts: 1_666, windowMs: 60 * minute },
    { posts: 11_666, windowMs: day },
  ],
  threads: [{ posts: 250, windowMs: day }],
  x: [
    { posts: 100, windowMs: 15 * minute },
    { posts: 10_000, windowMs: day },
  ],
  youtube: [],
};

/** A publisher that refuses, as its network would, what goes over the limits; it says from when there is room again. */
export function withPostLimits(
  publisher: Publisher,
  limits: readonly PostLimit[],
  now: () => EpochMs,
): Publisher {
  const accepted: EpochMs[] = [];
  return {
    ...publisher,
    async publish(dispatch) {
      const at = now();
      const roomAt = Math.max(0, ...limits.map((limit) => roomIn(accepted, limit, at)));
      if (roomAt > at) {
        return {
          kind: 'retry-later',
          reason: 'the limit of the network is used up',
          notBefore: roomAt,
        };
      }
      const outcome = await publisher.publish(dispatch);
      // A network counts a request when it comes in; answers may come in another order.
      if (outcome.kind === 'published') accepted.push(at);
      return outcome;
    },
  };
}

/** When there is room for one more: now, or when the post leaves the window that is one too many. */
function roomIn(
  accepted: readonly EpochMs[],
  { posts, windowMs }: PostLimit,
  at: EpochMs,
): EpochMs {
  const blocking = accepted.at(-posts);
  return blocking === undefined ? at : blocking + windowMs;
}
