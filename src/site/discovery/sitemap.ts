import { XMLBuilder } from 'fast-xml-parser';
import type { Catalog } from '../../program/calendar/catalog.js';
import type { SessionHistory } from '../../program/history.js';
import { toIso, type EpochMs } from '../../program/time.js';

/** A page that search engines may know. */
export interface MappedPage {
  readonly path: string;
  /** When it last changed, where that is known. */
  readonly modifiedAt?: EpochMs;
}

/** The most pages that one file may hold (https://www.sitemaps.org/protocol.html#index). */
export const mostInFile = 50_000;

const writer = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });
const head = { '@version': '1.0', '@encoding': 'UTF-8' };
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** Every page of a program, the most telling first. */
export function mappedPages(catalog: Catalog, history: SessionHistory): readonly MappedPage[] {
  const { program } = catalog.lookup;
  const lists = ['/', '/days', '/times', '/people', '/rooms', '/units', '/types', '/sessions'];
  const plain = (path: string): MappedPage => ({ path });
  const modified = (session: string) => {
    const at = history(session)?.modifiedAt;
    return at === undefined ? {} : { modifiedAt: at };
  };
  return [
    ...lists.map(plain),
    ...catalog.days.map(({ name }) => plain(`/days/${name}`)),
    ...catalog.sessions.map(({ key }) => ({ path: `/sessions/${key}`, ...modified(key) })),
    ...catalog.sessions.flatMap(({ key, presentations }) =>
      presentations.map((one) => ({ path: `/presentations/${one.key}`, ...modified(key) })),
    ),
    ...program.people
      .filter(({ key }) => catalog.parts(key).length > 0)
      .map(({ key }) => plain(`/people/${key}`)),
    ...program.rooms
      .filter(({ key }) => catalog.inRoom(key).length > 0)
      .map(({ key }) => plain(`/rooms/${key}`)),
    ...program.units
      .filter(({ key }) => catalog.inUnit(key).length > 0)
      .map(({ key }) => plain(`/units/${key}`)),
    ...catalog.types.map(({ slug }) => plain(`/types/${slug}`)),
  ];
}

/**
 * One sitemap of at most 50,000 pages.
 *
 * @param absolute makes the public address of a path
 */
export function writeSitemap(
  pages: readonly MappedPage[],
  absolute: (path: string) => string,
): string {
  return writer.build({
    '?xml': head,
    urlset: {
      '@xmlns': namespace,
      url: pages.map(({ path, modifiedAt }) => ({
        loc: absolute(path),
        ...(modifiedAt !== undefined && { lastmod: toIso(modifiedAt) }),
      })),
    },
  });
}

/** The list of the sitemaps of a site that has too many pages for one: `/sitemap-1.xml` and on. */
export function writeSitemapIndex(files: number, absolute: (path: string) => string): string {
  return writer.build({
    '?xml': head,
    sitemapindex: {
      '@xmlns': namespace,
      sitemap: Array.from({ length: files }, (_, index) => ({
        loc: absolute(`/sitemap-${String(index + 1)}.xml`),
      })),
    },
  });
}
