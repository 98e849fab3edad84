import type { Census } from './census.js';
import type { Prepared } from './subject.js';

/** How alike the titles of one thing and of others are. */
export interface Likeness {
  /** No pair of the two is more alike than this, from 0 to 1; known without looking at the letters. */
  most(other: Prepared): number;
  /** From 0 to 1: by their words, rare ones first, or by their letters, so that a typing error costs little. */
  of(other: Prepared): number;
}

/** Compares titles of things of the last version with that of one of the new; what is asked of a title often is made once for all. */
export function titleLikeness(census: Census): (subject: Prepared) => Likeness {
  const sums = new Map<string, number>();
  const letters = new Map<string, ReadonlySet<number>>();
  const weight = (word: number) => 1 / (1 + Math.log2(Math.max(1, census.word(word))));
  const sumOf = ({ title, words }: Prepared) =>
    once(sums, title, () => words.reduce((sum, word) => sum + weight(word), 0));
  const pairs = ({ title }: Prepared) => once(letters, title, () => pairsOf(title));

  return (subject) => {
    const words = new Set(subject.words);
    return {
      most: ({ marks }) => cap(marks, subject.marks),
      of(other) {
        const shared = other.words.reduce(
          (sum, word) => (words.has(word) ? sum + weight(word) : sum),
          0,
        );
        const byWords = (2 * shared) / Math.max(sumOf(other) + sumOf(subject), 1e-9);
        const [mine, others] = [pairs(subject), pairs(other)];
        let common = 0;
        for (const pair of others) if (mine.has(pair)) common++;
        const byLetters = (2 * common) / Math.max(mine.size + others.size, 1) - 0.05;
        return Math.min(Math.max(byWords, byLetters), cap(other.marks, subject.marks));
      },
    };
  };
}

/** "Part 1" is not "Part 2", however alike the rest. */
function cap(marks: string, others: string): number {
  if (marks === others) return 1;
  return marks !== '' && others !== '' ? 0.35 : 0.6;
}

/** Neighbouring letters, two in a number: what a typing error leaves mostly as it is. */
function pairsOf(title: string): ReadonlySet<number> {
  const pairs = new Set<number>();
  for (let at = 0; at + 1 < title.length; at++) {
    pairs.add((title.charCodeAt(at) << 16) | title.charCodeAt(at + 1));
  }
  return pairs;
}

function once<T>(known: Map<string, T>, title: string, make: () => T): T {
  let made = known.get(title);
  if (made === undefined) known.set(title, (made = make()));
  return made;
}
