import type { Context } from '../context.js';
import type { FeedContext } from '../site/feeds/feed-context.js';
import { livePosts } from '../storage/live-posts.js';
import { ensureHistory, sessionRevisions } from '../storage/session-history.js';
import { briefly } from './briefly.js';

/** What the feeds need beside the pages, from the context of an edition. */
export function createFeedContext({
  database,
  edition,
}: Pick<Context, 'database' | 'edition'>): FeedContext {
  let isWhole = false;
  return {
    history: briefly(async () => {
      if (!isWhole) await ensureHistory(database, edition.id);
      isWhole = true;
      const revisions = await sessionRevisions(database, edition.id);
      return (key) => revisions.get(key);
    }),
    livePosts: briefly(() => livePosts(database, edition.id, 'bluesky')),
  };
}
