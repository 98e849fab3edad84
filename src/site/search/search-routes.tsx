import type { Hono } from 'hono';
import { markup } from '../page.js';
import { sendPage } from '../shell/send-page.js';
import { viewOf, type Site } from '../shell/site.js';
import { liveExamples } from './live-examples.js';
import { createSearchInForce, type ReadySearch, type SearchInForce } from './search-in-force.js';
import { serveSearchFeeds } from './search-feeds.js';
import { findsPerPage, SearchPage } from './search-page.js';
import { askedIn } from './search-path.js';
import { SuggestionList } from './suggestion-list.js';
import { TipsPage } from './tips.js';

const mostSuggestions = 8;

/** Serves the search, its tips, and what is suggested while somebody types. The search that it returns may be asked for early, to have its index ready. */
export function serveSearch(app: Hono, site: Site): SearchInForce {
  const inForce = createSearchInForce(site);
  serveSearchFeeds(app, site, inForce);

  app.get('/search', async (c) => {
    const ready = await inForce.current();
    const { text, kind, page } = askedIn(c);
    return sendPage(
      c,
      site,
      (view) => {
        const find = (wanted: number) =>
          ready.search.search(text, {
            now: view.now,
            offset: (wanted - 1) * findsPerPage,
            limit: findsPerPage,
            ...(kind && { kind }),
          });
        const first = find(page);
        const last = Math.max(1, Math.ceil(first.matching / findsPerPage));
        const result = page > last ? find(last) : first;
        const examples = text === '' ? liveExamples(ready.search, view.conference.unitLabel) : [];
        return {
          page: (
            <SearchPage
              view={view}
              result={result}
              kind={kind}
              page={Math.min(page, last)}
              examples={examples}
            />
          ),
        };
      },
      { minutely: true, stamp: text, from: from(ready) },
    );
  });

  app.get('/search/tips', async (c) => {
    const ready = await inForce.current();
    return sendPage(
      c,
      site,
      (view) => ({
        page: (
          <TipsPage view={view} examples={liveExamples(ready.search, view.conference.unitLabel)} />
        ),
      }),
      { from: from(ready) },
    );
  });

  app.get('/search/suggest', async (c) => {
    const { search } = await inForce.current();
    const { view } = await viewOf(c, site);
    const suggestions = search.suggest(askedIn(c).text, mostSuggestions, view.now);
    const list = (
      <SuggestionList view={{ ...view, catalog: search.catalog }} suggestions={suggestions} />
    );
    return c.html(await markup(list), 200, {
      'Cache-Control': 'private, max-age=60',
      Vary: 'Cookie',
    });
  });

  return inForce;
}

/** While a new version is being indexed, finds and page are of the one before. */
function from({ version, search: { catalog } }: ReadySearch) {
  return { version, catalog };
}
