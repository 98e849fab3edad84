import { isIP } from 'node:net';
import { isPrivateAddress } from '../program/fetch/private-address.js';

/**
 * An address without user, password, query and fragment, to be shown; text that is no address is not shown at all.
 *
 * @example publicAddress('postgres://cb:secret@db:5432/callboard') // 'postgres://db:5432/callboard'
 */
export function publicAddress(url: string): string {
  const { protocol, host, pathname } = URL.canParse(url) ? new URL(url) : new URL('none:');
  // Without a host the parts cannot be told apart: the password may stand in the path.
  if (host === '') return '(an address that cannot be shown)';
  return `${protocol}//${host}${pathname}`;
}

/**
 * Whether an address leads to this machine or a private network, where no follower can go.
 *
 * @example leadsNowhere('http://localhost:4680') // true
 * @example leadsNowhere('https://program.example.org') // false
 */
export function leadsNowhere(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host) !== 0) return isPrivateAddress(host);
  return !host.includes('.') || /\.(localhost|local|internal|home|lan)$/i.test(host);
}
