import { nearest } from '../resemblance.js';
import { atomsOf } from './atoms.js';
import { telling } from './common-words.js';
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
  searchable: { readonly index: TermIndex; readonly documents: Documents },
): readonly Correction[] {
  const known = telling(query.parts).flat();
  const corrections: Correction[] = [];
  for (const part of query.parts) {
    if (part.kind !== 'words') continue;
    for (const clause of part.alternatives) {
      if (!known.includes(clause) || !isUnknown(clause, evaluation)) continue;
      const instead = nearestWord(clause, searchable);
      if (instead === undefined) continue;
      const typed = query.text.slice(part.from, part.to).replace(clause.text, () => instead);
      const text = query.text.slice(0, part.from) + typed + query.text.slice(part.to);
      corrections.push({ typed: clause.text, instead, text });
    }
  }
  return corrections.slice(0, 3);
}

/** Nothing has the word as it was typed. */
function isUnknown(clause: Clause, evaluation: Evaluation): boolean {
  const [atom, ...others] = clause.atoms;
  if (!atom || others.length > 0 || atom.isSign) return false;
  const { isEmpty, mistyped } = evaluation.matches(clause);
  return isEmpty || mistyped.size > 0;
}

function nearestWord(
  clause: Clause,
  { index, documents }: { readonly index: TermIndex; readonly documents: Documents },
): string | undefined {
  const [usual = ''] = clause.atoms[0]?.forms ?? [];
  if (differencesIn(usual) === 0) return undefined;
  const term = nearest(usual, index.like(usual));
  return term === undefined ? undefined : asSpelled(term, index.exact([term]), documents);
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
