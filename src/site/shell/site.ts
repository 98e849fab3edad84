import { getCookie } from 'hono/cookie';
import type { Context } from 'hono';
import { catalogOf, emptyCatalog, type Catalog } from '../../program/calendar/catalog.js';
import { noPast, type ProgramPast } from '../../program/history.js';
import type { ProgramLookup } from '../../program/lookup.js';
import type { Addresses } from '../addresses.js';
import type { AssetAddresses } from '../assets.js';
import {
  parsePreferences,
  preferencesCookie,
  preferencesText,
  usualPreferences,
  zoneCookie,
  zoneFor,
} from '../preferences.js';
import { timeWords, type TimeWords } from '../time-words.js';
import type { WebContext } from '../web-context.js';
import type { PageShelf } from './page-shelf.js';
import type { View } from './view.js';

/** What all routes of the program site share. */
export interface Site {
  readonly context: WebContext;
  readonly assets: AssetAddresses;
  readonly addresses: Addresses;
  readonly shelf: PageShelf;
  /** The version in force, arranged for browsing; an empty one before the first import. */
  program(): Promise<{
    readonly version: number;
    readonly catalog: Catalog;
    readonly past: ProgramPast;
  }>;
}

/** The cookie that says whether somebody is signed in, for the menu only; it proves nothing. */
export const signedInCookie = 'callboard-signed-in';

/** Arranges each version once, when it is first asked for. */
export function createSite(parts: Omit<Site, 'program'>): Site {
  const { context } = parts;
  let arranged:
    | { readonly lookup: ProgramLookup; readonly zone: string; readonly catalog: Catalog }
    | undefined;
  return {
    ...parts,
    async program() {
      const current = await context.program();
      const { zone } = context.conference();
      if (!current) return { version: 0, catalog: emptyCatalog(zone), past: noPast };
      // One version is one lookup; the zone is the campaign's and may change without a new version.
      if (arranged?.lookup !== current.lookup || arranged.zone !== zone) {
        arranged = { lookup: current.lookup, zone, catalog: catalogOf(current.lookup, zone) };
      }
      return { version: current.version, catalog: arranged.catalog, past: current.past };
    },
  };
}

/** How a visitor sees the program, with a short text that is equal for all who see it in the same way. */
export async function viewOf(c: Context, site: Site): Promise<{ view: View; variant: string }> {
  const { context, assets, addresses } = site;
  const { version, catalog, past } = await site.program();
  const conference = context.conference();
  const usual = usualPreferences(conference.language);
  const preferences = parsePreferences(
    getCookie(c, preferencesCookie) ?? '',
    usual,
    getCookie(c, zoneCookie),
  );
  const zone = zoneFor(preferences, conference.zone);
  const isSignedIn = getCookie(c, signedInCookie) === '1';
  return {
    view: {
      assets,
      addresses,
      conference,
      version,
      catalog,
      past,
      now: context.clock.now(),
      preferences,
      zone,
      times: wordsFor(zone, preferences),
      conferenceTimes: wordsFor(conference.zone, preferences),
      isSignedIn,
      social: context.social,
      canSignIn: context.canSignIn,
    },
    // It goes through headers, which lose blanks at their ends.
    variant: `${preferencesText(preferences, usual)} ${zone} ${isSignedIn ? 'in' : ''}`.trim(),
  };
}

const words = new Map<string, TimeWords>();

/** Formatters are costly to make, and visitors have few ways of seeing times. */
function wordsFor(
  zone: string,
  manner: { readonly language: string; readonly clock: '24' | '12' },
): TimeWords {
  const key = `${zone} ${manner.language} ${manner.clock}`;
  const known = words.get(key);
  if (known) return known;
  const made = timeWords(zone, manner);
  if (words.size > 500) words.clear();
  words.set(key, made);
  return made;
}
