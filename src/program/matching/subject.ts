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
export interface Prepared extends Omit<Subject, 'title' | 'people'> {
  /** In lower case, without accents and punctuation. */
  readonly title: string;
  readonly words: readonly string[];
  /** Numbers, numerals and single letters of the title: what tells "Part 1" from "Part 2". */
  readonly marks: readonly string[];
  readonly pairs: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
  /** Equal for things that nobody could tell apart. */
  readonly signature: string;
}

const numeral = /^(?:[ivx]{1,4}|\p{L}|.*\p{N}.*)$/u;
const longestTitle = 300;

/** Makes a subject ready: words, letter pairs and the rest are taken apart once. */
export function prepare(subject: Subject): Prepared {
  const words = wordsOf(subject.title);
  const title = words.length > 0 ? words.join(' ') : subject.title.slice(0, longestTitle);
  const abstract =
    subject.abstract !== undefined && subject.abstract.length >= 60 ? subject.abstract : undefined;
  const { startsAt, endsAt, place, within, unit, type } = subject;
  const people = [...subject.people].sort();
  return {
    ...subject,
    title,
    words,
    abstract,
    marks: words.filter((word, index) => numeral.test(word) && !isArticle(word, index, words)),
    pairs: pairsOf(title),
    people: new Set(people),
    signature: JSON.stringify([
      title,
      startsAt,
      endsAt,
      place,
      within,
      people,
      unit,
      type,
      abstract,
    ]),
  };
}

/**
 * The words of a title as they are compared.
 *
 * @example wordsOf('Über-Café: Part 2!') // ['uber', 'cafe', 'part', '2']
 */
export function wordsOf(title: string): readonly string[] {
  const plain = title.slice(0, longestTitle).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** `a` and `i` are words, except at the end: "Session A", "Part I". */
function isArticle(word: string, index: number, words: readonly string[]): boolean {
  return (word === 'a' || word === 'i') && index < words.length - 1;
}

function pairsOf(title: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < title.length; at++) pairs.add(title.slice(at, at + 2));
  return pairs;
}
