import { hash } from 'node:crypto';
import type { AnnouncementIdentity } from './announcement.js';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Every two letters by the ten bits that they stand for: a quarter of a plan's time went into making ids by single letters. */
const pairs: readonly string[] = Array.from(
  { length: 1024 },
  (_, bits) => alphabet.charAt(bits >>> 5) + alphabet.charAt(bits & 31),
);

/**
 * The permanent id of an announcement: the first 80 bits of a SHA-256 over its identity, in base32 (RFC 4648, lower case).
 * 16 letters and digits, so that it serves as a queue's job id and in an address. Two of a million announcements share
 * one with a chance of about 4 in 10¹³.
 *
 * @example announcementId({ edition: 'meeting-2026', session: 'k3v9', leadTime: 'PT15M', account: 'preview:x', round: 1 })
 * // 'am7glitqw4gpfxix'
 */
export function announcementId(identity: AnnouncementIdentity): string {
  const { edition, session, leadTime, account, round } = identity;
  // A line break can stand in none of the parts, so that two identities never read the same.
  const digest = hash('sha256', [edition, session, leadTime, account, round].join('\n'), 'hex');
  let id = '';
  // Five hexadecimal digits are 20 bits: four letters.
  for (let at = 0; at < 20; at += 5) {
    const bits = parseInt(digest.slice(at, at + 5), 16);
    id += (pairs[bits >>> 10] ?? '') + (pairs[bits & 1023] ?? '');
  }
  return id;
}
