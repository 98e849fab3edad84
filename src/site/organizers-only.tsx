import { timingSafeEqual } from 'node:crypto';
import type { Context, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { proxyCheck } from '../config/proxies.js';
import { isOrganizer } from '../sign-in/member.js';
import { socketAddress } from './client-address.js';
import type { Entrance } from './entrance.js';
import { hostnameOf, isLoopback, isOwnName } from './host-guard.js';
import { documentOf } from './page.js';
import { ForOrganizersPage } from './pages/for-organizers.js';
import { viewOf, type Site } from './shell/site.js';
import { forOrganizers } from './sign-in/problems.js';
import { SignInPage } from './sign-in/sign-in-page.js';
import { memberOf } from './visitor-session.js';
import type { Visitors } from './visitors.js';

const noStore = { 'Cache-Control': 'no-store' };

/** The cookie that holds the key of the process, in a browser that came with it. */
const keyCookie = 'callboard-key';

/**
 * Lets in organizers who are signed in, and whoever sits at this machine; others are asked to sign in, or told that the page is not for them. A web server on this
 * machine passes on what others ask, and need not say so: where the site has another address than this machine's, who sits here proves it by the key of the process.
 *
 * @param proxies IP addresses or ranges, see `web.trustProxy`
 */
export function organizersOnly(
  site: Site,
  visitors: Visitors | undefined,
  { entrance, proxies }: { readonly entrance: Entrance; readonly proxies: readonly string[] },
): MiddlewareHandler {
  const seemsHere = hereCheck(proxies);
  const isKey = (given: string | undefined) =>
    entrance.kind === 'key' && given !== undefined && isSame(given, entrance.key);
  return async (c, next) => {
    const isHere = seemsHere(c);
    const given = c.req.query('key');
    if (isHere && c.req.method === 'GET' && given !== undefined && isKey(given)) {
      return keepKey(c, site, given);
    }
    if (!isHere || !(entrance.kind === 'open' || isKey(getCookie(c, keyCookie)))) {
      if (!visitors) return c.notFound();
      const member = await memberOf(c, visitors);
      if (!member) {
        const isPage =
          c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
        if (isPage) {
          const back = new URLSearchParams({ back: c.req.path, for: 'organizers' });
          return c.redirect(site.addresses.to(`/sign-in?${back.toString()}`), 303);
        }
        const { view } = await viewOf(c, site);
        const back = `/${c.req.path.split('/')[1] ?? ''}`;
        const page = <SignInPage view={view} back={back} note={forOrganizers} />;
        return c.html(await documentOf(page), 401, noStore);
      }
      if (!isOrganizer(member)) {
        const { view } = await viewOf(c, site);
        const page = <ForOrganizersPage view={view} email={member.email} />;
        return c.html(await documentOf(page), 403, noStore);
      }
    }
    await next();
    return undefined;
  };
}

/** Has the browser bring the key from now on, and leads to the same page by an address that may be seen. */
function keepKey(c: Context, { addresses }: Site, key: string): Response {
  setCookie(c, keyCookie, key, {
    path: addresses.base === '' ? '/' : addresses.base,
    httpOnly: true,
    sameSite: 'Strict',
  });
  const { searchParams } = new URL(c.req.url);
  searchParams.delete('key');
  const rest = searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  return c.redirect(addresses.to(c.req.path) + rest, 303);
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Tells whether a request seems to come from a browser on this machine, by one of the machine's own names. */
function hereCheck(proxies: readonly string[]): (c: Context) => boolean {
  const isProxy = proxyCheck(proxies);
  return (c) => {
    const socket = socketAddress(c);
    return (
      isOwnName(hostnameOf(c.req.header('host'))) &&
      socket !== undefined &&
      isLoopback(socket) &&
      !isProxy(socket) &&
      !isForwarded(c)
    );
  };
}

/** What web servers and networks add, and no browser sends: `X-Forwarded-…`, `X-Real-IP`, `CF-Connecting-IP`, `True-Client-IP` and their like. */
const forwardedHeader = /^(?:x-|cf-|forwarded$|via$|cdn-loop$|.*client-ip$)/;

/** Whether anything says that a request was passed on; HTTP 1.0 is what nginx before 1.29.7 speaks when it is told nothing. */
function isForwarded(c: Context): boolean {
  const { incoming } = (c.env ?? {}) as { incoming?: { httpVersion?: string } };
  return (
    incoming?.httpVersion === '1.0' ||
    Object.keys(c.req.header()).some((name) => forwardedHeader.test(name))
  );
}
