import type { EpochMs } from '../program/time.js';

/** What stands on a network. */
export interface Post {
  /** The network's own name for it: an at-uri, a media id, a tweet id. */
  readonly uri: string;
  /** Where a person sees it. */
  readonly permalink: string;
  /** When the network took it, by the network's clock where it says so. */
  readonly acceptedAt: EpochMs;
}

/**
 * What a network's answer means. A publisher never throws for what the world does: it answers with one of these.
 * Only `uncertain` leaves open whether a post stands.
 */
export type Outcome =
  | { readonly kind: 'published'; readonly post: Post }
  /** It never will: bad text, forbidden. Nothing stands. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /**
   * Provably nothing was taken; try again, not before `notBefore` where the network said so, and under `key` where the one that was chosen names another's
   * post. It is the account's rest too, unless it is `ofAnnouncement`: what stood in the way says nothing of the others.
   */
  | {
      readonly kind: 'retry-later';
      readonly reason: string;
      readonly notBefore?: EpochMs;
      readonly key?: string;
      readonly ofAnnouncement?: true;
    }
  /** The account may not post any more: a person has to connect it again. Nothing stands. */
  | { readonly kind: 'unauthorized'; readonly reason: string }
  /** The answer was lost: it may stand or not. */
  | { readonly kind: 'uncertain'; readonly reason: string };

/** Whether a post that may or may not stand does. */
export type Finding =
  | { readonly kind: 'found'; readonly post: Post }
  /** Proven: it does not stand and nothing under way can still make it stand. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly reason: string };
