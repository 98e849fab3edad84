import type { Post } from '../../publish/outcome.js';
import type { Reach } from '../../publish/publisher.js';
import { deleted, insights, media } from './answers.js';
import { readOwnPosts } from './own-posts.js';
import { postName } from './post-address.js';
import type { AskAccount } from './threads-account.js';

/**
 * Takes a post down: https://developers.facebook.com/docs/threads/posts/delete-posts, 100 a day. True when it no longer stands, whoever took it down; false where
 * that is not certain.
 */
export async function removePost(
  ask: AskAccount,
  post: Post,
  signal: AbortSignal,
): Promise<boolean> {
  const id = (await mediaIds(ask, [post], signal)).get(post.uri);
  if (id === undefined) return false;
  const path = `/v1.0/${encodeURIComponent(id)}`;
  const answer = await ask({ method: 'DELETE', path, signal }, deleted);
  if (answer.kind === 'answered' && answer.value.success) return true;
  if (answer.kind === 'refused' && answer.meaning === 'missing') return true;
  const still = await ask(
    { method: 'GET', path, parameters: { fields: 'id' }, signal },
    media.pick({ id: true }),
  );
  return still.kind === 'refused' && still.meaning === 'missing';
}

/**
 * How far posts got: https://developers.facebook.com/docs/threads/insights. Quotes count as reposts. One question a post, so it ends where Threads says that it is
 * too much.
 */
export async function measurePosts(
  ask: AskAccount,
  posts: readonly Post[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Reach>> {
  const reach = new Map<string, Reach>();
  for (const [uri, id] of await mediaIds(ask, posts, signal)) {
    if (signal.aborted) break;
    const answer = await ask(
      {
        method: 'GET',
        path: `/v1.0/${encodeURIComponent(id)}/insights`,
        parameters: { metric: 'views,likes,replies,reposts,quotes' },
        signal,
      },
      insights,
    );
    if (answer.kind === 'refused' && ['throttled', 'token', 'permission'].includes(answer.meaning))
      break;
    if (answer.kind !== 'answered') continue;
    const counts = new Map(
      answer.value.data.map(({ name, values, total_value }) => [
        name,
        total_value?.value ?? values?.[0]?.value,
      ]),
    );
    const [likes, replies, views] = ['likes', 'replies', 'views'].map((name) => counts.get(name));
    const reposts = counts.get('reposts');
    reach.set(uri, {
      ...(likes !== undefined && { likes }),
      ...(reposts !== undefined && { reposts: reposts + (counts.get('quotes') ?? 0) }),
      ...(replies !== undefined && { replies }),
      ...(views !== undefined && { views }),
    });
  }
  return reach;
}

/** The media ids of posts by their uri; those known only by their short code are looked up among the own posts. */
async function mediaIds(
  ask: AskAccount,
  posts: readonly Post[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const codes = new Map<string, string>();
  for (const { uri } of posts) {
    const name = postName(uri);
    if (name.kind === 'media') ids.set(uri, name.id);
    if (name.kind === 'shortcode') codes.set(name.code, uri);
  }
  if (codes.size === 0) return ids;
  const own = await readOwnPosts(ask, signal);
  if (own.kind !== 'read') return ids;
  for (const { id, shortcode } of own.posts) {
    const uri = shortcode === undefined ? undefined : codes.get(shortcode);
    if (uri !== undefined) ids.set(uri, id);
  }
  return ids;
}
