import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/compose/digest.js';

describe('digestOf', () => {
  it('is the SHA-256 in base32', () => {
    // printf '"callboard"' | sha256sum | xxd -r -p | base32
    expect(digestOf('callboard')).toBe('5zwambwjkctvdmoyotznlxafsryceiwguwude74bzsg55cz3zwvq');
  });

  it('does not mind the order of properties nor absent ones', () => {
    expect(digestOf({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(
      digestOf({ b: { c: [1, 2] }, a: 1 }),
    );
    expect(digestOf({ a: [1, 2] })).not.toBe(digestOf({ a: [2, 1] }));
  });
});
