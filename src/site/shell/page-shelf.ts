import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

const squeeze = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** A page that was made once, with its compressed forms. */
export interface KeptPage {
  readonly etag: string;
  readonly status: 200 | 404 | 410;
  readonly body: Buffer;
  readonly compressed: Map<Coding, Buffer>;
}

/** Ways to compress that browsers take, the better one first. */
export const codings = ['br', 'gzip'] as const;

/** One way to compress. */
export type Coding = (typeof codings)[number];

/** Pages that were made, by everything that they depend on. */
export interface PageShelf {
  get(key: string): KeptPage | undefined;
  keep(key: string, page: { readonly html: string; readonly status: KeptPage['status'] }): KeptPage;
  /** The page compressed; done once, and kept. */
  compressed(page: KeptPage, coding: Coding): Promise<Buffer>;
}

/** Room for pages, in bytes; those not asked for in the longest time make room for others. */
const mostBytes = 64 * 1024 * 1024;

/** A shelf of pages in memory. */
export function createPageShelf(most = mostBytes): PageShelf {
  const kept = new LRUCache<string, KeptPage>({
    maxSize: most,
    // The compressed forms come later, and take less than half of it.
    sizeCalculation: ({ body }, key) => Math.ceil(body.length * 1.5) + key.length * 2 + 200,
  });
  return {
    get: (key) => kept.get(key),
    keep(key, { html, status }) {
      const body = Buffer.from(html);
      const digest = createHash('sha256').update(body).digest('base64url').slice(0, 20);
      // Weak, since the compressed forms are one page in other bytes.
      const page = { etag: `W/"${digest}"`, status, body, compressed: new Map<Coding, Buffer>() };
      kept.set(key, page);
      return page;
    },
    async compressed(page, coding) {
      const known = page.compressed.get(coding);
      if (known) return known;
      const made =
        coding === 'br'
          ? await squeeze.br(page.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
          : await squeeze.gzip(page.body);
      page.compressed.set(coding, made);
      return made;
    },
  };
}
