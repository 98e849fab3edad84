import type { Post } from '../../publish/outcome.js';
import type { Reach } from '../../publish/publisher.js';
import type { Client } from './client.js';
import { BlueskyFailure } from './errors.js';

/** At most so many posts in one question: https://docs.bsky.app/docs/api/app-bsky-feed-get-posts */
const mostPosts = 25;

/** How far posts got, by the network's AppView, which the account's server asks; those that it does not know, or cannot be asked about, are missing. */
export async function measurePosts(
  client: Client,
  posts: readonly Post[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Reach>> {
  const reaches = new Map<string, Reach>();
  for (let from = 0; from < posts.length; from += mostPosts) {
    const uris = posts.slice(from, from + mostPosts).map(({ uri }) => uri);
    try {
      const { data } = await client.ask({ method: 'app.bsky.feed.getPosts', signal }, (agent) =>
        agent.app.bsky.feed.getPosts({ uris }, { signal }),
      );
      for (const { uri, likeCount, repostCount, replyCount } of data.posts) {
        reaches.set(uri, {
          ...(likeCount !== undefined && { likes: likeCount }),
          ...(repostCount !== undefined && { reposts: repostCount }),
          ...(replyCount !== undefined && { replies: replyCount }),
        });
      }
    } catch (thrown) {
      // The next ones would fail as well.
      if (thrown instanceof BlueskyFailure) break;
      throw thrown;
    }
  }
  return reaches;
}
