import { dayOf, type DayName } from '../calendar/day.js';
import type { EpochMs } from '../time.js';
import { fold } from './fold.js';
import type { DayValue } from './query.js';

const day = 24 * 3_600_000;

/**
 * Minutes since midnight of a clock time as people write it; undefined for anything else.
 *
 * @example minutesOf('14:00') // 840
 * @example minutesOf('2:30pm') // 870
 */
export function minutesOf(value: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2})?)?\s*([ap])?\.?m?\.?$/i.exec(value.trim());
  if (!match) return undefined;
  const half = match[3]?.toLowerCase();
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (minute > 59 || hour > 24 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  const onDial = half === undefined ? hour : (hour % 12) + (half === 'p' ? 12 : 0);
  return onDial * 60 + minute;
}

/** What a day may be named by: a date, a weekday in English or in the program's language, today, tomorrow, yesterday. */
export function dayValue(
  value: string,
  { now, zone, language = 'en' }: { now?: EpochMs; zone: string; language?: string },
): DayValue | undefined {
  const name = fold(value.trim());
  if (/^\d{4}-\d{2}-\d{2}$/.test(name)) {
    const isDate = !Number.isNaN(Date.parse(name));
    return isDate ? { kind: 'date', day: name } : undefined;
  }
  const away = { today: 0, tomorrow: 1, yesterday: -1 }[name];
  if (away !== undefined) {
    return now === undefined ? undefined : { kind: 'date', day: shifted(dayOf(now, zone), away) };
  }
  const weekday = weekdays('en').get(name) ?? weekdays(language).get(name);
  return weekday === undefined ? undefined : { kind: 'weekday', weekday };
}

/**
 * The weekday of a day: 1 is Monday, 7 is Sunday.
 *
 * @example weekdayOf('2026-04-23') // 4
 */
export function weekdayOf(name: DayName): number {
  return new Date(`${name}T00:00Z`).getUTCDay() || 7;
}

function shifted(name: DayName, days: number): DayName {
  return new Date(Date.parse(`${name}T00:00Z`) + days * day).toISOString().slice(0, 10);
}

const known = new Map<string, ReadonlyMap<string, number>>();

/** The names of the weekdays, long and short, folded and without dots. */
function weekdays(language: string): ReadonlyMap<string, number> {
  const before = known.get(language);
  if (before) return before;
  const names = new Map<string, number>();
  for (const weekday of ['long', 'short'] as const) {
    const format = formatOf(language, weekday);
    for (let number = 1; number <= 7; number += 1) {
      // 1 January 2024 was a Monday.
      const name = fold(format.format(Date.UTC(2024, 0, number))).replace(/\.$/, '');
      names.set(name, number);
    }
  }
  if (known.size < 100) known.set(language, names);
  return names;
}

function formatOf(language: string, weekday: 'long' | 'short'): Intl.DateTimeFormat {
  const options = { weekday, timeZone: 'UTC' } as const;
  try {
    return new Intl.DateTimeFormat(language, options);
  } catch {
    // A language that is no BCP 47 tag.
    return new Intl.DateTimeFormat('en', options);
  }
}
