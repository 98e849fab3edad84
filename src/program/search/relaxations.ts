import { telling } from './common-words.js';
import type { Evaluation } from './evaluation.js';
import { partText, textWithout, type Part, type Query } from './query.js';

/** Another query that would find something. */
export interface Relaxation {
  /** `without`: one part left out; `any`: one of the words is enough. */
  readonly kind: 'without' | 'any';
  /** What is left out, as it was typed; empty for `any`. */
  readonly dropped: string;
  /** The other query's text. */
  readonly text: string;
  readonly count: number;
}

/** For a query that finds nothing: each part that could be left out with what would be found, the most first. */
export function relaxationsOf(query: Query, evaluation: Evaluation): readonly Relaxation[] {
  const { parts } = query;
  if (parts.length < 2) return [];
  const needed = parts.filter((part) => part.kind !== 'words' || isTelling(part, query));
  const without = needed.map((part): Relaxation => ({
    kind: 'without',
    dropped: partText(query, part),
    text: textWithout(query, parts.indexOf(part)),
    count: evaluation.finds(parts.filter((other) => other !== part)).length,
  }));
  return [...without, ...anyWord(query, evaluation)]
    .filter(({ count, text }) => count > 0 && text !== '')
    .sort((one, other) => other.count - one.count);
}

/** The same with the words joined by OR, where there are several. */
function anyWord(query: Query, evaluation: Evaluation): readonly Relaxation[] {
  const words = query.parts.filter((part) => part.kind === 'words' && isTelling(part, query));
  const [first] = words;
  if (words.length < 2 || first?.kind !== 'words') return [];
  const others = query.parts.filter((part) => part.kind !== 'words');
  const alternatives = telling(query.parts).flat();
  const texts = words.map((part) => partText(query, part)).join(' OR ');
  const text = [texts, ...others.map((part) => partText(query, part))].join(' ');
  const count = evaluation.finds([{ ...first, alternatives }, ...others]).length;
  return [{ kind: 'any', dropped: '', text, count }];
}

/** A part that must be found; common words need not be. */
function isTelling(part: Part, { parts }: Query): boolean {
  return part.kind === 'words' && telling(parts).includes(part.alternatives);
}
