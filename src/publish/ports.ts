import type { HoldReason, PlannedAnnouncement, State } from '../campaign/announcement.js';
import type { Caps } from '../campaign/account-manners.js';
import type { AccountId, Network } from '../campaign/network.js';
import type { Clock } from '../clock.js';
import type { Content } from '../compose/content.js';
import type { Complaint } from '../errors.js';
import type { Events } from '../events.js';
import type { EpochMs } from '../program/time.js';
import type { PlanChange } from '../campaign/replan.js';
import type { Post } from './outcome.js';
import type { Gate } from './gate.js';
import type { Journal } from './journal.js';
import type { Notice } from './notice.js';
import type { Frozen, Publisher } from './publisher.js';

/** An announcement as the ledger has it. */
export interface Announcement extends PlannedAnnouncement {
  readonly state: State;
  /** Why it is in that state, for a person; for `held` one of the hold reasons, a colon and words where there are any. */
  readonly reason?: string;
  readonly stateSince: EpochMs;
  /** Raised by every write; compare-and-set goes by it. */
  readonly revision: number;
  readonly attempts: number;
  /** Not before this moment, after `retry-later`. */
  readonly retryAt?: EpochMs;
  /** Whether a person should look at it. */
  readonly needsPerson: boolean;
  /** The frozen text; kept from the first claim. After "provably nothing" the text is composed anew under the same key. */
  readonly frozen?: Frozen;
  /** True when the frozen text must be sent to the letter, because an attempt's answer was lost. */
  readonly resend: boolean;
  readonly post?: Post & { readonly removedAt?: EpochMs };
}

/** The right to publish one announcement; every later write is compare-and-set on the token. */
export interface Claim {
  readonly token: string;
  readonly announcement: Announcement;
  readonly frozen: Frozen;
  /** By this machine's clock, derived from what the database granted: after it, nothing may be sent. */
  readonly leaseUntil: EpochMs;
}

/** What the ledger knows that decides whether and how an announcement goes out now. */
export interface Standing {
  readonly announcement: Announcement;
  /** Version of the program in force; what is composed from another is refused by the claim. */
  readonly programVersion: number;
  /** Present while everything is paused. */
  readonly paused?: { readonly reason: string; readonly since: EpochMs };
}

/** Why a claim was refused. */
export type ClaimRefusal = 'changed' | 'covered' | 'paused' | 'late' | 'capped' | 'spent';

/** Which announcements; all given conditions hold. */
export interface AnnouncementFilter {
  readonly ids?: readonly string[];
  readonly states?: readonly State[];
  readonly networks?: readonly Network[];
  readonly accounts?: readonly AccountId[];
  readonly leadTimes?: readonly string[];
  readonly sessions?: readonly string[];
  readonly dueBefore?: EpochMs;
  readonly dueAfter?: EpochMs;
  readonly needsPerson?: boolean;
  /** Held for one of these. */
  readonly holdReasons?: readonly HoldReason[];
  /** At most so many, in order of due moment. */
  readonly limit?: number;
}

/** One line of an announcement's story; append-only. */
export interface StoryEntry {
  readonly at: EpochMs;
  readonly from?: State;
  readonly to: State;
  readonly reason?: string;
  /** Who did it: `plan`, `publish`, `reconcile`, `sweep`, `person`. */
  readonly actor: Actor;
  /** Number of the attempt, where there was one. */
  readonly attempt?: number;
}

/** Who changes an announcement. */
export type Actor = 'plan' | 'publish' | 'reconcile' | 'sweep' | 'person';

/** What to write when a claim ends. */
export interface Settlement {
  readonly to: State;
  readonly reason?: string;
  readonly post?: Post;
  readonly retryAt?: EpochMs;
  readonly needsPerson?: boolean;
  /** Another key in place of the one that it had; only when it goes back to `planned`. */
  readonly key?: string;
  /** What a person is told about it, kept in the same commit: a process that dies in between loses neither. */
  readonly notice?: Notice;
}

/**
 * The durable record of every announcement of one edition; the only truth. Every change is a compare-and-set along the arrows
 * of `publish/state.ts`, and each writes its story entry in the same transaction.
 */
export interface Ledger {
  standing(id: string): Promise<Standing | undefined>;
  list(filter: AnnouncementFilter): Promise<readonly Announcement[]>;
  story(id: string): Promise<readonly StoryEntry[]>;

  /**
   * Claims and freezes in one commit: `planned` → `publishing`, with token, boot and a lease on the database's clock, coverage
   * taken, room inside the caps taken. `revision` and `programVersion` are those that the text was composed from.
   */
  claim(request: {
    readonly announcement: Announcement;
    readonly programVersion: number;
    readonly frozen: Frozen;
    readonly boot: string;
    readonly leaseMs: number;
    readonly now: EpochMs;
    /** Of a live account: what is over them is refused. */
    readonly caps?: Caps;
    /** What sending it costs, in millionths of a US dollar; 0 unless told. */
    readonly costMicroUsd?: number;
  }): Promise<
    | { readonly ok: true; readonly claim: Claim }
    | { readonly ok: false; readonly why: Exclude<ClaimRefusal, 'capped'> }
    /** The caps are reached; there is room at that moment. */
    | { readonly ok: false; readonly why: 'capped'; readonly freeAt: EpochMs }
  >;
  /** Ends a claim; false when the token is no longer the one in force (the lease had lapsed). */
  settle(claim: Claim, settlement: Settlement, now: EpochMs): Promise<boolean>;

  /** Applies what the plan wants, whole or not at all; counts what was really changed. */
  apply(changes: readonly PlanChange[], now: EpochMs): Promise<AppliedChanges>;
  /**
   * Moves one announcement by compare-and-set on state and revision; false when somebody was faster. To its own state, it only notes a
   * reason, the flag for a person or a retry moment.
   */
  move(
    announcement: Announcement,
    change: Settlement & {
      readonly actor: Actor;
      readonly resend?: boolean;
      readonly released?: boolean;
    },
    now: EpochMs,
  ): Promise<boolean>;

  /** Claims whose lease lapsed by the database's clock, or (embedded, `boot` given) that an older boot holds → `uncertain`. Answers the ids. */
  lapse(now: EpochMs, boot?: string): Promise<readonly string[]>;
  /** Held because their account was parked, which it is no more, whoever connected it → `planned`, inside their deadline. Answers the ids. */
  readmit(now: EpochMs): Promise<readonly string[]>;
  /** `planned` and `held` whose deadline has passed → `expired`. Answers the ids. */
  expire(now: EpochMs): Promise<readonly string[]>;
  /** Planned ones due (or to be retried) at or before `until`, soonest first. */
  dueBy(until: EpochMs, limit: number): Promise<readonly DueAnnouncement[]>;
}

/** What the queue needs to know. */
export interface DueAnnouncement {
  readonly id: string;
  readonly network: Network;
  /** The due moment, or the retry moment where that is later. */
  readonly at: EpochMs;
}

/** How many announcements a replanning really touched. */
export interface AppliedChanges {
  readonly added: number;
  readonly moved: number;
  readonly cancelled: number;
  readonly held: number;
  readonly released: number;
  /** Those whose moment in the queue must change. */
  readonly rescheduled: readonly DueAnnouncement[];
}

/** Where announcements wait for their moment. Transport only: losing it loses nothing. Rejects within seconds when out of reach. */
export interface Queue {
  /** Puts these in; those that are in already stay as they are. */
  schedule(due: readonly DueAnnouncement[]): Promise<void>;
  /** Puts these in at a new moment, whether they are in or not. */
  reschedule(due: readonly DueAnnouncement[]): Promise<void>;
}

/** Composes the text of an announcement from a version of the program; loads that version when it is not at hand. */
export type Compose = (
  announcement: PlannedAnnouncement,
  programVersion: number,
) => Promise<
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly problem: Complaint }
>;

/** What the use cases of this room work with. */
export interface PublishContext {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly compose: Compose;
  /** The publisher of an account; undefined while none is connected. */
  readonly publisher: (account: AccountId) => Publisher | undefined;
  readonly clock: Clock;
  readonly events: Events;
  /** Id of this start of this process; claims of an older boot are known by it. */
  readonly boot: string;
  /** What a live account may be sent; undefined for a preview. */
  readonly live?: (account: AccountId) => LiveTerms | undefined;
  readonly gate?: Gate;
  /** Present where the database may forget in a power cut. */
  readonly journal?: Journal;
}

/** Why an announcement waits that its account's caps leave no room for. */
export function cappedReason(account: string): string {
  return `the cap of ${account} is reached`;
}

/** On what terms a live account is sent to. */
export interface LiveTerms {
  readonly caps: Caps;
  /** What sending this costs, in millionths of a US dollar. */
  costOf(content: Content): number;
  /** Why this must not go to followers at all, as a clause; undefined when nothing is against it. */
  objection(content: Content): string | undefined;
}
