import { networks, type Network } from '../campaign/network.js';
import type { Config } from '../config/config.js';
import type { SocialAccount } from '../site/web-context.js';

const names: Readonly<Record<Network, string>> = {
  bluesky: 'Bluesky',
  threads: 'Threads',
  x: 'X (Twitter)',
  youtube: 'YouTube',
};

/** Where a network shows an account to everybody. */
const pages: Readonly<Record<Network, (handle: string) => string>> = {
  bluesky: (handle) => `https://bsky.app/profile/${encodeURIComponent(handle)}`,
  threads: (handle) => `https://www.threads.com/@${encodeURIComponent(handle)}`,
  x: (handle) => `https://x.com/${encodeURIComponent(handle)}`,
  youtube: (handle) => `https://www.youtube.com/@${encodeURIComponent(handle)}`,
};

/** The meeting's accounts, one per network in the usual order; a network without a live account has no address. */
export function socialAccounts({ accounts }: Pick<Config, 'accounts'>): readonly SocialAccount[] {
  return networks
    .filter((network) => accounts.some(({ account }) => account.network === network))
    .map((network) => {
      const live = accounts.find(
        ({ account }) => account.network === network && account.handle !== undefined,
      )?.account.handle;
      return {
        network,
        name: names[network],
        ...(live !== undefined && { address: pages[network](live) }),
      };
    });
}
