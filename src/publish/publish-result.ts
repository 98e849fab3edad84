import type { EpochMs } from '../program/time.js';
import type { Outcome } from './outcome.js';

/** What became of one call of `publishAnnouncement`: whether the queue's job is done, or when it should come back. */
export type PublishResult =
  | {
      readonly kind: 'done';
      readonly outcome:
        Outcome['kind'] | 'expired' | 'held' | 'cancelled' | 'handed-off' | 'nothing';
    }
  | { readonly kind: 'again'; readonly at: EpochMs };
