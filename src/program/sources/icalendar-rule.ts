import ICAL from 'ical.js';

import { wallOf, type Frame, type WallMs } from './icalendar-time.js';

/** A recurrence rule (RFC 5545, 3.3.10), as ical.js takes it apart. */
export interface Rule {
  readonly freq: string;
  readonly interval: number;
  readonly count: number | null;
  /** On the wall clock of the event's start; of a day its last moment. */
  readonly until: WallMs | undefined;
  /** 0 for Sunday, to 6. */
  readonly weekStart: number;
  readonly parts: Readonly<Record<string, readonly (string | number)[] | undefined>>;
}

const day = 86_400_000;
const days = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const known = new Set(
  'BYDAY BYMONTHDAY BYMONTH BYYEARDAY BYSETPOS BYHOUR BYMINUTE BYSECOND'.split(' '),
);

/** A rule of ical.js; `onStart` puts a wall clock onto that of the event's start, on which UNTIL is compared. */
export function ruleOf(
  { freq, interval, count, until, wkst, parts }: ICAL.Recur,
  onStart: (frame: Frame, wall: WallMs) => WallMs,
): Rule {
  return {
    freq,
    interval: Math.max(1, interval || 1),
    count: count !== null && count > 0 ? count : null,
    until: until ? lastMoment(until, onStart) : undefined,
    weekStart: (wkst || 2) - 1,
    parts,
  };
}

function lastMoment(until: ICAL.Time, onStart: (frame: Frame, wall: WallMs) => WallMs): WallMs {
  const wall = wallOf(until);
  if (until.isDate) return wall + day - 1;
  const isUtc = until.zone === ICAL.Timezone.utcTimezone;
  return isUtc ? onStart({ kind: 'utc' }, wall) : wall;
}

/** Whether a rule can be followed: daily to yearly, without parts that nearly nobody writes (weeks of the year). */
export function isFollowed({ freq, parts }: Rule): boolean {
  return (
    ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(freq) &&
    Object.keys(parts).every((part) => known.has(part))
  );
}

/**
 * The starts that a rule gives, in order, from the event's own start on, which is always the first: at most `limits.most`, none after `limits.until`. It
 * looks at each day once, so that no rule, however odd, takes long.
 */
export function* startsOf(
  rule: Rule,
  start: WallMs,
  limits: { readonly until: WallMs; readonly most: number },
): Generator<WallMs> {
  yield start;
  let left = Math.min(rule.count ?? Infinity, limits.most) - 1;
  const last = Math.min(rule.until ?? Infinity, limits.until);
  const times = timesOfDay(rule, start);
  for (const period of periods(rule, start, last)) {
    const starts = chosen(
      rule,
      period.flatMap((date) => times.map((time) => date + time)),
    );
    for (const one of starts) {
      if (one <= start) continue;
      if (one > last || left-- <= 0) return;
      yield one;
    }
  }
}

/** Days that the rule names, by the period in which positions are counted: a day, a week, a month or a year. */
function* periods(rule: Rule, start: WallMs, last: WallMs): Generator<readonly WallMs[]> {
  let name: number | undefined;
  let period: WallMs[] = [];
  for (let date = firstDay(rule, start); date <= last; date += day) {
    const here = periodOf(rule, date);
    if (here !== name) {
      if (period.length > 0) yield period;
      [name, period] = [here, []];
    }
    if (names(rule, start, date)) period.push(date);
  }
  if (period.length > 0) yield period;
}

/** Positions are counted from the begin of the period, though it lies before the start. */
function firstDay(rule: Rule, start: WallMs): WallMs {
  const today = Math.floor(start / day) * day;
  if (!rule.parts.BYSETPOS) return today;
  const date = new Date(today);
  if (rule.freq === 'WEEKLY') return today - ((date.getUTCDay() - rule.weekStart + 7) % 7) * day;
  if (rule.freq === 'DAILY') return today;
  return Date.UTC(date.getUTCFullYear(), rule.freq === 'YEARLY' ? 0 : date.getUTCMonth(), 1);
}

function periodOf({ freq, weekStart }: Rule, date: WallMs): number {
  const at = new Date(date);
  if (freq === 'DAILY') return Math.floor(date / day);
  // 1970 began on a Thursday.
  if (freq === 'WEEKLY') return Math.floor((Math.floor(date / day) + 4 - weekStart) / 7);
  return freq === 'YEARLY' ? at.getUTCFullYear() : at.getUTCFullYear() * 12 + at.getUTCMonth();
}

function names(rule: Rule, start: WallMs, date: WallMs): boolean {
  const { freq, parts, interval } = rule;
  if ((periodOf(rule, date) - periodOf(rule, start)) % interval !== 0) return false;
  const [at, begin] = [new Date(date), new Date(start)];
  const { BYMONTH, BYMONTHDAY, BYYEARDAY, BYDAY } = parts;
  if (BYMONTH && !BYMONTH.includes(at.getUTCMonth() + 1)) return false;
  const length = monthLength(at);
  const dayOfMonth = at.getUTCDate();
  if (BYMONTHDAY && !isNamed(BYMONTHDAY, dayOfMonth, length)) return false;
  if (BYYEARDAY && !isNamed(BYYEARDAY, dayOfYear(at), yearLength(at))) return false;
  if (BYDAY) return BYDAY.some((one) => isWeekday(String(one), at, rule));
  if (freq === 'DAILY' || BYMONTHDAY || BYYEARDAY) return true;
  if (freq === 'WEEKLY') return at.getUTCDay() === begin.getUTCDay();
  if (dayOfMonth !== begin.getUTCDate()) return false;
  return freq === 'MONTHLY' || BYMONTH !== undefined || at.getUTCMonth() === begin.getUTCMonth();
}

/** Whether a place is named, counted from the begin or, where negative, from the end. */
function isNamed(named: readonly (string | number)[], place: number, length: number): boolean {
  return named.some((one) => Number(one) === place || Number(one) === place - length - 1);
}

/** `MO`, `2TU`, `-1FR`: any such day, or the one at that place of the month, or of the year where the rule names no month. */
function isWeekday(name: string, at: Date, { freq, parts }: Rule): boolean {
  const found = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(name);
  if (!found || days[at.getUTCDay()] !== found[2]) return false;
  if (found[1] === undefined || freq === 'DAILY' || freq === 'WEEKLY') return true;
  const inMonth = freq === 'MONTHLY' || parts.BYMONTH !== undefined;
  const place = inMonth ? at.getUTCDate() : dayOfYear(at);
  const length = inMonth ? monthLength(at) : yearLength(at);
  const nth = Number(found[1]);
  return nth > 0 ? Math.ceil(place / 7) === nth : Math.ceil((length - place + 1) / 7) === -nth;
}

/** The starts that BYSETPOS names within a period; all where the rule has none. */
function chosen({ parts }: Rule, starts: readonly WallMs[]): readonly WallMs[] {
  const { BYSETPOS } = parts;
  if (!BYSETPOS) return starts;
  return starts.filter((_start, index) => isNamed(BYSETPOS, index + 1, starts.length));
}

/** When on a day: as the event starts, or as the rule says; in order. */
function timesOfDay({ parts }: Rule, start: WallMs): readonly number[] {
  const begin = new Date(start);
  const of = (part: string, own: number, below: number) =>
    [...new Set((parts[part] ?? [own]).map(Number))].filter((one) => one >= 0 && one < below);
  const hours = of('BYHOUR', begin.getUTCHours(), 24);
  const minutes = of('BYMINUTE', begin.getUTCMinutes(), 60);
  const seconds = of('BYSECOND', begin.getUTCSeconds(), 60);
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) =>
      seconds.map((second) => ((hour * 60 + minute) * 60 + second) * 1000),
    ),
  );
  return [...new Set(times)].sort((a, b) => a - b).slice(0, mostTimesADay);
}

const mostTimesADay = 48;

function monthLength(at: Date): number {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
}

function yearLength(at: Date): number {
  return (Date.UTC(at.getUTCFullYear() + 1, 0) - Date.UTC(at.getUTCFullYear(), 0)) / day;
}

function dayOfYear(at: Date): number {
  return (at.getTime() - (at.getTime() % day) - Date.UTC(at.getUTCFullYear(), 0)) / day + 1;
}
