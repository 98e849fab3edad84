import { report, type Problems } from '../problem.js';
import type { SourceHints, SourceMoment } from '../source.js';
import { readLength } from './clock.js';
import { isoDay, type WrittenDay } from './day.js';
import { settleDateOrder } from './date-order.js';
import { readWrittenMoment, type WrittenMoment } from './written-moment.js';

/** The cells of a row that say when; several where columns are joined. */
export interface TimeCells {
  readonly date: readonly string[];
  readonly start: readonly string[];
  readonly end: readonly string[];
  readonly duration: readonly string[];
}

/** When a row says that something begins and ends. */
export interface RowTimes {
  readonly start?: SourceMoment | undefined;
  readonly end?: SourceMoment | undefined;
  readonly durationMs?: number | undefined;
}

/** Reads the times of rows. */
export interface TimeReader {
  /** `day` is meant where the row says none: that of the row above, or of the session. */
  read(cells: TimeCells, place: string, day?: string): RowTimes;
  /** The day of a row, `2026-04-23`; undefined where it says none. */
  dayOf(cells: TimeCells): string | undefined;
}

/**
 * Makes the reader of a table's times out of all its times: only together they settle whether day or month comes first. What had to be concluded is
 * reported once, not per row.
 *
 * @throws CallboardError exit `program` where the order of day and month stays open
 */
export function timeReader(
  all: Iterable<TimeCells>,
  { hints, place, problems }: { hints: SourceHints; place: string; problems: Problems },
): TimeReader {
  const known = new Map<string, WrittenMoment | undefined>();
  const written = (text: string) => {
    if (!known.has(text)) known.set(text, readWrittenMoment(text));
    return known.get(text);
  };
  const days: WrittenDay[] = [];
  for (const { date, start, end } of all) {
    for (const text of [...date, ...start, ...end]) {
      const day = written(text)?.day;
      if (day) days.push(day);
    }
  }
  const order = settleDateOrder(days, {
    given: hints.dateOrder,
    replaced: hints.replaced,
    place,
    problems,
  });
  const once = onceEach(problems);
  const iso = (day: WrittenDay | undefined) =>
    day && isoDay(day, order, (month, number) => yearOf(month, number, hints, once, place));
  const dayIn = (moments: readonly WrittenMoment[]) =>
    iso(moments.find(({ day }) => day !== undefined)?.day);

  const look = (texts: readonly string[], where: string) => {
    const moments = texts.flatMap((text) => written(text) ?? []);
    const zone = moments.find((moment) => moment.zone !== undefined)?.zone;
    if (zone !== undefined && !isUtc(zone)) tellZone(once, zone, where);
    return {
      at: moments.find(({ at }) => at)?.at,
      day: dayIn(moments),
      clock: moments.filter(({ clock }) => clock !== undefined).at(-1),
      utc: zone !== undefined && isUtc(zone),
    };
  };
  const dateOf = (texts: readonly string[]) => dayIn(texts.flatMap((text) => written(text) ?? []));

  return {
    dayOf: ({ date, start }) => dateOf(date) ?? dateOf(start),
    read({ date, start, end, duration }, where, above) {
      if (start.length + date.length + end.length + duration.length === 0) return {};
      const length = duration.map(readLength).find((ms) => ms !== undefined);
      const begins = look(start, where);
      const ends = look(end, where);
      // A day that cannot be read is not the one above.
      const day = dateOf(date) ?? begins.day ?? (date.length === 0 ? above : undefined);
      const clock = begins.clock?.clock;
      const until = ends.clock?.clock ?? begins.clock?.until;
      const moment = (on: string | undefined, at: number | undefined, utc: boolean) =>
        on === undefined || at === undefined ? undefined : momentOn(on, at, utc);
      const isNextDay =
        ends.day === undefined && clock !== undefined && until !== undefined && until < clock;
      if (isNextDay) tellNextDay(once, where);
      const endDay = ends.day ?? (isNextDay && day !== undefined ? later(day, 1) : day);
      return {
        start: begins.at ?? moment(day, clock, begins.utc),
        end: ends.at ?? moment(endDay, until, ends.utc || (begins.utc && end.length === 0)),
        durationMs: length,
      };
    },
  };
}

function momentOn(day: string, clock: number, utc: boolean): SourceMoment {
  const on = clock < 1440 ? day : later(day, 1);
  const [hour, minute] = [Math.floor(clock / 60) % 24, clock % 60];
  const wall = `${on}T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`;
  return utc ? { at: Date.parse(`${wall}Z`), offset: 0 } : { wall };
}

function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

type Once = (code: string, tell: () => void) => void;

function onceEach(problems: Problems): Once & { readonly problems: Problems } {
  const told = new Set<string>();
  const once: Once = (code, tell) => {
    if (told.has(code)) return;
    told.add(code);
    tell();
  };
  return Object.assign(once, { problems });
}

function yearOf(
  month: number,
  day: number,
  { year, asOf }: SourceHints,
  once: ReturnType<typeof onceEach>,
  place: string,
): number | undefined {
  if (year !== undefined) return year;
  if (asOf === undefined) return undefined;
  const now = new Date(asOf).getUTCFullYear();
  const far = (candidate: number) => Math.abs(Date.UTC(candidate, month - 1, day) - asOf);
  const nearest = [now - 1, now, now + 1].sort((one, other) => far(one) - far(other))[0] ?? now;
  once(`year ${nearest}`, () => {
    report(once.problems, 'repaired', 'year-guessed', {
      place,
      problem: `days are written without a year; ${nearest} is taken, the nearest to the day on which it was read`,
      remedy: `Say the year in the config (program.year: ${nearest}), or with --year`,
    });
  });
  return nearest;
}

function tellZone(once: ReturnType<typeof onceEach>, zone: string, place: string): void {
  once(`zone ${zone}`, () => {
    report(once.problems, 'note', 'zone-not-read', {
      place,
      problem: `times are followed by ${zone}, which is not read: they are taken in the zone of the conference`,
      remedy: 'Check that the zone in the config is the one that is meant',
    });
  });
}

function tellNextDay(once: ReturnType<typeof onceEach>, place: string): void {
  once('next day', () => {
    report(once.problems, 'note', 'ends-next-day', {
      place,
      problem: 'a time of end before the start is taken as past midnight, here and below',
      remedy: 'Nothing, where that is meant; else correct the end',
    });
  });
}

function isUtc(zone: string): boolean {
  return zone === 'UTC' || zone === 'GMT' || zone === 'Z';
}
