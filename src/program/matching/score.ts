import type { Census } from './census.js';
import { titleLikeness, type Likeness } from './likeness.js';
import type { Prepared } from './subject.js';

/** From here on two are one and the same. */
export const sameFrom = 8;
/** From here on two may be the same: reported, never merged. */
export const unclearFrom = 4.5;
/** A second candidate this near makes the first one unclear. */
export const margin = 1.5;

const hour = 3_600_000;
const placeholder =
  /^(?:tba|tbd|tbc|to be (?:announced|determined|confirmed|decided)|untitled|placeholder)$/;
/** Sums of the same points in another order differ by less. */
const rounding = 1e-9;

/** Scores things of the last version as what one of the new may have been; undefined where that is not more than a floor. */
export type Scorer = (subject: Prepared) => (one: Prepared, floor: number) => number | undefined;

/**
 * How much speaks for two being one and the same, in points: what few share (a title of its own) weighs much, what many share (a title that recurs every
 * day, a room called TBA) little, and what contradicts counts against it. The scale is set by `sameFrom`. Titles are compared last, and only where they may
 * still decide.
 */
export function scorer(census: Census): Scorer {
  const likenessTo = titleLikeness(census);
  return (other) => {
    const likeness = likenessTo(other);
    const people = new Set(other.people);
    return (one, floor) => {
      const sameTitle = one.title === other.title;
      const parts = [
        timePoints(one, other, census),
        placePoints(one, other, sameTitle, census),
        peoplePoints(one, people, sameTitle, census),
        abstractPoints(one, other, census),
        agreement(one.unit, other.unit, 0.5, -1),
        agreement(one.type, other.type, 0.5, -0.5),
        agreement(one.within, other.within, 4, -2),
        one.sharedIds.some((id) => other.sharedIds.includes(id)) ? 6 : 0,
      ];
      const title = sameTitle
        ? sameTitlePoints(one, other, census)
        : otherTitlePoints(one, { other, likeness }, floor - sum(0, parts) - rounding);
      const score = sum(title, parts);
      return score > floor ? score : undefined;
    };
  };
}

function sum(first: number, parts: readonly number[]): number {
  let total = first;
  for (const part of parts) total += part;
  return total;
}

function sameTitlePoints(one: Prepared, other: Prepared, census: Census): number {
  const count = census.count('title', one);
  if (count <= 1) return 12;
  const recurring = Math.max(1, 7 - Math.log2(count));
  const startsAlike = one.startsAt !== undefined && one.startsAt === other.startsAt;
  // Of a title that recurs, the one at that moment, of that unit, in that session, or on that half day, is one thing again.
  const distinct =
    (one.unit !== undefined && one.unit === other.unit && census.count('titleAndUnit', one) <= 1) ||
    (startsAlike && census.count('titleAndStart', one) <= 1) ||
    (one.within !== undefined &&
      one.within === other.within &&
      census.count('titleAndSession', one) <= 1) ||
    (distance(one, other) <= 4 * hour && census.isAlone(one) && census.isAlone(other));
  return distinct ? Math.max(9, recurring) : recurring;
}

/** Below the needed points it may be less exact. */
function otherTitlePoints(
  one: Prepared,
  { other, likeness }: { readonly other: Prepared; readonly likeness: Likeness },
  needed: number,
): number {
  if (placeholder.test(one.title) || placeholder.test(other.title)) return 0;
  const points = (alike: number) => Math.max(-4.4, 16 * alike - 8);
  const most = points(likeness.most(one));
  return most < needed ? most : points(likeness.of(one));
}

function timePoints(one: Prepared, other: Prepared, census: Census): number {
  if (one.startsAt === undefined || other.startsAt === undefined) return 0;
  if (one.startsAt === other.startsAt) {
    const crowded = Math.max(census.count('slot', one), census.count('slot', other)) > 1;
    return (crowded ? 4 : 5) + (one.endsAt === other.endsAt ? 1 : 0);
  }
  const apart = distance(one, other);
  if (apart <= 4 * hour) return 0;
  return apart <= 24 * hour ? -1 : -2;
}

function placePoints(one: Prepared, other: Prepared, sameTitle: boolean, census: Census): number {
  if (one.place === undefined || other.place === undefined) return 0;
  if (one.place !== other.place) return -1;
  const rare = Math.max(0.25, Math.min(3, 3 * (1.2 - census.share(one.place))));
  const recurs = sameTitle && census.count('titleAndPlace', one) > 1;
  const crowded =
    !sameTitle && Math.max(census.count('slot', one), census.count('slot', other)) > 1;
  return recurs || crowded ? Math.min(rare, 1.5) : rare;
}

/** Whoever takes part in many sessions says little about any of them. */
function peoplePoints(
  one: Prepared,
  people: ReadonlySet<number>,
  sameTitle: boolean,
  census: Census,
): number {
  if (one.people.length === 0 || people.size === 0) return 0;
  if (!one.people.some((key) => people.has(key))) return -4;
  let [shared, all, rarest] = [0, 0, Infinity];
  const ones = new Set(one.people);
  for (const key of new Set([...ones, ...people])) {
    const weight = 1 / (1 + Math.log2(Math.max(1, census.person(key))));
    all += weight;
    if (!ones.has(key) || !people.has(key)) continue;
    shared += weight;
    rarest = Math.min(rarest, census.person(key));
  }
  const points = 10 * (shared / all) - 4;
  if (points <= 0) return points;
  const recurs = sameTitle && census.count('titleAndPeople', one) > 1;
  return Math.min(points, recurs ? 1 : rarest > 4 ? 3 : 6);
}

function abstractPoints(one: Prepared, other: Prepared, census: Census): number {
  if (one.abstract === undefined || one.abstract !== other.abstract) return 0;
  return census.count('abstract', one) <= 1 ? 6 : 0.5;
}

function agreement(
  one: string | undefined,
  other: string | undefined,
  same: number,
  different: number,
): number {
  if (one === undefined || other === undefined) return 0;
  return one === other ? same : different;
}

function distance(one: Prepared, other: Prepared): number {
  if (one.startsAt === undefined || other.startsAt === undefined) return Infinity;
  return Math.abs(one.startsAt - other.startsAt);
}
