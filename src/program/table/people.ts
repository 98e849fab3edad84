import { report, excerpt, type Problems } from '../problem.js';
import type { SourceParticipation } from '../source.js';
import type { BoundPeople } from './binding.js';

/** Reads the people of a role out of rows. */
export type PeopleReader = (row: readonly string[]) => readonly SourceParticipation[];

const nobody = /^(?:tb[acd]|n\/?a|none|nobody|anonymous|nn|n\. ?n\.|[-–—?.]+)$/i;
const and = /\s(?:and|und|et|y|e|og|och|en|&)\s/i;

/**
 * Makes the reader of a role's columns out of all their cells: only together they show what parts names. An affiliation stands in parentheses, after the
 * first comma where the mapping says so, or in columns of its own, where numbers may point at it: `Ada Roe (1,2)` and `1: Delta College; 2: Shoreline`.
 */
export function peopleReader(
  bound: BoundPeople,
  rows: readonly (readonly string[])[],
  place: string,
  problems: Problems,
): PeopleReader {
  const separator = bound.separator ?? separatorOf(bound, rows, place, problems);
  const read: PeopleReader = (row) => {
    const beside = bound.affiliations.map((index) => row[index]?.trim() ?? '');
    const isOneEach = bound.affiliations.length > 1 && beside.length === bound.columns.length;
    const shared = isOneEach ? [] : beside.flatMap((cell) => split(cell, ';').map(trimmed));
    return bound.columns.flatMap((index, at) => {
      const names = namesIn(row[index] ?? '', separator, bound.separator === undefined);
      const listed = isOneEach ? split(beside[at] ?? '', ';').map(trimmed) : shared;
      return names.flatMap((name, order) => {
        const alike = listed.length === names.length ? listed[order] : undefined;
        return partOf(name, bound, listed, alike ?? (listed.length === 1 ? listed[0] : undefined));
      });
    });
  };
  const [only, ...others] = [...bound.columns, ...bound.affiliations];
  return only === undefined || others.length > 0 ? read : oncePerText(only, read);
}

/** The same cell names the same people, who are then made once. */
function oncePerText(column: number, read: PeopleReader): PeopleReader {
  const known = new Map<string, readonly SourceParticipation[]>();
  return (row) => {
    const text = row[column] ?? '';
    let people = known.get(text);
    if (!people) known.set(text, (people = read(row)));
    return people;
  };
}

/** The names in a cell. */
function namesIn(cell: string, separator: string, guessed: boolean): readonly string[] {
  // Nobody's name is longer; a text of that length is none.
  const parts = split(cell, separator).map((part) => trimmed(part.slice(0, 1000)));
  const names = guessed && separator !== ';' ? parts.flatMap(parted) : parts;
  return names.filter((name) => name !== '' && !nobody.test(name));
}

/** `Ada Roe and Bo Lind` are two; `Roe and Sons` is one. */
function parted(name: string): readonly string[] {
  if (!and.test(name)) return [name.replace(/^(?:and|und|et|&)\s+/i, '')];
  const parts = name.split(and).map(trimmed);
  return parts.every((part) => /\S\s+\S/.test(part)) ? parts : [name];
}

function partOf(
  text: string,
  { role, affiliationAfterComma = false, lastNameFirst = false }: BoundPeople,
  listed: readonly string[],
  beside: string | undefined,
): readonly SourceParticipation[] {
  const { name: outside, inside } = parenthesis(withoutMail(text));
  const numbers =
    inside !== undefined && /^\d{1,3}(?:\s?,\s?\d{1,3})*$/.test(inside) ? inside : undefined;
  const comma = outside.indexOf(',');
  let name = outside;
  let affiliation =
    numbers === undefined ? (inside ?? unnumbered(beside)) : pointedAt(numbers, listed);
  if (affiliationAfterComma && comma > 0) {
    name = outside.slice(0, comma).trim();
    affiliation = orNothing(outside.slice(comma + 1).trim()) ?? affiliation;
  } else if (lastNameFirst && comma > 0 && !outside.includes(',', comma + 1)) {
    name = `${outside.slice(comma + 1).trim()} ${outside.slice(0, comma).trim()}`;
  }
  name = name.replace(/,+$/, '').trim();
  if (name === '' || nobody.test(name)) return [];
  return [{ role, person: { ids: [], name }, affiliation: orNothing(affiliation) }];
}

/** What stands in parentheses at the end of a name. */
function parenthesis(text: string): { readonly name: string; readonly inside?: string } {
  const bare = text.replace(/,+$/, '').trim();
  if (!bare.endsWith(')')) return { name: bare };
  let depth = 0;
  for (let at = bare.length - 1; at > 0; at--) {
    if (bare[at] === ')') depth++;
    if (bare[at] === '(' && --depth === 0) {
      const name = bare.slice(0, at).trim();
      return name === '' ? { name: bare } : { name, inside: bare.slice(at + 1, -1).trim() };
    }
  }
  return { name: bare };
}

function pointedAt(numbers: string, listed: readonly string[]): string | undefined {
  const wanted = numbers.split(',').map((number) => number.trim());
  const isNumbered = listed.some((one) => numberOf(one) !== undefined);
  const found = wanted.flatMap((number) => {
    const marked = listed.find((one) => numberOf(one) === number);
    const text = unnumbered(marked ?? (isNumbered ? undefined : listed[Number(number) - 1]));
    return text === undefined ? [] : [text];
  });
  return found.length > 0 ? found.join('; ') : undefined;
}

function numberOf(affiliation: string): string | undefined {
  return /^\(?(\d{1,3})[.:)]\s?/.exec(affiliation)?.[1];
}

function unnumbered(affiliation: string | undefined): string | undefined {
  return orNothing(affiliation?.replace(/^\(?\d{1,3}[.:)]\s?/, '').trim());
}

function orNothing(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** Addresses of people are nobody's business here. */
function withoutMail(text: string): string {
  if (!text.includes('@')) return text;
  return text
    .split(/\s+/)
    .filter((word) => !/[^@]@[^@]/.test(word))
    .join(' ')
    .replace(/\(\s*\)$/, '')
    .trim();
}

/** Parts a text where parentheses are closed; line ends always part. */
function split(text: string, separator: string): readonly string[] {
  if (text === '') return [];
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '(') depth++;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    const isEnd = sign === '\n' || sign === '\r';
    if (isEnd || (depth === 0 && separator !== '' && text.startsWith(separator, at))) {
      parts.push(text.slice(from, at));
      at += isEnd ? 0 : separator.length - 1;
      from = at + 1;
      if (isEnd) depth = 0;
    }
  }
  return [...parts, text.slice(from)];
}

/** Semicolons wherever one is; else commas, where what they part are full names in most cases; else nothing. */
function separatorOf(
  { columns, name, affiliationAfterComma, lastNameFirst }: BoundPeople,
  rows: readonly (readonly string[])[],
  place: string,
  problems: Problems,
): string {
  const cells = rows.flatMap((row) => columns.map((index) => row[index] ?? ''));
  if (cells.some(isPartedBySemicolons)) return ';';
  if (affiliationAfterComma === true) return '';
  const parts = cells
    .filter((cell) => /[,\n\r]/.test(cell))
    .map((cell) => split(cell, ',').map(trimmed))
    .filter(({ length }) => length > 1);
  if (parts.length === 0) return '';
  const all = parts.flat().filter((part) => part !== '');
  const full = all.filter((part) => /\S\s+\S/.test(parenthesis(part).name)).length;
  const sample = excerpt(parts[0]?.join(', ') ?? '');
  const areNames = full * 5 >= all.length * 4;
  if (lastNameFirst === true) return areNames ? ',' : '';
  report(problems, 'note', 'names-with-commas', {
    place,
    problem: areNames
      ? `commas part the names of ${name}, as in "${sample}"`
      : `commas do not part the names of ${name}, as in "${sample}"`,
    remedy: `Where that is wrong, say the separator in the config (program.columns.${name}.separator)`,
  });
  return areNames ? ',' : '';
}

function isPartedBySemicolons(cell: string): boolean {
  if (!cell.includes(';')) return false;
  const bare = cell.replace(/&\w{2,8};/g, '');
  return split(bare, ';').length > split(bare, '').length;
}

function trimmed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
