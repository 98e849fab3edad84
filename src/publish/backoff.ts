import type { EpochMs } from '../program/time.js';

const firstMs = 2_000;
const longestMs = 60_000;

/**
 * When to try again after "provably nothing": 2 s, 4 s, 8 s … at most a minute, spread by up to a quarter so that many announcements
 * that failed together do not come back together. A network's own `notBefore` wins where it is later.
 *
 * @param attempt 1 after the first attempt.
 * @param spread  0 to 1, taken from the announcement's id so that it is the same each time.
 * @example retryMoment({ now: 0, attempt: 3, spread: 0 }) // 8000
 */
export function retryMoment({
  now,
  attempt,
  spread,
  notBefore = 0,
}: {
  readonly now: EpochMs;
  readonly attempt: number;
  readonly spread: number;
  readonly notBefore?: EpochMs | undefined;
}): EpochMs {
  const wait = Math.min(longestMs, firstMs * 2 ** Math.min(20, Math.max(0, attempt - 1)));
  return Math.max(now + Math.round(wait * (1 + spread / 4)), notBefore);
}

/**
 * A number from 0 to 1 that belongs to an id.
 *
 * @example spreadOf('a') // the same for every call
 */
export function spreadOf(id: string): number {
  let hash = 0;
  for (const char of id) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1_000;
  return hash / 1_000;
}
