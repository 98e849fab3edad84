import type { Clock } from '../../src/clock.js';
import type { EpochMs } from '../../src/program/time.js';

/** A clock that stands until a test moves it, in either direction. */
export interface TestClock extends Clock {
  set(at: EpochMs): void;
  advance(ms: number): void;
}

/** Starts a clock of a test's own; who sleeps on it wakes when it has been moved far enough. */
export function testClock(start: EpochMs): TestClock {
  let now = start;
  const sleepers = new Set<{ readonly until: EpochMs; readonly wake: () => void }>();
  const set = (at: EpochMs) => {
    now = at;
    for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake();
  };
  return {
    now: () => now,
    set,
    advance: (ms) => set(now + ms),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', sleeper.wake);
            resolve();
          },
        };
        if (ms <= 0 || signal?.aborted) {
          resolve();
          return;
        }
        signal?.addEventListener('abort', sleeper.wake);
        sleepers.add(sleeper);
      }),
  };
}
