import type { Network } from '../../campaign/network.js';

/** Where each network takes a text that a visitor wants to post; YouTube has no such page. */
const pages: Readonly<Partial<Record<Network, string>>> = {
  // https://docs.bsky.app/docs/advanced-guides/intent-links
  bluesky: 'https://bsky.app/intent/compose?text=',
  // https://developers.facebook.com/docs/threads/threads-web-intents
  threads: 'https://www.threads.com/intent/post?text=',
  // https://developer.x.com/en/docs/x-for-websites/tweet-button/guides/web-intent
  x: 'https://x.com/intent/post?text=',
};

/**
 * The page of a network on which a visitor posts a text that is ready; undefined where there is none.
 *
 * @example intentAddress('x', 'a b') // 'https://x.com/intent/post?text=a%20b'
 */
export function intentAddress(network: Network, text: string): string | undefined {
  const page = pages[network];
  // A lone surrogate has no encoding.
  return page === undefined
    ? undefined
    : page + encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
}
