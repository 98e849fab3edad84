import type { EpochMs } from '../time.js';
import { dayValue, minutesOf } from './filter-values.js';
import { fold } from './fold.js';
import {
  clauseOf,
  longestQuery,
  mostParts,
  type Clause,
  type Filter,
  type Part,
  type Query,
} from './query.js';
import { tokensOf, type Token } from './query-tokens.js';

/** What the words of a query mean here. */
export interface QuerySetting {
  /** IANA zone of the conference, for `today`. */
  readonly zone: string;
  /** Without it `today` and `tomorrow` mean nothing. */
  readonly now?: EpochMs;
  /** What a unit is called here; it is an operator like `unit:`. */
  readonly unitLabel?: string;
  /** BCP 47 tag of the program's language, for weekdays. */
  readonly language?: string;
}

const operators = ['person', 'room', 'unit', 'type', 'day', 'after', 'before'] as const;
type Operator = (typeof operators)[number];

/**
 * Reads what somebody looks for; never throws, whatever is typed. What makes no sense is said in `notes` and left out, or read as plain words.
 *
 * @example parseQuery('climate -policy day:friday', { zone: 'Europe/Berlin' }).parts.length // 3
 */
export function parseQuery(typed: string, setting: QuerySetting): Query {
  const notes: string[] = [];
  const takesSpace = (operator: string, value: string) => {
    const known = operatorNamed(operator, setting);
    return known !== undefined && filterOf(known, value, setting, []) !== undefined;
  };
  const asTyped = cut(typed, notes);
  const { isOpen } = tokensOf(asTyped, takesSpace);
  // What is added to the query later must not fall into its last phrase.
  const text = isOpen ? `${asTyped.slice(0, longestQuery - 1)}"` : asTyped;
  const { tokens } = tokensOf(text, takesSpace);
  if (isOpen) notes.push('A quotation mark was not closed; the phrase ends with the text.');
  const parts = partsOf(tokens, setting, notes);
  if (parts.length === 0 && text !== '' && notes.length === 0) {
    notes.push('Signs alone are not searched for; type a word.');
  }
  if (parts.length > mostParts) {
    notes.push(`Only the first ${mostParts} parts of the query count.`);
  }
  return { text, parts: parts.slice(0, mostParts), notes: [...new Set(notes)].slice(0, 8) };
}

/**
 * The name of the operator that a unit's label makes.
 *
 * @example operatorOf('Interest Group') // 'interest-group'
 */
export function operatorOf(label: string): string {
  return fold(label)
    .trim()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 40);
}

function cut(typed: string, notes: string[]): string {
  // eslint-disable-next-line no-control-regex -- control characters are no part of any word
  const clean = typed.replace(/[\x00-\x1f\x7f]/g, ' ').trim();
  if (clean.length <= longestQuery) return clean;
  notes.push(`Only the first ${longestQuery} characters of the query count.`);
  const head = clean.slice(0, longestQuery);
  // Half a word would be found nowhere.
  return head.includes(' ') ? head.slice(0, head.lastIndexOf(' ')) : head;
}

function partsOf(tokens: readonly Token[], setting: QuerySetting, notes: string[]): Part[] {
  const parts: Part[] = [];
  let joins = false;
  let isNegated = false;
  for (const token of tokens) {
    const word = isBare(token) ? token.value : '';
    if (word === 'OR' || word === '|') {
      joins = parts.at(-1)?.kind === 'words';
      if (!joins) notes.push('“OR” stands between two words or phrases; here it was left out.');
      continue;
    }
    if (word === 'AND' || word === 'NOT') {
      isNegated = word === 'NOT';
      continue;
    }
    const part = partOf(isNegated ? { ...token, isNegative: true } : token, setting, notes);
    const before = parts.at(-1);
    if (joins && part?.kind === 'words' && before?.kind === 'words') {
      const alternatives = [...before.alternatives, ...part.alternatives].slice(0, mostParts);
      parts[parts.length - 1] = { ...before, to: part.to, alternatives };
    } else if (part) parts.push(part);
    joins = false;
    isNegated = false;
  }
  return parts;
}

function isBare(token: Token): boolean {
  return !token.isQuoted && token.operator === undefined && !token.isNegative;
}

function partOf(token: Token, setting: QuerySetting, notes: string[]): Part | undefined {
  const { from, to, isNegative, operator } = token;
  const known = operator === undefined ? undefined : operatorNamed(operator, setting);
  if (known !== undefined) {
    const filter = filterOf(known, token.value, setting, notes);
    return filter && { from, to, kind: 'filter', filter, isNegative };
  }
  if (operator !== undefined) {
    notes.push(`The search has no operator “${operator}:”; it was read as a word.`);
  }
  const clause = clauseFor(token);
  if (!clause) return undefined;
  return isNegative
    ? { from, to, kind: 'without', clause }
    : { from, to, kind: 'words', alternatives: [clause] };
}

function clauseFor({ operator, value, isQuoted }: Token): Clause | undefined {
  const text = operator === undefined ? value : `${operator}:${value}`;
  return clauseOf(text, isQuoted);
}

function operatorNamed(name: string, { unitLabel }: QuerySetting): Operator | undefined {
  const folded = fold(name);
  if (unitLabel !== undefined && folded === operatorOf(unitLabel)) return 'unit';
  return operators.find((one) => one === folded);
}

function filterOf(
  kind: Operator,
  value: string,
  setting: QuerySetting,
  notes: string[],
): Filter | undefined {
  if (kind === 'after' || kind === 'before') {
    const minutes = minutesOf(value);
    if (minutes !== undefined) return { kind, value, minutes };
    notes.push(`“${excerpt(value)}” is no time of day, such as 14:00; “${kind}:” was left out.`);
    return undefined;
  }
  if (kind === 'day') {
    const day = dayValue(value, setting);
    if (day) return { kind, value, day };
    notes.push(
      `“${excerpt(value)}” names no day, such as 2026-04-23, friday or today; “day:” was left out.`,
    );
    return undefined;
  }
  if (value.trim() !== '') return { kind, value: value.trim() };
  notes.push(`“${kind}:” needs a name after it; it was left out.`);
  return undefined;
}

function excerpt(value: string): string {
  return value.length > 40 ? `${value.slice(0, 40)}…` : value;
}
