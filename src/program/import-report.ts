import type { Complaint } from '../errors.js';
import type { DateOrder, TableMapping } from './table/mapping.js';

/** How much a problem matters: `dropped` lost something, `repaired` guessed something, `note` is only worth knowing. */
export type Severity = 'dropped' | 'repaired' | 'note';

/** Something about a source that its operator should know. `place` is a path, row or line within the source. */
export interface ImportProblem extends Complaint {
  readonly severity: Severity;
  /** Stable, kebab-case: `end-before-start`, `duplicate-id`, … */
  readonly code: string;
}

/** How a program is to be read, as config or command line say it. */
export interface ReadingOptions {
  readonly format?: string;
  readonly zone?: string;
  readonly year?: number;
  readonly columns?: TableMapping;
  readonly dateOrder?: DateOrder;
}

/** What an import found. Stored with the version that it produced. */
export interface ImportReport {
  /** Name of the format, as `callboard import --format` takes it. */
  readonly format: string;
  /** File, folder or address, without credentials. */
  readonly address: string;
  readonly counts: {
    readonly sessions: number;
    readonly presentations: number;
    readonly people: number;
    readonly rooms: number;
    readonly units: number;
    readonly types: number;
    readonly days: number;
    readonly cancelled: number;
  };
  readonly zone: {
    readonly name: string;
    readonly origin: 'config' | 'source' | 'offsets' | 'default';
  };
  /** ISO 8601 in UTC; absent when there is no session. */
  readonly firstStart?: string;
  readonly lastStart?: string;
  readonly problems: readonly ImportProblem[];
  /** How it was asked to be read, so that it is read in the same way where the config that said so is not at hand. */
  readonly asked?: ReadingOptions;
}
