import type { Catalog } from '../../program/calendar/catalog.js';
import { createSearch, type ProgramSearch } from '../../program/search/search.js';
import type { Site } from '../shell/site.js';

/** The search over the version in force, or over the one before while a new version is being indexed. */
export interface SearchInForce {
  /** Waits for an index only when there has been none at all. */
  current(): Promise<ReadySearch>;
}

/** A search that can answer. */
export interface ReadySearch {
  /** Of the program that it answers from; a page made from it depends on this. */
  readonly version: number;
  readonly search: ProgramSearch;
}

/** Keeps a search over the program in force; it starts to index a new version when it is first asked for. */
export function createSearchInForce(site: Pick<Site, 'program' | 'context'>): SearchInForce {
  let ready: ReadySearch | undefined;
  let making: { readonly catalog: Catalog; readonly made: Promise<ReadySearch> } | undefined;
  return {
    async current() {
      const { version, catalog } = await site.program();
      if (ready?.search.catalog === catalog) return ready;
      if (making?.catalog !== catalog) making = { catalog, made: make(version, catalog) };
      return ready ?? making.made;
    },
  };

  async function make(version: number, catalog: Catalog): Promise<ReadySearch> {
    const { unitLabel } = site.context.conference();
    const made = { version, search: await createSearch(catalog, { unitLabel }) };
    // A still newer version may have come meanwhile; its index will take this one's place.
    if (making?.catalog === catalog || !ready) ready = made;
    return made;
  }
}
