import type { MiddlewareHandler } from 'hono';

/** Whether a bind address is reachable from this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** Whether a host is named as only the machine itself names it. */
export function isOwnName(host: string | undefined): boolean {
  return host !== undefined && (isLoopback(host) || host.endsWith('.localhost'));
}

/**
 * Refuses requests that name another host while the server is bound to loopback: a foreign page whose name was
 * rebound to 127.0.0.1 must not read the desk. The site's own host is allowed, for a proxy on the same machine.
 */
export function hostGuard(boundTo: string, site: string): MiddlewareHandler {
  const siteHost = URL.canParse(site) ? new URL(site).hostname : undefined;
  const isGuarded = isLoopback(boundTo);
  const isKnown = (header: string | undefined) => {
    const host = hostnameOf(header);
    return host !== undefined && (isOwnName(host) || host === siteHost);
  };
  let lastKnown: string | undefined;
  return async (c, next) => {
    if (isGuarded) {
      const header = c.req.header('host');
      if (header === undefined || header !== lastKnown) {
        lastKnown = isKnown(header) ? header : undefined;
      }
      if (lastKnown === undefined) {
        return c.text(
          'This Callboard answers on this machine only. Open it as http://localhost, or bind it to another address.\n',
          421,
        );
      }
    }
    await next();
    return undefined;
  };
}

/**
 * The name in a Host header, without port and brackets; undefined when there is none.
 *
 * @example hostnameOf('[::1]:4680') // '::1'
 * @example hostnameOf('localhost:4680') // 'localhost'
 */
export function hostnameOf(header: string | undefined): string | undefined {
  if (header === undefined || !URL.canParse(`http://${header}`)) return undefined;
  return new URL(`http://${header}`).hostname.replace(/^\[|\]$/g, '');
}
