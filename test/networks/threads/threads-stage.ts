import type { Content } from '../../../src/compose/content.js';
import type { ThreadsSecrets } from '../../../src/networks/threads/threads-token.js';
import {
  createThreadsPublisher,
  type ThreadsPublisherOptions,
} from '../../../src/networks/threads/threads-publisher.js';
import type { AccountVault, Dispatch } from '../../../src/publish/publisher.js';
import type { Fault, SeenRequest } from '../../support/networks/fault-proxy.js';
import { openFaultProxy } from '../../support/networks/fault-proxy.js';
import {
  startThreadsServer,
  type ThreadsServerOptions,
} from '../../support/networks/threads-server.js';
import type { IssuedToken } from '../../support/networks/threads-tokens.js';
import { testClock } from '../../support/test-clock.js';
import { content as anyContent } from '../../site/web-fixture.js';
import { memoryForTest } from '../../support/network-memory.js';

/** 2026-05-01T12:00:00Z. */
export const noon = Date.UTC(2026, 4, 1, 12);
export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

const account = 'threads:@meeting';

/** The secrets of an account with this token. */
export function secretsOf({
  accessToken,
  issuedAt,
  expiresAt,
  scopes,
}: IssuedToken): ThreadsSecrets {
  return { token: { accessToken, obtainedAt: issuedAt, expiresAt, scopes: [...scopes] } };
}

/** A memory and a vault in this process, by the rules of their ports. */
export function memoryAndVault() {
  let secrets: unknown;
  let turn: Promise<unknown> = Promise.resolve();
  const memory = memoryForTest();
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
  return { memory, vault };
}

/** A publisher, a local Threads, and a line between them on which a test lets things go wrong. */
export async function openThreads(
  own: Partial<ThreadsServerOptions> = {},
  options: Partial<ThreadsPublisherOptions> = {},
) {
  const clock = testClock(noon);
  const server = await startThreadsServer({ clock, ...own });
  const line: {
    fault?: ((request: SeenRequest) => Fault | undefined) | undefined;
    skewMs: number;
  } = {
    skewMs: 0,
  };
  const proxy = await openFaultProxy(
    server.origin,
    { before: (request) => line.fault?.(request) },
    clock,
    () => line.skewMs,
  );
  const { memory, vault } = memoryAndVault();
  const token = server.issueToken();
  await vault.write(secretsOf(token));
  const publisherWith = (more: Partial<ThreadsPublisherOptions> = {}) =>
    createThreadsPublisher({
      account,
      handle: 'meeting',
      clock,
      vault,
      memory,
      api: proxy.origin,
      attach: 'link-card',
      pictureAddress: () => undefined,
      timeoutMs: 5_000,
      pollMs: 1,
      ...options,
      ...more,
    });
  return {
    clock,
    server,
    proxy,
    line,
    memory,
    vault,
    token,
    publisherWith,
    publisher: publisherWith(),
    async close() {
      await proxy.close();
      await server.close();
    },
  };
}

/** An announcement to publish, frozen at noon. */
export function dispatchOf(
  id: string,
  text = `Session ${id} begins https://meeting.example/s/${id}`,
  own: Partial<Content> = {},
): Dispatch {
  return {
    announcement: { id, account, network: 'threads' },
    frozen: { key: id, content: anyContent(text, own), frozenAt: noon },
    signal: AbortSignal.timeout(20_000),
  };
}

/** The same, to make ready. */
export function preparationOf({ announcement, frozen, signal }: Dispatch) {
  return {
    announcement: { ...announcement, dueAt: noon + 90 * second },
    content: frozen.content,
    signal,
  };
}
