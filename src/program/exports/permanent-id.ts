import { hash } from 'node:crypto';
import type { Key } from '../model.js';

/**
 * The UUID of a thing for formats that want one: made of our permanent key, so it is the same in every export and for ever
 * (https://www.rfc-editor.org/rfc/rfc9562#section-5.8, version 8).
 *
 * @example keyUuid('6ihl4qtevrgh') // 'c98b0a4e-…'
 */
export function keyUuid(key: Key): string {
  const digits = hash('sha256', `callboard ${key}`, 'hex');
  const variant = ((parseInt(digits.slice(16, 17), 16) & 3) | 8).toString(16);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `8${digits.slice(13, 16)}`,
    `${variant}${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/**
 * A number for each key, from 1 to 2³¹−1, no number twice: for formats that know things by number. It is made of the key, and moves on by one only where two
 * of these keys give the same.
 *
 * @param taken numbers that other things have
 */
export function keyNumbers(
  keys: Iterable<Key>,
  taken: ReadonlySet<number> = new Set(),
): ReadonlyMap<Key, number> {
  const used = new Set(taken);
  const numbers = new Map<Key, number>();
  for (const key of [...keys].sort()) {
    if (numbers.has(key)) continue;
    let number = parseInt(hash('sha256', `callboard ${key}`, 'hex').slice(0, 8), 16) & 0x7fffffff;
    while (number === 0 || used.has(number)) number = (number + 1) & 0x7fffffff;
    used.add(number);
    numbers.set(key, number);
  }
  return numbers;
}
