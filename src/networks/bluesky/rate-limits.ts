import type { EpochMs } from '../../program/time.js';

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
