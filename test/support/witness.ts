import type { PreviewPost, PreviewTimeline } from '../../src/networks/preview/timeline.js';

/**
 * A network that notes every request which it accepted and never recognizes one that it has seen before: whatever is sent twice stands
 * twice, and a test sees it.
 */
export interface Witness extends PreviewTimeline {
  /** In the order of their acceptance, those that were taken down later too. */
  readonly accepted: readonly PreviewPost[];
  /** The texts that it accepted for one announcement. */
  textsOf(announcement: string): readonly string[];
}

/** A witness that has seen nothing yet. */
export function witness(): Witness {
  const accepted: PreviewPost[] = [];
  const taken = new Set<number>();
  return {
    accepted,
    textsOf: (id) =>
      accepted.filter(({ announcement }) => announcement === id).map(({ content }) => content.text),
    accept(post) {
      const standing = { ...post, sequence: accepted.length + 1 };
      accepted.push(standing);
      return Promise.resolve(standing);
    },
    find: (account, key) =>
      Promise.resolve(accepted.find((post) => post.account === account && post.key === key)),
    remove(account, key) {
      for (const post of accepted) {
        if (post.account === account && post.key === key) taken.add(post.sequence);
      }
      return Promise.resolve(true);
    },
    list: ({ network, after = 0, before = Infinity, limit }) =>
      Promise.resolve(
        accepted
          .filter((post) => !taken.has(post.sequence) && (network ?? post.network) === post.network)
          .filter(({ sequence }) => sequence > after && sequence < before)
          .reverse()
          .slice(0, limit),
      ),
  };
}
