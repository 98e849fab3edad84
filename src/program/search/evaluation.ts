import { matchClause, matchExactly, type ClauseMatches } from './clause-matches.js';
import { telling } from './common-words.js';
import { isScheduled, type Documents } from './documents.js';
import type { NamedThings } from './named-things.js';
import type { Clause, NameFilter, Part } from './query.js';
import { scopeOf, type Clocks, type Scope } from './scope.js';
import type { Scores, TermIndex } from './term-index.js';

/** What evaluating a query needs. */
export interface Searchable {
  readonly index: TermIndex;
  readonly documents: Documents;
  readonly clocks: Clocks;
}

/** Evaluates the parts of one query, in any selection of them; a clause is looked for once. */
export interface Evaluation {
  /** What meets all of these parts, with how well it does; without a positive word or phrase all scores are 0. */
  scores(parts: readonly Part[]): Scores;
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

  return { matches, scores };

  function scores(parts: readonly Part[]): Scores {
    const scope = scopeOf(parts, clocks, named);
    const groups = telling(parts).map((clauses) => united(clauses.map(matches)));
    const found = groups.length > 0 ? inAll(groups, scope) : everything();
    const unwanted = parts.flatMap((part) => (part.kind === 'without' ? [part.clause] : []));
    for (const { own, inherited } of unwanted.map(exactly)) {
      for (const id of own.keys()) found.delete(id);
      for (const id of inherited.keys()) found.delete(id);
    }
    for (const id of found.keys()) {
      const document = documents.all[id];
      if (!document || !scope.includes(document)) found.delete(id);
    }
    return found;
  }

  /** For queries without a word: all sessions and presentations, to be narrowed by the rest; nothing for an empty query. */
  function everything(): Map<number, number> {
    return new Map(documents.all.filter(isScheduled).map(({ id }) => [id, 0]));
  }
}

type Found = Pick<ClauseMatches, 'own' | 'inherited'>;

/** What holds one of several clauses, by the best of them. */
function united(all: readonly Found[]): Found {
  const [first] = all;
  if (first && all.length === 1) return first;
  const best = (of: (found: Found) => Scores) => {
    const scores = new Map<number, number>();
    for (const found of all) {
      for (const [id, score] of of(found)) scores.set(id, Math.max(score, scores.get(id) ?? 0));
    }
    return scores;
  };
  return { own: best(({ own }) => own), inherited: best(({ inherited }) => inherited) };
}

/** What every group finds; at least one of them in the thing itself. */
function inAll(groups: readonly Found[], { namesPerson }: Scope): Map<number, number> {
  const size = ({ own, inherited }: Found) => own.size + inherited.size;
  const [least, ...others] = [...groups].sort((one, other) => size(one) - size(other));
  const found = new Map<number, number>();
  if (!least) return found;
  for (const id of new Set([...least.own.keys(), ...least.inherited.keys()])) {
    let isOwn = namesPerson || least.own.has(id);
    let score = scoreIn(least, id);
    const isEverywhere = others.every((group) => {
      isOwn ||= group.own.has(id);
      score += scoreIn(group, id);
      return group.own.has(id) || group.inherited.has(id);
    });
    if (isEverywhere && isOwn) found.set(id, score);
  }
  return found;
}

function scoreIn({ own, inherited }: Found, id: number): number {
  return (own.get(id) ?? 0) + (inherited.get(id) ?? 0);
}

function once<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = make();
  known.set(key, made);
  return made;
}
