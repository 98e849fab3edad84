import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { HTTPException } from 'hono/http-exception';
import { serveHandOffs } from '../desk/hand-off-routes.js';
import { servePreview } from '../desk/preview-routes.js';
import { CallboardError } from '../errors.js';
import { addressesOf, pathWithin } from './addresses.js';
import { serveAssets } from './assets.js';
import { serveBrowse } from './browse-routes.js';
import { serveCards } from './cards.js';
import { clientAddress } from './client-address.js';
import type { Entrance } from './entrance.js';
import { homeSlash } from './home-slash.js';
import { hostGuard } from './host-guard.js';
import { Notice } from './notice.js';
import { documentOf } from './page.js';
import { organizersOnly } from './organizers-only.js';
import { serveSchedule } from './schedule/schedule-routes.js';
import { securityHeaders } from './security-headers.js';
import { serveExtras } from './extra-routes.js';
import { serveOffline } from './offline-routes.js';
import { servePreferences } from './preferences-routes.js';
import { serveApi } from './api/api-routes.js';
import { serveOEmbed } from './discovery/oembed-routes.js';
import { serveSitemap } from './discovery/sitemap-routes.js';
import { serveFeedGenerator } from './feed-generator/feed-generator-routes.js';
import { serveFeeds } from './feeds/feed-routes.js';
import { serveAccount } from './sign-in/account-routes.js';
import { serveSignIn } from './sign-in/sign-in-routes.js';
import { returnPath } from './return-path.js';
import type { SearchInForce } from './search/search-in-force.js';
import { serveSearch } from './search/search-routes.js';
import { serveSessions } from './session-routes.js';
import { createPageShelf } from './shell/page-shelf.js';
import { sendPage } from './shell/send-page.js';
import { createSite } from './shell/site.js';
import { missing } from './pages/missing.js';
import type { WebContext } from './web-context.js';

/** All pages as one function from request to response. `closing` ends the live streams. */
export function createWebApp(
  context: WebContext,
  {
    host,
    closing,
    entrance,
    trustProxy = [],
  }: {
    readonly host: string;
    readonly closing: AbortSignal;
    readonly entrance: Entrance;
    /** Proxies whose word about their clients is taken. */
    readonly trustProxy?: readonly string[];
  },
): Hono {
  const addresses = addressesOf(context.site);
  const { base } = addresses;
  const app = new Hono(
    // Hono's own way is faster than any of ours.
    base === '' ? {} : { getPath: (request) => pathWithin(base, new URL(request.url).pathname) },
  );
  app.use(hostGuard(host, context.site));
  app.use(securityHeaders());
  app.use(compress());

  const assets = serveAssets(app, addresses);
  const site = createSite({ context, assets, addresses, shelf: createPageShelf() });
  app.get('/health', async (c) => {
    const health = await context.health();
    return c.json(health, health.ok ? 200 : 503, { 'Cache-Control': 'no-store' });
  });
  app.get('/favicon.ico', (c) => c.redirect(assets['callboard.svg']));
  app.get('/', homeSlash(addresses));
  serveCards(app, context);
  serveOffline(app, site);
  serveFeeds(app, site);
  serveApi(app, site);
  serveFeedGenerator(app, site, context.feeds);
  serveOEmbed(app, site);
  serveSitemap(app, site);
  serveBrowse(app, site);
  serveSessions(app, site);
  serveExtras(app, site);
  keepReady(serveSearch(app, site), context);
  servePreferences(app, site);
  const { visitors } = context;
  serveSchedule(app, site, visitors);
  if (visitors) {
    serveSignIn(app, site, visitors, clientAddress(trustProxy));
    serveAccount(app, site, visitors);
  }
  for (const path of ['/preview', '/preview/*', '/handoffs', '/handoffs/*']) {
    app.use(path, organizersOnly(site, visitors, { entrance, proxies: trustProxy }));
  }
  servePreview(app, site, closing);
  serveHandOffs(app, site);

  app.notFound((c) => {
    const { pathname, search } = new URL(c.req.url);
    // An address that was typed with a slash too many.
    if (c.req.method === 'GET' && /[^/]\/$/.test(pathname)) {
      const path = returnPath(pathname.slice(0, -1) + search, addresses.base);
      return c.redirect(addresses.to(path), 308);
    }
    return sendPage(c, site, (view) => missing(view, 'page'));
  });
  const parts = { assets, home: addresses.to('/') };
  app.onError(async (error, c) => {
    if (error instanceof HTTPException && error.status < 500) {
      const sentence =
        'This request was not made by our own page, or holds too much. Load the page again and repeat it.';
      const notice = (
        <Notice {...parts} code={error.status} title="Not taken" sentence={sentence} />
      );
      return c.html(await documentOf(notice), error.status);
    }
    context.report(error, c.req.path);
    // Only what was written for a person is shown; anything else could hold a secret.
    const sentence =
      error instanceof CallboardError
        ? error.message
        : 'Callboard could not make this page. The log says why; try again in a moment.';
    return c.html(
      await documentOf(
        <Notice {...parts} code={500} title="Something broke" sentence={sentence} />,
      ),
      500,
      { 'Cache-Control': 'no-store' },
    );
  });
  return app;
}

/** Has the search indexed before the first visitor asks, now and with every new version. Where that fails, whoever asks hears why. */
function keepReady(search: SearchInForce, { events }: WebContext): void {
  const prepare = () => {
    search.current().catch(() => undefined);
  };
  if (events) prepare();
  events?.on(({ kind }) => {
    if (kind === 'program-imported') prepare();
  });
}
