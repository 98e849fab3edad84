/** A day as people write it in a program, mostly without a year. */
export interface WrittenDay {
  /** 0 is Sunday. */
  readonly weekday?: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly year?: number;
}

/** A line such as `Thu, April 23, 8:00 to 9:30am CDT (8:00 to 9:30am CDT), Palmer House, Floor: 3rd, Salon 2`, taken apart. */
export interface ClockSpan {
  readonly on: WrittenDay;
  /** Minutes after the midnight that begins the day. */
  readonly start: number;
  /** As `start`, and past 1440 on the next day; of `endsOn` where that is written. */
  readonly end: number;
  readonly endsOn?: WrittenDay;
  /** Abbreviation or offset, as written. */
  readonly zone?: string;
  /** What stands behind the times. */
  readonly place: string;
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly half?: 'a' | 'p';
}

const dayMinutes = 24 * 60;
const longest = 600;
const names = (words: string) => words.split(' ');
const weekdays = names('sun mon tue wed thu fri sat');
const months = names('jan feb mar apr may jun jul aug sep oct nov dec');
const weekdayWord = '(?:(sun|mon|tue|wed|thu|fri|sat)[a-z]*\\.?,?\\s{1,3})?';
const monthWord = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const monthFirst = new RegExp(
  `^${weekdayWord}${monthWord}\\s{1,3}(\\d{1,2})(?:st|nd|rd|th)?\\b(?:,?\\s{1,3}(\\d{4})\\b)?`,
  'i',
);
const dayFirst = new RegExp(
  `^${weekdayWord}(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s{1,3}${monthWord}(?:,?\\s{1,3}(\\d{4})\\b)?`,
  'i',
);

/**
 * Reads the day at the beginning of a text; undefined where none stands there. `length` is how much of the text it takes.
 *
 * @example readDay('Thursday, April 23, 2026 CDT') // { day: { weekday: 4, month: 4, day: 23, year: 2026 }, length: 24 }
 */
export function readDay(
  text: string,
): { readonly day: WrittenDay; readonly length: number } | undefined {
  const first = monthFirst.exec(text);
  const found = first ?? dayFirst.exec(text);
  if (!found) return undefined;
  const [whole, weekday, second = '', third = '', year] = found;
  const [month, day] = first ? [second, Number(third)] : [third, Number(second)];
  const number = months.indexOf(month.toLowerCase()) + 1;
  if (day < 1 || day > 31) return undefined;
  return {
    day: {
      month: number,
      day,
      ...(weekday !== undefined && { weekday: weekdays.indexOf(weekday.toLowerCase()) }),
      ...(year !== undefined && { year: Number(year) }),
    },
    length: whole.length,
  };
}

/**
 * Takes a time line apart; undefined when it is none. A half of the day that is written once holds for both times, unless the end would lie before the start.
 *
 * @example readClockSpan('Fri, April 24, 11:30 to 1:00pm CDT, Room 5') // start 690, end 780, zone 'CDT', place 'Room 5'
 */
export function readClockSpan(line: string): ClockSpan | undefined {
  let rest = line.slice(0, longest).replace(/\s+/g, ' ').trim();
  const take = (length: number) => {
    rest = rest.slice(length).replace(/^[\s,]+/, '');
  };
  const day = readDay(rest);
  if (!day) return undefined;
  take(day.length);
  const first = readClock(rest);
  if (!first) return undefined;
  take(first.length);
  const until = /^(?:to|until|[-–—])\s*/i.exec(rest);
  if (!until) return undefined;
  take(until[0].length);
  const last = readDay(rest);
  if (last) take(last.length);
  const second = readClock(rest);
  if (!second) return undefined;
  rest = rest.slice(second.length);
  const zone = /^\s*([A-Za-z]{2,5}|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d\d)?)(?=[\s,(]|$)/i.exec(rest);
  if (zone) rest = rest.slice(zone[0].length);
  rest = rest.replace(/^\s*\([^()]*\)/, '');
  if (rest !== '' && !/^\s*[,;|]/.test(rest)) return undefined;
  return {
    on: day.day,
    ...minutesOf(first.clock, second.clock, last !== undefined),
    ...(last && { endsOn: last.day }),
    ...(zone?.[1] !== undefined && { zone: zone[1] }),
    place: rest.replace(/^[\s,;|]+/, '').trim(),
  };
}

/**
 * The minutes after midnight that a time of day within a span means, such as the start of a presentation; undefined when the text begins with none.
 *
 * @example readClockWithin('8:05am |', { start: 480, end: 570 }) // 485
 */
export function readClockWithin(
  text: string,
  { start, end }: Pick<ClockSpan, 'start' | 'end'>,
): number | undefined {
  const read = readClock(text.trim());
  if (!read) return undefined;
  const candidates = (read.clock.half === undefined ? (['a', 'p'] as const) : [read.clock.half])
    .map((half) => minutes(read.clock, half))
    .flatMap((at) => [at, at + dayMinutes]);
  return candidates.find((at) => at >= start && at <= end) ?? candidates[0];
}

function readClock(text: string): { readonly clock: Clock; readonly length: number } | undefined {
  const word = /^(?:12(?::00)?\s?)?(noon|midnight)\b/i.exec(text);
  if (word) {
    const half = word[1]?.toLowerCase() === 'noon' ? 'p' : 'a';
    return { clock: { hour: 12, minute: 0, half }, length: word[0].length };
  }
  const found = /^(\d{1,2})(?:[:.](\d\d))?(?!\d)(?:\s?([ap])\.?m\b\.?)?/i.exec(text);
  if (!found) return undefined;
  const [whole, hours, minute = '0', letter] = found;
  const half = letter === undefined ? undefined : letter.toLowerCase() === 'a' ? 'a' : 'p';
  const hour = Number(hours);
  const wrong = half === undefined ? hour > 24 : hour < 1 || hour > 12;
  if (wrong || Number(minute) > 59) return undefined;
  return {
    clock: { hour, minute: Number(minute), ...(half !== undefined && { half }) },
    length: whole.length,
  };
}

function minutesOf(
  first: Clock,
  second: Clock,
  endsOnAnotherDay: boolean,
): Pick<ClockSpan, 'start' | 'end'> {
  const half = first.half ?? second.half;
  let start = minutes(first, half);
  let end = minutes(second, second.half ?? half);
  if (end < start && !endsOnAnotherDay) {
    // "11:30 to 1:00pm" crosses noon: the half that is not written is the other one.
    if (first.half === undefined && second.half === 'p') start = minutes(first, 'a');
    else if (second.half === undefined && first.half === 'a') end = minutes(second, 'p');
    else {
      if (first.half === undefined && second.half === 'a') start = minutes(first, 'p');
      end += dayMinutes;
    }
  }
  return { start, end };
}

function minutes({ hour, minute }: Clock, half: 'a' | 'p' | undefined): number {
  if (half === undefined || hour > 12) return hour * 60 + minute;
  return ((hour % 12) + (half === 'p' ? 12 : 0)) * 60 + minute;
}
