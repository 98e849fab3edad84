import type { Limit } from '../storage/attempts.js';

const minute = 60_000;

/** How often things may be tried. A whole meeting comes from one address of its hall's network, so an address is allowed much; a mailbox is not. */
export interface SignInLimits {
  /** Links asked for, for one mailbox, whether or not it is known. */
  readonly linksPerMailbox: Limit;
  /** Links asked for from one address of a client. */
  readonly linksPerClient: Limit;
  /** Links and passkeys shown, good or not, and passkeys asked for, from one address of a client. */
  readonly proofsPerClient: Limit;
}

/** The limits in use. */
export const usualLimits: SignInLimits = {
  linksPerMailbox: { most: 5, withinMs: 15 * minute },
  linksPerClient: { most: 300, withinMs: 60 * minute },
  proofsPerClient: { most: 600, withinMs: 60 * minute },
};
