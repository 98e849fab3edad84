import type { FetchedDocument } from '../document.js';
import type { EpochMs } from '../time.js';
import type { Trail } from './follow.js';
import type { CachedPage, PageCache } from './page-cache.js';

/** A page as it was fetched. */
export interface FetchedPage {
  readonly document: FetchedDocument;
  readonly etag: string | undefined;
  readonly lastModified: string | undefined;
}

/** Gets one page; `undefined` where it did not change since what is given. */
export type GetPage = (
  address: URL,
  since: Pick<CachedPage, 'etag' | 'lastModified'> | undefined,
) => Promise<FetchedPage | undefined>;

/** How the pages of a trail are got through a cache: fresh ones from it, older ones asked for on the condition that they changed. */
export function cachedPages(
  trail: Trail,
  cache: PageCache | undefined,
  {
    now,
    getPage,
    shown,
  }: {
    readonly now: () => EpochMs;
    readonly getPage: GetPage;
    /** An address as people may see it. */
    readonly shown: (address: string) => string;
  },
) {
  const nameOf = (address: URL) => trail.identity?.(address) ?? bare(address);
  const named = (address: URL, bytes: Uint8Array): FetchedDocument => ({
    name: shown(nameOf(address)),
    bytes,
  });
  return {
    /** The page where it is fresh enough not to be asked for. */
    async kept(address: URL): Promise<FetchedDocument | undefined> {
      const page = await cache?.read(nameOf(address));
      if (!page) return undefined;
      const age = now() - page.fetchedAt;
      const fresh = age >= 0 && age < (trail.freshMs?.(address) ?? 0);
      return fresh ? named(address, page.bytes) : undefined;
    },
    /** The page as the server has it now, kept for the next time. */
    async get(address: URL): Promise<FetchedDocument | undefined> {
      const name = nameOf(address);
      const old = await cache?.read(name);
      const fetched = await getPage(address, old);
      const page = fetched
        ? { ...fetched, bytes: fetched.document.bytes }
        : old && { etag: old.etag, lastModified: old.lastModified, bytes: old.bytes };
      if (!page) return undefined;
      const { bytes, etag, lastModified } = page;
      await cache?.write(name, { bytes, etag, lastModified, fetchedAt: now() });
      return named(address, bytes);
    },
  };
}

function bare(address: URL): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}
