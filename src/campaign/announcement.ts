import type { Key } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { AccountId, Network } from './network.js';

/** The states of an announcement's life, in the order in which tables show them. `publish/state.ts` says which may follow which. */
export const states = [
  'planned',
  'held',
  'publishing',
  'uncertain',
  'handed-off',
  'published',
  'rejected',
  'cancelled',
  'expired',
  'removed',
] as const;

/** Where an announcement stands in its life. */
export type State = (typeof states)[number];

/** What makes an announcement itself, however often the program moves. The start time is not part of it. */
export interface AnnouncementIdentity {
  readonly edition: string;
  /** The session, or for a digest its first. */
  readonly session: Key;
  /** ISO 8601 duration. */
  readonly leadTime: string;
  readonly account: AccountId;
  /** 1, and one more each time the session moves after it was announced. */
  readonly round: number;
}

/** One message about one or several sessions on one network for one lead time: what the plan wants. */
export interface PlannedAnnouncement {
  /** Digest of the identity: 16 lower-case letters and digits; also the queue's job id. */
  readonly id: string;
  readonly edition: string;
  readonly sessions: readonly Key[];
  readonly account: AccountId;
  readonly network: Network;
  readonly leadTime: string;
  readonly round: number;
  readonly template: string;
  readonly dueAt: EpochMs;
  /** After this moment it is never sent. */
  readonly expiresAt: EpochMs;
  /** Present when the plan itself wants it held (approval, missing room), with the reason. */
  readonly held?: HoldReason;
}

/**
 * Why an announcement waits. A person's word (`person`) and a text that could not be composed (`template`) are never undone
 * by the plan. `parked` ends by itself when its account is parked no more; what else is wrong with an account (`account`) a person puts right.
 */
export type HoldReason =
  'approval' | 'room' | 'vanished' | 'account' | 'parked' | 'template' | 'person';

/** The holds of the plan that only a person's word ends: the campaign asks for approval, or the session has no room yet. */
export const releasedByPerson: readonly HoldReason[] = ['approval', 'room'];
