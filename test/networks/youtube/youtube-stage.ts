import type { YoutubeWay } from '../../../src/campaign/account-manners.js';
import type { Content } from '../../../src/compose/content.js';
import { createYoutubePublisher } from '../../../src/networks/youtube/youtube-publisher.js';
import type { YoutubeSecrets } from '../../../src/networks/youtube/youtube-token.js';
import type { AccountVault, Dispatch, DrawnPicture } from '../../../src/publish/publisher.js';
import { content as anyContent } from '../../storage/fixtures.js';
import {
  openFaultProxy,
  type Fault,
  type SeenRequest,
} from '../../support/networks/fault-proxy.js';
import {
  startYoutubeServer,
  type YoutubeServerOptions,
} from '../../support/networks/youtube-server.js';
import { youtubeApp } from '../../support/networks/youtube-tokens.js';
import { testClock } from '../../support/test-clock.js';
import { memoryForTest } from '../../support/network-memory.js';

/** 2026-05-01T12:00:00Z. */
export const noon = Date.UTC(2026, 4, 1, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const account = 'youtube:@meeting';

/** The secrets of an account as the environment would give them. */
export function secretsOf(refreshToken: string): YoutubeSecrets {
  return { ...youtubeApp, refreshToken };
}

/** A refusal as Google writes it. */
export function googleRefusal(status: number, reason: string) {
  const message = `Refused: ${reason}`;
  const errors = [{ message, domain: 'youtube', reason }];
  return { status, body: { error: { code: status, message, errors } } };
}

/** A picture of a few bytes. */
export const pictureOfTests = (): Promise<DrawnPicture> =>
  Promise.resolve({
    bytes: new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10]),
    mimeType: 'image/png',
    width: 1_200,
    height: 630,
  });

/** A memory and a vault in this process, by the rules of their ports. */
export function memoryAndVault() {
  const kept = new Map<string, string>();
  let secrets: unknown;
  let turn: Promise<unknown> = Promise.resolve();
  const memory = memoryForTest(kept);
  const vault: AccountVault = {
    read: () => Promise.resolve(secrets),
    write: (given) => {
      secrets = given;
      return Promise.resolve();
    },
    forget: () => {
      secrets = undefined;
      return Promise.resolve();
    },
    exclusively: (work) => {
      const mine = turn.then(work, work);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
  return { memory, vault, kept };
}

/** A publisher, a local YouTube, and a line between them on which a test lets things go wrong. */
export async function openYoutube(way: YoutubeWay, own: Partial<YoutubeServerOptions> = {}) {
  const clock = testClock(noon);
  const server = await startYoutubeServer({ clock, ...own });
  const line: {
    fault?: ((request: SeenRequest) => Fault | undefined) | undefined;
    skewMs: number;
  } = { skewMs: 0 };
  const proxy = await openFaultProxy(
    server.origin,
    { before: (request) => line.fault?.(request) },
    clock,
    () => line.skewMs,
  );
  const { memory, vault, kept } = memoryAndVault();
  await vault.write(secretsOf(server.tokens.issueRefreshToken()));
  const publisher = createYoutubePublisher({
    account,
    handle: 'meeting',
    clock,
    vault,
    memory,
    drawPicture: pictureOfTests,
    way,
    api: proxy.origin,
    timeoutMs: 5_000,
  });
  return {
    clock,
    server,
    line,
    memory,
    vault,
    kept,
    publisher,
    origin: proxy.origin,
    async close() {
      await proxy.close();
      await server.close();
    },
  };
}

const picture = {
  digest: 'picture',
  card: { conference: 'A meeting', title: 'A session', people: [], time: '', layout: 'session' },
  alt: 'A session',
};

/** An announcement to publish, frozen when the clock says so. */
export function dispatchOf(
  id: string,
  {
    text = `Session ${id} begins https://meeting.example/sessions/aaaa`,
    frozenAt = noon,
    ...own
  }: Partial<Content> & { readonly frozenAt?: number } = {},
): Dispatch {
  const content = { ...anyContent(text), picture, digest: `digest of ${text}`, ...own };
  return {
    announcement: { id, account, network: 'youtube' },
    frozen: { key: id, content, frozenAt },
    signal: AbortSignal.timeout(20_000),
  };
}

/** A content about sessions with these titles. */
export function about(
  ...sessions: readonly {
    readonly key: string;
    readonly title?: string;
    readonly startsAt?: number;
  }[]
): Pick<Content, 'facts'> {
  return {
    facts: {
      programVersion: 1,
      sessions: sessions.map(({ key, title = 'A session', startsAt = noon + hour }) => ({
        key,
        title,
        startsAt,
        endsAt: startsAt + hour,
      })),
    },
  };
}
