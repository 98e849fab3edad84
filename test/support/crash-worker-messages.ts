import type { State } from '../../src/campaign/announcement.js';

/** What a worker of the crash tests is started with, as JSON in its first argument. */
export interface CrashWorkerOrders {
  readonly config: string;
  readonly dataFolder: string;
  readonly databaseUrl?: string;
  readonly redisUrl?: string;
  readonly networkPort: number;
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
  readonly state: State;
  readonly attempts: number;
}

/** One step of the story that a kill left behind: a claim whose process ended, and what was found out about it. */
export interface Aftermath {
  readonly at: number;
  readonly announcement: string;
  readonly kind: 'claim-lapsed' | 'found' | 'absent';
}

/** What a worker says. */
export type CrashWorkerReport =
  | { readonly kind: 'working' }
  | { readonly kind: 'counts'; readonly open: number; readonly uncertain: number }
  | {
      readonly kind: 'ledger';
      readonly lines: readonly LedgerLine[];
      readonly aftermath: readonly Aftermath[];
    };
