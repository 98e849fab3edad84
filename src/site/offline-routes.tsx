import type { Hono } from 'hono';
import { assetText, type AssetName } from './assets.js';
import { SitePage } from './shell/site-page.js';
import { sendPage } from './shell/send-page.js';
import { viewOf, type Site } from './shell/site.js';

/** What the pages that are kept need. */
const keptFiles: readonly AssetName[] = [
  'site.css',
  'program.css',
  'program.js',
  'stars.js',
  'account.css',
  'schedule.css',
  'auto-complete.js',
  'clipboard-copy.js',
  'callboard.svg',
];

/** Serves what keeps the program readable without a connection, and what lets it be put on a home screen. */
export function serveOffline(app: Hono, site: Site): void {
  const { addresses, assets, context } = site;
  app.get('/service-worker.js', (c) =>
    c.body(assetText('service-worker.js'), 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-cache',
    }),
  );
  app.get('/offline.json', async (c) => {
    const {
      view: { version, catalog },
      variant,
    } = await viewOf(c, site);
    const pages = [
      '/',
      '/offline',
      '/days',
      '/rooms',
      '/units',
      '/types',
      ...catalog.days.map(({ name }) => `/days/${name}`),
    ];
    return c.json(
      {
        version,
        manner: variant,
        pages: pages.map((page) => addresses.to(page)),
        files: keptFiles.map((name) => assets[name]),
      },
      200,
      { 'Cache-Control': 'no-cache', Vary: 'Cookie' },
    );
  });
  app.get('/offline', (c) =>
    sendPage(c, site, (view) => ({
      page: (
        <SitePage view={view} title="No connection" head={<meta name="robots" content="noindex" />}>
          <div class="notice">
            <h1>No connection</h1>
            <p>
              This page was not kept: it was not visited before, or is for you alone. The days of
              the program were: they open without a connection.
            </p>
            <ul class="directory">
              {view.catalog.days.map(({ name, sessions }) => (
                <li>
                  <a href={addresses.to(`/days/${name}`)}>
                    {view.conferenceTimes.longDay(sessions[0]?.startsAt ?? 0)}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </SitePage>
      ),
    })),
  );
  app.get('/manifest.webmanifest', (c) =>
    c.json(
      {
        name: context.conference().name,
        short_name: context.conference().name.slice(0, 12),
        start_url: addresses.to('/'),
        scope: addresses.to('/'),
        display: 'minimal-ui',
        background_color: '#efebe2',
        theme_color: '#211e19',
        icons: [{ src: assets['callboard.svg'], sizes: 'any', type: 'image/svg+xml' }],
      },
      200,
      { 'Content-Type': 'application/manifest+json', 'Cache-Control': 'no-cache' },
    ),
  );
}
