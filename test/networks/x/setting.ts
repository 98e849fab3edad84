import type { Content, Picture } from '../../../src/compose/content.js';
import { createXPublisher, type XPublisherOptions } from '../../../src/networks/x/x-publisher.js';
import type { Dispatch, Preparation } from '../../../src/publish/publisher.js';
import { openDatabase } from '../../../src/storage/opening.js';
import { createNetworkMemory, forgetAccount } from '../../../src/storage/network-memory.js';
import { openVault } from '../../../src/storage/vault.js';
import { content as plainContent, now } from '../../storage/fixtures.js';
import {
  openFaultProxy,
  type Fault,
  type FaultProxy,
  type SeenRequest,
} from '../../support/networks/fault-proxy.js';
import { openXServer, type XServer } from '../../support/networks/x-server.js';
import { testClock } from '../../support/test-clock.js';
import { drawOf } from './parts.js';

/** The account of these tests. */
export const account = 'x:@meeting';

/** One account on X, with the server behind a line on which things go wrong. */
export async function openSetting() {
  const database = await openDatabase({ memory: true });
  const clock = testClock(now);
  const key = new Uint8Array(32).fill(7);
  let count = 0;
  let proxy: FaultProxy | undefined;
  const close = async (server: XServer) => {
    await proxy?.close();
    await server.close();
  };

  const setting = {
    clock,
    server: await openXServer(clock),
    vault: openVault(
      database,
      () => key,
      () => clock.now(),
    ).account(account),
    memory: createNetworkMemory(database, account, () => clock.now()),
    /** What happens to each request; tests put their own in its place. */
    fault: (_request: SeenRequest): Fault | undefined => undefined,
    skewMs: 0,
    origin: '',
    /** A new server, an empty memory, an account that was just connected. */
    async reset() {
      await close(setting.server);
      clock.advance(60_000);
      setting.server = await openXServer(clock);
      setting.fault = () => undefined;
      setting.skewMs = 0;
      const line = { before: (request: SeenRequest) => setting.fault(request) };
      proxy = await openFaultProxy(setting.server.origin, line, clock, () => setting.skewMs);
      setting.origin = proxy.origin;
      await forgetAccount(database, account);
      await setting.vault.write(setting.server.signIn.connect());
    },
    publisher(options: Partial<XPublisherOptions> = {}) {
      return createXPublisher({
        account,
        handle: 'meeting',
        clock,
        vault: setting.vault,
        memory: setting.memory,
        drawPicture: drawOf(2_000),
        api: setting.origin,
        attach: 'nothing',
        timeoutMs: 5_000,
        ...options,
      });
    },
    /** Something to send; every one is another announcement. */
    dispatch(text: string, picture?: Picture): Dispatch {
      count += 1;
      const announcement = { id: `announcement-${String(count)}`, account, network: 'x' } as const;
      const content: Content = { ...plainContent(text), ...(picture && { picture }) };
      const frozen = { key: announcement.id, content, frozenAt: clock.now() };
      return { announcement, frozen, signal: AbortSignal.timeout(20_000) };
    },
    async close() {
      await close(setting.server);
      await database.close();
    },
  };
  await setting.reset();
  return setting;
}

/** One account on X. */
export type Setting = Awaited<ReturnType<typeof openSetting>>;

/** The same, ahead of its moment. */
export function ahead({ announcement, frozen, signal }: Dispatch, dueAt: number): Preparation {
  return { announcement: { ...announcement, dueAt }, content: frozen.content, signal };
}

/** Whether this request puts up a post. */
export function isPost({ method, path }: SeenRequest): boolean {
  return method === 'POST' && path === '/2/tweets';
}

/** A fault for the first request that is meant. */
export function once(fault: Fault, meant: (request: SeenRequest) => boolean = isPost) {
  let done = false;
  return (request: SeenRequest): Fault | undefined => {
    if (done || !meant(request)) return undefined;
    done = true;
    return fault;
  };
}

/** A picture with its alt text. */
export function pictureOf(alt: string): Picture {
  const card = {
    conference: 'A meeting',
    title: alt,
    people: [],
    time: 'Fri 10:00',
    layout: 'session',
  };
  return { digest: 'digest-of-the-picture', card, alt };
}
