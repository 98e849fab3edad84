import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import type { AccountVault, DrawPicture } from '../../publish/publisher.js';
import type { XLine } from './line.js';
import type { Records } from './records.js';
import type { SignIn } from './sign-in.js';

/** What the steps of a publisher share. */
export interface XContext {
  readonly account: AccountId;
  /** Without `@`. */
  readonly handle: string;
  readonly clock: Clock;
  readonly vault: AccountVault;
  readonly records: Records;
  readonly line: XLine;
  readonly signIn: SignIn;
  readonly drawPicture: DrawPicture;
  readonly attach: 'picture' | 'nothing';
  /** So long after a post was sent its absence proves that it does not stand, in milliseconds. */
  readonly settledMs: number;
}
