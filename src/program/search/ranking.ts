import type { EpochMs } from '../time.js';
import type { SearchDocument } from './documents.js';
import type { Scores } from './term-index.js';

/** Scores nearer than this, as a share, are as good as equal. */
const sameWithin = 0.05;
const soon = 3 * 3_600_000;

/** What was found, the best first; of equals what is on now or soon, then what begins first, and what is cancelled last. */
export function ranked(
  scores: Scores,
  all: readonly SearchDocument[],
  now: EpochMs | undefined,
): readonly SearchDocument[] {
  return [...scores]
    .flatMap(([id, score]) => {
      const document = all[id];
      if (!document) return [];
      const step = score > 0 ? Math.round(Math.log(score) / Math.log1p(sameWithin)) : 0;
      return [{ document, step, score, turn: turnOf(document, now), at: startOf(document) }];
    })
    .sort(
      (one, other) =>
        other.step - one.step ||
        one.turn - other.turn ||
        one.at - other.at ||
        other.score - one.score ||
        one.document.id - other.document.id,
    )
    .map(({ document }) => document);
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
