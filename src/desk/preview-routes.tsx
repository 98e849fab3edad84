import type { Hono } from 'hono';
import { isNetwork, networks, type Network } from '../campaign/network.js';
import { documentOf } from '../site/page.js';
import type { WebContext } from '../site/web-context.js';
import type { DeskParts } from './desk-parts.js';
import { liveEvents } from './live-events.js';
import { PreviewPage, type ColumnContent } from './preview.js';
import { TimelineWatch } from './timeline-watch.js';

/** Posts per network and page. */
export const postsPerColumn = 50;

/** Serves the preview timelines and their live events. */
export function servePreview(
  app: Hono,
  { context, assets, addresses }: DeskParts,
  closing: AbortSignal,
): void {
  const watch = new TimelineWatch(context, closing);

  app.get('/preview', async (c) => {
    const before = sequenceOf(c.req.query('before'));
    const network = c.req.query('network') ?? '';
    const shown = isNetwork(network) ? [network] : networks;
    const [columns, status] = await Promise.all([
      Promise.all(shown.map((one) => column(context, one, before))),
      context.status(),
    ]);
    const posts = columns.flatMap((one) => one.posts);
    const page = (
      <PreviewPage
        assets={assets}
        addresses={addresses}
        conference={context.conference()}
        status={status}
        columns={columns}
        due={await context.due(posts.map((post) => post.announcement))}
        now={context.clock.now()}
        liveAfter={
          before === undefined ? Math.max(0, ...posts.map((post) => post.sequence)) : undefined
        }
      />
    );
    return c.html(await documentOf(page), 200, { 'Cache-Control': 'no-store' });
  });

  app.get('/preview/events', (c) =>
    liveEvents(c, {
      desk: { context, addresses },
      watch,
      closing,
      after: sequenceOf(c.req.header('Last-Event-ID')) ?? sequenceOf(c.req.query('after')) ?? 0,
    }),
  );
}

async function column(
  context: WebContext,
  network: Network,
  before: number | undefined,
): Promise<ColumnContent> {
  const found = await context.timeline.list({
    network,
    limit: postsPerColumn + 1,
    ...(before === undefined ? {} : { before }),
  });
  return {
    network,
    posts: found.slice(0, postsPerColumn),
    hasOlder: found.length > postsPerColumn,
  };
}

function sequenceOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
