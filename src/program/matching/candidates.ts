import type { Census } from './census.js';
import { margin, scoreOf, unclearFrom } from './score.js';
import type { Prepared } from './subject.js';

/** Two that may be the same, by their places in the lists given. */
export interface Pair {
  readonly before: number;
  readonly after: number;
  readonly score: number;
}

/** A group of more pairs than this says nothing that finer groups would not say better. */
const mostPairs = 4_096;
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
  const groups = new Map<string, number[]>();
  before.forEach((subject, index) => {
    for (const name of groupsOf(subject, census)) {
      const members = groups.get(name);
      if (members) members.push(index);
      else groups.set(name, [index]);
    }
  });
  const sizes = new Map<string, number>();
  const names = after.map((subject) => groupsOf(subject, census));
  for (const name of names.flat()) {
    if (groups.has(name)) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  }
  const pairs = after.flatMap((subject, index) => {
    const tried = new Set<number>();
    for (const name of names[index] ?? []) {
      const members = groups.get(name) ?? [];
      if (members.length * (sizes.get(name) ?? 0) > mostPairs) continue;
      for (const member of members) {
        if (tried.size < mostTried) tried.add(member);
      }
    }
    return [...tried]
      .flatMap((place): Pair[] => {
        const other = before[place];
        if (other === undefined) return [];
        const score = scoreOf(other, subject, census);
        return score > unclearFrom - margin ? [{ before: place, after: index, score }] : [];
      })
      .sort(byScore)
      .slice(0, mostKept);
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

/** Names of the groups that a thing is in, the most telling first. */
function groupsOf(subject: Prepared, census: Census): readonly string[] {
  const { title, startsAt, place, within, people, words, abstract, sharedIds } = subject;
  const start = startsAt === undefined ? undefined : String(startsAt);
  const rareWords = [...new Set(words)]
    .map((word) => ({ word, count: census.word(word) }))
    .sort((a, b) => a.count - b.count || (a.word < b.word ? -1 : 1))
    .slice(0, 3);
  const rarePeople = [...people]
    .map((key) => ({ key, count: census.person(key) }))
    .sort((a, b) => a.count - b.count || (a.key < b.key ? -1 : 1))
    .slice(0, 4);
  return [
    ...(start === undefined ? [] : [`title ${start} ${title}`]),
    ...(within === undefined ? [] : [`title in ${within} ${title}`]),
    ...(place === undefined ? [] : [`title at ${place} ${title}`]),
    ...(abstract === undefined ? [] : [`abstract ${abstract}`]),
    ...(start === undefined || place === undefined ? [] : [`slot ${start} ${place}`]),
    ...sharedIds.map((id) => `id ${id}`),
    `title ${title}`,
    ...rarePeople.flatMap(({ key }) => (start === undefined ? [] : [`person ${start} ${key}`])),
    ...rareWords.flatMap(({ word }) => (start === undefined ? [] : [`word ${start} ${word}`])),
    ...(within === undefined ? [] : [`in ${within}`]),
    ...rarePeople.map(({ key }) => `person ${key}`),
    ...rareWords.map(({ word }) => `word ${word}`),
    ...(start === undefined ? [] : [`start ${start}`]),
  ];
}
