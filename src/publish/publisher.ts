import type { AccountId, Network } from '../campaign/network.js';
import type { Content, Picture } from '../compose/content.js';
import type { EpochMs } from '../program/time.js';
import type { Finding, Outcome, Post } from './outcome.js';

/** What was frozen at the claim and is sent to the letter. */
export interface Frozen {
  /** The network's idempotency key or marker, unique per account, kept across attempts. */
  readonly key: string;
  readonly content: Content;
  /** When it was frozen; a post found later is newer than this. */
  readonly frozenAt: EpochMs;
}

/** What a publisher has to know of an announcement. */
export interface AnnouncementName {
  readonly id: string;
  readonly account: AccountId;
  readonly network: Network;
}

/** What a publisher is asked to put up. */
export interface Dispatch {
  readonly announcement: AnnouncementName;
  readonly frozen: Frozen;
  /** Aborted when the claim's lease is near its end: no request may outlast it. */
  readonly signal: AbortSignal;
}

/** What a publisher may make ready before the due moment. */
export interface Preparation {
  readonly announcement: AnnouncementName & { readonly dueAt: EpochMs };
  readonly content: Content;
  readonly signal: AbortSignal;
}

/** What came of making ready. Nobody can see anything yet, whatever it is. */
export type Prepared =
  | { readonly kind: 'ready' }
  /** It did not work this time; publishing does it itself. */
  | { readonly kind: 'later'; readonly reason: string; readonly notBefore?: EpochMs }
  | { readonly kind: 'unauthorized'; readonly reason: string };

/** How much of a network's limit is left. */
export interface Quota {
  /** What is counted: `posts a day`, `points an hour`, `units a day`. */
  readonly name: string;
  readonly limit: number;
  readonly left: number;
  readonly resetsAt?: EpochMs;
}

/** Whose account it is and how it is doing, by the network's own word. */
export type AccountReport =
  | {
      readonly kind: 'ok';
      /** Without `@`. */
      readonly handle: string;
      readonly name?: string;
      /** The network's own id: a DID, a user id, a channel id. */
      readonly id: string;
      readonly scopes?: readonly string[];
      /** When a person has to connect it again. */
      readonly expiresAt?: EpochMs;
      readonly quotas: readonly Quota[];
      /** What a person should know, a sentence each. */
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'unauthorized'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** How far a post got; a network that does not say leaves a number out. */
export interface Reach {
  readonly likes?: number;
  readonly reposts?: number;
  readonly replies?: number;
  readonly views?: number;
}

/** One account at one network. Never throws for what the network does; a throw is a bug and is treated as `uncertain`. */
export interface Publisher {
  readonly account: AccountId;
  readonly network: Network;
  /** The longest that one `publish` may take, in milliseconds; the lease is longer. */
  readonly timeoutMs: number;
  /**
   * When to look for a post whose answer was lost, in milliseconds after it was; after the last in vain a person is asked, and it is looked for once an hour.
   * Without: at every pass for 75 s, then after 2, 3, 5, 10 and 15 minutes, for a network that costs nothing.
   */
  readonly looksAfterMs?: readonly number[];
  /** Present when a person puts the post up: where, as an address and as a sentence. Then `publish` is never called. */
  readonly byHand?: { readonly address: string; readonly instruction: string };

  /** The key for an announcement, chosen before its first request; deterministic. */
  keyFor(announcement: { readonly id: string; readonly dueAt: EpochMs }): string;
  /** Asks the network whose account this is. Changes nothing there. */
  verify(signal: AbortSignal): Promise<AccountReport>;
  /**
   * Does ahead of time all that may be repeated and that nobody sees: refreshes a token, uploads a picture, makes a container. What it makes is kept
   * in the network's memory under the digest of the content; `publish` uses it when the digest is the same, else makes it anew.
   */
  prepare(preparation: Preparation): Promise<Prepared>;
  /** Renews what would run out while nothing is announced. Called every hour or so; without, nothing does. Tells nobody when it does not work: `verify` and `prepare` do. */
  keepFresh?(signal: AbortSignal): Promise<void>;
  publish(dispatch: Dispatch): Promise<Outcome>;
  /** Looks whether it stands, under the same key and content. */
  find(dispatch: Dispatch): Promise<Finding>;
  /** Takes a post down; true when it no longer stands. */
  remove(post: Post, signal: AbortSignal): Promise<boolean>;
  /** Asks how far posts got, by their uri; those that the network does not speak of are missing. */
  measure(posts: readonly Post[], signal: AbortSignal): Promise<ReadonlyMap<string, Reach>>;
  /**
   * The post that a web address of this account's network names, for what a person gives back by hand; undefined when it names none. Asks nobody.
   */
  recognize(address: string): Pick<Post, 'uri' | 'permalink'> | undefined;
}

/**
 * What a publisher has to remember of one account besides secrets, durably: a container's id, a record as it was sent. JSON values by name. A write that
 * was answered survives a killed process.
 */
export interface NetworkMemory {
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
  /** Writes only while what is remembered is still what was read, undefined for nothing; false when somebody was faster, in whatever process. */
  swap(name: string, before: unknown, value: unknown): Promise<boolean>;
  forget(name: string): Promise<void>;
}

/** The secrets of one account, encrypted where they are kept: a JSON object whose shape is the publisher's own. */
export interface AccountVault {
  /** Undefined while the account is not connected. */
  read(): Promise<unknown>;
  /** Replaces them whole. */
  write(secrets: unknown): Promise<void>;
  forget(): Promise<void>;
  /** Runs the work while no other process or caller does the same for this account: for refreshing a token that is good once. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
}

/** A picture as bytes. */
export interface DrawnPicture {
  readonly bytes: Uint8Array;
  readonly mimeType: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

/** Draws a picture, encoded so that it has at most so many bytes; the same picture and limit give the same bytes. */
export type DrawPicture = (picture: Picture, maxBytes: number) => Promise<DrawnPicture>;
