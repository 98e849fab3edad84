import { atomsOf, placesOfRow, type Atom } from './atoms.js';
import { isAscii } from './fold.js';
import type { Clause } from './query.js';

/** A part of a text that matched, in UTF-16 units; never inside what a reader sees as one letter. */
export type Range = readonly [from: number, to: number];

/** A text with the parts of it that matched, in order, apart from each other. */
export interface MarkedText {
  readonly text: string;
  readonly ranges: readonly Range[];
}

/** A clause with the words that were taken for a mistyped one. */
export interface Sought {
  readonly clause: Clause;
  readonly mistyped: ReadonlySet<string>;
  /** The word may be unfinished, however short. */
  readonly isUnfinished?: boolean;
}

/** What of a text matched, and which of the clauses it holds, by their index. */
export interface Marking extends MarkedText {
  readonly holds: readonly number[];
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const shortestPrefix = 3;

/** Marks what matched in a text. */
export function mark(text: string, sought: readonly Sought[]): Marking {
  const atoms = atomsOf(text);
  const holds: number[] = [];
  const found: Range[] = [];
  for (const [index, one] of sought.entries()) {
    const ranges = rangesOf(atoms, one);
    if (ranges.length > 0) holds.push(index);
    found.push(...ranges);
  }
  return { text, ranges: joined(isAscii(text) ? found : found.map(wholeLetters(text))), holds };
}

/**
 * A part of a long text around its first match, with its marks; the whole text where it is short.
 *
 * @param longest in UTF-16 units, about
 */
export function excerptOf({ text, ranges }: MarkedText, longest = 220): MarkedText {
  if (text.length <= longest) return { text, ranges };
  const first = ranges[0]?.[0] ?? 0;
  const from = first < longest / 2 ? 0 : borderNear(text, first - Math.floor(longest / 4));
  const to = from + longest >= text.length ? text.length : borderNear(text, from + longest);
  const lead = from === 0 ? '' : '… ';
  const shift = lead.length - from;
  return {
    text: `${lead}${text.slice(from, to)}${to === text.length ? '' : ' …'}`,
    ranges: ranges
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]): Range => [start + shift, end + shift]),
  };
}

/** The beginning of the word at a place; where no space is near, the border of a letter. */
function borderNear(text: string, place: number): number {
  const from = Math.max(0, place - 40);
  const space = text.slice(from, place).search(/\s\S*$/);
  if (space >= 0) return from + space + 1;
  return segmenter.segment(text).containing(place)?.index ?? text.length;
}

function rangesOf(
  atoms: readonly Atom[],
  { clause, mistyped, isUnfinished = false }: Sought,
): Range[] {
  const row = clause.atoms;
  if (clause.kind !== 'word') {
    const places = placesOfRow(atoms, row);
    const ranges = places.map((at): Range => [
      atoms[at]?.start ?? 0,
      atoms[at + row.length - 1]?.end ?? 0,
    ]);
    if (ranges.length > 0 || clause.kind === 'phrase') return ranges;
    return atoms
      .filter((atom) => row.some((wanted) => placesOfRow([atom], [wanted]).length > 0))
      .map(({ start, end }): Range => [start, end]);
  }
  const wanted = row[0]?.forms ?? [];
  const isMeant = (form: string) =>
    mistyped.has(form) ||
    wanted.some(
      (one) =>
        form === one || ((isUnfinished || one.length >= shortestPrefix) && form.startsWith(one)),
    );
  return atoms
    .filter(({ forms }) => forms.some(isMeant))
    .map(({ start, end }): Range => [start, end]);
}

/** Widens a range so that it cuts no letter. */
function wholeLetters(text: string): (range: Range) => Range {
  const letters = segmenter.segment(text);
  return ([from, to]) => {
    const first = letters.containing(from)?.index ?? from;
    const last = letters.containing(to);
    const isInside = last !== undefined && last.index < to;
    return [first, isInside ? last.index + last.segment.length : to];
  };
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const sorted = [...ranges].sort(([one], [other]) => one - other);
  const whole: Range[] = [];
  for (const [from, to] of sorted) {
    const before = whole.at(-1);
    if (before && from <= before[1]) whole[whole.length - 1] = [before[0], Math.max(before[1], to)];
    else whole.push([from, to]);
  }
  return whole;
}
