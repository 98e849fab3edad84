import { differences } from '../resemblance.js';
import type { Atom } from './atoms.js';
import { textsOf, type Documents, type FoundKind } from './documents.js';
import type { Clause } from './query.js';
import { rowTest } from './row-test.js';
import { differencesIn, type Scores, type TermIndex } from './term-index.js';

/** What holds a clause, and how it was found. */
export interface ClauseMatches {
  /** By its own words or those of its people; a session also by its room, unit and type. */
  readonly own: Scores;
  /** Presentations by the words of their session, which alone are no reason to show them. */
  readonly inherited: Scores;
  /** Terms that stand for a mistyped word; empty where it was found as it is. */
  readonly mistyped: ReadonlySet<string>;
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
/** A long phrase is looked up by so many of its terms, and then read. */
const mostLookedUp = 10;

const none: ReadonlySet<string> = new Set();

/** Looks for one clause. */
export function matchClause(
  clause: Clause,
  { index, documents }: { readonly index: TermIndex; readonly documents: Documents },
): ClauseMatches {
  const { scores, mistyped } = found(clause, index, documents);
  return { ...spread(scores, documents), mistyped };
}

/** Exactly the documents that hold a clause, for what must not be shown: no prefix, nothing mistyped. */
export function matchExactly(
  clause: Clause,
  { index, documents }: { readonly index: TermIndex; readonly documents: Documents },
): ClauseMatches {
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
  const scores = usual.length < shortestPrefix ? index.exact(forms) : index.beginning(forms);
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
function spread(
  scores: Scores,
  { all }: Documents,
): { readonly own: Scores; readonly inherited: Scores } {
  const own = new Map(scores);
  const inherited = new Map<number, number>();
  for (const [id, score] of scores) {
    const document = all[id];
    if (!document || document.kind === 'presentation') continue;
    const share = score * reach[document.kind];
    const passesOn = document.kind !== 'person';
    for (const dependent of document.dependents) {
      if (document.kind === 'session') raise(inherited, dependent, share);
      else raise(own, dependent, share);
      if (!passesOn || document.kind === 'session') continue;
      for (const part of all[dependent]?.dependents ?? []) raise(inherited, part, share / 2);
    }
  }
  return { own, inherited };
}

function raise(scores: Map<number, number>, id: number, by: number): void {
  scores.set(id, (scores.get(id) ?? 0) + by);
}
