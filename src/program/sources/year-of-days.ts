import { report, type Problems } from '../problem.js';
import { toIso, type EpochMs } from '../time.js';
import type { WrittenDay } from './clock-span.js';

/** Finds the year of days that are written without one, and remembers what it had to guess. */
export interface YearOfDays {
  /** Milliseconds of the midnight, in UTC, that begins the day; undefined where no year is known or the day does not exist. */
  midnightOf(day: WrittenDay): number | undefined;
  /** Says, once for the whole program, which year was guessed, and from what. */
  reportTo(problems: Problems): void;
}

/** The same day of the week comes round within eleven years at most, for 29 February within forty. */
const furthest = 40;

/**
 * The year is the one that is written, else the one that the operator gives, else that of the same day where another page of the program writes it, else, of the years
 * in which the day falls on its day of the week, the nearest to `asOf`: that last one is a guess, and reported.
 */
export function yearOfDays(known: {
  readonly year: number | undefined;
  readonly asOf: EpochMs | undefined;
  /** Days that the program writes with their year. */
  readonly proven: readonly WrittenDay[];
}): YearOfDays {
  const proven = new Map<string, number>();
  for (const { year, month, day, ...at } of known.proven) {
    if (year === undefined) continue;
    proven.set(nameOf({ ...at, month, day }), year);
    proven.set(nameOf({ month, day }), year);
  }
  let guessed: WrittenDay | undefined;
  let unknown: WrittenDay | undefined;
  let mismatched: WrittenDay | undefined;
  const year = (day: WrittenDay): number | undefined => {
    if (day.year !== undefined) return day.year;
    const own = known.year;
    if (own !== undefined) {
      // A meeting over New Year has days of two years.
      const beside = day.month <= 2 ? [1] : day.month >= 11 ? [-1] : [];
      const near = [0, ...beside].map((years) => own + years);
      const fitting = near.find((one) => fits(day, one));
      if (fitting === undefined) mismatched ??= { ...day, year: own };
      return fitting ?? own;
    }
    const stated = proven.get(nameOf(day));
    if (stated !== undefined) return stated;
    const nearest = known.asOf === undefined ? undefined : nearestYear(day, known.asOf);
    if (nearest === undefined) unknown ??= day;
    else guessed ??= { ...day, year: nearest };
    return nearest;
  };
  const remedy = 'Give the year with --year, or in the config (program.year)';
  return {
    midnightOf(day) {
      const found = year(day);
      return found === undefined ? undefined : midnight(day, found);
    },
    reportTo(problems) {
      if (guessed) {
        report(problems, 'repaired', 'year-guessed', {
          place: 'days',
          problem: `the days stand without a year; ${guessed.year ?? ''} is taken, the nearest in which ${spoken(guessed)}`,
          remedy,
        });
      }
      if (unknown) {
        report(problems, 'dropped', 'year-unknown', {
          place: 'days',
          problem: `the days stand without a year, and no near one has a day on which ${spoken(unknown)}`,
          remedy,
        });
      }
      if (mismatched) {
        report(problems, 'repaired', 'year-contradicts-weekday', {
          place: 'days',
          problem: `in ${mismatched.year ?? ''} it is not so that ${spoken(mismatched)}; the year is trusted`,
          remedy: 'Check the year that is given with --year or in the config (program.year)',
        });
      }
    },
  };
}

function nearestYear(day: WrittenDay, asOf: EpochMs): number | undefined {
  const now = new Date(asOf).getUTCFullYear();
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let year = now - furthest; year <= now + furthest; year++) {
    if (!fits(day, year)) continue;
    const away = Math.abs((midnight(day, year) ?? Number.POSITIVE_INFINITY) - asOf);
    if (away < least) [best, least] = [year, away];
  }
  return best;
}

function fits(day: WrittenDay, year: number): boolean {
  const at = midnight(day, year);
  return at !== undefined && (day.weekday ?? new Date(at).getUTCDay()) === new Date(at).getUTCDay();
}

function midnight({ month, day }: WrittenDay, year: number): number | undefined {
  const at = Date.UTC(year, month - 1, day);
  return year >= 1970 && year < 2200 && new Date(at).getUTCDate() === day ? at : undefined;
}

function nameOf({ month, day, weekday }: WrittenDay): string {
  return `${month}-${day}-${weekday ?? ''}`;
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `04-23 is a Thursday`. */
function spoken({ month, day, weekday }: WrittenDay): string {
  const date = toIso(Date.UTC(2000, month - 1, day)).slice(5, 10);
  return weekday === undefined ? `${date} exists` : `${date} is a ${weekdays[weekday] ?? ''}`;
}
