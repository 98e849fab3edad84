import { randomBytes } from 'node:crypto';
import { proxyCheck } from '../config/proxies.js';
import { hostnameOf, isOwnName } from './host-guard.js';

/**
 * How somebody at this machine comes to the organizers' pages.
 *
 * - `open`: the site is this machine's, and whoever sits here sees them.
 * - `key`: the site has another address, so a request says nothing of who sent it; the key of this process, told at its terminal, does.
 * - `sign-in`: as everywhere else. No request from here could be told from one that a proxy passes on.
 */
export type Entrance =
  | { readonly kind: 'open' }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'sign-in' };

const keyBytes = 24;
const loopbacks = ['127.0.0.1', '::1'];

/**
 * The entrance of a process, with a key of its own that is kept nowhere else.
 *
 * @param site its public address
 * @param name by which people on this machine reach it
 * @param proxies IP addresses or ranges, see `web.trustProxy`
 */
export function entranceOf(
  {
    site,
    name,
    proxies,
  }: { readonly site: string; readonly name: string; readonly proxies: readonly string[] },
  random: (bytes: number) => Buffer = randomBytes,
): Entrance {
  if (isOwnName(hostnameOf(new URL(site).host))) return { kind: 'open' };
  if (!isOwnName(name) || loopbacks.some(proxyCheck(proxies))) return { kind: 'sign-in' };
  return { kind: 'key', key: random(keyBytes).toString('base64url') };
}
