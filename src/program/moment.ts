import { Temporal } from 'temporal-polyfill';

import type { SourceMoment } from './source.js';
import type { EpochMs } from './time.js';

const iso =
  /^(\d{4})-?(\d\d)-?(\d\d)[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?\s*(?:([Zz])|([+-])(\d\d):?(\d\d)?)?$/;
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(2200, 0, 1);

/**
 * Reads an ISO 8601 date and time; undefined when it is none, names a day that does not exist, or lies outside 1970 to 2199.
 *
 * @example parseMoment('2025-12-27T10:30:00+01:00') // { at: 1766827800000, offset: 60 }
 * @example parseMoment('2025-12-27 10:30') // { wall: '2025-12-27T10:30:00' }
 */
export function parseMoment(text: string): SourceMoment | undefined {
  const parts = iso.exec(text.trim());
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', utc, sign, oh, om = '00'] =
    parts;
  const wall = utcOf(Number(year), Number(month), Number(day), Number(hour), Number(minute));
  if (wall === undefined || Number(second) > 60) return undefined;
  const local =
    wall + Math.min(Number(second), 59) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
  if (utc !== undefined) return within({ at: local });
  if (sign !== undefined) {
    const offset = (sign === '-' ? -1 : 1) * (Number(oh) * 60 + Number(om));
    if (Math.abs(offset) > 14 * 60) return undefined;
    return within({ at: local - offset * 60_000, offset });
  }
  return local >= earliest && local < latest
    ? {
        wall: new Date(local)
          .toISOString()
          .slice(0, -1)
          .replace(/\.000$/, ''),
      }
    : undefined;
}

/** A wall clock in a zone as a moment; a time that a clock change skips moves on by the change, a doubled one is the first. */
export function wallClockIn(wall: string, zone: string): EpochMs {
  const name = `${wall} ${zone}`;
  const known = moments.get(name);
  if (known !== undefined) return known;
  const at = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, {
    disambiguation: 'compatible',
  }).epochMilliseconds;
  if (moments.size >= mostMoments) moments.clear();
  moments.set(name, at);
  return at;
}

/** Wall clocks that were asked for: a program has thousands of sessions and few starts. */
const moments = new Map<string, EpochMs>();
const mostMoments = 10_000;

/**
 * The length of `HH:MM`, `D:HH:MM` or `HH:MM:SS`, in milliseconds; undefined when it is none. Of three parts the first is days
 * where it has one digit and hours where it has two: that is how exports write them.
 *
 * @example parseClockLength('01:30') // 5400000
 * @example parseClockLength('1:02:00') // 93600000
 * @example parseClockLength('00:25:00') // 1500000
 */
export function parseClockLength(text: string): number | undefined {
  const parts = /^(\d{1,3}):(\d\d)(?::(\d\d))?$/.exec(text.trim());
  if (!parts) return undefined;
  const [, head = '', middle, last] = parts;
  const [first, second, third] = [Number(head), Number(middle), Number(last ?? 0)];
  if (third > 59) return undefined;
  if (last !== undefined && head.length === 1) {
    return second < 24 ? ((first * 24 + second) * 60 + third) * 60_000 : undefined;
  }
  return second < 60 ? ((first * 60 + second) * 60 + third) * 1000 : undefined;
}

function within(moment: { at: EpochMs; offset?: number }): SourceMoment | undefined {
  return moment.at >= earliest && moment.at < latest ? moment : undefined;
}

function utcOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
): number | undefined {
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return at + (hour * 60 + minute) * 60_000;
}
