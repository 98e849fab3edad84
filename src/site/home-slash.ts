import type { MiddlewareHandler } from 'hono';
import type { Addresses } from './addresses.js';

/**
 * Leads from the base path without its slash to the home page, whose address has it: below a path only that is where a service worker of the site reaches
 * (https://www.w3.org/TR/service-workers/#scope-match-algorithm), and one page has one address. A web server that takes the path off asks for the slash itself.
 */
export function homeSlash(addresses: Addresses): MiddlewareHandler {
  return async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    if (addresses.base !== '' && pathname === addresses.base) {
      return c.redirect(addresses.to('/') + search, 308);
    }
    await next();
    return undefined;
  };
}
