import type { Network } from './network.js';

/** Whether a post's text holds the link. On X a post with a link costs more than ten times as much as one without. */
export const linkPolicies = ['always', 'first-lead-only', 'never'] as const;
/** One of the policies; `first-lead-only`: only the announcement with the longest lead time. */
export type LinkPolicy = (typeof linkPolicies)[number];

/** What stands below a post's text: a card that leads to the session, the picture of the session, or nothing. */
export const attachments = ['link-card', 'picture', 'nothing'] as const;
/** One of the attachments. */
export type Attachment = (typeof attachments)[number];

/**
 * How YouTube is served: by a person who puts up community posts, by the pilot API for community posts, by the session's upcoming live event, or by a message
 * in the chat of a running stream.
 */
export const youtubeWays = ['by-hand', 'posts', 'broadcast', 'live-chat'] as const;
/** One of the ways. */
export type YoutubeWay = (typeof youtubeWays)[number];

/** At most so many posts begin in so many milliseconds. */
export interface Pace {
  readonly posts: number;
  readonly perMs: number;
}

/** The most that may be sent on one account, over any window of that length; enforced at the claim. */
export interface Caps {
  readonly perHour: number;
  readonly perDay: number;
  /** Millionths of a US dollar in all, for ever. */
  readonly microUsd: number;
}

const usd = 1_000_000;

/**
 * Caps without a word in the config: roomy for a dense meeting, small enough that a mistake is noticed before followers or the bill notice. Threads takes
 * 250 posts a day (https://developers.facebook.com/docs/threads/overview); a person puts up a community post a few times an hour.
 */
export const humaneCaps: Readonly<Record<Network, Caps>> = {
  bluesky: { perHour: 300, perDay: 1_500, microUsd: 0 },
  threads: { perHour: 120, perDay: 240, microUsd: 0 },
  x: { perHour: 120, perDay: 600, microUsd: 25 * usd },
  youtube: { perHour: 30, perDay: 150, microUsd: 0 },
};

/** Paces of live accounts without a word in the config: as fast as followers bear it. Threads and YouTube take two steps for a post. */
export const humanePaces: Readonly<Record<Network, Pace>> = {
  bluesky: { posts: 1, perMs: 1_000 },
  threads: { posts: 1, perMs: 2_000 },
  x: { posts: 1, perMs: 1_000 },
  youtube: { posts: 1, perMs: 2_000 },
};

/** What stands below a post without a word in the config. X makes a card of the link by itself, which costs nothing more; a picture stands out. */
export const usualAttachments: Readonly<Record<Network, Attachment>> = {
  bluesky: 'link-card',
  threads: 'link-card',
  x: 'picture',
  youtube: 'picture',
};
