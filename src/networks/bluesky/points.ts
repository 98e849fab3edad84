import { z } from 'zod';
import type { EpochMs } from '../../program/time.js';
import type { NetworkMemory, Quota } from '../../publish/publisher.js';
import type { ToldLimit } from './rate-limits.js';

/**
 * What one post costs of the points: by the documentation 3 for a creation and 2 for an update. The reference server counts every `putRecord` as 2; this is
 * the dearer of the two.
 */
const pointsPerPost = 3;

/** Points of one account: https://docs.bsky.app/docs/advanced-guides/rate-limits */
const budgets = [
  { name: 'points an hour', limit: 5_000, windowS: 3_600 },
  { name: 'points a day', limit: 35_000, windowS: 86_400 },
] as const;

const memoryName = 'quota';

const told = z.object({
  limit: z.number(),
  left: z.number(),
  resetsAt: z.number(),
  windowS: z.number(),
});
/** By the length of the window in seconds. */
const count = z.record(
  z.string(),
  z.object({ since: z.number(), spent: z.number(), told: told.optional() }),
);

/** The points of one account, kept in its memory: as the network tells them, and by our own count where it does not. */
export interface Points {
  /** Notes posts that were taken, and what the network told with its answer. */
  note(given: {
    readonly posts: number;
    readonly limit: ToldLimit | undefined;
    readonly now: EpochMs;
  }): Promise<void>;
  quotas(now: EpochMs): Promise<readonly Quota[]>;
}

/**
 * Opens the count of one account's points. A server tells only the limit that is nearest to its end, most often another one, hence the count; it knows nothing of
 * what people do with the account, and two processes that count at once may miss a post: a figure to plan by, no guard.
 */
export function openPoints(memory: NetworkMemory): Points {
  const read = async (now: EpochMs) => {
    const kept = count.safeParse(await memory.read(memoryName)).data ?? {};
    return budgets.map((budget) => {
      const one = kept[String(budget.windowS)];
      const endsAt = (one?.since ?? 0) + budget.windowS * 1_000;
      const counted = one && one.since <= now && now < endsAt;
      return {
        ...budget,
        since: counted ? one.since : now,
        spent: counted ? one.spent : 0,
        told: one?.told && one.told.resetsAt > now ? one.told : undefined,
      };
    });
  };
  return {
    async note({ posts, limit, now }) {
      const next = (await read(now)).map(({ windowS, since, spent, told: before }) => {
        const latest = limit?.windowS === windowS ? limit : before;
        return [
          String(windowS),
          { since, spent: spent + posts * pointsPerPost, ...(latest && { told: latest }) },
        ] as const;
      });
      await memory.write(memoryName, Object.fromEntries(next));
    },
    async quotas(now) {
      return (await read(now)).map(({ name, limit, windowS, since, spent, told: last }) => {
        if (last) return { name, limit: last.limit, left: last.left, resetsAt: last.resetsAt };
        const left = Math.max(0, limit - spent);
        return spent === 0
          ? { name, limit, left }
          : { name, limit, left, resetsAt: since + windowS * 1_000 };
      });
    },
  };
}
