import { excerpt, unreadable } from '../problem.js';
import { roles, type Role } from '../model.js';
import { nearest } from '../resemblance.js';
import {
  presentationTextFields,
  textFields,
  type Columns,
  type PeopleColumns,
  type PresentationMapping,
  type RoleColumns,
  type TableMapping,
  type TextField,
} from './mapping.js';

/** The headings of a table, and where each stands. */
export interface Header {
  /** As written. */
  readonly names: readonly string[];
  /** Places by heading; several where it stands twice. */
  readonly places: ReadonlyMap<string, readonly number[]>;
}

/** Where people of a role stand in a row. */
export interface BoundPeople extends Omit<PeopleColumns, 'columns' | 'affiliations'> {
  readonly role: Role;
  readonly columns: readonly number[];
  readonly affiliations: readonly number[];
  /** As the mapping names it, for problems. */
  readonly name: string;
}

/** Where the fields of a session or presentation stand in a row. */
export interface BoundColumns {
  readonly fields: ReadonlyMap<TextField, readonly number[]>;
  readonly people: readonly BoundPeople[];
}

/** How strictly columns are looked for: a mapping from the config must be true, a preset names all that may be there. */
export interface BindingContext {
  readonly place: string;
  readonly strict: boolean;
}

/** Makes the headings of a table findable, whatever their case and spaces. */
export function headerOf(row: readonly string[]): Header {
  const places = new Map<string, number[]>();
  row.forEach((name, index) => {
    const key = headingKey(name);
    if (key === '') return;
    const same = places.get(key);
    if (same) same.push(index);
    else places.set(key, [index]);
  });
  return { names: row.map((name) => name.replace(/\s+/g, ' ').trim()), places };
}

/** Binds the fields of sessions. */
export function bindSessions(
  mapping: TableMapping,
  header: Header,
  context: BindingContext,
): BoundColumns {
  return bind(textFields, mapping, header, context, '');
}

/** Binds the fields of presentations: of their own row, once; of numbered columns, once for each number that has a heading. */
export function bindPresentations(
  mapping: PresentationMapping,
  header: Header,
  context: BindingContext,
): readonly BoundColumns[] {
  const [pattern] = listOf(mapping.title ?? []);
  const numbers =
    pattern?.includes('#') === true && !header.places.has(headingKey(pattern))
      ? numbersIn(pattern, header)
      : undefined;
  if (!numbers) return [bind(presentationTextFields, mapping, header, context, 'presentation.')];
  if (numbers.length === 0 && context.strict)
    throw missing(pattern ?? '', 'presentation.title', header, context);
  return numbers.map((number) =>
    bind(
      presentationTextFields,
      numbered(mapping, number),
      header,
      { ...context, strict: false },
      'presentation.',
    ),
  );
}

function bind(
  known: readonly TextField[],
  mapping: Partial<Record<TextField, Columns | undefined>> & RoleColumns,
  header: Header,
  context: BindingContext,
  prefix: string,
): BoundColumns {
  const fields = new Map<TextField, readonly number[]>();
  for (const field of known) {
    const columns = mapping[field];
    if (columns === undefined) continue;
    const found = placesOf(columns, header, context, `${prefix}${field}`).map(([first]) => first);
    const places = found.filter((place) => place !== undefined);
    if (places.length > 0) fields.set(field, places);
  }
  const people = roles.flatMap((role): BoundPeople[] => {
    const given = mapping[role];
    if (given === undefined) return [];
    const { columns, affiliations, ...how } =
      typeof given === 'object' && 'columns' in given ? given : { columns: given };
    const name = `${prefix}${role}`;
    const places = placesOf(columns, header, context, name).flat();
    if (places.length === 0) return [];
    const beside =
      affiliations === undefined ? [] : placesOf(affiliations, header, context, name).flat();
    return [{ ...how, role, name, columns: places, affiliations: beside }];
  });
  return { fields, people };
}

function placesOf(
  columns: Columns,
  header: Header,
  context: BindingContext,
  field: string,
): readonly (readonly number[])[] {
  return listOf(columns).flatMap((column) => {
    const exact = header.places.get(headingKey(column));
    if (exact) return [exact];
    if (column.includes('#')) {
      const found = numbersIn(column, header).flatMap(
        (number) => header.places.get(headingKey(column.replace('#', String(number)))) ?? [],
      );
      if (found.length > 0) return found.map((place) => [place]);
    }
    if (context.strict) throw missing(column, field, header, context);
    return [];
  });
}

/** The numbers that stand for `#` in headings, ascending. */
function numbersIn(pattern: string, header: Header): readonly number[] {
  const [before = '', after = ''] = headingKey(pattern).split('#');
  const numbers = [...header.places.keys()].flatMap((key) => {
    if (!key.startsWith(before) || !key.endsWith(after)) return [];
    const middle = key.slice(before.length, key.length - after.length);
    return /^[1-9]\d{0,2}$/.test(middle) ? [Number(middle)] : [];
  });
  return numbers.sort((one, other) => one - other);
}

/** The mapping with a number in place of each `#`. */
function numbered(mapping: PresentationMapping, number: number): PresentationMapping {
  const put = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace('#', String(number));
    if (Array.isArray(value)) return value.map(put);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, key === 'separator' ? inner : put(inner)]),
    );
  };
  return put(mapping) as PresentationMapping;
}

function missing(column: string, field: string, { names }: Header, { place }: BindingContext) {
  const there = names.filter((name) => name !== '');
  const guess = nearest(column, there);
  const list = there.slice(0, 30).map((name) => `"${excerpt(name, 40)}"`);
  return unreadable(
    'program-column-missing',
    place,
    `program.columns says that ${field} is in the column "${excerpt(column)}", which is not there`,
    guess === undefined
      ? `Its columns are ${list.join(', ')}; run \`callboard import --map\` for a new mapping`
      : `Write "${excerpt(guess)}", if that is meant, or run \`callboard import --map\` for a new mapping`,
  );
}

function listOf(columns: Columns): readonly string[] {
  return typeof columns === 'string' ? [columns] : columns;
}

/**
 * A heading for comparing.
 *
 * @example headingKey(' Session\nTitle ') // 'session title'
 */
export function headingKey(name: string): string {
  return name.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
