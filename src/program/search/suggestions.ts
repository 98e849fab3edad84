import type { Key, Session } from '../model.js';
import type { EpochMs } from '../time.js';
import { atomsOf, typedTerms } from './atoms.js';
import type { Documents, FoundKind, SearchDocument } from './documents.js';
import { mark, type MarkedText } from './marks.js';
import { clauseOf } from './query.js';
import { tokensOf } from './query-tokens.js';
import { ranked } from './ranking.js';
import type { TermIndex } from './term-index.js';

/** What somebody may mean who has typed this far. */
export interface Suggestion {
  readonly kind: Exclude<FoundKind, 'presentation'>;
  /** Of a type: its slug. */
  readonly key: Key;
  readonly title: MarkedText;
  /** What tells it from others of its name: an affiliation, a building. */
  readonly note?: string;
  readonly session?: Session;
}

const mostWords = 8;
const mostLetters = 200;
const namedKinds = ['person', 'room', 'unit', 'type'] as const;

/** The likeliest things whose names have all words typed so far; sessions leave room for what else there is. */
export function suggestionsFor(
  typed: string,
  limit: number,
  { index, documents }: { readonly index: TermIndex; readonly documents: Documents },
  now: EpochMs | undefined,
): readonly Suggestion[] {
  const { text, kind } = askedFor(typed);
  const words = typedTerms(text).slice(0, mostWords);
  // One letter would suggest half of the program; one sign of a script without spaces is a word.
  const isTooShort = words.length === 1 && /^[\p{Script=Latin}\p{N}]$/u.test(words[0] ?? '');
  if (words.length === 0 || isTooShort) return [];
  const isMeant = (id: number) => {
    const document = documents.all[id];
    return (
      document !== undefined &&
      document.kind !== 'presentation' &&
      (!kind || document.kind === kind)
    );
  };
  const exact = index.titled(words, false, isMeant);
  const scores = exact.size > 0 ? exact : index.titled(words, true, isMeant);
  const sought = atomsOf(text).flatMap(({ start, end }) => {
    const clause = clauseOf(text.slice(start, end), false);
    return clause ? [{ clause, mistyped: new Set<string>(), isUnfinished: true }] : [];
  });
  const finds = [...scores].flatMap(([id, score]) => {
    const document = documents.all[id];
    return document ? [{ document, score }] : [];
  });
  return mixed(
    ranked(finds, now).map(({ document }) => document),
    limit,
  ).map(({ kind, key, texts, session }): Suggestion => {
    const { text, ranges } = mark(texts.title ?? '', sought);
    const note = texts.affiliation ?? texts.building;
    return {
      kind: kind as Suggestion['kind'],
      key,
      title: { text, ranges },
      ...(note !== undefined && kind !== 'session' && { note }),
      ...(session && { session }),
    };
  });
}

/** What the last piece of a query asks for by name (`person:smi`), or all of it. */
function askedFor(typed: string): { readonly text: string; readonly kind?: FoundKind } {
  const text = typed.slice(0, mostLetters);
  const named = (operator: string | undefined) => namedKinds.find((one) => one === operator);
  const last = tokensOf(text, (operator) => named(operator) !== undefined).tokens.at(-1);
  const kind = named(last?.operator);
  return last && kind ? { text: last.value, kind } : { text };
}

/** The first ones, of which no kind takes more than half while others are left. */
function mixed(documents: readonly SearchDocument[], limit: number): readonly SearchDocument[] {
  const most = Math.ceil(limit / 2);
  const counts = new Map<FoundKind, number>();
  const chosen = new Set<SearchDocument>();
  for (const document of documents) {
    const count = counts.get(document.kind) ?? 0;
    if (chosen.size === limit || count === most) continue;
    counts.set(document.kind, count + 1);
    chosen.add(document);
  }
  for (const document of documents) if (chosen.size < limit) chosen.add(document);
  return documents.filter((document) => chosen.has(document));
}
