import type { Census } from './census.js';
import { numbering } from './numbering.js';
import type { Prepared } from './subject.js';

/** A group of more pairs than this says nothing that finer groups would not say better. */
const mostPairs = 4_096;

/** Those of the last version that share something rare with one of the new. */
interface Group {
  /** Where the list of its members begins; each says where the next is, -1 at the end. */
  first: number;
  before: number;
  after: number;
}

/** What groups are made by, as numbers. */
interface Facts {
  readonly title: number;
  readonly start: number | undefined;
  readonly place: number | undefined;
  readonly within: number | undefined;
  readonly abstract: number | undefined;
  readonly ids: readonly number[];
  readonly people: readonly number[];
  readonly words: readonly number[];
}

/** What puts things into one group, the most telling first. */
const kinds: readonly ((facts: Facts) => readonly Mark[])[] = [
  ({ start, title }) => both(start, title),
  ({ within, title }) => both(within, title),
  ({ place, title }) => both(place, title),
  ({ abstract }) => one(abstract),
  ({ start, place }) => both(start, place),
  ({ ids }) => ids,
  ({ title }) => [title],
  ({ start, people }) => people.flatMap((key) => both(start, key)),
  ({ start, words }) => words.flatMap((word) => both(start, word)),
  ({ within }) => one(within),
  ({ people }) => people,
  ({ words }) => words,
  ({ start }) => one(start),
];

type Mark = string | number;

/**
 * Of each thing of the new version the places of those before that share something rare with it, those that share the most telling first, and so many at
 * most. Made kind by kind, so that what one kind takes is free for the next.
 */
export function sharingSomethingRare(
  before: readonly Prepared[],
  after: readonly Prepared[],
  census: Census,
  most: number,
): readonly (readonly number[])[] {
  const factsOf = factsBy(census);
  const [olds, news] = [before.map(factsOf), after.map(factsOf)];
  const places: number[] = [];
  const nexts: number[] = [];
  const shared = after.map((): Group[] => []);
  for (const marksOf of kinds) {
    const groups = new Map<Mark, Group>();
    // From the last to the first, since each is put before the others of its group.
    for (let place = olds.length - 1; place >= 0; place--) {
      for (const mark of marksOf(olds[place] ?? nothing)) {
        const group = groups.get(mark);
        nexts.push(group?.first ?? -1);
        const entry = places.push(place) - 1;
        if (!group) groups.set(mark, { first: entry, before: 1, after: 0 });
        else {
          group.first = entry;
          group.before++;
        }
      }
    }
    news.forEach((facts, index) => {
      for (const mark of marksOf(facts)) {
        const group = groups.get(mark);
        if (!group) continue;
        group.after++;
        shared[index]?.push(group);
      }
    });
  }
  return shared.map((groups) => {
    const found = new Set<number>();
    for (const group of groups) {
      if (group.before * group.after > mostPairs) continue;
      for (let at = group.first; at !== -1 && found.size < most; at = nexts[at] ?? -1) {
        found.add(places[at] ?? 0);
      }
    }
    return [...found];
  });
}

const nothing: Facts = {
  title: -1,
  start: undefined,
  place: undefined,
  within: undefined,
  abstract: undefined,
  ids: [],
  people: [],
  words: [],
};

function factsBy(census: Census): (subject: Prepared) => Facts {
  const numberOf = numbering();
  const some = (text: string | undefined) => (text === undefined ? undefined : numberOf(text));
  return ({ title, startsAt, place, within, abstract, sharedIds, people, words }) => ({
    title: numberOf(title),
    start: startsAt === undefined ? undefined : numberOf(String(startsAt)),
    place: some(place),
    within: some(within),
    abstract: some(abstract),
    ids: sharedIds.map(numberOf),
    people: rarest(people, (key) => census.person(key), 4),
    words: rarest(words, (word) => census.word(word), 3),
  });
}

function one(number: number | undefined): readonly Mark[] {
  return number === undefined ? [] : [number];
}

function both(number: number | undefined, other: number | undefined): readonly Mark[] {
  return number === undefined || other === undefined ? [] : [`${number} ${other}`];
}

/** So many of those that fewest have; of equals the first in the order of the alphabet. */
function rarest(
  numbers: readonly number[],
  countOf: (number: number) => number,
  most: number,
): readonly number[] {
  if (numbers.length < 2) return numbers;
  return [...numbers].sort((a, b) => countOf(a) - countOf(b) || a - b).slice(0, most);
}
