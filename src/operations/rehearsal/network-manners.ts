import { humanePaces, type Pace } from '../../campaign/account-manners.js';
import type { AccountRules } from '../../campaign/campaign.js';
import type { Network } from '../../campaign/network.js';
import { spreadOf } from '../../publish/backoff.js';

/** What stands between the due moment and the post on one network. */
export interface NetworkManners {
  readonly pace?: Pace | undefined;
  /** How many posts may be under way at once. */
  readonly senders: number;
  /** How long the network takes to answer for an announcement, in milliseconds. */
  readonly delay: (announcement: string) => number;
}

/** What a worker sends at once on one network; see `operations/run.ts`. */
const senders = 8;
const shortestDelayMs = 200;
const longestDelayMs = 900;

/** How a network is simulated: the slowest pace of its accounts, a delay that belongs to the announcement. Without limits nothing waits. */
export function mannersOf(
  network: Network,
  accounts: readonly AccountRules[],
  limits: boolean,
): NetworkManners {
  if (!limits) return { senders: Infinity, delay: () => 0 };
  const paces = accounts
    .filter(({ account }) => account.network === network)
    .flatMap(({ pace }) => pace ?? []);
  const slowest = paces.sort((one, other) => one.posts / one.perMs - other.posts / other.perMs)[0];
  return {
    pace: slowest ?? humanePaces[network],
    senders,
    delay: (announcement) =>
      shortestDelayMs + Math.round(spreadOf(announcement) * (longestDelayMs - shortestDelayMs)),
  };
}
