import type { Temporal } from 'temporal-polyfill';
import { inZone, type EpochMs } from '../time.js';

/**
 * A moment as iCalendar writes it in a zone, to the second: the wall clock, or UTC where the zone is UTC or its clock, set back, shows that time twice: a wall clock means the
 * first of them (https://www.rfc-editor.org/rfc/rfc5545#section-3.3.5), but readers do not agree.
 */
export function writtenIn(
  at: EpochMs,
  zone: string,
): { readonly wall: string; readonly isUtc: boolean } {
  const local = inZone(at - (((at % 1000) + 1000) % 1000), zone);
  const plain = local.toPlainDateTime();
  const [first, second] = (['earlier', 'later'] as const).map(
    (disambiguation) => plain.toZonedDateTime(zone, { disambiguation }).epochMilliseconds,
  );
  // A definition of a zone has whole seconds, but readers mostly whole minutes.
  const isPlain = first === second && wholeMinutes(local);
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
