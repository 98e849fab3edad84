import type { Context } from '../context.js';
import type { FeedContext } from '../site/feeds/feed-context.js';
import { livePosts } from '../storage/live-posts.js';
import { briefly } from './briefly.js';

/** What the feeds need beside the pages, from the context of an edition. */
export function createFeedContext({
  database,
  edition,
}: Pick<Context, 'database' | 'edition'>): FeedContext {
  return {
    livePosts: briefly(() => livePosts(database, edition.id, 'bluesky')),
  };
}
