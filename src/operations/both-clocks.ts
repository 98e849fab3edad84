import type { EpochMs } from '../program/time.js';
import { timeWords } from '../site/time-words.js';

/**
 * A moment on both clocks.
 *
 * @example bothClocks(Date.parse('2026-04-02T14:00:00Z'), 'America/Chicago') // 'Thu 2 Apr 2026, 09:00 CDT, 14:00 UTC'
 */
export function bothClocks(at: EpochMs, zone: string): string {
  const words = timeWords(zone);
  const there = `${dayIn(at, zone)}, ${words.clock(at)} ${words.zone(at)}`;
  return words.zone(at) === 'UTC' ? there : `${there}, ${timeWords('UTC').clock(at)} UTC`;
}

/** A day with its year: `Thu 2 Apr 2026`. */
export function dayIn(at: EpochMs, zone: string): string {
  const year = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric' }).format(at);
  return `${timeWords(zone).day(at)} ${year}`;
}
