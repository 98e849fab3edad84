import type { Hono } from 'hono';
import { notYet, sendFile } from '../feeds/send-file.js';
import type { Addresses } from '../addresses.js';
import { preflight } from '../any-origin.js';
import type { Site } from '../shell/site.js';
import { mappedPages, mostInFile, writeSitemap, writeSitemapIndex } from './sitemap.js';

/** Serves `/sitemap.xml`, for more than 50,000 pages as a list of `/sitemap-1.xml` and on, and `/robots.txt`. */
export function serveSitemap(app: Hono, site: Site): void {
  const type = 'application/xml; charset=utf-8';
  const absolute = (path: string) => site.addresses.absolute(path);
  const sitemap = '/:file{sitemap(?:-[1-9]\\d{0,3})?\\.xml}';
  app.options(sitemap, preflight);
  app.get(sitemap, async (c) => {
    const { version, catalog, past } = await site.program();
    if (version === 0) return notYet(c);
    const number = Number(/-(\d+)/.exec(c.req.path)?.[1] ?? 0);
    const pages = mappedPages(catalog, past.history);
    const files = Math.ceil(pages.length / mostInFile);
    const from = Math.max(0, number - 1) * mostInFile;
    if (number > (files > 1 ? files : 0)) return c.notFound();
    return sendFile(c, site, {
      type,
      key: `sitemap\n${String(version)}\n${String(number)}`,
      make: () =>
        number === 0 && files > 1
          ? writeSitemapIndex(files, absolute)
          : writeSitemap(pages.slice(from, from + mostInFile), absolute),
    });
  });
  app.get('/robots.txt', (c) =>
    c.text(robotsText(site.addresses), 200, { 'Cache-Control': 'public, max-age=3600' }),
  );
}

/** What crawlers need not read: what is for organizers, for one visitor, or one list in very many forms. */
const closed = [
  '/preview',
  '/handoffs',
  '/account',
  '/sign-in',
  '/schedule',
  '/preferences',
  '/search',
];

/** The content of `robots.txt` (https://www.rfc-editor.org/rfc/rfc9309). */
export function robotsText(addresses: Addresses): string {
  return [
    'User-agent: *',
    ...closed.map((path) => `Disallow: ${addresses.to(path)}`),
    '',
    `Sitemap: ${addresses.absolute('/sitemap.xml')}`,
    '',
  ].join('\n');
}
