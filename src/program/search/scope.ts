import type { Catalog } from '../calendar/catalog.js';
import type { DayName } from '../calendar/day.js';
import type { Key } from '../model.js';
import { inZone, type EpochMs } from '../time.js';
import { isScheduled, peopleOf, type SearchDocument } from './documents.js';
import { weekdayOf } from './filter-values.js';
import type { NamedThings } from './named-things.js';
import type { Filter, NameFilter, Part } from './query.js';

/** Which sessions and presentations the filters of a query let through. */
export interface Scope {
  /** No filter is given: people, rooms and the like may be shown, too. */
  readonly isOpen: boolean;
  /** Somebody is named: what they take part in may then be found by the words of its session alone. */
  readonly namesPerson: boolean;
  includes(document: SearchDocument): boolean;
}

type FilterPart = Extract<Part, { readonly kind: 'filter' }>;
type Test = (document: SearchDocument) => boolean;

/** The scope of these filters: of one kind one must fit, of clock times all, of negative ones none. */
export function scopeOf(
  parts: readonly Part[],
  clocks: Clocks,
  named: (filter: NameFilter) => NamedThings,
): Scope {
  const filters = parts.filter((part): part is FilterPart => part.kind === 'filter');
  const wanted = new Map<string, Test[]>();
  for (const [number, { filter, isNegative }] of filters.entries()) {
    const test = testOf(filter, clocks, named);
    const isLone = isNegative || filter.kind === 'after' || filter.kind === 'before';
    const group = isLone ? String(number) : filter.kind;
    const own = isNegative ? (document: SearchDocument) => !test(document) : test;
    wanted.set(group, [...(wanted.get(group) ?? []), own]);
  }
  const groups = [...wanted.values()];
  return {
    isOpen: filters.length === 0,
    namesPerson: filters.some(({ filter, isNegative }) => filter.kind === 'person' && !isNegative),
    includes: (document) =>
      groups.length === 0 ||
      (isScheduled(document) && groups.every((tests) => tests.some((test) => test(document)))),
  };
}

/** When sessions are, on the conference's calendar and clock. */
export interface Clocks {
  dayOf(session: Key): DayName | undefined;
  /** Minutes since midnight. */
  minuteOf(at: EpochMs): number;
}

/** The calendar and clock of a program, worked out once for each start. */
export function clocksOf({ days, zone }: Catalog): Clocks {
  const dayOf = new Map(
    days.flatMap(({ name, sessions }) => sessions.map(({ key }) => [key, name] as const)),
  );
  const minutes = new Map<EpochMs, number>();
  return {
    dayOf: (session) => dayOf.get(session),
    minuteOf(at) {
      const known = minutes.get(at);
      if (known !== undefined) return known;
      const { hour, minute } = inZone(at, zone);
      minutes.set(at, hour * 60 + minute);
      return hour * 60 + minute;
    },
  };
}

function testOf(filter: Filter, clocks: Clocks, named: (filter: NameFilter) => NamedThings): Test {
  switch (filter.kind) {
    case 'day':
      return ({ session }) => {
        const day = clocks.dayOf(session?.key ?? '') ?? '';
        return filter.day.kind === 'date'
          ? day === filter.day.day
          : weekdayOf(day) === filter.day.weekday;
      };
    case 'after':
      return (document) => startOf(document, clocks) >= filter.minutes;
    case 'before':
      return (document) => startOf(document, clocks) < filter.minutes;
    case 'person': {
      const people = new Set(named(filter).things.map(({ key }) => key));
      return (document) => peopleOf(document).some(({ person }) => people.has(person));
    }
    case 'room':
    case 'unit':
    case 'type': {
      const ids = new Set(
        named(filter).things.flatMap(({ texts, key }) =>
          filter.kind === 'type' ? (texts.title ?? '') : key,
        ),
      );
      const { kind } = filter;
      return ({ session }) => ids.has(session?.[kind] ?? '');
    }
  }
}

/** A presentation with its own start begins then. */
function startOf({ session, presentation }: SearchDocument, clocks: Clocks): number {
  return clocks.minuteOf(presentation?.startsAt ?? session?.startsAt ?? 0);
}
