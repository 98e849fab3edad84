import { Temporal } from 'temporal-polyfill';

/** A moment: milliseconds since 1970-01-01T00:00Z. The one form of time inside Callboard; borders speak ISO 8601. */
export type EpochMs = number;

/**
 * A moment as ISO 8601 in UTC, without the fraction when it is zero.
 *
 * @example toIso(1766824200000) // '2025-12-27T08:30:00Z'
 */
export function toIso(at: EpochMs): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Three letters that name a zone of IANA. The machine knows more, and not as people mean them: its `BST` is the time of Dhaka. */
const threeLetters = /^(?:CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)$/i;

/** Zones that were asked for and are known: asking costs as much as reading a whole session. There are some 600. */
const knownZones = new Set<string>();

/** Whether the name is an IANA time zone that this machine knows, such as `Europe/Berlin`. */
export function isZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  if (/^[a-z]{3}$/i.test(name) && !threeLetters.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    const isNamed = /^[A-Za-z]/.test(name);
    if (isNamed && knownZones.size < 1000) knownZones.add(name);
    return isNamed;
  } catch {
    return false;
  }
}

/** The wall clock of a zone at a moment. */
export function inZone(at: EpochMs, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
