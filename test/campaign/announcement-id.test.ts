import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { announcementId } from '../../src/campaign/announcement-id.js';

const identity = {
  edition: 'meeting-2026',
  session: 'k3v9',
  leadTime: 'PT15M',
  account: 'preview:x',
  round: 1,
};

describe('an announcement id', () => {
  it('is the same for ever', () => {
    expect(announcementId(identity)).toBe('am7glitqw4gpfxix');
  });

  it('is the base32 of the first 80 bits of a SHA-256', () => {
    const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
    fc.assert(
      fc.property(fc.string(), fc.nat(), (session, round) => {
        const text = `meeting-2026\n${session}\nPT15M\npreview:x\n${round}`;
        const bits = [...createHash('sha256').update(text).digest().subarray(0, 10)]
          .map((byte) => byte.toString(2).padStart(8, '0'))
          .join('');
        const expected = (bits.match(/.{5}/g) ?? []).map((five) =>
          alphabet.charAt(parseInt(five, 2)),
        );
        expect(announcementId({ ...identity, session, round })).toBe(expected.join(''));
      }),
    );
  });

  it('differs when any part of the identity does', () => {
    const others = [
      { edition: 'meeting-2027' },
      { session: 'k3v8' },
      { leadTime: 'PT16M' },
      { account: 'preview:threads' },
      { round: 2 },
    ].map((part) => announcementId({ ...identity, ...part }));
    expect(new Set([...others, announcementId(identity)]).size).toBe(6);
  });
});
