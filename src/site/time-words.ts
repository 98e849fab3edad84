import { offsetAt } from '../program/calendar/day.js';
import { inZone, type EpochMs } from '../program/time.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// Only some English locales know a zone by its letters: `EST` is American, `CET` is European.
const englishes = ['en-GB', 'en-US', 'en-AU', 'en-IN', 'en-NZ', 'en-ZA', 'en'];

/** How dates are said. */
export interface Manner {
  /** BCP 47 tag; without: English. */
  readonly language?: string;
  /** Without: 24. */
  readonly clock?: '24' | '12';
}

/** Says moments in one zone; make one per page, since its formatters are costly. Labels are English, whatever the language of dates. */
export interface TimeWords {
  /** '14:15' */
  clock(at: EpochMs): string;
  /** '14:15:00' */
  exact(at: EpochMs): string;
  /** 'Sat 27 Dec' */
  day(at: EpochMs): string;
  /** 'Saturday, 27 December 2025' */
  longDay(at: EpochMs): string;
  /** 'CET', or 'GMT+5:45' where no letters are known. */
  zone(at: EpochMs): string;
}

/**
 * The words for moments in a zone.
 *
 * @example timeWords('Europe/Berlin').clock(1766824200000) // '09:30'
 */
export function timeWords(zone: string, { language = 'en', clock = '24' }: Manner = {}): TimeWords {
  const say = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(clock === '12' ? 'en-US' : 'en-GB', {
      timeZone: zone,
      hourCycle: clock === '12' ? 'h12' : 'h23',
      ...options,
    });
    // Newer versions of Node part the hours from AM and PM by a narrow space, which breaks in no line but in some fonts.
    return (at: EpochMs) => format.format(at).replace('\u202f', '\u00a0');
  };
  const hour = clock === '12' ? 'numeric' : '2-digit';
  const clocks = {
    clock: say({ hour, minute: '2-digit' }),
    exact: say({ hour, minute: '2-digit', second: '2-digit' }),
    zone: (at: EpochMs) => zoneLetters(at, zone),
  };
  return { ...clocks, ...(language === 'en' ? englishDays(zone) : daysIn(language, zone)) };
}

function daysIn(language: string, zone: string): Pick<TimeWords, 'day' | 'longDay'> {
  const short = new Intl.DateTimeFormat(language, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  const long = new Intl.DateTimeFormat(language, { timeZone: zone, dateStyle: 'full' });
  const isolated = (text: string) => (rightToLeft.test(language) ? `\u2067${text}\u2069` : text);
  return { day: (at) => isolated(short.format(at)), longDay: (at) => isolated(long.format(at)) };
}

/** Dates in these would turn round the hours beside them, https://www.w3.org/International/articles/inline-bidi-markup */
const rightToLeft = /^(?:ar|fa|he|ur)\b/;

function englishDays(zone: string): Pick<TimeWords, 'day' | 'longDay'> {
  const short = dayParts(zone, 'short');
  const long = dayParts(zone, 'long');
  return {
    day: (at) => {
      const { weekday, day, month } = short(at);
      return `${weekday} ${day} ${month}`;
    },
    longDay: (at) => {
      const { weekday, day, month, year } = long(at);
      return `${weekday}, ${day} ${month} ${year}`;
    },
  };
}

/** The parts of a date; put together by us, because the order and commas of a locale change between versions of Node. */
function dayParts(zone: string, length: 'short' | 'long') {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: length,
    day: 'numeric',
    month: length,
    year: 'numeric',
  });
  return (at: EpochMs) => {
    const parts = format.formatToParts(at);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    return { weekday: part('weekday'), day: part('day'), month: part('month'), year: part('year') };
  };
}

function zoneLetters(at: EpochMs, zone: string): string {
  const key = `${zone} ${offsetAt(at, zone)}`;
  const known = knownLetters.get(key);
  if (known !== undefined) return known;
  const letters = lettersOf(at, zone);
  if (knownLetters.size < 2_000) knownLetters.set(key, letters);
  return letters;
}

function lettersOf(at: EpochMs, zone: string): string {
  const names = englishes.map(
    (locale) =>
      new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'short' })
        .formatToParts(at)
        .find((part) => part.type === 'timeZoneName')?.value ?? zone,
  );
  return names.find((name) => /^[A-Z]+$/.test(name)) ?? names[0] ?? zone;
}

/** Zones name their letters for a year at a time; asking seven locales for each time on a page is slow. */
const knownLetters = new Map<string, string>();

/** Whether two moments fall on one day of the zone. */
export function sameDay(one: EpochMs, other: EpochMs, zone: string): boolean {
  return inZone(one, zone).toPlainDate().equals(inZone(other, zone).toPlainDate());
}

/**
 * How far a moment is from now, in words. `live.js` says the same in the browser.
 *
 * @example relativeWords(720_000, 0) // 'in 12 minutes'
 * @example relativeWords(0, 3_600_000) // '1 hour ago'
 */
export function relativeWords(at: EpochMs, now: EpochMs): string {
  const distance = Math.abs(at - now);
  if (distance < 5 * second) return 'now';
  const words = distanceWords(distance);
  return at > now ? `in ${words}` : `${words} ago`;
}

/**
 * How long ago, as short as timelines say it. `live.js` says the same in the browser.
 *
 * @example briefWords(0, 300_000) // '5m'
 */
export function briefWords(at: EpochMs, now: EpochMs): string {
  const distance = Math.max(0, now - at);
  if (distance < 5 * second) return 'now';
  if (distance < minute) return `${Math.floor(distance / second)}s`;
  if (distance < hour) return `${Math.floor(distance / minute)}m`;
  if (distance < day) return `${Math.floor(distance / hour)}h`;
  return `${Math.floor(distance / day)}d`;
}

function distanceWords(ms: number): string {
  if (ms < minute) return counted(Math.floor(ms / second), 'second');
  if (ms < hour) return counted(Math.round(ms / minute), 'minute');
  if (ms < 36 * hour) return counted(Math.round(ms / hour), 'hour');
  return counted(Math.round(ms / day), 'day');
}

/**
 * A number with its noun.
 *
 * @example counted(1, 'hour') // '1 hour'
 * @example counted(2, 'person', 'people') // '2 people'
 */
export function counted(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}
