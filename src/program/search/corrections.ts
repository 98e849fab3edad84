import { nearest } from '../resemblance.js';
import { atomsOf } from './atoms.js';
import { textsOf, type Documents } from './documents.js';
import type { Evaluation } from './evaluation.js';
import type { Clause, Query } from './query.js';
import { differencesIn, type Scores, type TermIndex } from './term-index.js';

/** A word that the program does not have, and the one that it has instead. */
export interface Correction {
  readonly typed: string;
  /** As the program spells it. */
  readonly instead: string;
  /** The whole query with it. */
  readonly text: string;
}

const mostLookedAt = 40;

/** The words of a query that stand nowhere as they were typed, each with the nearest that does; at most three. */
export function correctionsOf(
  query: Query,
  evaluation: Evaluation,
  { index, documents }: { readonly index: TermIndex; readonly documents: Documents },
): readonly Correction[] {
  const corrections: Correction[] = [];
  for (const part of query.parts) {
    if (part.kind !== 'words') continue;
    for (const clause of part.alternatives) {
      if (!isUnknown(clause, evaluation, index)) continue;
      const instead = nearestWord(clause, index, documents);
      if (instead === undefined) continue;
      const typed = query.text.slice(part.from, part.to).replace(clause.text, () => instead);
      const text = query.text.slice(0, part.from) + typed + query.text.slice(part.to);
      corrections.push({ typed: clause.text, instead, text });
    }
  }
  return corrections.slice(0, 3);
}

function isUnknown(clause: Clause, evaluation: Evaluation, index: TermIndex): boolean {
  if (clause.atoms.length !== 1 || clause.atoms[0]?.isSign === true) return false;
  if (clause.kind === 'phrase') return index.exact(clause.atoms[0]?.forms ?? []).size === 0;
  const { own, mistyped } = evaluation.matches(clause);
  return (
    own.size === 0 ||
    (mistyped.size > 0 && index.beginning(clause.atoms[0]?.forms ?? []).size === 0)
  );
}

function nearestWord(clause: Clause, index: TermIndex, documents: Documents): string | undefined {
  const forms = clause.atoms[0]?.forms ?? [];
  const [usual = ''] = forms;
  const most = differencesIn(usual);
  if (most === 0) return undefined;
  const like = index.like(forms, most + 1);
  const term = nearest(usual, like.terms);
  return term === undefined ? undefined : asSpelled(term, like.scores, documents);
}

/** A term as one of the documents that hold it spells it; undefined when it is only a piece of a word. */
function asSpelled(term: string, scores: Scores, { all }: Documents): string | undefined {
  const likely = [...scores].sort(([, one], [, other]) => other - one).slice(0, mostLookedAt);
  for (const [id] of likely) {
    const document = all[id];
    for (const text of document ? textsOf(document) : []) {
      const atom = atomsOf(text).find(({ forms }) => forms.includes(term));
      if (atom) return text.slice(atom.start, atom.end);
    }
  }
  return undefined;
}
