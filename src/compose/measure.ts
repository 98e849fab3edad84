import type { Network } from '../campaign/network.js';
import { unreachable } from '../errors.js';
import type { TextLength } from './content.js';
import { countGraphemes, graphemes } from './graphemes.js';
import { weighX, xWeights } from './x-weight.js';

/** The longest text that each network takes, in its own unit; YouTube's is not published and can be configured. */
export const textLimits: Readonly<Record<Network, number>> = {
  // https://github.com/bluesky-social/atproto/blob/main/lexicons/app/bsky/feed/post.json
  bluesky: 300,
  // https://developers.facebook.com/docs/threads/overview#limitations
  threads: 500,
  x: xWeights.limit,
  // Belief: community posts are cut in feeds long before whatever the true limit is.
  youtube: 1500,
};

/** Bluesky's second limit, in UTF-8 bytes; both hold. */
export const blueskyBytes = 3000;

/**
 * How long a text is on a network, in the unit that the network counts.
 *
 * @param limit in that unit; the network's own when left out
 * @example measure('naïve 👩‍🚀', 'bluesky') // { used: 7, limit: 300, unit: 'graphemes' }
 */
export function measure(text: string, network: Network, limit = textLimits[network]): TextLength {
  switch (network) {
    case 'bluesky':
      return { used: countGraphemes(text), limit, unit: 'graphemes' };
    case 'threads':
      return { used: countThreads(text), limit, unit: 'characters' };
    case 'x':
      return { used: weighX(text), limit, unit: 'weighted' };
    case 'youtube':
      // Belief: counted as a web page's text field counts, in UTF-16 units, which is never less than any other way.
      return { used: text.length, limit, unit: 'characters' };
    default:
      return unreachable(network);
  }
}

/**
 * Whether a network takes a text of this length, by all of its limits.
 *
 * @example fits('a'.repeat(301), 'bluesky') // false
 */
export function fits(text: string, network: Network, limit = textLimits[network]): boolean {
  if (network === 'bluesky' && text.length * 3 > blueskyBytes) {
    if (Buffer.byteLength(text) > blueskyBytes) return false;
  }
  return measure(text, network, limit).used <= limit;
}

const pictographic = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;

/**
 * Belief: characters are code points. An emoji counts as its UTF-8 bytes:
 * https://developers.facebook.com/docs/threads/overview#limitations
 */
function countThreads(text: string): number {
  if (!pictographic.test(text)) return countCodePoints(text);
  return graphemes(text).reduce(
    (sum, each) =>
      sum + (pictographic.test(each) ? Buffer.byteLength(each) : countCodePoints(each)),
    0,
  );
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (const _ of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) count -= 1;
  return count;
}
