import type { Key } from '../program/model.js';
import type { Member } from '../sign-in/member.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { Star } from '../storage/stars.js';

/** The schedules of those who have an account, in the edition that is served. */
export interface Schedules {
  /** All stars that were ever given, those taken back too; the oldest first. */
  stars(member: Pick<Member, 'id'>): Promise<readonly Star[]>;
  /** Gives stars, in this order. */
  give(member: Pick<Member, 'id'>, sessions: readonly Key[]): Promise<void>;
  remove(member: Pick<Member, 'id'>, session: Key): Promise<void>;
  /** What the private address of the member's calendar ends in; a secret. */
  token(member: Pick<Member, 'id'>): Promise<string>;
  /** Another in its place. */
  renewToken(member: Pick<Member, 'id'>): Promise<string>;
  /** The stars of whose calendar this is; undefined for any other text. */
  ofToken(token: string): Promise<readonly Star[] | undefined>;
}

/** What the pages know of those who come: signing in, and what is kept for them. */
export interface Visitors {
  /** Loaded when somebody first comes near it: a site that nobody signs in to need not pay for it. */
  signIn(): Promise<SignIn>;
  readonly schedules: Schedules;
  /** Waits for the links that are on their way. */
  close(): Promise<void>;
}
