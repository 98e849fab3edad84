import type { PlannedAnnouncement } from '../../campaign/announcement.js';
import type { PreviewPost, PreviewTimeline } from '../../networks/preview/timeline.js';

/** The networks' side of a rehearsal: every post that was accepted, in order. It knows nothing of the ledger. */
export interface Witness extends PreviewTimeline {
  readonly posts: readonly PreviewPost[];
}

/** A timeline in memory that puts up whatever comes, also a second time: unlike a network with keys, it hides no mistake. */
export function createWitness(): Witness {
  const posts: PreviewPost[] = [];
  const standing = new Map<string, PreviewPost>();
  const nameOf = (account: string, key: string) => `${account}\n${key}`;
  return {
    posts,
    accept(post) {
      const accepted = { ...post, sequence: posts.length + 1 };
      posts.push(accepted);
      standing.set(nameOf(post.account, post.key), accepted);
      return Promise.resolve(accepted);
    },
    find: (account, key) => Promise.resolve(standing.get(nameOf(account, key))),
    remove(account, key) {
      standing.delete(nameOf(account, key));
      return Promise.resolve(true);
    },
    list: ({ network, after = 0, before = Infinity, limit }) =>
      Promise.resolve(
        posts
          .filter((post) => network === undefined || post.network === network)
          .filter(({ sequence }) => sequence > after && sequence < before)
          .slice(-limit)
          .reverse(),
      ),
  };
}

/**
 * The posts that should not be there: a second one of an announcement, or of a session on the same account for the same lead time, by
 * what the posts themselves speak of.
 */
export function duplicatesAmong(
  posts: readonly PreviewPost[],
  planned: ReadonlyMap<string, PlannedAnnouncement>,
): readonly PreviewPost[] {
  const seen = new Set<string>();
  return posts.filter((post) => {
    const { announcement, account, content } = post;
    const lead = planned.get(announcement)?.leadTime ?? '';
    const names = [
      announcement,
      ...content.facts.sessions.map(({ key }) => `${key}\n${lead}\n${account}`),
    ];
    const again = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return again;
  });
}
