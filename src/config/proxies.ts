import { BlockList, isIP } from 'node:net';

/**
 * Whether a text names proxies: an IP address, or a range of them in CIDR notation (https://www.rfc-editor.org/rfc/rfc4632#section-3.1).
 *
 * @example isProxyAddress('172.16.0.0/12') // true
 * @example isProxyAddress('proxy.example.org') // false
 */
export function isProxyAddress(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more !== undefined) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

/** Tells whether an IP address is one of these proxies. An IPv4 address in the clothes of IPv6 (`::ffff:127.0.0.1`) is the IPv4 address. */
export function proxyCheck(proxies: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = plainAddress(address);
    const version = isIP(plain);
    return version !== 0 && list.check(plain, version === 4 ? 'ipv4' : 'ipv6');
  };
}

/**
 * An IPv4 address without its clothes of IPv6, which sockets that listen to both give it.
 *
 * @example plainAddress('::ffff:192.0.2.1') // '192.0.2.1'
 */
export function plainAddress(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address);
  return mapped?.[1] ?? address;
}
