import type { Catalog } from '../calendar/catalog.js';
import type { Session } from '../model.js';
import type { EpochMs } from '../time.js';
import { createKnownMatches } from './clause-matches.js';
import { telling } from './common-words.js';
import { correctionsOf, type Correction } from './corrections.js';
import { documentsOf, foundKinds, isScheduled, type FoundKind } from './documents.js';
import { evaluationOf, type Evaluation, type Find, type Searchable } from './evaluation.js';
import { facetsOf, type Facets } from './facets.js';
import { hitOf, type Hit } from './hit.js';
import type { Sought } from './marks.js';
import { nameCounts, thingsNamed, type NamedThings } from './named-things.js';
import { parseQuery } from './parse-query.js';
import type { NameFilter, Query } from './query.js';
import { ranked } from './ranking.js';
import { relaxationsOf, type Relaxation } from './relaxations.js';
import { clocksOf } from './scope.js';
import { suggestionsFor, type Suggestion } from './suggestions.js';
import { createTermIndex } from './term-index.js';

/** What of the finds is wanted, and when. */
export interface SearchOptions {
  /** What is on now or soon wins among equals; `day:today` is the day of this. */
  readonly now?: EpochMs;
  /** One kind only; without: sessions and presentations are the hits, the best of the others stand beside them. */
  readonly kind?: FoundKind;
  /** Hits that are passed over. */
  readonly offset?: number;
  /** The most hits; 20 without. */
  readonly limit?: number;
}

/** What a query finds. */
export interface SearchResult {
  readonly query: Query;
  /** Everything that was found, of all kinds. */
  readonly total: number;
  readonly counts: Readonly<Record<FoundKind, number>>;
  /** How many there are to page through; `hits` are some of them. */
  readonly matching: number;
  readonly hits: readonly Hit[];
  /** The best people, rooms, units and types; empty where one kind is wanted. */
  readonly things: readonly Hit[];
  /** Of sessions and presentations. */
  readonly facets: Facets;
  /** Words that the program does not have. */
  readonly corrections: readonly Correction[];
  /** What else would find something; only when nothing was found. */
  readonly relaxations: readonly Relaxation[];
  /** What was not understood, and what was guessed, as sentences. */
  readonly notes: readonly string[];
}

/** The search over one version of a program; immutable. */
export interface ProgramSearch {
  readonly catalog: Catalog;
  /** Finds what a query asks for; never throws, whatever is typed. */
  search(text: string, options?: SearchOptions): SearchResult;
  /** The sessions that a query finds, and those whose presentations it finds, in order of start; of one kind only where one is given. Never throws. */
  sessions(
    text: string,
    options?: { readonly now?: EpochMs; readonly kind?: 'session' | 'presentation' },
  ): readonly Session[];
  /** What somebody may mean who has typed this far: at most `limit` things. */
  suggest(typed: string, limit: number, now?: EpochMs): readonly Suggestion[];
  /** What the index holds, for figures. */
  readonly size: { readonly documents: number; readonly terms: number };
}

const mostThings = 6;

/**
 * Makes the search over a version of a program; in slices of some milliseconds, so that a server answers meanwhile.
 *
 * @param unitLabel what a unit is called here; it becomes an operator like `unit:`
 */
export async function createSearch(
  catalog: Catalog,
  { unitLabel }: { readonly unitLabel?: string } = {},
): Promise<ProgramSearch> {
  const documents = documentsOf(catalog);
  const index = await createTermIndex(documents.all);
  const known = createKnownMatches();
  const searchable = { index, documents, known, clocks: clocksOf(catalog) };
  const names = nameCounts(documents);
  const { language } = catalog.lookup.program;
  const setting = {
    zone: catalog.zone,
    ...(unitLabel !== undefined && { unitLabel }),
    ...(language !== undefined && { language }),
  };
  const queryOf = (text: string, now: EpochMs | undefined) =>
    parseQuery(text, { ...setting, ...(now !== undefined && { now }) });
  return {
    catalog,
    search(text, options = {}) {
      return resultOf(queryOf(text, options.now), options, catalog, searchable, names);
    },
    sessions(text, { now, kind } = {}) {
      const { found } = foundBy(queryOf(text, now), searchable);
      const wanted = found.filter(isOfKind(kind));
      const keys = new Set(wanted.flatMap(({ document }) => document.session?.key ?? []));
      return catalog.sessions.filter(({ key }) => keys.has(key));
    },
    suggest: (typed, limit, now) => suggestionsFor(typed, limit, searchable, now),
    size: { documents: documents.all.length, terms: index.terms },
  };
}

function resultOf(
  query: Query,
  { now, kind, offset = 0, limit = 20 }: SearchOptions,
  catalog: Catalog,
  searchable: Searchable,
  names: ReadonlyMap<string, number>,
): SearchResult {
  const { documents, clocks } = searchable;
  const { found, evaluation, guesses } = foundBy(query, searchable);
  const wanted = found.filter(isOfKind(kind));
  const others = kind ? [] : found.filter(({ document }) => !isScheduled(document));
  const sought = soughtIn(query, evaluation);
  const hit = ({ document, score }: Find) => hitOf(document, score, sought, catalog.lookup);
  return {
    query,
    total: found.length,
    counts: countsOf(found),
    matching: wanted.length,
    hits: ranked(wanted, now, offset + limit)
      .slice(offset)
      .map(hit),
    things: ranked(others, now, mostThings).map(hit),
    facets: facetsOf(found, documents, clocks, names),
    corrections: correctionsOf(query, evaluation, searchable),
    relaxations: found.length === 0 ? relaxationsOf(query, evaluation) : [],
    notes: [...query.notes, ...new Set(guesses)],
  };
}

/** Chooses one kind; without, what has a time and a place. */
function isOfKind(kind: FoundKind | undefined) {
  return ({ document }: Find) => (kind ? document.kind === kind : isScheduled(document));
}

/** Everything that a query finds. */
function foundBy(query: Query, searchable: Searchable) {
  const guesses: string[] = [];
  const evaluation = evaluationOf(searchable, (filter) => named(filter, searchable, guesses));
  const found = query.parts.length === 0 ? [] : evaluation.finds(query.parts);
  return { found, evaluation, guesses };
}

function named(filter: NameFilter, searchable: Searchable, guesses: string[]): NamedThings {
  const found = thingsNamed(filter, searchable);
  const { kind, value } = filter;
  const name = value.slice(0, 60);
  const [first] = found.things;
  if (!first) guesses.push(`The program has no ${kind} by the name of “${name}”.`);
  else if (found.isGuess) {
    guesses.push(
      `The program has no ${kind} by the name of “${name}”; the nearest was taken, “${first.texts.title ?? ''}”.`,
    );
    return { things: [first], isGuess: true };
  }
  return found;
}

/** What is to be marked in the hits. */
function soughtIn({ parts }: Query, evaluation: Evaluation): readonly Sought[] {
  return telling(parts)
    .flat()
    .map((clause) => ({ clause, mistyped: evaluation.matches(clause).mistyped }));
}

function countsOf(found: readonly Find[]): Readonly<Record<FoundKind, number>> {
  const counts = Object.fromEntries(foundKinds.map((kind) => [kind, 0])) as Record<
    FoundKind,
    number
  >;
  for (const { document } of found) counts[document.kind] += 1;
  return counts;
}
