import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../src/clock.js';
import type { AccountId, Network } from '../../../src/campaign/network.js';
import type { ConfigFile } from '../../../src/config/schema.js';
import type { LiveTimes } from '../../../src/live-publishers.js';
import type { EpochMs } from '../../../src/program/time.js';
import type { Random } from '../crash-random.js';
import { openFaultProxy, type SeenRequest } from './fault-proxy.js';
import type { Pds } from './pds.js';
import { randomFault } from './random-faults.js';
import { startThreadsServer } from './threads-server.js';
import { openXServer } from './x-server.js';
import { startYoutubeServer } from './youtube-server.js';
import { youtubeApp } from './youtube-tokens.js';

/** A post that stands on a server, by its own log. */
export interface WitnessedPost {
  readonly account: AccountId;
  /** The session that its link leads to; empty for a post without one. */
  readonly session: string;
  /** When it came to stand, by the server's clock; absent on the PDS, which does not say. */
  readonly at?: EpochMs;
}

/** What happens to a request that makes a post stand: it arrives, the network has done it, its answer is on the way. */
export type RequestMoment = 'received' | 'done';

/** Servers of the networks, each with an account that is connected, behind lines on which things go wrong. They outlive every worker. */
export interface LiveNetworks {
  /** What the config says of the accounts. */
  readonly accounts: readonly Exclude<ConfigFile['accounts'][number], string>[];
  /** The account whose posts a person puts up. */
  readonly byHand: AccountId;
  /** The secrets of the accounts, by the names that the environment has for them. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Requests that make a post stand, as many as arrived so far. */
  readonly visible: number;
  readonly requests: number;
  /** Requests with which something went wrong. */
  readonly faults: number;
  /** Calls the listener at every moment of every request that makes a post stand; answers the function that ends it. */
  on(listener: (moment: RequestMoment) => void): () => void;
  /** Whoever asks now is gone: of what is under way one half arrives. */
  senderDied(): void;
  /** All posts that stand. */
  standing(): Promise<readonly WitnessedPost[]>;
  close(): Promise<void>;
}

/** The longest that a publisher waits for one answer here, in milliseconds. */
const requestMs = 4_000;
/** A look at once, one when absence proves something, and some more for those that fail. */
const looksAfterMs = [500, 8_000, 12_000, 17_000, 25_000, 40_000];

/** The times of the publishers in a run that is to end: a quarter of what they are or less. Absence still proves something only after the longest request. */
export const shortTimes: LiveTimes = {
  bluesky: { timeoutMs: requestMs },
  threads: { timeoutMs: 2 * requestMs, requestMs, pollMs: 200 },
  x: { timeoutMs: requestMs, settledMs: 1.5 * requestMs, looksAfterMs },
  youtube: { timeoutMs: 2 * requestMs, requestMs, listedWithinMs: 1.5 * requestMs, looksAfterMs },
};

/** A request travels so long, there and back, so that a kill can hit it on the way. */
const wayMs = [5, 50] as const;
/** The sender died while its request was on its way: so often it arrives all the same. */
const arrivesFromTheDead = 0.5;
/** Enough for a run, far above what a person would want: caps and paces have tests of their own. */
const roomy = {
  pace: { posts: 20, per: 'PT1S' },
  caps: { perHour: 100_000, perDay: 100_000, usd: 100_000 },
};

/**
 * Starts local servers of Threads, X and YouTube, with the limits that these networks have, and an account on the PDS where one is given.
 *
 * @param share The part of all requests with which something goes wrong, 0 to 1.
 */
export async function startLiveNetworks({
  random,
  share,
  pds,
  name,
}: {
  readonly random: Random;
  readonly share: number;
  readonly pds?: Pds | undefined;
  /** Of the account on the PDS; used once. */
  readonly name: string;
}): Promise<LiveNetworks> {
  const clock = systemClock;
  const listeners = new Set<(moment: RequestMoment) => void>();
  const closers: (() => Promise<void>)[] = [];
  const count = { visible: 0, requests: 0, faults: 0, dead: 0 };
  const tell = (moment: RequestMoment) => listeners.forEach((listener) => listener(moment));

  const throughLine = async (
    network: Network,
    upstream: string,
    isVisible: (request: SeenRequest) => boolean,
  ) => {
    const proxy = await openFaultProxy(
      upstream,
      {
        async before(request) {
          const { dead } = count;
          const visible = isVisible(request);
          count.requests += 1;
          if (visible) {
            count.visible += 1;
            tell('received');
          }
          await pause(random.between(...wayMs));
          if (dead !== count.dead && random.next() >= arrivesFromTheDead) {
            return { kind: 'cut-before' };
          }
          const fault = randomFault(network, random, { share, timeoutMs: requestMs });
          if (fault) count.faults += 1;
          return fault;
        },
        async after(request) {
          if (isVisible(request)) tell('done');
          await pause(random.between(...wayMs));
        },
      },
      clock,
    );
    closers.unshift(() => proxy.close());
    return proxy.origin;
  };

  const threads = await startThreadsServer({ clock });
  const x = await openXServer(clock);
  const youtube = await startYoutubeServer({ clock });
  closers.push(
    () => threads.close(),
    () => x.close(),
    () => youtube.close(),
  );
  const bluesky = await pds?.createAccount(name);
  const ids = {
    bluesky: `bluesky:@${bluesky?.handle ?? ''}`,
    threads: 'threads:@meeting',
    x: 'x:@meeting',
    pilot: 'youtube:@meeting',
    byHand: 'youtube:@meeting-by-hand',
  };
  const isPost = (path: string) => (request: SeenRequest) =>
    request.method === 'POST' && request.path.split('?')[0] === path;
  const onBluesky = pds && {
    account: ids.bluesky,
    server: await throughLine('bluesky', pds.origin, isPost('/xrpc/com.atproto.repo.putRecord')),
    ...roomy,
  };
  const accounts = [
    ...(onBluesky ? [onBluesky] : []),
    {
      account: ids.threads,
      server: await throughLine('threads', threads.origin, isPost('/v1.0/me/threads_publish')),
      ...roomy,
    },
    { account: ids.x, server: await throughLine('x', x.origin, isPost('/2/tweets')), ...roomy },
    {
      account: ids.pilot,
      server: await throughLine('youtube', youtube.origin, isPost('/youtube/v3/posts')),
      way: 'posts' as const,
      ...roomy,
    },
    { account: ids.byHand, way: 'by-hand' as const, ...roomy },
  ];
  const { apiKey, apiSecret, accessToken, accessSecret } = x.signIn.keys;

  return {
    accounts,
    byHand: ids.byHand,
    credentials: {
      ...(bluesky && { CALLBOARD_BLUESKY_APP_PASSWORD: bluesky.appPassword }),
      CALLBOARD_THREADS_TOKEN: threads.issueToken().accessToken,
      CALLBOARD_X_API_KEY: apiKey,
      CALLBOARD_X_API_SECRET: apiSecret,
      CALLBOARD_X_ACCESS_TOKEN: accessToken,
      CALLBOARD_X_ACCESS_SECRET: accessSecret,
      CALLBOARD_YOUTUBE_CLIENT_ID: youtubeApp.clientId,
      CALLBOARD_YOUTUBE_CLIENT_SECRET: youtubeApp.clientSecret,
      CALLBOARD_YOUTUBE_REFRESH_TOKEN: youtube.tokens.issueRefreshToken(),
    },
    get visible() {
      return count.visible;
    },
    get requests() {
      return count.requests;
    },
    get faults() {
      return count.faults;
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    senderDied() {
      count.dead += 1;
    },
    async standing() {
      const records = bluesky && pds ? await pds.posts(bluesky.did) : [];
      return [
        ...records.map(({ value }) => witnessed(ids.bluesky, JSON.stringify(value))),
        ...threads.posts().map(({ made, at }) => witnessed(ids.threads, JSON.stringify(made), at)),
        ...x.posts().map(({ sent, createdAt }) => witnessed(ids.x, sent, createdAt)),
        ...youtube.posts().map(({ text, at }) => witnessed(ids.pilot, text, at)),
      ];
    },
    async close() {
      for (const close of closers) await close();
    },
  };
}

function witnessed(account: AccountId, text: string, at?: EpochMs): WitnessedPost {
  const session = /\/sessions\/([a-z0-9]{12})/.exec(text)?.[1] ?? '';
  return { account, session, ...(at !== undefined && { at }) };
}
