import { z } from 'zod';
import type { Post } from '../../publish/outcome.js';
import type { Reach } from '../../publish/publisher.js';
import { isAccepted } from './answer.js';
import type { Ask } from './asking.js';
import { askWithFields } from './timeline.js';

/** X speaks of at most so many posts at once. */
const mostPosts = 100;

const count = z.number().int().nonnegative().optional().catch(undefined);
const metricsShape = z.object({
  data: z
    .array(
      z.object({
        id: z.string(),
        public_metrics: z.object({
          like_count: count,
          reply_count: count,
          impression_count: count,
          /** So the specification; the pages say `retweet_count`. [belief] */
          repost_count: count,
          retweet_count: count,
        }),
      }),
    )
    .optional(),
});

/** Asks how far posts got; those that X does not speak of are missing. Each costs a read. https://docs.x.com/x-api/posts/get-posts-by-ids */
export async function measurePosts(
  ask: Ask,
  posts: readonly Post[],
): Promise<ReadonlyMap<string, Reach>> {
  const reaches = new Map<string, Reach>();
  for (let from = 0; from < posts.length; from += mostPosts) {
    const ids = posts.slice(from, from + mostPosts).map(({ uri }) => uri);
    const answer = await askWithFields(ask, 'tweets', ['public_metrics'], { ids: ids.join(',') });
    const found = isAccepted(answer) ? metricsShape.safeParse(answer.body).data?.data : undefined;
    for (const { id, public_metrics: metrics } of found ?? []) {
      reaches.set(
        id,
        reachOf(
          metrics.like_count,
          metrics.repost_count ?? metrics.retweet_count,
          metrics.reply_count,
          metrics.impression_count,
        ),
      );
    }
  }
  return reaches;
}

function reachOf(
  likes: number | undefined,
  reposts: number | undefined,
  replies: number | undefined,
  views: number | undefined,
): Reach {
  return {
    ...(likes !== undefined && { likes }),
    ...(reposts !== undefined && { reposts }),
    ...(replies !== undefined && { replies }),
    ...(views !== undefined && { views }),
  };
}
