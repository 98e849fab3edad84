import type { Catalog } from '../../program/calendar/catalog.js';
import type { ProgramPast } from '../../program/history.js';
import type { EpochMs } from '../../program/time.js';
import type { Addresses } from '../addresses.js';
import type { AssetAddresses } from '../assets.js';
import type { Preferences } from '../preferences.js';
import type { TimeWords } from '../time-words.js';
import type { Conference, SocialAccount } from '../web-context.js';

/** Everything that a page of the program site is made from, for one visitor's way of seeing it. */
export interface View {
  readonly assets: AssetAddresses;
  readonly addresses: Addresses;
  readonly conference: Conference;
  /** The version in force; 0 before the first import. */
  readonly version: number;
  readonly catalog: Catalog;
  /** What led to this version. */
  readonly past: ProgramPast;
  readonly now: EpochMs;
  readonly preferences: Preferences;
  /** The zone in which times are said to this visitor. */
  readonly zone: string;
  readonly times: TimeWords;
  /** Says days and times of the conference's own zone, whose days the calendar has. */
  readonly conferenceTimes: TimeWords;
  readonly isSignedIn: boolean;
  /** The meeting's own accounts, for the social menu. */
  readonly social: readonly SocialAccount[];
  /** What `sign-in`, and everything behind it, needs; false where nobody can sign in. */
  readonly canSignIn: boolean;
}
