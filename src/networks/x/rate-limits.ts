import type { EpochMs } from '../../program/time.js';
import type { Quota } from '../../publish/publisher.js';
import { skewOf, type Answered } from './answer.js';

/**
 * The limits that X tells of in its answers: https://docs.x.com/x-api/fundamentals/rate-limits. How many posts they allow is read, never assumed: X's own
 * pages disagree.
 */
const windows = [
  { name: 'posts in 15 minutes', prefix: 'x-rate-limit', long: false },
  { name: 'posts a day, by this account', prefix: 'x-user-limit-24hour', long: true },
  { name: 'posts a day, by this app', prefix: 'x-app-limit-24hour', long: true },
] as const;

/** The limits in an answer to a new post, their ends told by our clock. */
export function quotasIn(answer: Answered, now: EpochMs): readonly Quota[] {
  return windows.flatMap(({ name, prefix }) => {
    const limit = numberOf(answer.headers[`${prefix}-limit`]);
    const left = numberOf(answer.headers[`${prefix}-remaining`]);
    const resetsAt = resetIn(answer, prefix, now);
    if (limit === undefined || left === undefined) return [];
    return [{ name, limit, left, ...(resetsAt !== undefined && { resetsAt }) }];
  });
}

/**
 * When X takes posts again after a 429, by our clock: when the last of the limits that are used up begins anew. Undefined where X does not say.
 *
 * @param capped X spoke of a cap on use: only a limit of a day can be the cause, for the one of 15 minutes is always told.
 */
export function againAt(answer: Answered, now: EpochMs, capped: boolean): EpochMs | undefined {
  const used = windows
    .filter(({ long }) => long || !capped)
    .filter(({ prefix }) => numberOf(answer.headers[`${prefix}-remaining`]) === 0)
    .map(({ prefix }) => resetIn(answer, prefix, now))
    .filter((at) => at !== undefined);
  if (used.length > 0) return Math.max(...used);
  if (capped) return undefined;
  const wait = numberOf(answer.headers['retry-after']);
  return wait === undefined ? resetIn(answer, 'x-rate-limit', now) : now + wait * 1_000;
}

/** X tells whole seconds of its own clock. */
function resetIn(answer: Answered, prefix: string, now: EpochMs): EpochMs | undefined {
  const seconds = numberOf(answer.headers[`${prefix}-reset`]);
  return seconds === undefined ? undefined : seconds * 1_000 - (skewOf(answer, now) ?? 0);
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;
}
