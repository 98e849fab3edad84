import type { Key, Session } from '../model.js';
import { inZone } from '../time.js';
import type { Catalog } from './catalog.js';
import { dayOf, type DayName } from './day.js';

/** Which sessions somebody wants to see: every given part must fit. */
export interface Selection {
  readonly day?: DayName;
  /** Clock time of the conference's zone, `14:00`: sessions that begin then or later in their day. */
  readonly after?: string;
  /** Clock time of the conference's zone: sessions that begin earlier in their day. */
  readonly before?: string;
  readonly room?: Key;
  readonly unit?: Key;
  /** The slug of a session type. */
  readonly type?: string;
  readonly person?: Key;
}

/** The parts of a selection, in the order in which addresses hold them. */
export const selectionParts = [
  'day',
  'after',
  'before',
  'unit',
  'type',
  'room',
  'person',
] as const satisfies readonly (keyof Selection)[];

/** One part of a selection. */
export type SelectionPart = (typeof selectionParts)[number];

const shapes: Readonly<Record<SelectionPart, RegExp>> = {
  day: /^\d{4}-\d{2}-\d{2}$/,
  after: /^([01]\d|2[0-3]):[0-5]\d$/,
  before: /^([01]\d|2[0-3]):[0-5]\d$/,
  unit: /^[a-z0-9]{1,64}$/,
  type: /^[a-z0-9-]{1,64}$/,
  room: /^[a-z0-9]{1,64}$/,
  person: /^[a-z0-9]{1,64}$/,
};

/** The selection in an address's parameters; parts that are empty or make no sense are left out. */
export function parseSelection(parameters: URLSearchParams): Selection {
  const selection: Partial<Record<SelectionPart, string>> = {};
  for (const part of selectionParts) {
    const value = parameters.get(part);
    if (value !== null && shapes[part].test(value)) selection[part] = value;
  }
  return selection;
}

/**
 * A selection as parameters of an address, in one order, so that one selection has one address.
 *
 * @example selectionQuery({ unit: 'u1', day: '2026-04-23' }) // 'day=2026-04-23&unit=u1'
 */
export function selectionQuery(selection: Selection): string {
  const parameters = new URLSearchParams();
  for (const part of selectionParts) {
    const value = selection[part];
    // A colon is fine in a query, and reads better.
    if (value !== undefined) parameters.set(part, value);
  }
  return parameters.toString().replaceAll('%3A', ':');
}

/** The sessions that fit, in the catalog's order. */
export function select(catalog: Catalog, selection: Selection): readonly Session[] {
  const tests = testsOf(catalog, selection);
  return smallestPool(catalog, selection).filter((session) =>
    tests.every(([, fits]) => fits(session)),
  );
}

/** One value of a part that could be chosen, with the number of sessions that would then be shown. */
export interface Choice {
  readonly value: string;
  readonly name: string;
  readonly count: number;
}

/** The parts that can be chosen from a list. */
export type ChoicePart = 'day' | 'unit' | 'type' | 'room';

/** What each part could be narrowed to while the others stay as they are; values without a session are left out. */
export function choices(
  catalog: Catalog,
  selection: Selection,
): Readonly<Record<ChoicePart, readonly Choice[]>> {
  const without = (part: ChoicePart) => select(catalog, leaving(selection, part));
  const { lookup, types } = catalog;
  const slugOfType = new Map(types.map(({ name, slug }) => [name, slug]));
  const days = counted(without('day'), ({ startsAt }) => dayOf(startsAt, catalog.zone));
  const units = counted(without('unit'), ({ unit }) => unit);
  const kinds = counted(without('type'), ({ type }) =>
    type === undefined ? undefined : slugOfType.get(type),
  );
  const rooms = counted(without('room'), ({ room }) => room);
  const list = (
    counts: ReadonlyMap<string, number>,
    all: readonly { readonly value: string; readonly name: string }[],
  ) =>
    all.flatMap((one) => {
      const count = counts.get(one.value);
      return count === undefined ? [] : [{ ...one, count }];
    });
  const named = ({ key, name }: { key: Key; name: string }) => ({ value: key, name });
  return {
    day: list(
      days,
      catalog.days.map(({ name }) => ({ value: name, name })),
    ),
    unit: list(units, byName(lookup.program.units.map(named))),
    type: list(
      kinds,
      types.map(({ slug, name }) => ({ value: slug, name })),
    ),
    room: list(rooms, byName(lookup.program.rooms.map(named))),
  };
}

/** For a selection that nothing fits: each part that could be left out, with how many sessions there would be, the most first. */
export function relaxations(
  catalog: Catalog,
  selection: Selection,
): readonly {
  readonly part: SelectionPart;
  readonly without: Selection;
  readonly count: number;
}[] {
  return selectionParts
    .filter((part) => selection[part] !== undefined)
    .map((part) => {
      const without = leaving(selection, part);
      return { part, without, count: select(catalog, without).length };
    })
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count);
}

/** A selection without one of its parts. */
export function leaving(selection: Selection, part: SelectionPart): Selection {
  return Object.fromEntries(Object.entries(selection).filter(([name]) => name !== part));
}

type Test = readonly [SelectionPart, (session: Session) => boolean];

function testsOf(catalog: Catalog, selection: Selection): readonly Test[] {
  const { day, after, before, room, unit, type, person } = selection;
  const clock = ({ startsAt }: Session) => clockOf(startsAt, catalog.zone);
  const typeName = catalog.types.find(({ slug }) => slug === type)?.name;
  const takesPart =
    person === undefined
      ? undefined
      : new Set(catalog.parts(person).map(({ session }) => session.key));
  const tests: (Test | false)[] = [
    day !== undefined && ['day', ({ startsAt }) => dayOf(startsAt, catalog.zone) === day],
    after !== undefined && ['after', (session) => clock(session) >= after],
    before !== undefined && ['before', (session) => clock(session) < before],
    unit !== undefined && ['unit', (session) => session.unit === unit],
    type !== undefined && [
      'type',
      (session) => typeName !== undefined && session.type === typeName,
    ],
    room !== undefined && ['room', (session) => session.room === room],
    takesPart !== undefined && ['person', ({ key }) => takesPart.has(key)],
  ];
  return tests.filter((test) => test !== false);
}

/** Where the search begins, so that a room's page does not look at every session. */
function smallestPool(catalog: Catalog, selection: Selection): readonly Session[] {
  const { day, room, unit, type } = selection;
  const pools = [
    room === undefined ? undefined : catalog.inRoom(room),
    unit === undefined ? undefined : catalog.inUnit(unit),
    day === undefined ? undefined : (catalog.days.find(({ name }) => name === day)?.sessions ?? []),
    type === undefined
      ? undefined
      : (catalog.types.find(({ slug }) => slug === type)?.sessions ?? []),
  ].filter((pool) => pool !== undefined);
  return pools.reduce(
    (least, pool) => (pool.length < least.length ? pool : least),
    catalog.sessions,
  );
}

function clockOf(at: number, zone: string): string {
  return inZone(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

function counted(
  sessions: readonly Session[],
  by: (session: Session) => string | undefined,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const session of sessions) {
    const value = by(session);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function byName<T extends { readonly name: string }>(things: readonly T[]): readonly T[] {
  return [...things].sort((one, other) => collator.compare(one.name, other.name));
}
