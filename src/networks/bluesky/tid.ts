import { createHash } from 'node:crypto';
import type { EpochMs } from '../../program/time.js';

/** Sorts as its characters do: https://atproto.com/specs/tid */
const alphabet = '234567abcdefghijklmnopqrstuvwxyz';
const clockBits = 10n;
const microsecondsInSecond = 1_000_000n;

/**
 * The record key of an announcement: a TID whose second is that of the due moment and whose microseconds and clock bits are a digest of who the announcement
 * is. About a billion keys share a second, so that announcements which are due together keep apart.
 *
 * @example tidOf('meeting/a/P1D/bluesky:@meeting/1', 1_777_636_800_000) // '3mks3d2jrtjy6'
 */
export function tidOf(id: string, dueAt: EpochMs): string {
  const digest = createHash('sha256').update(id).digest().readBigUInt64BE();
  const second = BigInt(Math.floor(dueAt / 1_000)) * microsecondsInSecond;
  const clock = digest & ((1n << clockBits) - 1n);
  return encode(((second + ((digest >> clockBits) % microsecondsInSecond)) << clockBits) | clock);
}

/**
 * The key after this one, for when it names another's record.
 *
 * @example nextTid('3mks3d2jrtjy6') // '3mks3d2jrtjy7'
 */
export function nextTid(tid: string): string {
  return encode(decode(tid) + 1n);
}

/** The moment that a TID bears, in milliseconds; undefined when it is none. */
export function momentOfTid(tid: string): EpochMs | undefined {
  if (!/^[234567abcdefghij][234567a-z]{12}$/.test(tid)) return undefined;
  return Number((decode(tid) >> clockBits) / 1_000n);
}

function encode(number: bigint): string {
  let tid = '';
  for (let left = number, at = 0; at < 13; at += 1, left >>= 5n) {
    tid = `${alphabet[Number(left & 31n)] ?? ''}${tid}`;
  }
  return tid;
}

function decode(tid: string): bigint {
  return Array.from(tid).reduce(
    (number, letter) => (number << 5n) | BigInt(alphabet.indexOf(letter)),
    0n,
  );
}
