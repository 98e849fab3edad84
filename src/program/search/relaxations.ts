import type { Evaluation } from './evaluation.js';
import { partText, textWithout, type Query } from './query.js';

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
  const without = parts.map((part, index): Relaxation => ({
    kind: 'without',
    dropped: partText(query, part),
    text: textWithout(query, index),
    count: evaluation.scores(parts.filter((_, other) => other !== index)).size,
  }));
  return [...without, ...anyWord(query, evaluation)]
    .filter(({ count, text }) => count > 0 && text !== '')
    .sort((one, other) => other.count - one.count);
}

/** The same with the words joined by OR, where there are several. */
function anyWord(query: Query, evaluation: Evaluation): readonly Relaxation[] {
  const words = query.parts.filter((part) => part.kind === 'words');
  const [first] = words;
  if (words.length < 2 || !first) return [];
  const others = query.parts.filter((part) => part.kind !== 'words');
  const alternatives = words.flatMap((part) => part.alternatives);
  const texts = words.map((part) => partText(query, part)).join(' OR ');
  const text = [texts, ...others.map((part) => partText(query, part))].join(' ');
  const count = evaluation.scores([{ ...first, alternatives }, ...others]).size;
  return [{ kind: 'any', dropped: '', text, count }];
}
