import type { EpochMs } from '../time.js';
import type { SearchDocument } from './documents.js';
import type { Find } from './evaluation.js';

/** Scores nearer than this, as a share, are as good as equal. */
const sameWithin = 0.05;
const soon = 3 * 3_600_000;
/** So many more than are wanted are gathered before they are put in order. */
const slack = 64;

interface Rank {
  readonly find: Find;
  readonly step: number;
  readonly turn: number;
  readonly at: EpochMs;
}

/**
 * The best of what was found, the best first; of equals what is on now or soon, then what begins first, and what is cancelled last.
 *
 * @param most how many are wanted; the rest of thousands need not be put in order
 */
export function ranked(
  finds: readonly Find[],
  now: EpochMs | undefined,
  most = finds.length,
): readonly Find[] {
  let best: Rank[] = [];
  let last: Rank | undefined;
  for (const find of finds) {
    const rank = rankOf(find, now);
    if (last && byRank(rank, last) > 0) continue;
    best.push(rank);
    if (best.length < 2 * most + slack) continue;
    best = best.sort(byRank).slice(0, most);
    last = best.at(-1);
  }
  return best
    .sort(byRank)
    .slice(0, most)
    .map(({ find }) => find);
}

function rankOf(find: Find, now: EpochMs | undefined): Rank {
  const { document, score } = find;
  const step = score > 0 ? Math.round(Math.log(score) / Math.log1p(sameWithin)) : 0;
  return { find, step, turn: turnOf(document, now), at: startOf(document) };
}

function byRank(one: Rank, other: Rank): number {
  return (
    other.step - one.step ||
    one.turn - other.turn ||
    one.at - other.at ||
    other.find.score - one.find.score ||
    one.find.document.id - other.find.document.id
  );
}

/** 0 for what is on, or begins soon; 1 for the rest of the program; 2 for what is over, 3 for what is cancelled. */
function turnOf({ session, presentation }: SearchDocument, now: EpochMs | undefined): number {
  if (!session) return 1;
  if (session.cancelled || presentation?.cancelled === true) return 3;
  if (now === undefined) return 1;
  if (session.endsAt <= now) return 2;
  return session.startsAt <= now + soon ? 0 : 1;
}

function startOf({ session, presentation }: SearchDocument): EpochMs {
  return presentation?.startsAt ?? session?.startsAt ?? 0;
}
