import type { Prepared } from './subject.js';

/** So many sessions may well all be in the only room there is. */
const fewInOneRoom = 20;
const halfDay = 12 * 3_600_000;

/**
 * How often each value occurs, in whichever of the two versions it occurs more often: what many sessions share says little about which is which.
 */
export interface Census {
  /** 1 where the value belongs to one thing on each side at most. */
  count(trait: Trait, subject: Prepared): number;
  /** How many have this word in their title. */
  word(word: number): number;
  /** How many this person takes part in. */
  person(key: number): number;
  /** What part of all have this place, of a program of some size: 1 where every room is "TBA". */
  share(place: string): number;
  /** Whether no other of the same title begins within half a day. */
  isAlone(subject: Prepared): boolean;
}

/** A value, or several together, by which things may be the same. */
export type Trait = keyof typeof traits;

const traits = {
  title: ({ title }: Prepared) => title,
  titleAndStart: ({ title, startsAt }: Prepared) => `${title}\n${String(startsAt)}`,
  titleAndPlace: ({ title, place }: Prepared) => `${title}\n${place ?? ''}`,
  titleAndUnit: ({ title, unit }: Prepared) => `${title}\n${unit ?? ''}`,
  titleAndSession: ({ title, within }: Prepared) => `${title}\n${within ?? ''}`,
  titleAndPeople: ({ title, people }: Prepared) => `${title}\n${people.join()}`,
  slot: ({ startsAt, place }: Prepared) => `${String(startsAt)}\n${place ?? ''}`,
  abstract: ({ abstract = '' }: Prepared) => abstract,
} as const;

/** Counts both versions whole, not only what is left to be matched: a recurring title is one, even when all but one are known by their ids. */
export function takeCensus(before: readonly Prepared[], after: readonly Prepared[]): Census {
  const all = Math.max(before.length, after.length, 1);
  const words = mostOf(before, after, ({ words }) => words);
  const people = mostOf(before, after, ({ people }) => people);
  const places = mostOf(before, after, ({ place }) => (place === undefined ? [] : [place]));
  const starts = [before, after].map(startsByTitle);
  /** By the numbers of the subjects; counted when first asked for. */
  const counted = new Map<Trait, Uint32Array>();
  return {
    count(trait, { number }) {
      let counts = counted.get(trait);
      if (!counts) counted.set(trait, (counts = countsOf(before, after, traits[trait])));
      return counts[number] ?? 0;
    },
    word: (word) => words.get(word) ?? 0,
    person: (key) => people.get(key) ?? 0,
    share(place) {
      const count = places.get(place) ?? 0;
      return count <= fewInOneRoom ? 0 : count / all;
    },
    isAlone: (subject) => starts.every((side) => near(side.get(subject.title), subject) <= 1),
  };
}

/** How often each value occurs, on the side where that is more often. */
function mostOf<T>(
  before: readonly Prepared[],
  after: readonly Prepared[],
  of: (subject: Prepared) => Iterable<T>,
): ReadonlyMap<T, number> {
  const most = tally(before, of);
  for (const [value, count] of tally(after, of)) {
    if (count > (most.get(value) ?? 0)) most.set(value, count);
  }
  return most;
}

function countsOf(
  before: readonly Prepared[],
  after: readonly Prepared[],
  of: (subject: Prepared) => string,
): Uint32Array {
  const most = mostOf(before, after, (subject) => [of(subject)]);
  const counts = new Uint32Array(before.length + after.length);
  for (const side of [before, after]) {
    for (const subject of side) counts[subject.number] = most.get(of(subject)) ?? 0;
  }
  return counts;
}

function tally<T>(
  subjects: readonly Prepared[],
  of: (subject: Prepared) => Iterable<T>,
): Map<T, number> {
  const counts = new Map<T, number>();
  for (const subject of subjects) {
    for (const value of of(subject)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}

function startsByTitle(subjects: readonly Prepared[]): ReadonlyMap<string, readonly number[]> {
  const starts = new Map<string, number[]>();
  for (const { title, startsAt } of subjects) {
    if (startsAt === undefined) continue;
    const same = starts.get(title);
    if (same) same.push(startsAt);
    else starts.set(title, [startsAt]);
  }
  for (const ordered of starts.values()) ordered.sort((a, b) => a - b);
  return starts;
}

/** How many of the starts lie within half a day; found by halving, since a title may recur thousands of times. */
function near(starts: readonly number[] | undefined, { startsAt }: Prepared): number {
  if (starts === undefined || startsAt === undefined) return 0;
  return indexOf(starts, startsAt + halfDay) - indexOf(starts, startsAt - halfDay);
}

/** Where the first start after the moment stands. */
function indexOf(starts: readonly number[], moment: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
