import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heedQuietHours } from '../../src/campaign/quiet-hours.js';
import { inZone, toIso } from '../../src/program/time.js';
import { at } from './builders.js';

const night = { from: '22:00', to: '07:00' };
const heed = (due: string, until: string, quiet = night, zone = 'Europe/Berlin') =>
  toIso(heedQuietHours(at(due), at(until), quiet, zone));

describe('quiet hours', () => {
  it('leave a due moment outside of them alone, their end included', () => {
    expect(heed('2026-06-10T19:59:59Z', '2026-06-10T23:00:00Z')).toBe('2026-06-10T19:59:59Z');
    expect(heed('2026-06-10T05:00:00Z', '2026-06-10T08:00:00Z')).toBe('2026-06-10T05:00:00Z');
  });

  it('move a due moment to their end when the deadline allows, before and after midnight', () => {
    expect(heed('2026-06-10T20:00:00Z', '2026-06-11T20:00:00Z')).toBe('2026-06-11T05:00:00Z');
    expect(heed('2026-06-11T04:30:00Z', '2026-06-11T07:30:00Z')).toBe('2026-06-11T05:00:00Z');
  });

  it('move it to a minute before they begin when less than a minute would be left', () => {
    expect(heed('2026-06-10T21:00:00Z', '2026-06-11T00:00:00Z')).toBe('2026-06-10T19:59:00Z');
    expect(heed('2026-06-11T04:30:00Z', '2026-06-11T05:00:59Z')).toBe('2026-06-10T19:59:00Z');
    expect(heed('2026-06-11T04:30:00Z', '2026-06-11T05:01:00Z')).toBe('2026-06-11T05:00:00Z');
  });

  it('may lie within one day', () => {
    const noon = { from: '12:00', to: '13:30' };
    expect(heed('2026-06-10T10:15:00Z', '2026-06-10T13:15:00Z', noon)).toBe('2026-06-10T11:30:00Z');
    expect(heed('2026-06-10T10:15:00Z', '2026-06-10T10:18:00Z', noon)).toBe('2026-06-10T09:59:00Z');
    expect(heed('2026-06-10T20:00:00Z', '2026-06-10T23:15:00Z', noon)).toBe('2026-06-10T20:00:00Z');
  });

  it('end at the wall-clock time in a night in which the clock is changed', () => {
    expect(heed('2026-03-28T22:00:00Z', '2026-03-29T22:00:00Z')).toBe('2026-03-29T05:00:00Z');
    expect(heed('2026-10-24T22:00:00Z', '2026-10-25T22:00:00Z')).toBe('2026-10-25T06:00:00Z');
  });

  it('last through both of a doubled hour, and as much longer over a skipped one', () => {
    const short = { from: '01:00', to: '02:30' };
    // Berlin: 02:30 comes at 00:30Z and again at 01:30Z on 25 October 2026; on 29 March it is skipped.
    expect(heed('2026-10-25T00:45:00Z', '2026-10-25T09:00:00Z', short)).toBe(
      '2026-10-25T01:30:00Z',
    );
    expect(heed('2026-03-29T00:30:00Z', '2026-03-29T09:00:00Z', short)).toBe(
      '2026-03-29T01:30:00Z',
    );
    // Lord Howe: 01:45 comes at 14:45Z and again at 15:15Z on 4 April 2026.
    const half = { from: '01:00', to: '01:45' };
    expect(heed('2026-04-04T14:50:00Z', '2026-04-04T20:00:00Z', half, 'Australia/Lord_Howe')).toBe(
      '2026-04-04T15:15:00Z',
    );
  });

  it('never leave a due moment inside of them, whatever the moment and the deadline', () => {
    const zones = ['Europe/Berlin', 'America/Chicago', 'Australia/Lord_Howe', 'Asia/Kolkata'];
    const year = { min: at('2026-01-01T00:00:00Z'), max: at('2026-12-31T00:00:00Z') };
    fc.assert(
      fc.property(
        fc.integer(year),
        fc.integer({ min: 0, max: 24 * 60 }),
        fc.constantFrom(...zones),
        (due, minutes, zone) => {
          const expiresAt = due + minutes * 60_000;
          const moved = heedQuietHours(due, expiresAt, night, zone);
          const wall = inZone(moved, zone).toPlainTime().toString().slice(0, 5);
          expect(wall >= '07:00' && wall < '22:00').toBe(true);
          expect(moved <= Math.max(due, expiresAt)).toBe(true);
          expect(heedQuietHours(moved, expiresAt, night, zone)).toBe(moved);
        },
      ),
    );
  });
});
