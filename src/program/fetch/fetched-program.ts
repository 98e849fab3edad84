import type { FetchedDocument } from '../document.js';
import type { EpochMs } from '../time.js';
import type { ProgramCredentials } from './credentials.js';
import type { Followed } from './follow.js';

/** A program's documents, with what the next fetch may ask by. */
export interface FetchedProgram {
  /** In the order in which they were fetched; never none. */
  readonly documents: readonly FetchedDocument[];
  /** Path or address without credentials, for people. */
  readonly address: string;
  readonly fetchedAt: EpochMs;
  readonly etag?: string;
  /** As the server wrote it, or the file's time in ISO 8601. */
  readonly lastModified?: string;
  /** Of a program that goes on at further addresses: how many of those were not fetched, and why. */
  readonly left?: Followed['left'];
}

/** How to fetch. */
export interface FetchHints {
  readonly signal?: AbortSignal;
  /** Lets a public address redirect to a private one; the address given by the organizer may always be private. */
  readonly allowPrivate?: boolean;
  /** For each document, redirects included; 30 s unless said. */
  readonly timeoutMs?: number;
  /** Of all documents together; 64 MiB unless said. */
  readonly maxBytes?: number;
  /** 5 unless said. */
  readonly maxRedirects?: number;
  /** Of a program that goes on at further addresses, so many at most; 20,000 unless said. */
  readonly maxDocuments?: number;
  /** Sent to their own origin only. */
  readonly credentials?: ProgramCredentials;
  /** Where the pages of a program that goes on at further addresses are kept from one fetch to the next, made where it is missing. Without it nothing is kept. */
  readonly cacheFolder?: string;
  /** Told of every page of a program that goes on at further addresses: how many are here, and how many are known by now. */
  readonly onPage?: (here: number, known: number) => void;
  /** Milliseconds from one request to the next where a program goes on at further addresses; the system's own pace unless said. */
  readonly paceMs?: number;
  /** The clock by which pages are fresh; the machine's unless said. */
  readonly now?: () => EpochMs;
  /** What the last fetch answered: unchanged then means `undefined`. */
  readonly since?: Pick<FetchedProgram, 'etag' | 'lastModified'>;
}
