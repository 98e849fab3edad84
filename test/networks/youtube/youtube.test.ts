import type { YoutubeWay } from '../../../src/campaign/account-manners.js';
import { createYoutubePublisher } from '../../../src/networks/youtube/youtube-publisher.js';
import { startYoutubeServer, type YoutubeServer } from '../../support/networks/youtube-server.js';
import { describePublisher } from '../conformance.js';
import type { NetworkUnderTest, StandingPost } from '../stage.js';
import { googleRefusal, pictureOfTests, secretsOf } from './youtube-stage.js';
import type { TestClock } from '../../support/test-clock.js';

const account = 'youtube:@meeting';

/** What makes something stand in each way, and how it shows. */
const ways: Readonly<
  Record<
    Exclude<YoutubeWay, 'by-hand'>,
    {
      readonly path: RegExp;
      readonly standing: (server: YoutubeServer, key: (id: string) => string) => StandingPost[];
    }
  >
> = {
  posts: {
    path: /^\/youtube\/v3\/posts\b/,
    standing: (server) =>
      server.posts().flatMap(({ kind, id, text }) => (kind === 'post' ? [{ uri: id, text }] : [])),
  },
  'live-chat': {
    path: /^\/youtube\/v3\/liveChat\/messages\b/,
    standing: (server) =>
      server
        .posts()
        .flatMap(({ kind, id, text }) => (kind === 'message' ? [{ uri: id, text }] : [])),
  },
  broadcast: {
    path: /^\/youtube\/v3\/liveBroadcasts\b/,
    standing: (server, keyOf) =>
      server.posts().flatMap(({ kind, id, text }) => {
        if (kind !== 'broadcast' || !text.includes('[callboard ')) return [];
        return [{ uri: `${id}#${keyOf(text)}`, text: text.replace(/\n\n\[callboard .*$/s, '') }];
      }),
  },
};

/** A local YouTube for the suite, in one way. */
const open =
  (way: keyof typeof ways) =>
  async (clock: TestClock): Promise<NetworkUnderTest> => {
    const server = await startYoutubeServer({ clock, unitsADay: 10_000_000 });
    if (way === 'live-chat') server.goLive('The stream of the meeting');
    const { path, standing } = ways[way];
    // By its description: the server does not know our keys.
    const keys = new Map<string, string>();
    const keyOf = (text: string) =>
      [...keys].find(([sent]) => text.startsWith(sent))?.[1] ?? 'unknown';
    return {
      network: 'youtube',
      account,
      upstream: server.origin,
      publisher(parts) {
        const publisher = createYoutubePublisher({
          account,
          handle: 'meeting',
          clock: parts.clock,
          vault: parts.vault,
          memory: parts.memory,
          drawPicture: pictureOfTests,
          way,
          api: parts.origin,
          timeoutMs: parts.timeoutMs,
        });
        return {
          ...publisher,
          publish(dispatch) {
            keys.set(dispatch.frozen.content.text, dispatch.frozen.key);
            return publisher.publish(dispatch);
          },
        };
      },
      connect: (vault) => vault.write(secretsOf(server.tokens.issueRefreshToken())),
      standing: () => Promise.resolve(standing(server, keyOf)),
      isVisible: ({ method, path: asked }) => method === 'POST' && path.test(asked),
      expireToken: () => server.tokens.expireAccess(),
      revoke: () => server.tokens.revokeAll(),
      answers: {
        limited: () => ({
          ...googleRefusal(429, 'rateLimitExceeded'),
          headers: { 'retry-after': '20' },
        }),
        forbidden: googleRefusal(403, 'forbidden'),
        broken: (status) =>
          status === 500 ? googleRefusal(500, 'backendError') : { status, body: 'Bad gateway' },
      },
      duplicateText: 'taken',
      mayAskPerson: false,
      close: () => server.close(),
    };
  };

describePublisher('youtube posts', open('posts'));
describePublisher('youtube broadcast', open('broadcast'));
describePublisher('youtube live-chat', open('live-chat'));
