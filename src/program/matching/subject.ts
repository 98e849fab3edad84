import type { EpochMs } from '../time.js';

/** What a session or presentation is recognized by: the same facts on both sides, whatever its ids. */
export interface Subject {
  readonly title: string;
  readonly startsAt?: EpochMs | undefined;
  readonly endsAt?: EpochMs | undefined;
  /** Key of the room. */
  readonly place?: string | undefined;
  /** Key of the session that a presentation stands in. */
  readonly within?: string | undefined;
  /** Keys of those who take part. */
  readonly people: readonly string[];
  readonly unit?: string | undefined;
  readonly type?: string | undefined;
  readonly abstract?: string | undefined;
  /** Ids that several things carry: they point at none of them, but speak for each. */
  readonly sharedIds: readonly string[];
}

/** A subject made ready for many comparisons. */
export interface Prepared extends Subject {
  /** In lower case, without accents and punctuation. */
  readonly title: string;
  readonly words: readonly string[];
  /** Equal for things that nobody could tell apart. */
  readonly signature: string;
}

const numeral = /^(?:[ivx]{1,4}|\p{L}|.*\p{N}.*)$/u;
const longestTitle = 300;

/** What is equal for things that nobody could tell apart. */
export function signatureOf(subject: Subject): string {
  const { title, startsAt, endsAt, place, within, people, unit, type, abstract } = subject;
  const facts = [title, startsAt, endsAt, place, within, [...people].sort(), unit, type, abstract];
  return JSON.stringify(facts);
}

/** Makes a subject ready: what is asked often is made once. A short abstract says nothing. */
export function prepare(subject: Subject): Prepared {
  const words = wordsOf(subject.title);
  const { abstract } = subject;
  return {
    ...subject,
    title: words.length > 0 ? words.join(' ') : subject.title.slice(0, longestTitle),
    words,
    people: [...subject.people].sort(),
    abstract: abstract !== undefined && abstract.length >= 60 ? abstract : undefined,
    signature: signatureOf(subject),
  };
}

/**
 * Numbers, numerals and single letters of a title: what tells "Part 1" from "Part 2".
 *
 * @example marksOf(['a', 'panel', 'part', 'ii']) // ['ii']
 */
export function marksOf(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => numeral.test(word) && !isArticle(word, index, words));
}

/**
 * The words of a title as they are compared.
 *
 * @example wordsOf('Über-Café: Part 2!') // ['uber', 'cafe', 'part', '2']
 */
export function wordsOf(title: string): readonly string[] {
  const short = title.slice(0, longestTitle);
  if (/^[ -~]*$/.test(short)) return short.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const plain = short.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** `a` and `i` are words, except at the end: "Session A", "Part I". */
function isArticle(word: string, index: number, words: readonly string[]): boolean {
  return (word === 'a' || word === 'i') && index < words.length - 1;
}

/** Neighbouring letters: what a typing error leaves mostly as it is. */
export function pairsOf(title: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < title.length; at++) pairs.add(title.slice(at, at + 2));
  return pairs;
}
