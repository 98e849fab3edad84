import { z } from 'zod';
import type { EpochMs } from '../../program/time.js';
import type { NetworkMemory, Quota } from '../../publish/publisher.js';

/** Names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | undefined>>;

/** A limit as the network tells it with an answer. */
export interface ToldLimit {
  readonly limit: number;
  readonly left: number;
  readonly resetsAt: EpochMs;
  /** Length of its window, in seconds. */
  readonly windowS: number;
}

/** Nothing there lasts longer than a day. */
const mostWaitMs = 24 * 60 * 60_000;

/**
 * The limit that an answer tells, by `ratelimit-limit`, `-remaining`, `-reset` (seconds since 1970) and `-policy` (`5000;w=3600`); undefined when it tells none.
 * Resets are carried over to our clock by the answer's own `Date`.
 *
 * @see https://docs.bsky.app/docs/advanced-guides/rate-limits
 */
export function limitOf(headers: AnswerHeaders, now: EpochMs): ToldLimit | undefined {
  const limit = whole(headers['ratelimit-limit']);
  const left = whole(headers['ratelimit-remaining']);
  const windowS = whole(/;\s*w=(\d+)/.exec(headers['ratelimit-policy'] ?? '')?.[1]);
  const resetsAt = resetOf(headers, now);
  if (limit === undefined || left === undefined || windowS === undefined) return undefined;
  return resetsAt === undefined ? undefined : { limit, left, windowS, resetsAt };
}

/** From when a refused request may come again, by `Retry-After` or `ratelimit-reset`; undefined when neither says so. */
export function notBeforeOf(headers: AnswerHeaders, now: EpochMs): EpochMs | undefined {
  const seconds = whole(headers['retry-after']);
  const at = seconds === undefined ? resetOf(headers, now) : now + seconds * 1_000;
  return at === undefined ? undefined : Math.min(at, now + mostWaitMs);
}

function resetOf(headers: AnswerHeaders, now: EpochMs): EpochMs | undefined {
  const reset = whole(headers['ratelimit-reset']);
  if (reset === undefined) return undefined;
  const theirs = Date.parse(headers.date ?? '');
  const ahead = reset * 1_000 - (Number.isNaN(theirs) ? now : theirs);
  return now + Math.max(0, ahead);
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

/**
 * What one post costs of the points: by the documentation 3 for a creation and 2 for an update. The reference server counts every `putRecord` as 2, so this
 * is the dearer of the two.
 */
export const pointsPerPost = 3;

/** Points of one account: https://docs.bsky.app/docs/advanced-guides/rate-limits */
const budgets = [
  { name: 'points an hour', limit: 5_000, windowS: 3_600 },
  { name: 'points a day', limit: 35_000, windowS: 86_400 },
] as const;

const memoryName = 'quota';
const keptLimit = z.object({
  limit: z.number(),
  left: z.number(),
  resetsAt: z.number(),
  windowS: z.number(),
});
const kept = z.record(z.string(), keptLimit);

/** The points that are left, as the network last told them, kept in the account's memory. */
export interface Points {
  /** Notes what an answer to a write tells. */
  note(limit: ToldLimit): Promise<void>;
  quotas(now: EpochMs): Promise<readonly Quota[]>;
}

/** Opens the count of one account's points. */
export function openPoints(memory: NetworkMemory): Points {
  const read = async () => kept.safeParse(await memory.read(memoryName)).data ?? {};
  return {
    async note(limit) {
      if (!budgets.some(({ windowS }) => windowS === limit.windowS)) return;
      await memory.write(memoryName, { ...(await read()), [String(limit.windowS)]: limit });
    },
    async quotas(now) {
      const told = await read();
      return budgets.map(({ name, limit, windowS }) => {
        const one = told[String(windowS)];
        // A window that has ended, or none that was told: everything is left.
        if (!one || one.resetsAt <= now)
          return { name, limit: one?.limit ?? limit, left: one?.limit ?? limit };
        return { name, limit: one.limit, left: one.left, resetsAt: one.resetsAt };
      });
    },
  };
}
