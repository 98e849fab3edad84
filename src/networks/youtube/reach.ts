import type { Post } from '../../publish/outcome.js';
import type { Reach } from '../../publish/publisher.js';
import type { Answer } from './answer.js';
import { statistics } from './answers.js';
import { videoOf } from './post-address.js';
import type { AskYoutube, Call } from './youtube-account.js';

/** As many ids as one request takes. */
const mostIds = 50;

/** Asks how far posts got, by request for up to 50 ids; ends where YouTube says no. */
export async function readReach(
  ask: AskYoutube,
  posts: readonly Post[],
  request: (ids: string[]) => Pick<Call<unknown>, 'name' | 'by'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Reach>> {
  const reach = new Map<string, Reach>();
  const ids = [...new Set(posts.map(({ uri }) => videoOf(uri)))];
  for (let from = 0; from < ids.length; from += mostIds) {
    const call = { ...request(ids.slice(from, from + mostIds)), shape: statistics };
    const answer = await ask(call, signal);
    if (answer.kind !== 'answered') return reach;
    const counted = new Map(answer.value.items.map((item) => [item.id, item.statistics]));
    for (const { uri } of posts) {
      const counts = counted.get(videoOf(uri));
      if (!counts) continue;
      const { viewCount: views, likeCount: likes, commentCount: replies } = counts;
      reach.set(uri, {
        ...(views !== undefined && { views }),
        ...(likes !== undefined && { likes }),
        ...(replies !== undefined && { replies }),
      });
    }
  }
  return reach;
}

/** Whether what was taken down no longer stands, whoever took it down. */
export function isGone(answer: Answer<unknown>): boolean {
  return answer.kind === 'answered' || (answer.kind === 'refused' && answer.meaning === 'missing');
}
