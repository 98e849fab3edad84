import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { writeCalendar } from '../../program/exports/icalendar.js';
import type { Key } from '../../program/model.js';
import type { Member } from '../../sign-in/member.js';
import { ownOrigin } from '../own-origin.js';
import { documentOf } from '../page.js';
import { viewOf, type Site } from '../shell/site.js';
import { fieldOf } from '../sign-in/fields.js';
import { keepAccountStars, memberOf, starsOfBrowser } from '../visitor-session.js';
import type { Visitors } from '../visitors.js';
import { starredCalendar } from './calendar.js';
import { scheduleOf } from './schedule.js';
import { SchedulePage } from './schedule-page.js';
import { keepStars } from './stars-cookie.js';

const longestBody = 2_048;

/** Serves the visitor's own schedule: with an account, or without one from the browser's cookie. */
export function serveSchedule(app: Hono, site: Site, visitors: Visitors | undefined): void {
  const { addresses, context } = site;
  const take = [ownOrigin(context.site), bodyLimit({ maxSize: longestBody })] as const;
  const who = async (c: Context) => visitors && (await memberOf(c, visitors));

  app.get('/schedule', async (c) => {
    const member = await who(c);
    const keys = member && visitors ? await standing(visitors, member) : starsOfBrowser(c, site);
    if (member) keepAccountStars(c, site, keys);
    const { view } = await viewOf(c, site);
    const token = member && (await visitors?.schedules.token(member));
    const page = (
      <SchedulePage
        view={view}
        entries={scheduleOf(keys, view.catalog.lookup, view.past.vanished)}
        calendar={token === undefined ? undefined : addresses.absolute(`/schedule/${token}.ics`)}
        isRenewed={c.req.query('renewed') === '1'}
      />
    );
    // An account's holds its private address; a schedule of this browser alone may stay in it, for reading without a connection.
    const cacheControl = member ? 'no-store' : 'private, no-cache';
    return c.html(await documentOf(page), 200, { 'Cache-Control': cacheControl });
  });

  app.post('/schedule/stars', ...take, async (c) => {
    const body = await c.req.parseBody();
    const [session, on] = [fieldOf(body, 'session'), fieldOf(body, 'on')];
    const member = await who(c);
    const before = member && visitors ? await standing(visitors, member) : starsOfBrowser(c, site);
    const isOn = on === 'toggle' ? !before.includes(session) : on === 'true';
    const { catalog } = await site.program();
    const isTaken = !isOn || catalog.lookup.session(session) !== undefined;
    if (isTaken && member && visitors) {
      const { schedules } = visitors;
      await (isOn ? schedules.give(member, [session]) : schedules.remove(member, session));
      keepAccountStars(c, site, await standing(visitors, member));
    } else if (isTaken) {
      const others = before.filter((key) => key !== session);
      keepStars(c, site, isOn ? [...others, session] : others);
    }
    if (!(c.req.header('accept') ?? '').includes('text/html')) {
      return c.body(null, isTaken ? 204 : 404);
    }
    // The page with the button is made once for all, and would not show that it was pressed.
    return c.redirect(addresses.to(isOn && isTaken ? `/schedule#${session}` : '/schedule'), 303);
  });

  if (!visitors) return;
  app.post('/schedule/address', ...take, async (c) => {
    const member = await memberOf(c, visitors);
    if (!member) return c.redirect(addresses.to('/sign-in?back=/schedule'), 303);
    await visitors.schedules.renewToken(member);
    return c.redirect(addresses.to('/schedule?renewed=1'), 303);
  });
  app.get('/schedule/:file{[0-9A-Za-z_-]{43}\\.ics}', async (c) => {
    const stars = await visitors.schedules.ofToken(c.req.param('file').replace(/\.ics$/, ''));
    if (!stars) return c.notFound();
    const { catalog, past } = await site.program();
    const conference = context.conference();
    const { sessions, history } = starredCalendar(stars, catalog.lookup, past);
    const text = writeCalendar(catalog.lookup, sessions, {
      title: `My schedule · ${conference.name}`,
      site: context.site,
      page: addresses.absolute('/schedule'),
      conference: conference.name,
      unitLabel: conference.unitLabel,
      history,
    });
    const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 20)}"`;
    const headers = {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'inline; filename="my-schedule.ics"',
      'Cache-Control': 'private, no-cache',
      'X-Robots-Tag': 'noindex',
      ETag: etag,
    };
    if (c.req.header('if-none-match')?.includes(etag.slice(2)) === true) {
      return c.body(null, 304, headers);
    }
    return c.body(text, 200, headers);
  });
}

/** What a member has starred and not taken back, the newest last. */
async function standing(visitors: Visitors, member: Member): Promise<readonly Key[]> {
  const stars = await visitors.schedules.stars(member);
  return stars.filter(({ removedAt }) => removedAt === undefined).map(({ session }) => session);
}
