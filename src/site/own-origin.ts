import type { MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import { csrf } from 'hono/csrf';
import { HTTPException } from 'hono/http-exception';
import { hostnameOf, isLoopback } from './host-guard.js';

/**
 * Takes what changes anything from our own pages only: the browser must say, by `Origin` or `Sec-Fetch-Site`, that the request comes from the site's public address, or
 * from this machine by one of its own names. Forms without either, as of very old browsers or other programs, are refused. Behind it stands the cookies'
 * SameSite=Lax.
 *
 * @param site its public address
 */
export function ownOrigin(site: string): MiddlewareHandler {
  const own = URL.canParse(site) ? new URL(site).origin : undefined;
  const isOwn = (origin: string, host: string | undefined) =>
    origin === own || isThisMachines(origin, host);
  const strict: MiddlewareHandler = async (c, next) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)) {
      const origin = c.req.header('origin');
      const isSaid =
        origin === undefined
          ? c.req.header('sec-fetch-site') === 'same-origin'
          : isOwn(origin, c.req.header('host'));
      if (!isSaid) throw new HTTPException(403);
    }
    await next();
  };
  return every(strict, csrf({ origin: (origin, c) => isOwn(origin, c.req.header('host')) }));
}

function isThisMachines(origin: string, host: string | undefined): boolean {
  const name = hostnameOf(host);
  return name !== undefined && isLoopback(name) && origin === `http://${host ?? ''}`;
}
