import { Temporal } from 'temporal-polyfill';
import { inZone, type EpochMs } from '../time.js';

/**
 * A moment as iCalendar writes it in a zone, to the second: the wall clock, or UTC where the zone is UTC or its clock, set back, shows that time for the second time,
 * which a wall clock cannot say (https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5).
 */
export function writtenIn(
  at: EpochMs,
  zone: string,
): { readonly wall: string; readonly isUtc: boolean } {
  const local = inZone(at - (((at % 1000) + 1000) % 1000), zone);
  const plain = local.toPlainDateTime();
  const first = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  // A definition of a zone has whole seconds, but readers mostly whole minutes.
  const isPlain = first.epochMilliseconds === local.epochMilliseconds && wholeMinutes(local);
  return isUtcZone(zone) || !isPlain
    ? {
        wall: local.withTimeZone('UTC').toPlainDateTime().toString({ smallestUnit: 'second' }),
        isUtc: true,
      }
    : { wall: plain.toString({ smallestUnit: 'second' }), isUtc: false };
}

/** Whether a zone is UTC under one of its names. */
export function isUtcZone(zone: string): boolean {
  return /^(?:Etc\/)?(?:UTC|UCT|Universal|Zulu|GMT|Greenwich)$/i.test(zone);
}

function wholeMinutes(local: Temporal.ZonedDateTime): boolean {
  return local.offsetNanoseconds % 60e9 === 0;
}
