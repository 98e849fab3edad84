import type { Context } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';
import { parseAccept } from 'hono/utils/accept';
import { documentOf } from '../page.js';
import { codings, type Coding, type KeptPage } from './page-shelf.js';
import { viewOf, type Site } from './site.js';
import type { View } from './view.js';

/** A page that is ready to be made into text, with its status where it is not 200. */
export interface Made {
  readonly page: HtmlEscapedString | Promise<HtmlEscapedString>;
  readonly status?: KeptPage['status'];
}

/** What a page depends on beside the program, the address and the visitor's preferences. */
export interface Freshness {
  /** The page says what is on now, or how long something is away: it is made anew each minute. */
  readonly minutely?: boolean;
  /** Anything else, as a short text that changes when the page does. */
  readonly stamp?: string;
  /** The program that it is made from, where that may be another than the one in force. */
  readonly from?: Pick<View, 'version' | 'catalog'>;
}

const minute = 60_000;

/**
 * Sends a page of the program site: made once for everybody who sees it in the same way, with an ETag that changes only when its text does,
 * compressed once. Browsers ask again each time, and mostly get 304.
 */
export async function sendPage(
  c: Context,
  site: Site,
  make: (view: View) => Made | Promise<Made>,
  { minutely = false, stamp = '', from }: Freshness = {},
): Promise<Response> {
  const { view: inForce, variant } = await viewOf(c, site);
  const view = { ...inForce, ...from };
  const since = minutely ? String(Math.floor(view.now / minute)) : '';
  const key = [view.version, variant, since, stamp, addressWithin(c)].join('\n');
  const kept = site.shelf.get(key) ?? (await keep(site, key, await make(view)));
  sayView(c, { view, variant });
  return answer(c, site, kept);
}

/** Tells the service worker of which version of the program a page is, and for which way of seeing it. */
export function sayView(
  c: Context,
  { view, variant }: { readonly view: View; readonly variant: string },
): void {
  c.header('X-Program-Version', String(view.version));
  c.header('X-Program-Manner', variant);
}

async function keep(site: Site, key: string, { page, status = 200 }: Made): Promise<KeptPage> {
  return site.shelf.keep(key, { html: await documentOf(page), status });
}

async function answer(c: Context, site: Site, page: KeptPage): Promise<Response> {
  const headers: Record<string, string> = {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-cache',
    Vary: 'Cookie, Accept-Encoding',
    ETag: page.etag,
  };
  if (page.status === 200 && isKnown(c.req.header('If-None-Match'), page.etag)) {
    return c.body(null, 304, headers);
  }
  const coding = codingOf(c.req.header('Accept-Encoding'));
  if (coding === undefined) return c.body(new Uint8Array(page.body), page.status, headers);
  const body = await site.shelf.compressed(page, coding);
  return c.body(new Uint8Array(body), page.status, { ...headers, 'Content-Encoding': coding });
}

/** Whether a browser's tags hold ours; they are compared as weak ones (RFC 9110, 13.1.2). */
export function isKnown(tags: string | undefined, etag: string): boolean {
  if (tags === undefined) return false;
  const plain = (tag: string) => tag.trim().replace(/^W\//, '');
  return tags.split(',').some((tag) => tag.trim() === '*' || plain(tag) === plain(etag));
}

/** The coding that a browser takes and that we make; undefined for none. */
export function codingOf(header: string | undefined): Coding | undefined {
  if (header === undefined) return undefined;
  const known = codingsOf.get(header);
  if (known !== undefined) return known === '' ? undefined : known;
  const accepted = parseAccept(header).filter(({ q }) => q > 0);
  const coding = codings.find((one) => accepted.some(({ type }) => type === one));
  if (codingsOf.size > 200) codingsOf.clear();
  codingsOf.set(header, coding ?? '');
  return coding;
}

/** Browsers send few different headers, each of them with every request. */
const codingsOf = new Map<string, Coding | ''>();

/** The address without its host; a query of any length is one, within reason. */
function addressWithin(c: Context): string {
  const { search } = new URL(c.req.url);
  return c.req.path + search.slice(0, 2_000);
}
