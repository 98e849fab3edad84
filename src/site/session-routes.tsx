import type { Hono } from 'hono';
import type { Key } from '../program/model.js';
import { gone } from './pages/gone.js';
import { missing } from './pages/missing.js';
import { PresentationPage } from './pages/presentation.js';
import { SessionPage } from './pages/session.js';
import { SharePage } from './share/share-page.js';
import { sendPage, type Made } from './shell/send-page.js';
import type { Site } from './shell/site.js';
import type { View } from './shell/view.js';
import type { OfficialPost } from './web-context.js';

/** Serves the pages of sessions and presentations, at the addresses that posts lead to. */
export function serveSessions(app: Hono, site: Site): void {
  app.get('/sessions/:key', async (c) => {
    const key = c.req.param('key');
    const posts = await site.context.postsAbout(key);
    return sendPage(
      c,
      site,
      async (view) => {
        const session = view.catalog.lookup.session(key);
        if (!session) return absent(view, key);
        return {
          page: (
            <SessionPage view={view} session={session} posts={posts} {...await kit(site, key)} />
          ),
        };
      },
      { stamp: stampOf(posts), minutely: true },
    );
  });
  app.get('/sessions/:key/share', async (c) => {
    const key = c.req.param('key');
    const posts = await site.context.postsAbout(key);
    return sendPage(
      c,
      site,
      async (view) => {
        const session = view.catalog.lookup.session(key);
        if (!session) return absent(view, key);
        return {
          page: <SharePage view={view} session={session} posts={posts} {...await kit(site, key)} />,
        };
      },
      { stamp: stampOf(posts) },
    );
  });
  app.get('/presentations/:key', async (c) => {
    const { catalog } = await site.program();
    const session = catalog.presentation(c.req.param('key'))?.session.key;
    const posts = session === undefined ? [] : await site.context.postsAbout(session);
    return sendPage(
      c,
      site,
      async (view) => {
        const place = view.catalog.presentation(c.req.param('key'));
        if (!place) return missing(view, 'presentation');
        return {
          page: (
            <PresentationPage
              view={view}
              place={place}
              posts={posts}
              picture={await site.context.sessionCard(place.session.key)}
            />
          ),
        };
      },
      { stamp: stampOf(posts) },
    );
  });
}

async function kit({ context }: Site, session: Key) {
  const [picture, texts] = await Promise.all([
    context.sessionCard(session),
    context.shareTexts(session),
  ]);
  return { picture, texts };
}

/** A session that an earlier version had is gone; any other address never led anywhere. */
function absent(view: View, key: Key): Made {
  const vanished = view.past.vanished(key);
  return vanished ? gone(view, vanished) : missing(view, 'session');
}

function stampOf(posts: readonly OfficialPost[]): string {
  return `${posts.length} ${posts.at(-1)?.announcement ?? ''}`;
}
