import type { Key } from '../../program/model.js';
import type { EpochMs } from '../../program/time.js';

/** A post of a live account that stands on Bluesky. */
export interface LivePost {
  /** `at://did:plc:…/app.bsky.feed.post/…` */
  readonly uri: string;
  readonly sessions: readonly Key[];
  readonly dueAt: EpochMs;
}

/** What the feeds need beside what the pages need. */
export interface FeedContext {
  /** The posts that stand on Bluesky; empty while only previews are made. */
  livePosts(): Promise<readonly LivePost[]>;
}
