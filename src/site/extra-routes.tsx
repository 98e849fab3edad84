import type { Hono } from 'hono';
import { isNetwork } from '../campaign/network.js';
import { ChangesPage } from './pages/changes.js';
import { FeedsPage } from './pages/feeds.js';
import { missing } from './pages/missing.js';
import { NetworkPage } from './pages/network.js';
import { sendPage } from './shell/send-page.js';
import type { Site } from './shell/site.js';

/** Serves what changed, the meeting's networks, and the page of feeds. */
export function serveExtras(app: Hono, site: Site): void {
  app.get('/changes', async (c) => {
    const versions = await site.context.changes();
    return sendPage(
      c,
      site,
      (view) => ({ page: <ChangesPage view={view} versions={versions} /> }),
      {
        stamp: String(versions[0]?.version ?? 0),
      },
    );
  });
  app.get('/feeds', (c) => sendPage(c, site, (view) => ({ page: <FeedsPage view={view} /> })));
  app.get('/networks/:network', async (c) => {
    const network = c.req.param('network');
    const account = site.context.social.find((one) => one.network === network);
    const posts = account && isNetwork(network) ? await site.context.newestPosts(network) : [];
    return sendPage(
      c,
      site,
      (view) =>
        account
          ? { page: <NetworkPage view={view} account={account} posts={posts} /> }
          : missing(view, 'page'),
      { stamp: `${posts.length} ${posts[0]?.announcement ?? ''}` },
    );
  });
}
