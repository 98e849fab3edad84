import type { AccountRules } from './campaign/campaign.js';
import type { AccountId } from './campaign/network.js';
import type { Clock } from './clock.js';
import type { CardPainter } from './compose/cards/card-painter.js';
import type { Picture } from './compose/content.js';
import type { Config } from './config/config.js';
import { leadsNowhere } from './config/public-address.js';
import { withEnvironment } from './environment-vault.js';
import type { BlueskyPublisherOptions } from './networks/bluesky/bluesky-publisher.js';
import type { ThreadsPublisherOptions } from './networks/threads/threads-publisher.js';
import type { XPublisherOptions } from './networks/x/x-publisher.js';
import type { YoutubePublisherOptions } from './networks/youtube/youtube-publisher.js';
import { discreet } from './networks/discretion.js';
import { withReadableSecrets } from './networks/readable-secrets.js';
import type { AccountVault, Publisher } from './publish/publisher.js';
import type { Database } from './storage/database.js';
import { createNetworkMemory } from './storage/network-memory.js';
import { openVault, type Vault } from './storage/vault.js';
import { vaultKey } from './storage/vault-key.js';

/** Times that only tests shorten, by network; what is left out is as each publisher says. */
export interface LiveTimes {
  readonly bluesky?: Pick<BlueskyPublisherOptions, 'timeoutMs'>;
  readonly threads?: Pick<ThreadsPublisherOptions, 'timeoutMs' | 'requestMs' | 'pollMs'>;
  readonly x?: Pick<XPublisherOptions, 'timeoutMs' | 'settledMs' | 'looksAfterMs'>;
  readonly youtube?: Pick<
    YoutubePublisherOptions,
    'timeoutMs' | 'requestMs' | 'looksAfterMs' | 'listedWithinMs'
  >;
}

/** What live publishers are made from. */
export interface LiveParts {
  readonly config: Config;
  readonly database: Database;
  readonly clock: Clock;
  readonly cards: CardPainter;
  readonly times?: LiveTimes | undefined;
}

/** The vault of the data that the config names. */
export function openConfiguredVault({
  config: { secret, dataFolder },
  database,
  clock,
}: Pick<LiveParts, 'config' | 'database' | 'clock'>): Vault {
  return openVault(
    database,
    () => vaultKey({ secret, dataFolder }),
    () => clock.now(),
  );
}

/** The secrets of one account, those of the environment laid over the stored ones. */
export function vaultOf(
  parts: Pick<LiveParts, 'config' | 'database' | 'clock'>,
  { account }: Pick<AccountRules, 'account'>,
): AccountVault {
  const stored = openConfiguredVault(parts).account(account.id);
  return withEnvironment(stored, account, parts.config.credentials);
}

/** A publisher for every live account of the config. A network's client is loaded only when an account uses it. */
export async function createLivePublishers(
  parts: LiveParts,
): Promise<ReadonlyMap<AccountId, Publisher>> {
  const live = parts.config.accounts.filter(({ account }) => account.mode === 'live');
  const made = await Promise.all(
    live.map(async (rules) => [rules.account.id, await createLivePublisher(parts, rules)] as const),
  );
  return new Map(made);
}

/** The publisher of one live account; it never repeats a secret in what it says. */
async function createLivePublisher(parts: LiveParts, rules: AccountRules): Promise<Publisher> {
  const vault = vaultOf(parts, rules);
  return discreet(withReadableSecrets(await publisherOf(parts, rules, vault), vault), vault);
}

async function publisherOf(
  parts: LiveParts,
  rules: AccountRules,
  vault: AccountVault,
): Promise<Publisher> {
  const { config, database, clock, cards, times = {} } = parts;
  const { account, attach, server } = rules;
  const { id, network, handle = '' } = account;
  const shared = {
    account: id,
    handle,
    clock,
    vault,
    memory: createNetworkMemory(database, id, () => clock.now()),
    drawPicture: (picture: Picture, maxBytes: number) => cards.drawWithin(picture, maxBytes),
  };
  switch (network) {
    case 'bluesky': {
      const { createBlueskyPublisher } = await import('./networks/bluesky/bluesky-publisher.js');
      return createBlueskyPublisher({
        ...shared,
        ...times.bluesky,
        attach,
        ...(server !== undefined && { service: server }),
      });
    }
    case 'threads': {
      const { createThreadsPublisher } = await import('./networks/threads/threads-publisher.js');
      // A server of one's own, as in a rehearsal, may reach what Meta cannot.
      const open = server !== undefined || !leadsNowhere(config.site);
      return createThreadsPublisher({
        ...shared,
        ...times.threads,
        attach,
        topicTag: rules.topicTag,
        pictureAddress: ({ digest }) => (open ? `${config.site}/cards/${digest}.png` : undefined),
        ...(server !== undefined && { api: server }),
      });
    }
    case 'x': {
      const { createXPublisher } = await import('./networks/x/x-publisher.js');
      return createXPublisher({
        ...shared,
        ...times.x,
        // A card of the link X makes by itself.
        attach: attach === 'picture' ? 'picture' : 'nothing',
        ...(server !== undefined && { api: server, upload: server }),
      });
    }
    case 'youtube': {
      const { createYoutubePublisher } = await import('./networks/youtube/youtube-publisher.js');
      return createYoutubePublisher({
        ...shared,
        ...times.youtube,
        way: rules.way ?? 'by-hand',
        ...(server !== undefined && { api: server }),
      });
    }
  }
}
