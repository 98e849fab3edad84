/**
 * An address that may stand in a link; undefined for anything but `http:` and `https:`, and for one that carries a
 * password. Program data is untrusted, whatever its reader promised.
 *
 * @example safeAddress('https://example.org/a b') // 'https://example.org/a%20b'
 * @example safeAddress('javascript:alert(1)') // undefined
 */
export function safeAddress(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const web = url.protocol === 'http:' || url.protocol === 'https:';
  return web && url.username === '' && url.password === '' ? url.href : undefined;
}

/**
 * The host that a link leads to, as a link card names it.
 *
 * @example hostOf('https://www.example.org/sessions/1') // 'example.org'
 */
export function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host.replace(/^www\./, '') : address;
}
