import type { FC } from 'hono/jsx';
import { foundKinds, type FoundKind } from '../../program/search/documents.js';
import { longestQuery } from '../../program/search/query.js';
import type { SearchResult } from '../../program/search/search.js';
import { FeedHead, FeedLinks } from '../browse/feed-links.js';
import { Pager } from '../browse/pager.js';
import { SitePage } from '../shell/site-page.js';
import type { View } from '../shell/view.js';
import { counted } from '../time-words.js';
import { kindWords } from './found-words.js';
import { HitList, ThingList } from './hit-list.js';
import { Narrowing } from './narrowing.js';
import { Corrections, NothingFound } from './nothing-found.js';
import { searchPath, sessionKind } from './search-path.js';
import { Tips, type LiveExample } from './tips.js';

/** Finds on one page. */
export const findsPerPage = 30;

/** What the search page shows. */
export interface SearchPageProps {
  /** Its catalog is the one that was searched. */
  readonly view: View;
  readonly result: SearchResult;
  readonly kind: FoundKind | undefined;
  readonly page: number;
  /** Shown before anything was searched for. */
  readonly examples: readonly LiveExample[];
}

/** The search: its form, what was found, what narrows or relaxes it; before the first search, what can be typed. */
export const SearchPage: FC<SearchPageProps> = (props) => {
  const { view, result } = props;
  const { text, parts } = result.query;
  const feeds = feedsOf(props);
  return (
    <SitePage
      view={view}
      title={text === '' ? 'Search' : `${text.slice(0, 60)} · Search`}
      current="/search"
      query={text}
      styles={['search.css']}
      head={
        <>
          <meta name="robots" content="noindex" />
          {feeds && <FeedHead {...feeds} title={`Search: ${text.slice(0, 60)}`} />}
        </>
      }
    >
      <h1>Search</h1>
      <SearchForm view={view} text={text} />
      {result.notes.length > 0 && (
        <ul class="done search-notes">
          {result.notes.map((note) => (
            <li dir="auto">{note}</li>
          ))}
        </ul>
      )}
      {parts.length === 0 ? <Before {...props} /> : <Finds {...props} />}
      {feeds && <FeedLinks {...feeds} />}
    </SitePage>
  );
};

/** What can be followed: the sessions that were found, and those of presentations. */
function feedsOf({ view, result: { query, counts }, kind }: SearchPageProps) {
  const followed = sessionKind(kind);
  const count = followed ? counts[followed] : counts.session + counts.presentation;
  if (count === 0) return undefined;
  const asked = { text: query.text, ...(followed && { kind: followed }) };
  const [path = '', parameters = ''] = searchPath(asked).split('?');
  return { view, path, query: parameters };
}

const SearchForm: FC<{ readonly view: View; readonly text: string }> = ({ view, text }) => (
  <search aria-label="Search with operators">
    <form class="big-search" action={view.addresses.to('/search')} method="get">
      <label class="unseen" for="words">
        Words, "exact phrases" and operators
      </label>
      <input
        id="words"
        name="q"
        type="search"
        value={text}
        maxlength={longestQuery}
        autocomplete="off"
        dir="auto"
      />
      <button type="submit">Search</button>
    </form>
    <p class="quiet">
      <a href={view.addresses.to('/search/tips')}>Search tips</a>
    </p>
  </search>
);

/** Nothing was asked for yet. */
const Before: FC<SearchPageProps> = ({ view, examples }) => {
  const { sessions, people, rooms } = view.catalog.lookup.program;
  if (sessions.length === 0) {
    return (
      <div class="empty">
        <p>The program holds no session yet. Come back later.</p>
      </div>
    );
  }
  return (
    <>
      <p class="lead">
        {counted(sessions.length, 'session')}, their presentations, {people.length} people and{' '}
        {counted(rooms.length, 'room')}. Accents and small typing mistakes do not matter.
      </p>
      <Tips view={view} examples={examples} level={2} />
    </>
  );
};

const Finds: FC<SearchPageProps> = ({ view, result, kind, page }) => {
  const { query, hits, things, matching, total } = result;
  const pages = Math.max(1, Math.ceil(matching / findsPerPage));
  return (
    <>
      <Corrections view={view} result={result} />
      {total === 0 ? (
        <NothingFound view={view} result={result} />
      ) : (
        <>
          <p class="count" role="status">
            {counted(kind ? matching : total, 'find')}
          </p>
          <Kinds view={view} result={result} kind={kind} />
          <Narrowing view={view} result={result} />
          {things.length > 0 && (
            <section>
              <h2>People, rooms and more</h2>
              <ThingList view={view} things={things} />
            </section>
          )}
          {hits.length > 0 && (
            <section>
              <h2>{kind ? kindWords(view, kind)[1] : 'Sessions and presentations'}</h2>
              <HitList view={view} hits={hits} start={(page - 1) * findsPerPage + 1} />
            </section>
          )}
          <Pager
            number={page}
            of={pages}
            address={(wanted) =>
              view.addresses.to(
                searchPath({ text: query.text, page: wanted, ...(kind && { kind }) }),
              )
            }
          />
        </>
      )}
    </>
  );
};

const Kinds: FC<{
  readonly view: View;
  readonly result: SearchResult;
  readonly kind: FoundKind | undefined;
}> = ({ view, result, kind }) => {
  const { counts, query } = result;
  const there = foundKinds.filter((one) => counts[one] > 0);
  if (there.length < 2) return null;
  const link = (one: FoundKind | undefined) =>
    view.addresses.to(searchPath({ text: query.text, ...(one && { kind: one }) }));
  return (
    <nav class="forms kinds" aria-label="Kinds of finds">
      <a href={link(undefined)} aria-current={kind ? undefined : 'true'}>
        All
      </a>
      {there.map((one) => (
        <a href={link(one)} aria-current={kind === one ? 'true' : undefined}>
          {kindWords(view, one)[counts[one] === 1 ? 0 : 1]} {counts[one]}
        </a>
      ))}
    </nav>
  );
};
