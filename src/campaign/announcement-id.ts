import { hash } from 'node:crypto';
import type { AnnouncementIdentity } from './announcement.js';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const bytes = 10;

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
  const digest = hash('sha256', [edition, session, leadTime, account, round].join('\n'), 'buffer');
  let id = '';
  let bits = 0;
  let held = 0;
  for (let at = 0; at < bytes; at += 1) {
    held = (held << 8) | (digest[at] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      id += alphabet.charAt((held >>> bits) & 31);
    }
    held &= 31;
  }
  return id;
}
