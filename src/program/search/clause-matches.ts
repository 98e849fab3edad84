import { LRUCache } from 'lru-cache';
import { differences } from '../resemblance.js';
import type { Atom } from './atoms.js';
import { textsOf, type Documents, type FoundKind } from './documents.js';
import type { Clause } from './query.js';
import { rowTest } from './row-test.js';
import { differencesIn, type Scores, type TermIndex } from './term-index.js';

/** How well each document fits, at the place of its id; 0 where it does not. A word may be found in half of a program: a map would be slow. */
export type Weights = Float32Array;

/** What holds a clause, and how it was found. */
export interface ClauseMatches {
  /** By its own words or those of its people; a session also by its room, unit and type. */
  readonly own: Weights;
  /** Presentations by the words of their session, which alone are no reason to show them. */
  readonly inherited: Weights;
  /** Terms that stand for a mistyped word; empty where it was found as it is. */
  readonly mistyped: ReadonlySet<string>;
  /** Nothing holds it. */
  readonly isEmpty: boolean;
}

/** What looking for a clause needs. */
export interface Matchable {
  readonly index: TermIndex;
  readonly documents: Documents;
  readonly known: KnownMatches;
}

/** How much of a word's weight reaches those who owe it to another. */
const reach = {
  person: 0.5,
  room: 0.25,
  unit: 0.25,
  type: 0.25,
  session: 0.15,
} as const satisfies Partial<Record<FoundKind, number>>;
const phraseBoost = 1.5;
const mistypedShare = 0.5;
/** Prefixes shorter than this would find half of the program. */
const shortestPrefix = 3;
/** With so many finds nobody needs those that only begin so. */
const manyFinds = 100;
/** A long phrase is looked up by so many of its terms, and then read. */
const mostLookedUp = 10;

const none: ReadonlySet<string> = new Set();

/** What was found for the commonest words, which are asked for again and again. */
export type KnownMatches = LRUCache<string, ClauseMatches>;

const mostKnown = 48;
/** Words that stand in so many documents take longest to look for. */
const isFrequent = 300;

/** Room for what was found for frequent words. */
export function createKnownMatches(): KnownMatches {
  return new LRUCache({ max: mostKnown });
}

/** Looks for one clause. */
export function matchClause(clause: Clause, searchable: Matchable): ClauseMatches {
  const { index, documents, known } = searchable;
  const name = `${clause.kind} ${clause.atoms.map(({ forms }) => forms.join(' ')).join('\n')}`;
  const before = known.get(name);
  if (before) return before;
  const { scores, mistyped } = found(clause, index, documents);
  const matches = { ...spread(scores, documents), mistyped };
  if (scores.size >= isFrequent) known.set(name, matches);
  return matches;
}

/** Exactly the documents that hold a clause, for what must not be shown: no prefix, nothing mistyped. */
export function matchExactly(clause: Clause, { index, documents }: Matchable): ClauseMatches {
  return { ...spread(phrase(clause.atoms, index, documents), documents), mistyped: none };
}

function found(
  clause: Clause,
  index: TermIndex,
  documents: Documents,
): { scores: Scores; mistyped: ReadonlySet<string> } {
  const { kind, atoms } = clause;
  if (kind !== 'word') {
    const exact = phrase(atoms, index, documents);
    if (kind === 'phrase' || exact.size > 0) return { scores: exact, mistyped: none };
    return { scores: index.all(atoms.map(({ forms }) => forms)), mistyped: none };
  }
  const forms = atoms[0]?.forms ?? [];
  const [usual = ''] = forms;
  const exact = index.exact(forms);
  const isEnough = usual.length < shortestPrefix || exact.size >= manyFinds;
  const scores = isEnough ? exact : index.beginning(forms);
  if (scores.size > 0) return { scores, mistyped: none };
  const near = nearTerms(usual, index);
  const mistypedScores = [...index.exact([...near])].map(
    ([id, score]) => [id, score * mistypedShare] as const,
  );
  return { scores: new Map(mistypedScores), mistyped: near };
}

/** The terms that somebody may have meant who mistyped one. */
function nearTerms(word: string, index: TermIndex): ReadonlySet<string> {
  const most = differencesIn(word);
  if (most === 0) return none;
  const near = [...index.like(word)].filter((term) => differences(word, term) <= most);
  return new Set(near);
}

/** Documents that have these atoms next to each other in one of their texts. */
function phrase(atoms: readonly Atom[], index: TermIndex, documents: Documents): Scores {
  const [first] = atoms;
  if (!first) return new Map();
  if (atoms.length === 1) {
    // A sign alone may stand before any other.
    const hits = first.isSign ? index.beginning(first.forms) : index.exact(first.forms);
    return new Map([...hits].map(([id, score]) => [id, score * phraseBoost]));
  }
  const candidates = index.all(lookedUp(atoms));
  const hits = new Map<number, number>();
  const holds = rowTest(atoms);
  for (const [id, score] of candidates) {
    const document = documents.all[id];
    if (document && textsOf(document).some(holds)) hits.set(id, score * phraseBoost);
  }
  return hits;
}

function lookedUp(atoms: readonly Atom[]): readonly (readonly string[])[] {
  const terms = atoms.flatMap((atom, at): (readonly string[])[] => {
    if (!atom.isSign) return [atom.forms];
    const next = atoms[at + 1];
    // The last sign of a row may go on in the document; it is read there.
    return next?.isSign ? [[(atom.forms[0] ?? '') + (next.forms[0] ?? '')]] : [];
  });
  const longest = [...terms].sort((one, other) => (other[0]?.length ?? 0) - (one[0]?.length ?? 0));
  return longest.slice(0, mostLookedUp);
}

/** Carries words to those who owe them to another: to the sessions of a person or a room, to the presentations of a session. */
function spread(scores: Scores, { all }: Documents): Omit<ClauseMatches, 'mistyped'> {
  const own = new Float32Array(all.length);
  const inherited = new Float32Array(all.length);
  const raise = (weights: Weights, id: number, by: number) => {
    weights[id] = (weights[id] ?? 0) + by;
  };
  for (const [id, score] of scores) {
    raise(own, id, score);
    const document = all[id];
    if (!document || document.kind === 'presentation') continue;
    const share = score * reach[document.kind];
    const isPlace = document.kind !== 'person' && document.kind !== 'session';
    const reached = document.kind === 'session' ? inherited : own;
    for (const dependent of document.dependents) {
      raise(reached, dependent, share);
      if (!isPlace) continue;
      for (const part of all[dependent]?.dependents ?? []) raise(inherited, part, share / 2);
    }
  }
  return { own, inherited, isEmpty: scores.size === 0 };
}
