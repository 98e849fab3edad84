import type { HoldReason, PlannedAnnouncement } from './announcement.js';
import type { EpochMs } from '../program/time.js';

/** One thing that the ledger must do so that it says what the plan wants. */
export type PlanChange =
  | { readonly kind: 'add'; readonly announcement: PlannedAnnouncement }
  /** The due moment, the deadline or the sessions changed. */
  | {
      readonly kind: 'move';
      readonly id: string;
      readonly dueAt: EpochMs;
      readonly expiresAt: EpochMs;
      readonly template: string;
    }
  /** An expired one whose session moved so that its moment lies ahead again; only if it was never sent. */
  | {
      readonly kind: 'revive';
      readonly id: string;
      readonly dueAt: EpochMs;
      readonly expiresAt: EpochMs;
      readonly template: string;
    }
  | { readonly kind: 'cancel'; readonly id: string; readonly reason: string }
  | { readonly kind: 'hold'; readonly id: string; readonly reason: HoldReason }
  | { readonly kind: 'release'; readonly id: string };
