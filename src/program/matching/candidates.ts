import type { Census } from './census.js';
import { sharingSomethingRare } from './groups.js';
import { margin, scorer, unclearFrom } from './score.js';
import type { Prepared } from './subject.js';

/** Two that may be the same, by their places in the lists given. */
export interface Pair {
  readonly before: number;
  readonly after: number;
  readonly score: number;
}

const mostTried = 64;
const mostKept = 12;

/**
 * Pairs worth a thought, without comparing all with all: only those are compared that share something rare, and of each thing only so many, those that
 * share the most telling first. Time and memory grow with the number of things. The best pairs stand first.
 */
export function candidatePairs(
  before: readonly Prepared[],
  after: readonly Prepared[],
  census: Census,
): readonly Pair[] {
  const tried = sharingSomethingRare(before, after, census, mostTried);
  const scoreTo = scorer(census);
  const pairs = after.flatMap((subject, index) => {
    const score = scoreTo(subject);
    const own: Pair[] = [];
    for (const place of tried[index] ?? []) {
      const other = before[place];
      const points = other && score(other, unclearFrom - margin);
      if (points !== undefined) own.push({ before: place, after: index, score: points });
    }
    return own.sort(byScore).slice(0, mostKept);
  });
  const kept = new Map<number, number>();
  return pairs.sort(byScore).filter(({ before: place }) => {
    const count = (kept.get(place) ?? 0) + 1;
    kept.set(place, count);
    return count <= mostKept;
  });
}

/** The best first; of equals the first in the order of both lists, so that the same versions always give the same answer. */
function byScore(one: Pair, other: Pair): number {
  return other.score - one.score || one.before - other.before || one.after - other.after;
}
