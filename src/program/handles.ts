/** The networks on which Callboard keeps people's handles. */
export const handleNetworks = ['bluesky', 'threads', 'x', 'youtube'] as const;

/** Somebody's handle on each network, without `@`: `{ bluesky: 'ada.example.org', x: 'ada' }`. */
export type Handles = Readonly<Partial<Record<(typeof handleNetworks)[number], string>>>;

/** Paths that lead to a page of the network itself, not to somebody's. */
const notPeople =
  /^(?:home|explore|search|hashtag|intent|share|i|settings|login|about|jobs|privacy|tos)$/i;

const hosts: readonly {
  readonly network: keyof Handles;
  readonly host: RegExp;
  readonly path: RegExp;
}[] = [
  {
    network: 'bluesky',
    host: /^(?:www\.)?bsky\.app$/,
    path: /^\/profile\/((?:[a-z0-9](?:[a-z0-9-]{0,62})\.)+[a-z][a-z0-9-]{1,62}|did:(?:plc|web):[\w.:-]{3,100})(?:\/|$)/i,
  },
  {
    network: 'threads',
    host: /^(?:www\.)?threads\.(?:net|com)$/,
    path: /^\/@([\w.]{1,30})(?:\/|$)/,
  },
  { network: 'x', host: /^(?:www\.|mobile\.)?(?:twitter|x)\.com$/, path: /^\/(\w{1,15})(?:\/|$)/ },
  {
    network: 'youtube',
    host: /^(?:www\.|m\.)?youtube\.com$/,
    path: /^\/@([\p{L}\p{N}_.·-]{3,30})(?:\/|$)/u,
  },
];

/**
 * The handles that addresses of profiles hold; of several on one network the first. Anything else is passed over.
 *
 * @example handlesOf(['https://bsky.app/profile/ada.example.org', 'https://x.com/ada?s=20']) // { bluesky: 'ada.example.org', x: 'ada' }
 */
export function handlesOf(addresses: readonly (string | undefined)[]): Handles {
  const handles: Partial<Record<keyof Handles, string>> = {};
  for (const address of addresses) {
    if (address === undefined || !URL.canParse(address)) continue;
    const { hostname, pathname } = new URL(address);
    for (const { network, host, path } of hosts) {
      const handle = host.test(hostname) ? path.exec(decoded(pathname))?.[1] : undefined;
      if (handle === undefined || notPeople.test(handle)) continue;
      handles[network] ??= handle;
    }
  }
  return handles;
}

/**
 * The address of somebody's profile, which `handlesOf` reads.
 *
 * @example profileAddress('x', 'ada') // 'https://x.com/ada'
 */
export function profileAddress(network: keyof Handles, handle: string): string {
  const of = {
    bluesky: `https://bsky.app/profile/${handle}`,
    threads: `https://www.threads.com/@${handle}`,
    x: `https://x.com/${handle}`,
    youtube: `https://www.youtube.com/@${handle}`,
  };
  return of[network];
}

/**
 * A handle as people write it in a form: with or without `@`, or as an address; undefined when it is none.
 *
 * @example handleFrom('x', '@ada') // 'ada'
 * @example handleFrom('bluesky', 'https://bsky.app/profile/ada.example.org') // 'ada.example.org'
 */
export function handleFrom(network: keyof Handles, text: string): string | undefined {
  const bare = text.trim();
  const address = /^https?:\/\//i.test(bare) ? bare : `https://${bare}`;
  const byAddress = handlesOf([address])[network];
  if (byAddress !== undefined) return byAddress;
  const name = bare.replace(/^@/, '');
  return /[\s/?#\\]/.test(name) ? undefined : handlesOf([profileAddress(network, name)])[network];
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
