import { createHash } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The SHA-256 of a plain value in lower-case base32 (RFC 4648, without padding): 52 letters and digits. Equal values
 * give equal digests whatever the order of their properties; absent and undefined properties are the same.
 *
 * @example digestOf({ a: 1, b: [2] }) === digestOf({ b: [2], a: 1 }) // true
 */
export function digestOf(value: unknown): string {
  return base32(createHash('sha256').update(JSON.stringify(value, sorted)).digest());
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet.charAt((held << (5 - bits)) & 31) : text;
}
