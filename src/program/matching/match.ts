import { sharedIds } from '../identity.js';
import { candidatePairs, type Pair } from './candidates.js';
import { takeCensus } from './census.js';
import { margin, sameFrom, unclearFrom } from './score.js';
import { signatures } from './signature.js';
import { prepareAll, type Subject } from './subject.js';

/** Things of two versions, and which of each are still without a counterpart. Places are those in the lists. */
export interface Unmatched {
  readonly before: readonly Subject[];
  readonly after: readonly Subject[];
  readonly freeBefore: readonly number[];
  readonly freeAfter: readonly number[];
}

/** Who is who. */
export interface Matched {
  /** Place before by place after. */
  readonly same: ReadonlyMap<number, number>;
  /** What may be the same and was not merged: each with its best candidate, and the second where it is nearly as good. */
  readonly unclear: readonly Unclear[];
}

/** Two that may be the same. */
export interface Unclear {
  readonly after: number;
  readonly before: number;
  /** Another that it may be, or that may be the one before. */
  readonly rival?: { readonly side: 'before' | 'after'; readonly place: number };
}

/**
 * Finds things again in a new version by what they are: one to one, the best pairs first, and never when there is doubt. Equal input gives equal output.
 */
export function matchVersions({ before, after, freeBefore, freeAfter }: Unmatched): Matched {
  if (freeBefore.length === 0 || freeAfter.length === 0) return { same: new Map(), unclear: [] };
  const signatureOf = signatures();
  const exact = exactPairs({ before, after, freeBefore, freeAfter }, signatureOf);
  const gone = new Set(exact.values());
  const leftPlaces = freeBefore.filter((place) => !gone.has(place));
  const rightPlaces = freeAfter.filter((place) => !exact.has(place));
  if (leftPlaces.length === 0 || rightPlaces.length === 0) return { same: exact, unclear: [] };
  const shared = new Set([...sharedIds(before), ...sharedIds(after)]);
  const { before: olds, after: news } = prepareAll(before, after, shared);
  const left = chosen(olds, leftPlaces);
  const right = chosen(news, rightPlaces);
  const pairs = candidatePairs(left, right, takeCensus(olds, news));
  const { taken, unclear } = settle(pairs, {
    before: chosen(before, leftPlaces).map(signatureOf),
    after: chosen(after, rightPlaces).map(signatureOf),
  });
  const oldPlace = (place: number) => leftPlaces[place] ?? 0;
  const newPlace = (place: number) => rightPlaces[place] ?? 0;
  return {
    same: new Map([
      ...exact,
      ...taken.map((pair) => [newPlace(pair.after), oldPlace(pair.before)] as const),
    ]),
    unclear: unclear.map(({ before: old, after: fresh, rival }) => ({
      before: oldPlace(old),
      after: newPlace(fresh),
      ...(rival && {
        rival: {
          side: rival.side,
          place: rival.side === 'before' ? oldPlace(rival.place) : newPlace(rival.place),
        },
      }),
    })),
  };
}

/** Those that are the same in everything; of several that nobody could tell apart the first is the first. */
function exactPairs(
  { before, after, freeBefore, freeAfter }: Unmatched,
  signatureOf: (subject: Subject) => string,
): ReadonlyMap<number, number> {
  const places = new Map<string, number[]>();
  for (const place of freeBefore.toReversed()) {
    const subject = before[place];
    if (!subject) continue;
    const signature = signatureOf(subject);
    const same = places.get(signature);
    if (same) same.push(place);
    else places.set(signature, [place]);
  }
  const pairs = new Map<number, number>();
  for (const place of freeAfter) {
    const subject = after[place];
    const old = subject && places.get(signatureOf(subject))?.pop();
    if (old !== undefined) pairs.set(place, old);
  }
  return pairs;
}

function chosen<T>(all: readonly T[], places: readonly number[]): readonly T[] {
  return places.flatMap((place) => all[place] ?? []);
}

/** Takes pairs as long as one is clear: what is taken may settle what was in doubt. */
function settle(
  pairs: readonly Pair[],
  marks: { readonly before: readonly string[]; readonly after: readonly string[] },
): { readonly taken: readonly Pair[]; readonly unclear: readonly Unclear[] } {
  const byBefore = grouped(pairs, ({ before }) => before);
  const byAfter = grouped(pairs, ({ after }) => after);
  const gone = { before: new Set<number>(), after: new Set<number>() };
  const isFree = ({ before, after }: Pair) => !gone.before.has(before) && !gone.after.has(after);
  const rivalOf = (pair: Pair): Unclear['rival'] => {
    const isNear = (other: Pair) =>
      other !== pair && isFree(other) && other.score > pair.score - margin;
    // Between twins there is nothing to mistake.
    const old = byBefore
      .get(pair.before)
      ?.find((other) => isNear(other) && marks.after[other.after] !== marks.after[pair.after]);
    if (old) return { side: 'after', place: old.after };
    const fresh = byAfter
      .get(pair.after)
      ?.find((other) => isNear(other) && marks.before[other.before] !== marks.before[pair.before]);
    return fresh && { side: 'before', place: fresh.before };
  };

  const taken: Pair[] = [];
  let open = pairs.filter(({ score }) => score >= sameFrom);
  for (let found = true; found;) {
    found = false;
    for (const pair of open) {
      if (!isFree(pair) || rivalOf(pair)) continue;
      gone.before.add(pair.before);
      gone.after.add(pair.after);
      taken.push(pair);
      found = true;
    }
    open = open.filter(isFree);
  }

  const unclear: Unclear[] = [];
  const said = new Set<number>();
  for (const pair of pairs) {
    if (pair.score < unclearFrom || !isFree(pair) || said.has(pair.after)) continue;
    said.add(pair.after);
    const rival = rivalOf(pair);
    unclear.push({ before: pair.before, after: pair.after, ...(rival && { rival }) });
  }
  return { taken, unclear };
}

function grouped(
  pairs: readonly Pair[],
  by: (pair: Pair) => number,
): ReadonlyMap<number, readonly Pair[]> {
  const groups = new Map<number, Pair[]>();
  for (const pair of pairs) {
    const group = groups.get(by(pair));
    if (group) group.push(pair);
    else groups.set(by(pair), [pair]);
  }
  return groups;
}
