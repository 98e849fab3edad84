import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { getCookie, setCookie } from 'hono/cookie';
import { isZone } from '../program/time.js';
import { ownOrigin } from './own-origin.js';
import { PreferencesPage } from './pages/preferences.js';
import {
  chosenZone,
  parsePreferences,
  preferencesCookie,
  preferencesText,
  usualPreferences,
  zoneCookie,
} from './preferences.js';
import { documentOf } from './page.js';
import { sayView } from './shell/send-page.js';
import { viewOf, type Site } from './shell/site.js';
import { currentZoneName } from './zone-names.js';

const longestBody = 4_096;
const year = 365 * 24 * 3_600;

// Node 20 leaves out UTC, and lists a renamed zone by its old name alone.
const listed = Intl.supportedValuesOf('timeZone');
const current = listed.map(currentZoneName).filter(isZone);
const zones = [...new Set([...listed, ...current, 'UTC'])].sort();

/** Serves the preferences, and keeps them in a cookie that says nothing when everything is as usual. */
export function servePreferences(app: Hono, site: Site): void {
  app.get('/preferences', async (c) => {
    const seen = await viewOf(c, site);
    const { view } = seen;
    // What was kept for reading without a connection follows at once.
    sayView(c, seen);
    const page = (
      <PreferencesPage view={view} zones={zones} isSaved={c.req.query('saved') === '1'} />
    );
    return c.html(await documentOf(page), 200, { 'Cache-Control': 'no-store' });
  });
  app.post(
    '/preferences',
    ownOrigin(site.context.site),
    bodyLimit({ maxSize: longestBody }),
    async (c) => {
      const text = textOf(site, c, await c.req.parseBody());
      keepCookie(c, site, text);
      await site.context.keepPreferences?.(c.req.raw.headers, text);
      return c.redirect(site.addresses.to('/preferences?saved=1'), 303);
    },
  );
}

function textOf(site: Site, c: Context, body: Readonly<Record<string, unknown>>): string {
  const conference = site.context.conference();
  const usual = usualPreferences(conference.language);
  const word = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
  const given = new URLSearchParams({
    zone: chosenZone(
      { zone: word('zone'), other: word('other'), shown: word('shown') },
      conference.zone,
    ),
    clock: word('clock'),
    language: word('language'),
    theme: word('theme'),
  });
  return preferencesText(
    parsePreferences(given.toString(), usual, getCookie(c, zoneCookie)),
    usual,
  );
}

function keepCookie(c: Context, { addresses, context }: Site, text: string): void {
  setCookie(c, preferencesCookie, text, {
    path: addresses.base === '' ? '/' : addresses.base,
    maxAge: text === '' ? 0 : year,
    sameSite: 'Lax',
    secure: context.site.startsWith('https:'),
  });
}
