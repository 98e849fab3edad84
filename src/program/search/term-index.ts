import MiniSearch, { type SearchOptions } from 'minisearch';
import { atomsOf, termsOf } from './atoms.js';
import { textFields, type SearchDocument, type TextField } from './documents.js';

/** How well documents fit, by id; in any order. */
export type Scores = ReadonlyMap<number, number>;

/** The words of a program, each with the documents that hold it. */
export interface TermIndex {
  /** Documents with at least one of these terms, exactly so. */
  exact(terms: readonly string[]): Scores;
  /** Documents with all of these terms; each may be typed in several forms. */
  all(terms: readonly (readonly string[])[]): Scores;
  /** Documents with a term that begins so, the term itself first. */
  beginning(terms: readonly string[]): Scores;
  /** The terms that look like a word: letters are wrong, left out or added, two at most. */
  like(word: string): ReadonlySet<string>;
  /** Documents whose title has all these words, the last of which may be unfinished; mistyped ones where `mistyped` says so. */
  titled(words: readonly string[], mistyped: boolean, kinds: (id: number) => boolean): Scores;
  readonly terms: number;
}

/** What a word weighs by where it stands. */
const boost: Readonly<Record<TextField, number>> = {
  title: 4,
  subtitle: 2,
  abstract: 1,
  affiliation: 1.5,
  building: 1.5,
};

/** Terms are made by us, whole. */
const asIs = {
  tokenize: (text: string) => [text],
  processTerm: (term: string) => term,
} as const;

const mostDifferences = 2;

/** Documents that are indexed before others get their turn; some milliseconds of work. */
const slice = 50;

/** Indexes documents in slices, so that a server answers meanwhile. */
export async function createTermIndex(documents: readonly SearchDocument[]): Promise<TermIndex> {
  const engine = new MiniSearch<SearchDocument>({
    fields: [...textFields],
    extractField: (document, field) =>
      field === 'id' ? document.id : (document.texts[field as TextField] ?? ''),
    // Titles are taken for what they are, and not for the text in them.
    stringifyField: (value) => String(value),
    tokenize: (text) => [...termsOf(text)],
    processTerm: (term) => term,
    searchOptions: { boost, ...asIs },
  });
  await engine.addAllAsync(documents, { chunkSize: slice });

  const search = (terms: readonly string[], options: SearchOptions) =>
    engine.search({ combineWith: 'OR', queries: [...terms] }, options);
  return {
    exact: (terms) => scoresOf(search(terms, { prefix: false, fuzzy: false })),
    all: (terms) =>
      scoresOf(
        engine.search({
          combineWith: 'AND',
          queries: terms.map((forms) => ({ combineWith: 'OR', queries: [...forms] })),
        }),
      ),
    beginning: (terms) => scoresOf(search(terms, { prefix: true })),
    like(word) {
      const terms = new Set<string>();
      // A document without weight is no result; only the terms are wanted, and results are what costs.
      const boostDocument = (_: unknown, term: string) => {
        terms.add(term);
        return 0;
      };
      search([word], { fuzzy: mostDifferences, boostDocument });
      return terms;
    },
    titled(words, mistyped, kinds) {
      const last = words.length - 1;
      const results = engine.search(words.join('\n'), {
        fields: ['title'],
        combineWith: 'AND',
        tokenize: () => [...words],
        prefix: (_, index) => index === last,
        fuzzy: (term) => (mistyped ? lettersApart(term) : false),
        boostDocument: (id) => (kinds(id as number) ? 1 : 0),
      });
      return scoresOf(results);
    },
    terms: engine.termCount,
  };
}

/**
 * In how many letters a word may be mistyped: short words and numbers in none.
 *
 * @example differencesIn('politics') // 2
 */
export function differencesIn(word: string): number {
  const letters = atomsOf(word)[0];
  if (letters === undefined || letters.isSign || /\p{N}/u.test(word)) return 0;
  if (word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
}

/** Two letters that changed places are two differences to the engine. */
function lettersApart(word: string): number {
  const most = differencesIn(word);
  return most === 1 && word.length > 5 ? mostDifferences : most;
}

function scoresOf(results: readonly { readonly id: unknown; readonly score: number }[]): Scores {
  return new Map(results.map(({ id, score }) => [id as number, score]));
}
