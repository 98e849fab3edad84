import { pairsOf, type Prepared } from './subject.js';

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
  word(word: string): number;
  /** How many this person takes part in. */
  person(key: string): number;
  /** What part of all have this place, of a program of some size: 1 where every room is "TBA". */
  share(place: string): number;
  /** Neighbouring letters of a title, made once. */
  pairs(title: string): ReadonlySet<string>;
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
  const sides = [before, after].map(sideOf);
  const most = (of: (side: Side) => number | undefined) =>
    sides.reduce((greatest, side) => Math.max(greatest, of(side) ?? 0), 0);
  const all = Math.max(before.length, after.length, 1);
  const pairs = new Map<string, ReadonlySet<string>>();
  return {
    count: (trait, subject) => {
      const value = traits[trait](subject);
      return most((side) => side.counts(trait).get(value));
    },
    word: (word) => most(({ words }) => words.get(word)),
    person: (key) => most(({ people }) => people.get(key)),
    share(place) {
      const count = most(({ places }) => places.get(place));
      return count <= fewInOneRoom ? 0 : count / all;
    },
    isAlone: (subject) => most(({ starts }) => near(starts.get(subject.title), subject)) <= 1,
    pairs(title) {
      const known = pairs.get(title);
      if (known) return known;
      const made = pairsOf(title);
      pairs.set(title, made);
      return made;
    },
  };
}

interface Side {
  /** Counted when first asked for. */
  counts(trait: Trait): ReadonlyMap<string, number>;
  readonly words: ReadonlyMap<string, number>;
  readonly people: ReadonlyMap<string, number>;
  readonly places: ReadonlyMap<string, number>;
  /** Starts in order, by title. */
  readonly starts: ReadonlyMap<string, readonly number[]>;
}

function sideOf(subjects: readonly Prepared[]): Side {
  const counted = new Map<Trait, ReadonlyMap<string, number>>();
  return {
    counts(trait) {
      const known = counted.get(trait);
      if (known) return known;
      const counts = tally(subjects, (subject) => [traits[trait](subject)]);
      counted.set(trait, counts);
      return counts;
    },
    words: tally(subjects, ({ words }) => new Set(words)),
    people: tally(subjects, ({ people }) => people),
    places: tally(subjects, ({ place }) => (place === undefined ? [] : [place])),
    starts: startsByTitle(subjects),
  };
}

function tally(
  subjects: readonly Prepared[],
  of: (subject: Prepared) => Iterable<string>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
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
