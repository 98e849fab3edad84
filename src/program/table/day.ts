import { monthNamed } from './calendar-words.js';
import type { DateOrder } from './mapping.js';

/** A day as a cell says it: its parts are known, or two numbers of which either may be the month. */
export type WrittenDay =
  | { readonly year?: number; readonly month: number; readonly day: number }
  | {
      readonly year?: number;
      readonly first: number;
      readonly second: number;
      /** `24.02.2026`: wherever dates have dots the day comes first. */
      readonly dotted: boolean;
    };

const firstSerial = 20_000;
const lastSerial = 80_000;

/**
 * Reads a day: ISO, `2/24/2026`, `24.02.2026`, `April 23`, `Thu, 23 avril 2026`, `2026年4月23日`, or the serial number by which Excel counts days.
 * Undefined when it is none.
 *
 * @example readDay('Thu, April 23') // { month: 4, day: 23 }
 * @example readDay('2/3/2026') // { year: 2026, first: 2, second: 3, dotted: false }
 */
export function readDay(text: string): WrittenDay | undefined {
  const bare = text.trim().replace(/\s*\([\p{L}. ]{1,20}\)$/u, '');
  if (bare === '' || bare.length > 60) return undefined;
  const number = Number(bare);
  if (/^\d{5}(?:\.\d+)?$/.test(bare) && number >= firstSerial && number < lastSerial) {
    return daySerial(number);
  }
  return yearFirst(bare) ?? numeric(withoutWeekday(bare)) ?? inWords(bare);
}

/** The day that Excel counts so, from 1900 on. */
function daySerial(serial: number): WrittenDay {
  const date = new Date((Math.floor(serial) - 25_569) * 86_400_000);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
  };
}

function yearFirst(text: string): WrittenDay | undefined {
  const parts =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\.?$/.exec(text) ??
    /^(\d{4})()(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})(年)(\d{1,2})月(\d{1,2})日/.exec(text);
  if (!parts) return undefined;
  return real({ year: Number(parts[1]), month: Number(parts[3]), day: Number(parts[4]) });
}

function numeric(text: string): WrittenDay | undefined {
  const parts = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})(?:\s?\2\s?(\d{4}|\d\d))?\.?$/.exec(text);
  if (!parts) return undefined;
  const [, one, sign, other, year] = parts;
  const [first, second] = [Number(one), Number(other)];
  if (first < 1 || second < 1 || Math.max(first, second) > 31 || Math.min(first, second) > 12)
    return undefined;
  return { ...yearOf(year), first, second, dotted: sign === '.' };
}

function withoutWeekday(text: string): string {
  return text.replace(/^\p{L}{2,12}\.?,?\s*(?=\d)/u, '');
}

function inWords(text: string): WrittenDay | undefined {
  const words = text.match(/\p{L}[\p{L}.]*|\d+/gu) ?? [];
  if (words.length > 8) return undefined;
  const month = words
    .map(monthNamed)
    .filter((number) => number !== undefined)
    .at(-1);
  if (month === undefined) return undefined;
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const long = numbers.filter((number) => number.length === 4);
  const [day, short] = numbers.filter((number) => number.length < 3);
  if (day === undefined || long.length > 1 || numbers.length > 2) return undefined;
  return real({ ...yearOf(long[0] ?? short), month, day: Number(day) });
}

function yearOf(text: string | undefined): { readonly year?: number } {
  if (text === undefined) return {};
  return { year: Number(text) + (text.length === 2 ? 2000 : 0) };
}

function real(day: { year?: number; month: number; day: number }): WrittenDay | undefined {
  return isDate(day.year ?? 2024, day.month, day.day) ? day : undefined;
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return (
    year >= 1970 && year < 2200 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  );
}

/**
 * The day as `2026-04-23`, with numbers in the given order, and a year where it has none; undefined when there is no such day.
 *
 * @example isoDay({ year: 2026, first: 2, second: 3, dotted: false }, 'mdy') // '2026-02-03'
 */
export function isoDay(
  day: WrittenDay,
  order: DateOrder,
  yearOf: (month: number, day: number) => number | undefined,
): string | undefined {
  const [month, number] =
    'month' in day
      ? [day.month, day.day]
      : order === 'mdy'
        ? [day.first, day.second]
        : [day.second, day.first];
  const year = day.year ?? yearOf(month, number);
  if (year === undefined || !isDate(year, month, number)) return undefined;
  const padded = (part: number) => String(part).padStart(2, '0');
  return `${year}-${padded(month)}-${padded(number)}`;
}
