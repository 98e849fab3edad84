import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { isOrganizer } from '../sign-in/member.js';
import { socketAddress } from './client-address.js';
import { hostnameOf, isLoopback } from './host-guard.js';
import { documentOf } from './page.js';
import { ForOrganizersPage } from './pages/for-organizers.js';
import { viewOf, type Site } from './shell/site.js';
import { memberOf } from './visitor-session.js';
import type { Visitors } from './visitors.js';

/** Lets in whoever sits at this machine, and organizers who are signed in; others are asked to sign in, or told that the page is not for them. */
export function organizersOnly(site: Site, visitors: Visitors | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (!isThisMachine(c)) {
      if (!visitors) return c.notFound();
      const member = await memberOf(c, visitors);
      if (!member) {
        const isPage =
          c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html');
        if (!isPage) throw new HTTPException(401);
        const back = new URLSearchParams({ back: c.req.path, for: 'organizers' });
        return c.redirect(site.addresses.to(`/sign-in?${back.toString()}`), 303);
      }
      if (!isOrganizer(member)) {
        const { view } = await viewOf(c, site);
        const page = <ForOrganizersPage view={view} email={member.email} />;
        return c.html(await documentOf(page), 403, { 'Cache-Control': 'no-store' });
      }
    }
    await next();
    return undefined;
  };
}

/**
 * Whether a request comes from a browser on this machine, by one of the machine's own names. A proxy on this machine passes on what others ask: it says so in a
 * header, or speaks HTTP 1.0, as nginx does when it is not told to say anything.
 */
export function isThisMachine(c: Context): boolean {
  const host = hostnameOf(c.req.header('host'));
  const socket = socketAddress(c);
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  );
  const { incoming } = (c.env ?? {}) as { incoming?: { httpVersion?: string } };
  return (
    host !== undefined &&
    (isLoopback(host) || host.endsWith('.localhost')) &&
    (socket === undefined || isLoopback(socket)) &&
    incoming?.httpVersion !== '1.0' &&
    !isForwarded
  );
}
