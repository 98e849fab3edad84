import type { AccountId, Network } from '../../campaign/network.js';
import type { Content } from '../../compose/content.js';
import type { EpochMs } from '../../program/time.js';

/** A post as the preview network keeps it. */
export interface PreviewPost {
  /** The network's own running number; grows, never reused. */
  readonly sequence: number;
  readonly account: AccountId;
  readonly network: Network;
  /** The idempotency key that it came with. */
  readonly key: string;
  readonly announcement: string;
  readonly content: Content;
  readonly acceptedAt: EpochMs;
  readonly removedAt?: EpochMs;
}

/** Where posts of the preview network stand: its own memory, not the ledger's. */
export interface PreviewTimeline {
  /** Puts a post up; under a key that stands already it answers the one that stands. */
  accept(post: Omit<PreviewPost, 'sequence' | 'removedAt'>): Promise<PreviewPost>;
  find(account: AccountId, key: string): Promise<PreviewPost | undefined>;
  /** Takes a post down; true when it no longer stands. */
  remove(account: AccountId, key: string, at: EpochMs): Promise<boolean>;
  /** Newest first; `before` and `after` are sequences, both exclusive. Removed ones are left out. */
  list(query: {
    readonly network?: Network;
    readonly after?: number;
    readonly before?: number;
    readonly limit: number;
  }): Promise<readonly PreviewPost[]>;
}
