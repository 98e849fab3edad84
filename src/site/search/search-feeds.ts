import type { Hono } from 'hono';
import { preflight } from '../any-origin.js';
import { pageFormats } from '../feeds/feed-formats.js';
import { sendSelection } from '../feeds/feed-routes.js';
import { notYet } from '../feeds/send-file.js';
import type { Site } from '../shell/site.js';
import type { SearchInForce } from './search-in-force.js';
import { askedIn, searchPath, sessionKind } from './search-path.js';

const minute = 60_000;

/**
 * Serves the sessions that a search finds as files to follow: `/search.ics?q=…`, `.atom` and `.json`. What was not understood is passed over, as the page does;
 * people, rooms and other things that were found have feeds of their own.
 */
export function serveSearchFeeds(app: Hono, site: Site, inForce: SearchInForce): void {
  for (const ending of ['ics', 'atom', 'json'] as const) {
    app.options(`/search.${ending}`, preflight);
    app.get(`/search.${ending}`, async (c) => {
      const { version, catalog, past } = await site.program();
      if (version === 0) return notYet(c);
      const ready = await inForce.current();
      const now = site.context.clock.now();
      const { text, kind: any } = askedIn(c);
      const kind = sessionKind(any);
      return sendSelection(c, site, {
        title: text === '' ? 'Search' : `Search: ${text.slice(0, 60)}`,
        address: searchPath({ text, ...(kind && { kind }) }),
        // The index may be of the version before; what is told of a session is of the one in force.
        sessions: () =>
          ready.search
            .sessions(text, { now, ...(kind && { kind }) })
            .flatMap(({ key }) => catalog.lookup.session(key) ?? []),
        ending,
        format: pageFormats[ending],
        // A day may be today.
        stamp: `search ${version} ${ready.version} ${Math.floor(now / minute)}`,
        catalog,
        past,
      });
    });
  }
}
