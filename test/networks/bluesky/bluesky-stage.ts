import { onTestFinished } from 'vitest';
import type { Content } from '../../../src/compose/content.js';
import {
  createBlueskyPublisher,
  type BlueskyPublisher,
  type BlueskyPublisherOptions,
} from '../../../src/networks/bluesky/bluesky-publisher.js';
import { readSecrets } from '../../../src/networks/bluesky/secrets.js';
import type { NetworkMemory } from '../../../src/publish/publisher.js';
import type { Dispatch } from '../../../src/publish/publisher.js';
import { openFaultProxy, type Line } from '../../support/networks/fault-proxy.js';
import type { Pds, PdsAccount } from '../../support/networks/pds.js';
import { testClock, type TestClock } from '../../support/test-clock.js';
import { content, now } from '../../storage/fixtures.js';
import { memoryForTest } from '../../support/network-memory.js';
import { smallPicture, vaultForTest } from './fixtures.js';

/** The account id of these tests. */
export const account = 'bluesky:@meeting.test';

/** One account on a PDS behind a line that counts, and any number of publishers that share its vault and memory. */
export interface BlueskyStage {
  readonly account: PdsAccount;
  readonly origin: string;
  readonly clock: TestClock;
  readonly vault: ReturnType<typeof vaultForTest>;
  readonly memory: NetworkMemory;
  /** As another process would have it. */
  publisher(options?: Partial<BlueskyPublisherOptions>): BlueskyPublisher;
  /** How often a method was asked for: `com.atproto.repo.putRecord`. */
  asked(method: string): number;
  /** As after two hours. */
  expireToken(): void;
}

let count = 0;

/** Makes an account with an app password and puts a line before its server. To be called within a test. */
export async function openBlueskyStage(pds: Pds, line: Line = {}): Promise<BlueskyStage> {
  count += 1;
  const made = await pds.createAccount(`meeting-${String(count)}`);
  const clock = testClock(now);
  const counts = new Map<string, number>();
  const proxy = await openFaultProxy(
    pds.origin,
    {
      ...line,
      before(request) {
        const method = /^\/xrpc\/([^?]+)/.exec(request.path)?.[1] ?? '';
        counts.set(method, (counts.get(method) ?? 0) + 1);
        return line.before?.(request);
      },
    },
    clock,
  );
  onTestFinished(() => proxy.close());
  const { handle: identifier, appPassword } = made;
  const vault = vaultForTest({ credentials: { identifier, appPassword } });
  const memory = memoryForTest();
  return {
    account: made,
    origin: proxy.origin,
    clock,
    vault,
    memory,
    publisher: (options) =>
      createBlueskyPublisher({
        account,
        clock,
        vault,
        memory,
        drawPicture: smallPicture,
        attach: 'link-card',
        service: proxy.origin,
        ...options,
      }),
    asked: (method) => counts.get(method) ?? 0,
    expireToken() {
      const secrets = readSecrets(vault.kept());
      if (!secrets?.session) throw new Error('there is no session yet');
      const accessJwt = pds.expired(secrets.session.accessJwt);
      void vault.write({ ...secrets, session: { ...secrets.session, accessJwt } });
    },
  };
}

/** What is to be put up for one announcement. */
export function dispatchOf(
  publisher: BlueskyPublisher,
  id: string,
  given: Content = contentWithPicture(`Session ${id} https://meeting.example/sessions/aaaa`),
): Dispatch {
  return {
    announcement: { id, account, network: 'bluesky' },
    frozen: { key: publisher.keyFor({ id, dueAt: now }), content: given, frozenAt: now },
    signal: AbortSignal.timeout(20_000),
  };
}

/** Content with a picture. */
export function contentWithPicture(text: string): Content {
  const card = { conference: 'A meeting', title: 'A', people: [], time: '', layout: 'session' };
  return { ...content(text), picture: { digest: 'picture', card, alt: 'A session, said aloud' } };
}
