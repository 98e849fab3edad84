import type { EpochMs } from './program/time.js';

/**
 * The only source of "now" outside the pure rooms, which take the time as an argument. Tests and rehearsals put a
 * clock of their own in its place; nothing else is ever faked.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): EpochMs;
  /** Resolves after `ms` of this clock's time, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(0, ms));
      signal?.addEventListener('abort', done);
    }),
};
