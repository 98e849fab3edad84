import type { AccountId } from './campaign/network.js';
import { costOfPost } from './compose/x-cost.js';
import type { Config } from './config/config.js';
import { leadsNowhere } from './config/public-address.js';
import type { LiveTerms } from './publish/ports.js';

/** The terms of every live account of the config; a preview has none. */
export function liveTerms(
  config: Pick<Config, 'accounts'>,
): (account: AccountId) => LiveTerms | undefined {
  const terms = new Map(
    config.accounts
      .filter(({ account }) => account.mode === 'live')
      .map(({ account, caps, attach }): [AccountId, LiveTerms] => [
        account.id,
        {
          caps,
          costOf: ({ text }) =>
            account.network === 'x' ? costOfPost(text, attach === 'picture').microUsd : 0,
          objection: ({ link }) =>
            leadsNowhere(link.url)
              ? `its link leads to ${new URL(link.url).host}, where no follower can go; set site in the config to the public address`
              : undefined,
        },
      ]),
  );
  return (account) => terms.get(account);
}
