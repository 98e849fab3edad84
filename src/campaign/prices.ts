/** A price in millionths of a US dollar. */
export type MicroUsd = number;

/**
 * What X asks, pay per use since February 2026: https://docs.x.com/x-api/getting-started/pricing. A post with a link costs thirteen times as much as one
 * without. Alt text is a request of its own; a picture itself has no price there.
 */
export const xPrices = {
  post: 15_000,
  postWithLink: 200_000,
  altText: 5_000,
} as const satisfies Readonly<Record<string, MicroUsd>>;

/**
 * What posts on X cost.
 *
 * @example xCost({ posts: 10, withLink: 2 }) // 520_000
 */
export function xCost({
  posts,
  withLink,
  withAltText = 0,
}: {
  readonly posts: number;
  /** How many of them hold a link. */
  readonly withLink: number;
  /** How many bear a picture with alt text. */
  readonly withAltText?: number;
}): MicroUsd {
  const { post, postWithLink, altText } = xPrices;
  return (posts - withLink) * post + withLink * postWithLink + withAltText * altText;
}
