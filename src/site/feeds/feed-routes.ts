import type { Context, Hono, Next } from 'hono';
import type { Catalog } from '../../program/calendar/catalog.js';
import type { ExportAbout } from '../../program/exports/about.js';
import { acronymOf } from '../../program/exports/frab-conference.js';
import { keyUuid } from '../../program/exports/permanent-id.js';
import { given } from '../../program/given.js';
import type { ProgramPast } from '../../program/history.js';
import type { Session } from '../../program/model.js';
import { preflight } from '../any-origin.js';
import type { Site } from '../shell/site.js';
import { writeAtom } from './atom.js';
import { changeItems } from './change-items.js';
import type { Feed } from './feed.js';
import { pageFormats, programFormats, type FeedFormat } from './feed-formats.js';
import { feedSelection, isFeedPath } from './feed-selection.js';
import { writeJsonFeed } from './json-feed.js';
import { notYet, sendFile } from './send-file.js';

/**
 * Serves the program as files for machines: whole as `/program.…`, and every browse page, session and presentation as its own address with `.ics`, `.atom` or
 * `.json`. Call it before the pages, whose routes would take such an address for a key; what is no feed goes on to the next route.
 */
export function serveFeeds(app: Hono, site: Site): void {
  for (const [ending, format] of Object.entries(programFormats)) {
    app.options(`/program.${ending}`, preflight);
    app.get(`/program.${ending}`, (c, next) =>
      sendSessions(c, next, { path: '/program', ending, format }),
    );
  }
  for (const ending of ['atom', 'json'] as const) {
    app.options(`/changes.${ending}`, preflight);
    app.get(`/changes.${ending}`, (c) => sendChanges(c, ending));
  }
  app.options(pageFiles, (c, next) =>
    isFeedPath(decoded(c.req.path).replace(/\.[a-z]+$/, '')) ? preflight(c, next) : next(),
  );
  app.get(pageFiles, (c, next) => {
    const at = c.req.path.lastIndexOf('.');
    const ending = c.req.path.slice(at + 1) as keyof typeof pageFormats;
    const path = decoded(c.req.path.slice(0, at));
    return sendSessions(c, next, { path, ending, format: pageFormats[ending] });
  });

  async function sendSessions(
    c: Context,
    next: Next,
    asked: { readonly path: string; readonly ending: string; readonly format: FeedFormat },
  ): Promise<Response | undefined> {
    const { version, catalog, past } = await site.program();
    const isFeed = isFeedPath(asked.path);
    if (isFeed && version === 0) return notYet(c);
    const { searchParams } = new URL(c.req.url);
    const selection = isFeed ? feedSelection(catalog, asked.path, searchParams) : undefined;
    if (!selection) {
      await next();
      return undefined;
    }
    return sendSelection(c, site, {
      ...asked,
      ...given({ title: selection.title }),
      address: selection.address,
      sessions: () => selection.sessions,
      stamp: String(version),
      catalog,
      past,
    });
  }

  async function sendChanges(c: Context, ending: 'atom' | 'json'): Promise<Response> {
    const versions = await site.context.changes();
    const { name, zone } = site.context.conference();
    const { addresses, context } = site;
    return sendFile(c, site, {
      type: pageFormats[ending].type,
      name: `${acronymOf(name)}-changes.${ending}`,
      key: `changes\n${String(versions[0]?.version ?? 0)}\n${zone}\n${ending}`,
      make: () => {
        const page = addresses.absolute('/changes');
        const feed: Feed = {
          id: `urn:uuid:${keyUuid(`feed ${page}`)}`,
          title: `Changes to the program · ${name}`,
          page,
          self: `${page}.${ending}`,
          language: 'en',
          author: name,
          items: changeItems(versions, { site: context.site, zone }),
        };
        return ending === 'atom' ? writeAtom(feed) : writeJsonFeed(feed);
      },
    });
  }
}

/** Sessions that are sent as a file. */
export interface SentSelection {
  /** What they are, for people; undefined for the whole program. */
  readonly title?: string;
  /** Path of their page with its query, in one form. */
  readonly address: string;
  readonly sessions: () => readonly Session[];
  /** How the address of the file ends, behind that of the page. */
  readonly ending: string;
  readonly format: FeedFormat;
  /** What the sessions hang on beside the address of their page. */
  readonly stamp: string;
  readonly catalog: Catalog;
  readonly past: ProgramPast;
}

/** Sends the sessions of a page as a file, whose address is that of the page with the ending. */
export function sendSelection(
  c: Context,
  site: Site,
  { title: own, address, sessions, ending, format, stamp, catalog, past }: SentSelection,
): Promise<Response> {
  const { name, unitLabel, language } = site.context.conference();
  const title = own === undefined ? name : `${own} · ${name}`;
  const [page = '', query] = address.split('?');
  const self = `${page === '/' ? '/program' : page}.${ending}${query === undefined ? '' : `?${query}`}`;
  return sendFile(c, site, {
    type: format.type,
    name: `${acronymOf(title)}.${ending}`,
    key: `${stamp}\n${catalog.zone}\n${self}`,
    make: () => {
      const about: ExportAbout = {
        title,
        site: site.context.site,
        page: site.addresses.absolute(address),
        conference: name,
        unitLabel,
        history: past.history,
      };
      return format.write({
        program: catalog.lookup,
        sessions: sessions(),
        about,
        self: site.addresses.absolute(self),
        language: catalog.lookup.program.language ?? language,
      });
    },
  });
}

/** Pages with an ending; not all of them are feeds. */
const pageFiles = '/:page{.+\\.(?:ics|atom|json)}';

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
