import { atomsOf, placesOfRow, typedTerms } from './atoms.js';
import type { Documents, FoundKind, SearchDocument } from './documents.js';
import type { NameFilter } from './query.js';
import type { TermIndex } from './term-index.js';

/** The things that a name in a filter means. */
export interface NamedThings {
  readonly things: readonly SearchDocument[];
  /** None bears the name; these bear one that is spelled nearly so. */
  readonly isGuess: boolean;
}

/** What a name means: the thing with this key or exactly this name; else all with these words, the last of which may be unfinished; else those spelled nearly so. */
export function thingsNamed(
  { kind, value: name }: NameFilter,
  { index, documents }: { readonly index: TermIndex; readonly documents: Documents },
): NamedThings {
  const { all } = documents;
  const ofKind = (id: number) => all[id]?.kind === kind;
  const row = atomsOf(name);
  const byKey = all.filter(
    (one) => one.kind === kind && (one.key === name || one.texts.title === name),
  );
  if (byKey.length > 0 || row.length === 0) return { things: byKey, isGuess: false };
  const titled = (mistyped: boolean) =>
    [...index.titled(typedTerms(name), mistyped, ofKind).keys()].flatMap((id) => all[id] ?? []);
  const things = titled(false);
  const exact = things.filter(({ texts }) => {
    const atoms = atomsOf(texts.title ?? '');
    return atoms.length === row.length && placesOfRow(atoms, row).length > 0;
  });
  if (exact.length > 0) return { things: exact, isGuess: false };
  return things.length > 0 ? { things, isGuess: false } : { things: titled(true), isGuess: true };
}

/** How a filter names one thing for certain: by its name, or by its key where others share the name or it has no words. */
export function certainName(
  { kind, key, texts }: SearchDocument,
  names: ReadonlyMap<string, number>,
): string {
  const { title = '' } = texts;
  return (names.get(nameOf(kind, title)) ?? 0) === 1 && atomsOf(title).length > 0 ? title : key;
}

/** How often each name occurs among things of one kind; two that are typed alike are one name. */
export function nameCounts({ all }: Documents): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, texts } of all) {
    if (kind === 'session' || kind === 'presentation') continue;
    const name = nameOf(kind, texts.title ?? '');
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function nameOf(kind: FoundKind, title: string): string {
  return `${kind} ${typedTerms(title).join(' ')}`;
}
