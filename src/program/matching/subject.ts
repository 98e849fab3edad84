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
  /** Those that several things carry point at none of them, but speak for each. */
  readonly ids: readonly string[];
}

/** A subject made ready for many comparisons. Words and people are numbers, in the order of the alphabet. */
export interface Prepared extends Omit<Subject, 'people' | 'ids'> {
  /** Its place among all of both versions. */
  readonly number: number;
  /** In lower case, without accents and punctuation. */
  readonly title: string;
  /** Each once, in the order of the title. */
  readonly words: readonly number[];
  /** What tells "Part 1" from "Part 2"; empty where nothing does. */
  readonly marks: string;
  /** In the order of their keys. */
  readonly people: readonly number[];
  readonly sharedIds: readonly string[];
}

const numeral = /^(?:[ivx]{1,4}|\p{L}|.*\p{N}.*)$/u;
const longestTitle = 300;
const nobody: readonly number[] = [];

/**
 * Makes the subjects of two versions ready, which takes all of both: what is asked often is made once. A short abstract says nothing.
 */
export function prepareAll(
  before: readonly Subject[],
  after: readonly Subject[],
  shared: ReadonlySet<string>,
): { readonly before: readonly Prepared[]; readonly after: readonly Prepared[] } {
  const words = [before, after].map((side) => side.map(({ title }) => wordsOf(title)));
  const wordNumbers = numbered(words.flat());
  const keyNumbers = numbered([...before, ...after].map(({ people }) => people));
  const prepare = (subject: Subject, own: readonly string[], number: number): Prepared => {
    const { title, startsAt, endsAt, place, within, people, unit, type, abstract, ids } = subject;
    return {
      number,
      title: own.length > 0 ? own.join(' ') : title.slice(0, longestTitle),
      startsAt,
      endsAt,
      place,
      within,
      unit,
      type,
      abstract: abstract !== undefined && abstract.length >= 60 ? abstract : undefined,
      words: [...new Set(own)].map((word) => wordNumbers.get(word) ?? 0),
      marks: marksOf(own).join(),
      people:
        people.length === 0
          ? nobody
          : people.map((key) => keyNumbers.get(key) ?? 0).sort((one, other) => one - other),
      sharedIds: shared.size === 0 ? [] : ids.filter((id) => shared.has(id)),
    };
  };
  return {
    before: before.map((subject, index) => prepare(subject, words[0]?.[index] ?? [], index)),
    after: after.map((subject, index) =>
      prepare(subject, words[1]?.[index] ?? [], before.length + index),
    ),
  };
}

/** A number for each text, in the order of the alphabet, so that comparing numbers is comparing texts. */
function numbered(lists: readonly (readonly string[])[]): ReadonlyMap<string, number> {
  const all = new Set<string>();
  for (const list of lists) for (const text of list) all.add(text);
  return new Map([...all].sort().map((text, number) => [text, number]));
}

/**
 * Numbers, numerals and single letters of a title: what tells "Part 1" from "Part 2".
 *
 * @example marksOf(['a', 'panel', 'part', 'ii']) // ['ii']
 */
function marksOf(words: readonly string[]): readonly string[] {
  return words.filter((word, index) => numeral.test(word) && !isArticle(word, index, words));
}

/**
 * The words of a title as they are compared.
 *
 * @example wordsOf('Über-Café: Part 2!') // ['uber', 'cafe', 'part', '2']
 */
function wordsOf(title: string): readonly string[] {
  const short = title.slice(0, longestTitle);
  if (/^[ -~]*$/.test(short)) return short.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const plain = short.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** `a` and `i` are words, except at the end: "Session A", "Part I". */
function isArticle(word: string, index: number, words: readonly string[]): boolean {
  return (word === 'a' || word === 'i') && index < words.length - 1;
}
