import { inZone, type EpochMs } from '../../program/time.js';

/**
 * The id of a start on the page of its day: by the clock of the conference, so that a shared link means the same to every reader. An hour that the clocks
 * repeat has `-2` the second time.
 *
 * @example startAnchor(1776949200000, 'America/Chicago') // 't0800'
 */
export function startAnchor(at: EpochMs, zone: string): string {
  const here = inZone(at, zone);
  const wall = here.toPlainDateTime();
  const isAgain = wall.toZonedDateTime(zone).epochMilliseconds < here.epochMilliseconds;
  const digits = [here.hour, here.minute].map((part) => String(part).padStart(2, '0'));
  return `t${digits.join('')}${isAgain ? '-2' : ''}`;
}
