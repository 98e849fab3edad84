import type { State } from '../../src/campaign/announcement.js';
import type { LiveTimes } from '../../src/live-publishers.js';

/** What a worker of the crash tests is started with, as JSON in its first argument. */
export interface CrashWorkerOrders {
  readonly config: string;
  readonly dataFolder: string;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  /** Where the preview network is; left out when all accounts are live. */
  readonly networkPort?: number;
  /** For live accounts: their secrets, as the environment names them, and the times of their publishers. */
  readonly live?: {
    readonly credentials: Readonly<Record<string, string>>;
    readonly times: LiveTimes;
  };
  /** Whether lost answers are looked after. */
  readonly reconcile: boolean;
  /** Whether the ledger's claim stands. */
  readonly claim: boolean;
  /** Whether the queue's tables are dropped before anything else. */
  readonly wipeQueue: boolean;
  /** Whether the queue is out of reach, so that every worker runs everything that is due itself. */
  readonly queueAway: boolean;
}

/** One announcement as the ledger has it in the end. */
export interface LedgerLine {
  readonly id: string;
  readonly account: string;
  readonly sessions: readonly string[];
  readonly state: State;
  readonly reason: string | null;
  readonly attempts: number;
  readonly needsPerson: boolean;
  /** Notices that ask a person to put it up. */
  readonly handOffs: number;
}

/** One step of the story that a kill left behind: a claim whose process ended, and what was found out about it. */
export interface Aftermath {
  readonly at: number;
  readonly announcement: string;
  readonly account: string;
  readonly kind: 'claim-lapsed' | 'found' | 'absent';
}

/** What a worker says. */
export type CrashWorkerReport =
  | { readonly kind: 'working' }
  /** `uncertain`: those that are still looked for; a person was not asked yet. */
  | { readonly kind: 'counts'; readonly open: number; readonly uncertain: number }
  | {
      readonly kind: 'ledger';
      readonly lines: readonly LedgerLine[];
      readonly aftermath: readonly Aftermath[];
    };
