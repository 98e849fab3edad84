import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

import { CallboardError, reasonOf } from '../../errors.js';
import { given } from '../given.js';
import { unreadable } from '../problem.js';
import { remedyFor, withKey, withoutSecrets, type ProgramCredentials } from './credentials.js';
import type { FetchedDocument } from '../document.js';
import type { FetchedProgram, FetchHints } from './fetched-program.js';
import { cachedPages, type FetchedPage } from './cached-pages.js';
import { follow, type Followed, type Trail } from './follow.js';
import { refused } from './refused.js';
import { openPageCache } from './page-cache.js';
import { robotsAllow } from './robots.js';
import { trails } from './trails.js';
import { isPrivateAddress } from './private-address.js';
import { tooLarge } from './too-large.js';

/** As much of robots.txt as one must read (RFC 9309, section 2.5). */
const robotsBytes = 512 * 1024;

/** A fetch with its bounds decided. */
export interface HttpBounds extends FetchHints {
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly maxRedirects: number;
  readonly maxDocuments: number;
}

/** Gets a program by HTTP; `undefined` where the server answers 304 to what was asked by `since`. */
export async function fetchHttp(
  address: string,
  how: HttpBounds,
): Promise<Omit<FetchedProgram, 'fetchedAt'> | undefined> {
  const shown = withoutCredentials(address);
  const first = await fetchPage(address, how);
  if (!first) return undefined;
  const { document, etag, lastModified } = first;
  const url = parseAddress(address, shown);
  const trail = trails.find((one) => one.begins(document, url));
  if (!trail) return { documents: [document], address: shown, ...given({ etag, lastModified }) };
  const { documents, left } = await followFrom(url, trail, document, how);
  // What the first page says of its own change says nothing of the others.
  return { documents, address: shown, left };
}

async function followFrom(
  url: URL,
  trail: Trail,
  first: FetchedDocument,
  how: HttpBounds,
): Promise<Followed> {
  const { since: _first, ...each } = how;
  let size = first.bytes.byteLength;
  const allowed = trail.obeysRobots
    ? await robotsAllow(url, async (address) => {
        const fetched = await fetchPage(address, { ...each, maxBytes: robotsBytes });
        return new TextDecoder().decode(fetched?.document.bytes);
      })
    : () => true;
  const pages = cachedPages(
    trail,
    how.cacheFolder === undefined ? undefined : openPageCache(how.cacheFolder),
    {
      now: how.now ?? Date.now,
      shown: (page) => withoutSecrets(withoutCredentials(page), how.credentials),
      async getPage(page, since) {
        const own = new URL(page);
        own.username = url.username;
        own.password = url.password;
        const bounds = { ...each, maxBytes: how.maxBytes - size };
        return fetchPage(own.href, since ? { ...bounds, since: given(since) } : bounds);
      },
    },
  );
  return follow({
    trail,
    address: url,
    first: { ...first, name: withoutCredentials(trail.identity?.(url) ?? first.name) },
    most: how.maxDocuments,
    signal: how.signal,
    paceMs: how.paceMs,
    onPage: how.onPage,
    allowed,
    kept: (page) => pages.kept(page),
    async get(page) {
      try {
        return await pages.get(page);
      } catch (thrown) {
        const code = thrown instanceof CallboardError ? thrown.code : undefined;
        if (code === 'program-not-found') return undefined;
        if (code === 'program-forbidden' && trail.spares?.(page) === true) return undefined;
        throw thrown;
      }
    },
    holds(document) {
      size += document.bytes.byteLength;
      if (size > how.maxBytes) throw tooLarge(withoutCredentials(url.href), how.maxBytes);
    },
  });
}

/** One document; `undefined` where the server answers 304 to what was asked by `since`. */
async function fetchPage(address: string, how: HttpBounds): Promise<FetchedPage | undefined> {
  const shown = withoutSecrets(withoutCredentials(address), how.credentials);
  const deadline = AbortSignal.timeout(how.timeoutMs);
  const signal = how.signal ? AbortSignal.any([how.signal, deadline]) : deadline;
  try {
    const url = parseAddress(address, shown);
    const answer = await ask(url, shown, how, signal);
    if (answer.status === 304) return undefined;
    if (!answer.ok) {
      await answer.body?.cancel();
      const said = withoutSecrets(answer.statusText, how.credentials);
      throw refused(shown, { status: answer.status, said }, remedyFor(url, how.credentials));
    }
    return {
      document: { name: shown, bytes: await bounded(answer, shown, how.maxBytes) },
      etag: answer.headers.get('etag') ?? undefined,
      lastModified: answer.headers.get('last-modified') ?? undefined,
    };
  } catch (cause) {
    if (cause instanceof CallboardError) throw cause;
    throw deadline.aborted
      ? unreadable(
          'program-timeout',
          shown,
          `the server did not deliver it within ${Math.ceil(how.timeoutMs / 1000)} s`,
          'Try again later, or download the program and give the file',
          cause,
        )
      : unreadable(
          'program-unreachable',
          shown,
          how.signal?.aborted === true
            ? 'the fetch was broken off'
            : `it cannot be reached (${innermost(cause)})`,
          'Check the address and the network',
          cause,
        );
  }
}

/**
 * An address as people may see it: without user, password, and values of parameters that are mostly secrets.
 *
 * @example withoutCredentials('https://me:pw@example.org/p.json?token=x') // 'https://example.org/p.json?token=…'
 */
export function withoutCredentials(address: string): string {
  const bare = address.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
  return bare.replace(
    /([?&](?:[\w-]*(?:token|key|secret|password|auth|sig|signature))=)[^&#]*/gi,
    '$1…',
  );
}

async function ask(
  first: URL,
  shown: string,
  how: HttpBounds,
  signal: AbortSignal,
): Promise<Response> {
  let url = first;
  let credentials = how.credentials;
  const startsPublic = how.allowPrivate !== true && !(await leadsInside(url));
  for (let hop = 0; hop <= how.maxRedirects; hop++) {
    // Whoever was sent elsewhere once may have been sent back by somebody else.
    if (url.origin !== first.origin) credentials = undefined;
    const answer = await fetch(withKey(withoutUser(url), credentials), {
      headers: headersFor(url, first, how, credentials),
      redirect: 'manual',
      signal,
    });
    const location = answer.headers.get('location');
    if (answer.status < 300 || answer.status > 399 || answer.status === 304 || location === null) {
      return answer;
    }
    await answer.body?.cancel();
    url = parseAddress(new URL(location, url).href, shown);
    if (startsPublic && (await leadsInside(url))) {
      throw unreadable(
        'program-redirect-refused',
        shown,
        'it redirects from a public address to a private one',
        'Give the private address itself, if you trust it',
      );
    }
  }
  throw unreadable(
    'program-too-many-redirects',
    shown,
    `it redirects more than ${how.maxRedirects} times`,
    'Give the address at which the redirects end',
  );
}

/** Credentials go to their own origin only: those in the address to the address's, those of the environment to the program's. */
function headersFor(
  url: URL,
  first: URL,
  how: HttpBounds,
  credentials: ProgramCredentials | undefined,
): Headers {
  const headers = new Headers({
    accept: 'application/json, application/xml;q=0.9, text/calendar;q=0.9, */*;q=0.5',
    'user-agent': 'callboard',
  });
  if (url.origin === credentials?.origin && credentials.authorization !== undefined) {
    headers.set('authorization', credentials.authorization);
  }
  if (url.origin === first.origin && first.username !== '') {
    const pair = `${decodeURIComponent(first.username)}:${decodeURIComponent(first.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`);
  }
  if (how.since?.etag !== undefined) headers.set('if-none-match', how.since.etag);
  if (how.since?.lastModified !== undefined)
    headers.set('if-modified-since', how.since.lastModified);
  return headers;
}

async function bounded(answer: Response, shown: string, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > maxBytes) throw tooLarge(shown, maxBytes);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function parseAddress(address: string, shown: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw unreadable(
    'program-address',
    shown,
    url ? `it leads to ${url.protocol} which is not of the web` : 'it is no address',
    'Give a path, or an address that begins with https://',
  );
}

function withoutUser(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}

async function leadsInside(url: URL): Promise<boolean> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return isPrivateAddress(host);
  try {
    return (await lookup(host, { all: true })).some(({ address }) => isPrivateAddress(address));
  } catch {
    // The fetch itself will say that there is no such host.
    return false;
  }
}

function innermost(thrown: unknown): string {
  return thrown instanceof Error && thrown.cause !== undefined
    ? innermost(thrown.cause)
    : reasonOf(thrown);
}
