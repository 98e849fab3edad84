import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { isIP } from 'node:net';
import { plainAddress, proxyCheck } from '../config/proxies.js';

/** Answers the address of the client that a request comes from; of IPv6 the network that one client has for itself. */
export type ClientAddress = (c: Context) => string;

/**
 * Finds out who asks: the other end of the connection, and behind a trusted proxy the address that it says. Nobody else is believed: whoever could write
 * `X-Forwarded-For` as they like would be another client with each request.
 *
 * @param proxies IP addresses or ranges, see `web.trustProxy`
 */
export function clientAddress(proxies: readonly string[]): ClientAddress {
  const isTrusted = proxyCheck(proxies);
  return (c) =>
    clientNetwork(
      clientOf(socketAddress(c) ?? 'unknown', c.req.header('x-forwarded-for'), isTrusted),
    );
}

/** The IP address at the other end of the connection; undefined where there is none, as in a call within the process. */
export function socketAddress(c: Context): string | undefined {
  try {
    const { address } = getConnInfo(c).remote;
    return address === undefined ? undefined : plainAddress(address);
  } catch {
    return undefined;
  }
}

/**
 * Walks back from the connection through the proxies that are trusted, each of which wrote down whom it heard from at the end of the list.
 *
 * @example clientOf('127.0.0.1', '10.9.8.7, 203.0.113.5', (address) => address === '127.0.0.1') // '203.0.113.5'
 * @example clientOf('203.0.113.5', '10.9.8.7', () => false) // '203.0.113.5'
 */
export function clientOf(
  socket: string,
  forwardedFor: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let client = socket;
  for (const said of (forwardedFor ?? '').split(',').reverse()) {
    if (!isTrusted(client)) return client;
    const address = bareAddress(said.trim());
    if (address === undefined) return client;
    client = address;
  }
  return client;
}

/**
 * What a limit counts as one client. Whoever has one IPv6 address has all 2⁶⁴ of its network (https://www.rfc-editor.org/rfc/rfc4291#section-2.5.4), and could be another with each request.
 *
 * @example clientNetwork('2001:db8::1') // '2001:db8:0:0::/64'
 * @example clientNetwork('203.0.113.5') // '203.0.113.5'
 */
export function clientNetwork(address: string): string {
  if (isIP(address) !== 6) return address;
  const [unscoped = ''] = address.split('%');
  // The one way to write it, of RFC 5952.
  const { hostname } = new URL(`http://[${unscoped}]`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((groups) => groups.split(':').filter(Boolean));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::/64`;
}

/** Some proxies write a port after the address. */
function bareAddress(text: string): string | undefined {
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');
  return isIP(bare) === 0 ? undefined : plainAddress(bare);
}
