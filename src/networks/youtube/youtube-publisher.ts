import type { YoutubeWay as WayName } from '../../campaign/account-manners.js';
import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import { unreachable } from '../../errors.js';
import type {
  AccountVault,
  DrawPicture,
  NetworkMemory,
  Preparation,
  Prepared,
  Publisher,
} from '../../publish/publisher.js';
import { reportOnAccount } from './account-report.js';
import { broadcastWay, type BroadcastTools } from './broadcasts.js';
import { sentAnotherWay } from './another-way.js';
import { createHandOff } from './by-hand.js';
import { communityPostsWay } from './community-posts.js';
import { liveChatWay } from './live-chat.js';
import { failureSentence } from './outcome-of.js';
import { recognizePost } from './post-address.js';
import { countUnits } from './quota.js';
import { askForAccount } from './youtube-account.js';
import { youtubeAddresses } from './youtube-addresses.js';
import { youtubeMemory } from './youtube-memory.js';
import { keepTokens, withoutToken, type TokenKeeper } from './youtube-token.js';
import { usualListedWithinMs, type YoutubeWay } from './youtube-way.js';

/** What a YouTube publisher needs. */
export interface YoutubePublisherOptions {
  readonly account: AccountId;
  /** Without `@`. */
  readonly handle: string;
  readonly clock: Clock;
  /** Empty where a person puts the posts up. */
  readonly vault: AccountVault;
  readonly memory: NetworkMemory;
  readonly drawPicture: DrawPicture;
  readonly way: WayName;
  /** One base address for all of Google's; Google's own when left out. */
  readonly api?: string;
  /** The longest that one `publish` may take; 30 s. */
  readonly timeoutMs?: number;
  /** The longest that one request may take; 15 s. */
  readonly requestMs?: number;
  /** When to look for a post whose answer was lost, in milliseconds after it was; 15 s to 15 min without. */
  readonly looksAfterMs?: readonly number[];
  /** After so long a post is in every list, in milliseconds; a minute without. [belief] */
  readonly listedWithinMs?: number;
}

/** Looks cost units, and a list may lag behind: https://developers.google.com/youtube/v3/determine_quota_cost. */
const usualLooksAfterMs = [15_000, 60_000, 120_000, 300_000, 900_000];

/** A token that ends sooner than this after making ready is renewed then. */
const readyMs = 10 * 60_000;

/**
 * YouTube, in one of four ways: by a person, by the pilot for community posts, as the session's live event, or in the chat of a running stream. See
 * docs/networks/youtube.md for what each can and cannot.
 */
export function createYoutubePublisher(options: YoutubePublisherOptions): Publisher {
  const { account, handle, clock, way, timeoutMs = 30_000 } = options;
  const { looksAfterMs = usualLooksAfterMs, listedWithinMs = usualListedWithinMs } = options;
  const memory = youtubeMemory(options.memory);
  if (way === 'by-hand') return createHandOff({ account, handle, timeoutMs, memory });
  const addresses = youtubeAddresses(options.api);
  const requestMs = Math.min(options.requestMs ?? 15_000, timeoutMs);
  const source = { address: addresses.tokens, requestMs };
  const tokens = keepTokens({ vault: options.vault, source, clock });
  const units = countUnits(memory, clock);
  const ask = askForAccount({ addresses, tokens, units, clock, requestMs });
  const { drawPicture } = options;
  const tools = { account, ask, memory, clock, handle, drawPicture, timeoutMs, listedWithinMs };
  const { prepare, ...rest } = wayOf(way, tools);

  return {
    account,
    network: 'youtube',
    timeoutMs,
    looksAfterMs,
    // YouTube takes no key from its clients; the live event's uri has it, to tell apart the announcements that share one.
    keyFor: ({ id }) => id,
    verify: (signal) => reportOnAccount({ ask, tokens, units, handle, way }, signal),
    prepare: (preparation) => prepareWith(tokens, prepare, handle, preparation),
    ...rest,
    find: async (dispatch) =>
      sentAnotherWay(await memory.attempt(dispatch.announcement.id), way, handle) ??
      rest.find(dispatch),
    recognize: recognizePost,
  };
}

function wayOf(way: Exclude<WayName, 'by-hand'>, tools: BroadcastTools): YoutubeWay {
  switch (way) {
    case 'posts':
      return communityPostsWay(tools);
    case 'broadcast':
      return broadcastWay(tools);
    case 'live-chat':
      return liveChatWay(tools);
    default:
      return unreachable(way);
  }
}

async function prepareWith(
  tokens: TokenKeeper,
  prepare: YoutubeWay['prepare'],
  handle: string,
  preparation: Preparation,
): Promise<Prepared> {
  const state = await tokens.token(preparation.signal, { leastMs: readyMs });
  if (state.kind === 'token') return prepare(preparation);
  const reason = failureSentence(handle, 'renewing the access', withoutToken(state));
  return { kind: state.kind === 'none' ? 'unauthorized' : 'later', reason };
}
