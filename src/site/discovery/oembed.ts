import type { Catalog } from '../../program/calendar/catalog.js';
import type { Picture } from '../../compose/content.js';

/** What a link to a page of the site is, for pages that show links (https://oembed.com/#section2.3). */
export interface OEmbed {
  readonly version: '1.0';
  readonly type: 'link';
  readonly title: string;
  readonly author_name?: string;
  readonly provider_name: string;
  readonly provider_url: string;
  readonly cache_age: number;
  readonly thumbnail_url?: string;
  readonly thumbnail_width?: number;
  readonly thumbnail_height?: number;
}

/** The size of a card picture, in pixels. */
export const cardSize = { width: 1200, height: 630 } as const;

/** The path of a page of the site in its public address, without base path, query and fragment; undefined for any other address. */
export function pathOnSite(address: string, site: string): string | undefined {
  if (!URL.canParse(address) || !URL.canParse(site)) return undefined;
  const [url, own] = [new URL(address), new URL(site)];
  const base = own.pathname.replace(/\/+$/, '');
  // A link is shared with either scheme.
  const isSame = url.host === own.host && /^https?:$/.test(url.protocol);
  return isSame && url.pathname.startsWith(`${base}/`)
    ? url.pathname.slice(base.length)
    : undefined;
}

/** The session whose page, or whose presentation's page, stands at a path; with the title of that page. */
export function pageOfSession(
  catalog: Catalog,
  path: string,
):
  | { readonly title: string; readonly session: string; readonly people: readonly string[] }
  | undefined {
  const [, kind, key = ''] = /^\/(sessions|presentations)\/([a-z0-9]{1,64})\/?$/.exec(path) ?? [];
  const place = kind === 'presentations' ? catalog.presentation(key) : undefined;
  const session = kind === 'sessions' ? catalog.lookup.session(key) : place?.session;
  if (!session) return undefined;
  const named = (people: readonly { readonly person: string }[]) => [
    ...new Set(people.flatMap(({ person }) => catalog.lookup.person(person)?.name ?? [])),
  ];
  const { title, people, cancelled } = place?.presentation ?? session;
  return {
    title: cancelled || session.cancelled ? `Cancelled: ${title}` : title,
    session: session.key,
    people: named(people),
  };
}

/** What the page is, as oEmbed says it. A picture that is larger than whoever asks allows is left out. */
export function oEmbedOf(
  page: { readonly title: string; readonly people: readonly string[] },
  around: {
    readonly provider: string;
    readonly site: string;
    readonly picture: Picture | undefined;
    readonly maxWidth: number;
    readonly maxHeight: number;
  },
): OEmbed {
  const { picture, maxWidth, maxHeight, site, provider } = around;
  const fits = cardSize.width <= maxWidth && cardSize.height <= maxHeight;
  return {
    version: '1.0',
    type: 'link',
    title: page.title,
    ...(page.people.length > 0 && { author_name: page.people.join(', ') }),
    provider_name: provider,
    provider_url: site,
    cache_age: 3600,
    ...(picture &&
      fits && {
        thumbnail_url: `${site}/cards/${picture.digest}.png`,
        thumbnail_width: cardSize.width,
        thumbnail_height: cardSize.height,
      }),
  };
}
