import type { DayName } from '../calendar/day.js';
import { typedAtoms, type Atom } from './atoms.js';

/** Something to be looked for in texts. */
export interface Clause {
  /** `word`: in any ending, and mistyped; `phrase`: exactly so; `row`: words typed without a space ("COVID-19"), if possible next to each other. */
  readonly kind: 'word' | 'phrase' | 'row';
  /** As it was typed, without quotes. */
  readonly text: string;
  /** At least one. */
  readonly atoms: readonly Atom[];
}

/** A day that a filter names. */
export type DayValue =
  | { readonly kind: 'date'; readonly day: DayName }
  /** 1 is Monday, 7 is Sunday. */
  | { readonly kind: 'weekday'; readonly weekday: number };

/** A filter by the name of something. */
export interface NameFilter {
  readonly kind: 'person' | 'room' | 'unit' | 'type';
  readonly value: string;
}

/** What sessions must have. Of several filters of one kind one must fit, except for clock times, of which all must. */
export type Filter =
  | NameFilter
  | { readonly kind: 'day'; readonly value: string; readonly day: DayValue }
  /** Minutes since midnight on the conference's clock. `after` holds the minute itself, `before` does not. */
  | { readonly kind: 'after' | 'before'; readonly value: string; readonly minutes: number };

/** One thing that a query asks for; all of them must be met. */
export type Part = {
  /** Where it stands in the query's text. */
  readonly from: number;
  readonly to: number;
} & (
  | { readonly kind: 'words'; readonly alternatives: readonly Clause[] }
  | { readonly kind: 'without'; readonly clause: Clause }
  | { readonly kind: 'filter'; readonly filter: Filter; readonly isNegative: boolean }
);

/** What somebody looks for. */
export interface Query {
  /** As it was typed, at most `longestQuery`, with its last quotation mark closed. */
  readonly text: string;
  readonly parts: readonly Part[];
  /** What was not understood, as sentences. */
  readonly notes: readonly string[];
}

/** The most of a query that is read, in UTF-16 units. */
export const longestQuery = 1_000;

/** The most parts that a query may have. */
export const mostParts = 24;

/**
 * A query's text without one of its parts.
 *
 * @example textWithout(parseQuery('climate day:friday'), 1) // 'climate'
 */
export function textWithout({ text, parts }: Query, index: number): string {
  const part = parts[index];
  if (!part) return text;
  return `${text.slice(0, part.from).trimEnd()} ${text.slice(part.to).trimStart()}`.trim();
}

/** The words of a part as they were typed. */
export function partText({ text }: Query, { from, to }: Part): string {
  return text.slice(from, to);
}

/**
 * A text as an exact phrase of a query; its own quotes become spaces, which no phrase minds.
 *
 * @example quoted('The "other" half') // '"The other half"'
 */
export function quoted(text: string): string {
  return `"${text
    .replace(/["“”„«»]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()}"`;
}

/** A text as something to look for; undefined where it has neither word nor sign. */
export function clauseOf(text: string, isPhrase: boolean): Clause | undefined {
  const atoms = typedAtoms(text);
  const [first] = atoms;
  if (!first) return undefined;
  if (isPhrase) return { kind: 'phrase', text, atoms };
  return { kind: atoms.length > 1 || first.isSign ? 'row' : 'word', text, atoms };
}
