import type { Member } from './member.js';

/** What is known of a request that wants to sign in or is signed in. */
export interface Visit {
  /** The Cookie header; empty without one. */
  readonly cookie: string;
  /** Where from, for limits only. */
  readonly client: string;
}

/** One try more than a limit allows. */
export interface TooMany {
  readonly kind: 'too-many';
  /** When the next is taken, in epoch milliseconds. */
  readonly freeAt: number;
}

/** Counts a proof of a client's; answers only where it was one too many. */
export type CountProof = (client: string) => Promise<TooMany | undefined>;

/** What came of a proof of who somebody is: a link, a passkey. */
export type Proven =
  | { readonly kind: 'in'; readonly member: Member; readonly setCookies: readonly string[] }
  /** Used, expired, guessed, or of somebody unknown: all the same to who tries. */
  | { readonly kind: 'refused' }
  | TooMany;

/** Runs a proof that answers the headers with the cookies of the new sign-in. */
export type Prove = (
  visit: Visit,
  proof: (headers: Headers) => Promise<{ readonly headers: Headers } | undefined>,
) => Promise<Proven>;
