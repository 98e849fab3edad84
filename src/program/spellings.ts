import type { Person } from './model.js';
import { excerpt, report, type Problems } from './problem.js';

const mostReports = 20;

/** Letters that have no accent to take off, and the two letters that Germans write for one. */
const letters: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/[øö]/g, 'o'],
  [/[łľ]/g, 'l'],
  [/[đð]/g, 'd'],
  [/æ/g, 'a'],
  [/œ/g, 'o'],
  [/ı/g, 'i'],
  [/([aou])e/g, '$1'],
];
const titles = new Set(['dr', 'prof', 'professor', 'mr', 'mrs', 'ms', 'phd', 'md', 'jr', 'sr']);

/** Reports people who may be one under two spellings: "J. Smith", "Smith, Jane", "José" and "Jose". They are never merged: two may well share a name. */
export function reportSpellings(people: readonly Person[], problems: Problems): void {
  const pairs = likelyPairs(people.map(({ name }) => name));
  for (const [one, other] of pairs.slice(0, mostReports)) {
    report(problems, 'note', 'person-two-spellings', {
      place: 'people',
      problem: `"${excerpt(one)}" and "${excerpt(other)}" may be one person; both are kept`,
      remedy: 'Spell the name the same everywhere in the source, or give both the same id',
    });
  }
  if (pairs.length > mostReports) {
    report(problems, 'note', 'person-two-spellings', {
      place: 'people',
      problem: `${pairs.length - mostReports} more pairs of names may be one person each`,
      remedy: 'Settle those above first',
    });
  }
}

/**
 * Pairs of names that may mean one person, each name in one pair at most with the first that it resembles.
 *
 * @example likelyPairs(['Jane Smith', 'J. Smith', 'Smith, Jane']) // [['Jane Smith', 'Smith, Jane'], ['Jane Smith', 'J. Smith']]
 */
export function likelyPairs(names: readonly string[]): readonly (readonly [string, string])[] {
  const parsed = [...new Set(names)].map((name) => ({ name, words: wordsOf(name) }));
  const pairs: (readonly [string, string])[] = [];
  const byWords = new Map<string, string>();
  const byEnds = new Map<string, string>();
  const full = new Map<string, Set<string>>();
  for (const { name, words } of parsed) {
    if (words.length < 2) continue;
    const all = [...words].sort().join(' ');
    const ends = `${words[0] ?? ''} ${words.at(-1) ?? ''}`;
    const isLong = words.some(
      (word, index) => index > 0 && index < words.length - 1 && word.length === 1,
    );
    const same =
      byWords.get(all) ?? (isLong || byEnds.has(`${ends} long`) ? byEnds.get(ends) : undefined);
    if (same === undefined) {
      byWords.set(all, name);
      if (!byEnds.has(ends)) byEnds.set(ends, name);
      if (isLong) byEnds.set(`${ends} long`, name);
    } else pairs.push([same, name]);
    if ((words[0]?.length ?? 0) > 1 && same === undefined) {
      const initial = initialOf(words);
      full.set(initial, (full.get(initial) ?? new Set()).add(name));
    }
  }
  for (const { name, words } of parsed) {
    if (words.length !== 2 || words[0]?.length !== 1) continue;
    // Of several whom an initial fits nobody can say whom it means.
    const [only, ...others] = full.get(initialOf(words)) ?? [];
    if (only !== undefined && others.length === 0 && only !== name) pairs.push([only, name]);
  }
  return pairs;
}

function initialOf(words: readonly string[]): string {
  return `${words[0]?.charAt(0) ?? ''} ${words.at(-1) ?? ''}`;
}

/** First names first, in lower case, without accents, titles and dots: "Smith, Dr. Jané" is `jane smith`. */
function wordsOf(name: string): readonly string[] {
  const [family = '', given, ...more] = name.slice(0, 200).split(',');
  const turned =
    given !== undefined && more.length === 0 ? `${given} ${family}` : name.slice(0, 200);
  const bare = turned.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const plain = letters.reduce((text, [from, to]) => text.replace(from, to), bare);
  return (plain.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !titles.has(word));
}
