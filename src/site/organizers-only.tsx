import type { Context, MiddlewareHandler } from 'hono';
import { proxyCheck } from '../config/proxies.js';
import { isOrganizer } from '../sign-in/member.js';
import { socketAddress } from './client-address.js';
import { hostnameOf, isLoopback } from './host-guard.js';
import { documentOf } from './page.js';
import { ForOrganizersPage } from './pages/for-organizers.js';
import { viewOf, type Site } from './shell/site.js';
import { forOrganizers } from './sign-in/problems.js';
import { SignInPage } from './sign-in/sign-in-page.js';
import { memberOf } from './visitor-session.js';
import type { Visitors } from './visitors.js';

const noStore = { 'Cache-Control': 'no-store' };

/**
 * Lets in organizers who are signed in, and whoever sits at this machine; others are asked to sign in, or told that the page is not for them.
 *
 * @param proxies IP addresses or ranges, see `web.trustProxy`
 */
export function organizersOnly(
  site: Site,
  visitors: Visitors | undefined,
  proxies: readonly string[],
): MiddlewareHandler {
  const isThisMachine = thisMachineCheck(site.context.site, proxies);
  return async (c, next) => {
    if (!isThisMachine(c)) {
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

/**
 * Tells whether a request comes from a browser on this machine, by one of the machine's own names. A web server on this machine passes on what others ask, and need
 * not say so: nobody is taken for a person here where the site has another address than this machine's.
 *
 * @param site its public address
 * @param proxies IP addresses or ranges, see `web.trustProxy`
 */
function thisMachineCheck(site: string, proxies: readonly string[]): (c: Context) => boolean {
  const isOfThisMachine = isOwnName(hostnameOf(new URL(site).host));
  const isProxy = proxyCheck(proxies);
  return (c) => {
    const socket = socketAddress(c);
    return (
      isOfThisMachine &&
      isOwnName(hostnameOf(c.req.header('host'))) &&
      socket !== undefined &&
      isLoopback(socket) &&
      !isProxy(socket) &&
      !isForwarded(c)
    );
  };
}

function isOwnName(host: string | undefined): boolean {
  return host !== undefined && (isLoopback(host) || host.endsWith('.localhost'));
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
