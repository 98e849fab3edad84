import type { EpochMs } from '../program/time.js';
import { spanMs } from './lead-time.js';

/** Lead times with their graces, longest lead time first. */
const graces = [
  ['P7D', 'PT24H'],
  ['P1D', 'PT3H'],
  ['PT1H', 'PT15M'],
  ['PT15M', 'PT3M'],
] as const;

/**
 * How long after its due moment a post still makes sense, where the organizer says nothing. 7 days: 24 hours; 1 day: 3 hours;
 * 1 hour: 15 minutes; 15 minutes: 3 minutes. Any other lead time has the grace of the next shorter one of these four; one
 * below 15 minutes has a fifth of itself, in whole seconds.
 *
 * @example defaultGrace('P1D') // 'PT3H'
 * @example defaultGrace('PT30M') // 'PT3M'
 * @example defaultGrace('PT5M') // 'PT60S'
 */
export function defaultGrace(leadTime: string): string {
  const length = spanMs(leadTime);
  const known = graces.find(([listed]) => spanMs(listed) <= length);
  return known?.[1] ?? `PT${Math.max(1, Math.floor(length / 5000))}S`;
}

/**
 * The moment after which an announcement is never sent: due moment and grace, never past the start.
 *
 * @param graceMs in milliseconds; see {@link spanMs}
 */
export function deadline(dueAt: EpochMs, graceMs: number, startsAt: EpochMs): EpochMs {
  return Math.min(dueAt + graceMs, startsAt);
}
