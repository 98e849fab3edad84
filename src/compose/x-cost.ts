import { xCost, type MicroUsd } from '../campaign/prices.js';
import { findXLinks } from './x-links.js';

/** What one post on X costs. */
export interface PostCost {
  readonly microUsd: MicroUsd;
  /** Whether it is billed as one with a link. */
  readonly withLink: boolean;
}

/**
 * What a text costs as a post on X. A bare domain that X makes a link counts as one [belief: X does not say; so no bill is higher than what was shown
 * before].
 *
 * @param withPicture it bears a picture with alt text, which costs a little more
 * @example costOfPost('Starts at 10:00 https://example.org/s/1') // { microUsd: 200_000, withLink: true }
 */
export function costOfPost(text: string, withPicture = false): PostCost {
  const withLink = /https?:\/\//i.test(text) || findXLinks(text).length > 0;
  return {
    microUsd: xCost({ posts: 1, withLink: Number(withLink), withAltText: Number(withPicture) }),
    withLink,
  };
}
