import { Hono } from 'hono';
import { noPast, type SessionRevision } from '../../src/program/history.js';
import type { Program } from '../../src/program/model.js';
import { addressesOf, pathWithin } from '../../src/site/addresses.js';
import { serveApi } from '../../src/site/api/api-routes.js';
import { serveAssets } from '../../src/site/assets.js';
import { serveOEmbed } from '../../src/site/discovery/oembed-routes.js';
import { serveSitemap } from '../../src/site/discovery/sitemap-routes.js';
import { serveFeedGenerator } from '../../src/site/feed-generator/feed-generator-routes.js';
import type { LivePost } from '../../src/site/feeds/feed-context.js';
import { serveFeeds } from '../../src/site/feeds/feed-routes.js';
import { createPageShelf } from '../../src/site/shell/page-shelf.js';
import { createSite } from '../../src/site/shell/site.js';
import type { WebContext } from '../../src/site/web-context.js';
import { now, webFixture, type Fixture } from './web-fixture.js';

/** What a test may change in what machines are served from. */
export interface MachineFixture {
  readonly web: Fixture;
  revisions: ReadonlyMap<string, SessionRevision>;
  posts: readonly LivePost[];
  /** Asks for a path of the site. */
  ask(path: string, headers?: Record<string, string>): Promise<Response>;
  json(path: string): Promise<unknown>;
}

/** Everything that machines read, without a server around it. */
export function machineFixture(program?: Program, over: Partial<WebContext> = {}): MachineFixture {
  const web = webFixture(over);
  if (program) web.program = program;
  const addresses = addressesOf(web.context.site);
  const app = new Hono({
    getPath: (request) => pathWithin(addresses.base, new URL(request.url).pathname),
  });
  const site = createSite({
    context: web.context,
    assets: serveAssets(app, addresses),
    addresses,
    shelf: createPageShelf(),
  });
  const fixture: MachineFixture = {
    web,
    revisions: new Map([['s1', { sequence: 2, modifiedAt: now - 60_000 }]]),
    posts: [],
    ask: async (path, headers = {}) => app.request(path, { headers }),
    json: async (path) => (await app.request(path)).json(),
  };
  web.past = { ...noPast, history: (key) => fixture.revisions.get(key) };
  const feeds = {
    livePosts: () => Promise.resolve(fixture.posts),
  };
  serveFeeds(app, site);
  serveApi(app, site);
  serveOEmbed(app, site);
  serveSitemap(app, site);
  serveFeedGenerator(app, site, feeds);
  return fixture;
}
