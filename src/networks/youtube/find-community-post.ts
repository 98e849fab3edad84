import type { EpochMs } from '../../program/time.js';
import type { Finding, Post } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import type { Failure } from './answer.js';
import { communityPosts, type CommunityPost } from './answers.js';
import { failureSentence } from './outcome-of.js';
import { postAddress } from './post-address.js';
import type { AskYoutube } from './youtube-account.js';
import { clockDoubt, isSameText, skewMs, type WayTools } from './youtube-way.js';

const pageSize = '50';
const mostPages = 20;

/**
 * Looks for a post among the channel's own by its text, newer than the claim and of no other announcement; the one that stands longest is taken. Absent only
 * when all that time was read, by clocks that agree, and long enough after the attempt.
 */
export async function findCommunityPost(
  tools: WayTools,
  { announcement, frozen, signal }: Dispatch,
): Promise<Finding> {
  const { ask, memory, clock, handle } = tools;
  const since = frozen.frozenAt - skewMs;
  const own = await readOwnPosts(ask, since, signal);
  if (own.kind !== 'read') {
    return { kind: 'unknown', reason: failureSentence(handle, 'looking for the post', own) };
  }
  const candidates = own.posts
    .filter(({ snippet }) => snippet.publishTime >= since)
    .filter(({ snippet }) => isSameText(frozen.content.text, snippet.textDisplay))
    .sort((a, b) => a.snippet.publishTime - b.snippet.publishTime);
  for (const candidate of candidates) {
    const owner = await memory.ownerOf(candidate.id);
    if (owner !== undefined && owner !== announcement.id) continue;
    await memory.rememberOwner(candidate.id, announcement.id);
    return { kind: 'found', post: postOf(candidate) };
  }
  const doubt = own.complete
    ? clockDoubt(own.networkTime, clock.now())
    : 'there are more posts on the channel than could be read';
  if (doubt !== undefined) return { kind: 'unknown', reason: doubt };
  const triedAt = (await memory.attempt(announcement.id))?.at ?? frozen.frozenAt;
  return clock.now() - triedAt < tools.listedWithinMs
    ? { kind: 'unknown', reason: 'it may stand and not be listed yet' }
    : { kind: 'absent' };
}

/** A post as we speak of it. */
export function postOf({ id, snippet }: CommunityPost): Post {
  return { uri: id, permalink: postAddress(id), acceptedAt: snippet.publishTime };
}

interface OwnPosts {
  readonly kind: 'read';
  readonly posts: readonly CommunityPost[];
  /** Whether all since the moment were read. */
  readonly complete: boolean;
  readonly networkTime?: EpochMs;
}

/** Belief: the parameters of this list are those of the API's other lists, and it is newest first; where it is not, it is read to its end. */
async function readOwnPosts(
  ask: AskYoutube,
  since: EpochMs,
  signal: AbortSignal,
): Promise<OwnPosts | Failure> {
  const posts: CommunityPost[] = [];
  let pageToken: string | undefined;
  let networkTime: EpochMs | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await ask(
      {
        name: 'posts.list',
        by: {
          method: 'GET',
          path: '/youtube/v3/posts',
          parameters: { part: 'snippet', mine: 'true', maxResults: pageSize, pageToken },
        },
        shape: communityPosts,
      },
      signal,
    );
    if (answer.kind !== 'answered') return answer;
    const { items, nextPageToken } = answer.value;
    networkTime = answer.networkTime ?? networkTime;
    posts.push(...items);
    const read = {
      kind: 'read',
      posts,
      ...(networkTime !== undefined && { networkTime }),
    } as const;
    const oldest = posts.at(-1)?.snippet.publishTime;
    const isPast = oldest !== undefined && oldest < since && isNewestFirst(posts);
    if (nextPageToken === undefined || isPast) return { ...read, complete: true };
    pageToken = nextPageToken;
  }
  return {
    kind: 'read',
    posts,
    complete: false,
    ...(networkTime !== undefined && { networkTime }),
  };
}

function isNewestFirst(posts: readonly CommunityPost[]): boolean {
  return posts.every(
    ({ snippet }, at) =>
      at === 0 || snippet.publishTime <= (posts[at - 1]?.snippet.publishTime ?? 0),
  );
}
