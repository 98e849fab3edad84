import type { EpochMs } from '../program/time.js';
import type { Frozen } from './publisher.js';

/** What is about to be sent. */
export interface JournalEntry {
  readonly edition: string;
  readonly announcement: string;
  readonly attempt: number;
  readonly at: EpochMs;
  readonly frozen: Frozen;
}

/**
 * The memory that outlives a power cut: the embedded database answers before its rows are on the disk, so what is about to be sent on a live account is written
 * and flushed here before the first visible call (law 8 of the design).
 */
export interface Journal {
  /** Answers once it is on the disk. */
  append(entry: JournalEntry): Promise<void>;
}
