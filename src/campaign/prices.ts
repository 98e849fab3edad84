/** A price in millionths of a US dollar. */
export type MicroUsd = number;

/**
 * What X asks for a post and for a look at one, pay per use since February 2026: https://docs.x.com/x-api/getting-started/pricing. A post with a link costs
 * thirteen times as much as one without. Reading one's own posts may cost less, $0.001.
 */
export const xPrices = {
  post: 15_000,
  postWithLink: 200_000,
  postRead: 5_000,
} as const satisfies Readonly<Record<string, MicroUsd>>;

/**
 * What posts on X cost.
 *
 * @example xCost({ posts: 10, withLink: 2 }) // 520_000
 */
export function xCost({
  posts,
  withLink,
}: {
  readonly posts: number;
  /** How many of them hold a link. */
  readonly withLink: number;
}): MicroUsd {
  return (posts - withLink) * xPrices.post + withLink * xPrices.postWithLink;
}
