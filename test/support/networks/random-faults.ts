import type { Network } from '../../../src/campaign/network.js';
import type { Random } from '../crash-random.js';
import type { Answer, Fault } from './fault-proxy.js';
import { xProblem } from './x-server.js';

/** How the answers of a network go wrong. */
export interface FaultRate {
  /** The part of all requests, 0 to 1. */
  readonly share: number;
  /** The longest that the publisher waits for one answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** A 429 asks to wait so long: every network says it in whole seconds. */
const limitedMs = 2_000;
const statuses = [500, 502, 503] as const;

/**
 * What goes wrong with the next request: nothing as a rule; else the connection is cut (before, after, in the middle), an error is answered (instead of the
 * network, or although it did as it was asked), there were too many requests, or it is slow: on its way, or in answering, within the time-out or beyond it.
 */
export function randomFault(
  network: Network,
  random: Random,
  { share, timeoutMs }: FaultRate,
): Fault | undefined {
  if (random.next() >= share) return undefined;
  const status = statuses[random.below(statuses.length)] ?? 500;
  const kinds: readonly (() => Fault)[] = [
    () => ({ kind: 'cut-before' }),
    () => ({ kind: 'cut-after' }),
    () => ({ kind: 'cut-middle' }),
    () => ({ kind: 'answer', ...brokenAnswers[network](status) }),
    () => ({ kind: 'lie', ...brokenAnswers[network](status) }),
    () => ({ kind: 'answer', ...limitedAnswers[network](Date.now() + limitedMs) }),
    () => ({ kind: 'slow', ms: random.between(0.1, 0.5) * timeoutMs }),
    () => ({ kind: 'slow', ms: 1.2 * timeoutMs }),
    // Never later than its sender waits: what no network can promise either proves nothing.
    () => ({ kind: 'late', ms: random.between(0.1, 0.5) * timeoutMs }),
  ];
  return kinds[random.below(kinds.length)]?.();
}

const secondsOf = (until: number) => String(Math.ceil(until / 1_000));
const secondsTo = (until: number) => String(Math.ceil((until - Date.now()) / 1_000));

const limitedAnswers: Readonly<Record<Network, (until: number) => Answer>> = {
  bluesky: (until) => ({
    status: 429,
    headers: {
      'ratelimit-limit': '5000',
      'ratelimit-remaining': '0',
      'ratelimit-reset': secondsOf(until),
      'ratelimit-policy': '5000;w=3600',
    },
    body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
  }),
  threads: (until) => ({
    status: 429,
    headers: { 'retry-after': secondsTo(until) },
    body: { error: { message: 'Too many calls', type: 'OAuthException', code: 4 } },
  }),
  x: (until) => ({
    ...xProblem(429, 'Too Many Requests', 'about:blank', 'Too Many Requests'),
    headers: {
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': '0',
      'x-rate-limit-reset': secondsOf(until),
    },
  }),
  youtube: (until) => ({
    ...google(429, 'rateLimitExceeded'),
    headers: { 'retry-after': secondsTo(until) },
  }),
};

type Broken = (typeof statuses)[number];

const brokenAnswers: Readonly<Record<Network, (status: Broken) => Answer>> = {
  bluesky: (status) => {
    const errors = {
      500: 'InternalServerError',
      502: 'UpstreamFailure',
      503: 'NotEnoughResources',
    } as const;
    return { status, body: { error: errors[status], message: 'Broken' } };
  },
  threads: (status) => ({
    status,
    body:
      status === 500
        ? { error: { message: 'Retry', type: 'OAuthException', code: 2, is_transient: true } }
        : 'Bad gateway',
  }),
  x: (status) => ({ status, body: { title: 'Server error', status } }),
  youtube: (status) => (status === 500 ? google(500, 'backendError') : { status, body: 'Bad' }),
};

function google(status: number, reason: string): Answer {
  const message = 'It did not work';
  const errors = [{ domain: 'global', reason, message }];
  return { status, body: { error: { code: status, message, errors } } };
}
