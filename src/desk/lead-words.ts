import { Temporal } from 'temporal-polyfill';
import { counted } from '../site/time-words.js';

const units = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;

/**
 * A lead time as a person says it; the ISO form itself where it is none.
 *
 * @example leadWords('PT15M') // '15 minutes before'
 * @example leadWords('P1DT2H') // '1 day 2 hours before'
 */
export function leadWords(leadTime: string): string {
  const duration = parse(leadTime);
  if (duration === undefined) return leadTime;
  const parts = units
    .filter((unit) => duration[unit] !== 0)
    .map((unit) => counted(duration[unit], unit.slice(0, -1)));
  return parts.length === 0 ? 'at the start' : `${parts.join(' ')} before`;
}

function parse(leadTime: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(leadTime);
  } catch {
    return undefined;
  }
}

/**
 * How far behind its due moment a post was accepted.
 *
 * @example latenessWords(400) // '0.4 s after due'
 */
export function latenessWords(ms: number): string {
  if (ms < 50) return 'on time';
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s after due`;
  if (ms < 60_000) return `${Math.round(ms / 1_000)} s after due`;
  return `${Math.round(ms / 60_000)} min after due`;
}
