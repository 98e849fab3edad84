import type { Clock } from '../../clock.js';
import type { EpochMs } from '../../program/time.js';

/** A clock that goes only where it is put; whoever sleeps on it is awake at once, that much later. */
export interface SimulatedClock extends Clock {
  set(at: EpochMs): void;
}

/**
 * A clock for one thing at a time: two that sleep at once would each see the other's time pass.
 *
 * @example const clock = simulatedClock(0); await clock.sleep(200); clock.now() // 200
 */
export function simulatedClock(start: EpochMs): SimulatedClock {
  let at = start;
  return {
    now: () => at,
    set: (moment) => void (at = moment),
    sleep(ms, signal) {
      if (!signal?.aborted) at += Math.max(0, ms);
      return Promise.resolve();
    },
  };
}
