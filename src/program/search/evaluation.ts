import {
  matchClause,
  matchExactly,
  type ClauseMatches,
  type Matchable,
  type Weights,
} from './clause-matches.js';
import { telling } from './common-words.js';
import { isScheduled, type SearchDocument } from './documents.js';
import type { NamedThings } from './named-things.js';
import type { Clause, NameFilter, Part } from './query.js';
import { scopeOf, type Clocks, type Scope } from './scope.js';

/** What evaluating a query needs. */
export interface Searchable extends Matchable {
  readonly clocks: Clocks;
}

/** Something that meets a query. */
export interface Find {
  readonly document: SearchDocument;
  /** How well it does; 0 for all where the query has neither words nor phrases. */
  readonly score: number;
}

/** Evaluates the parts of one query, in any selection of them; a clause is looked for once. */
export interface Evaluation {
  /** What meets all of these parts, in the order of the documents. */
  finds(parts: readonly Part[]): readonly Find[];
  /** How a clause was found. */
  matches(clause: Clause): ClauseMatches;
}

/** Prepares the evaluation of one query. */
export function evaluationOf(
  searchable: Searchable,
  named: (filter: NameFilter) => NamedThings,
): Evaluation {
  const { documents, clocks } = searchable;
  const known = new Map<Clause, ClauseMatches>();
  const excluded = new Map<Clause, ClauseMatches>();
  const matches = (clause: Clause) => once(known, clause, () => matchClause(clause, searchable));
  const exactly = (clause: Clause) =>
    once(excluded, clause, () => matchExactly(clause, searchable));

  return { matches, finds };

  function finds(parts: readonly Part[]): readonly Find[] {
    const scope = scopeOf(parts, clocks, named);
    const groups = telling(parts).map((clauses) => united(clauses.map(matches)));
    const unwanted = parts.flatMap((part) =>
      part.kind === 'without' ? [exactly(part.clause)] : [],
    );
    const found: Find[] = [];
    for (const document of documents.all) {
      const { id } = document;
      const score = groups.length > 0 ? scoreIn(groups, id, scope) : isScheduled(document) ? 0 : -1;
      if (score < 0 || !scope.includes(document) || unwanted.some((one) => holds(one, id)))
        continue;
      found.push({ document, score });
    }
    return found;
  }
}

type Found = Pick<ClauseMatches, 'own' | 'inherited'>;

/** What holds one of several clauses, by the best of them. */
function united(all: readonly Found[]): Found {
  const [first] = all;
  if (first && all.length === 1) return first;
  return {
    own: greatest(all.map(({ own }) => own)),
    inherited: greatest(all.map(({ inherited }) => inherited)),
  };
}

/** The greatest weight at each place. */
function greatest([first, ...others]: readonly Weights[]): Weights {
  const weights = Float32Array.from(first ?? []);
  for (const other of others) {
    // By number: an iterator over typed arrays takes ten times as long.
    for (let id = 0; id < weights.length; id += 1) {
      const weight = other[id] ?? 0;
      if (weight > (weights[id] ?? 0)) weights[id] = weight;
    }
  }
  return weights;
}

/** How well a document meets every group; -1 where it misses one, or meets none by itself. */
function scoreIn(groups: readonly Found[], id: number, { namesPerson }: Scope): number {
  let isOwn = namesPerson;
  let score = 0;
  for (const { own, inherited } of groups) {
    const direct = own[id] ?? 0;
    const weight = direct + (inherited[id] ?? 0);
    if (weight === 0) return -1;
    isOwn ||= direct > 0;
    score += weight;
  }
  return isOwn ? score : -1;
}

function holds({ own, inherited }: Found, id: number): boolean {
  return (own[id] ?? 0) > 0 || (inherited[id] ?? 0) > 0;
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
