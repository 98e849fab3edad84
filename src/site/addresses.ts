/** Where the pages stand: everything that a page links to goes through here, since a proxy may serve the site below a path. */
export interface Addresses {
  /** The path that the public address of the site ends in: '' or '/program'. */
  readonly base: string;
  /** A link within the site: `to('/days')` is `/program/days`. */
  to(path: string): string;
  /** The public address of a page: `https://meeting.example.org/program/days`. */
  absolute(path: string): string;
}

/**
 * The addresses of a site.
 *
 * @param site its public address, without a trailing slash
 * @example addressesOf('https://meeting.example.org/program').to('/days') // '/program/days'
 */
export function addressesOf(site: string): Addresses {
  const base = baseOf(site);
  return { base, to: (path) => base + path, absolute: (path) => site + path };
}

/** The path of a request without the base path, whether or not the proxy has taken it off. */
export function pathWithin(base: string, path: string): string {
  if (base === '' || !path.startsWith(base)) return path;
  const rest = path.slice(base.length);
  return rest === '' ? '/' : rest.startsWith('/') ? rest : path;
}

function baseOf(site: string): string {
  return URL.canParse(site) ? new URL(site).pathname.replace(/\/+$/, '') : '';
}
