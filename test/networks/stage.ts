import { randomUUID } from 'node:crypto';
import type { AccountId, Network } from '../../src/campaign/network.js';
import type { Content, Picture } from '../../src/compose/content.js';
import { digestOf } from '../../src/compose/digest.js';
import { createEvents } from '../../src/events.js';
import type { Announcement, Ledger, PublishContext } from '../../src/publish/ports.js';
import type { AccountVault, NetworkMemory, Publisher } from '../../src/publish/publisher.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { reconcile } from '../../src/publish/reconcile.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import type { Database } from '../../src/storage/database.js';
import { createLedger } from '../../src/storage/ledger.js';
import { createNetworkMemory } from '../../src/storage/network-memory.js';
import { openVault } from '../../src/storage/vault.js';
import {
  openFaultProxy,
  type Answer,
  type Fault,
  type Line,
  type SeenRequest,
} from '../support/networks/fault-proxy.js';
import type { TestClock } from '../support/test-clock.js';
import { content, edition as createTestEdition, minute } from '../storage/fixtures.js';

/** What stands on a network, by its own word: the text as it was sent. */
export interface StandingPost {
  readonly uri: string;
  readonly text: string;
}

/** What one life of a process is given to make its publisher from. */
export interface LifeParts {
  readonly account: AccountId;
  readonly clock: TestClock;
  readonly vault: AccountVault;
  readonly memory: NetworkMemory;
  /** The network's address, through the line. Empty for a network without a server. */
  readonly origin: string;
  readonly line: Line;
  /** No single `publish` may take longer. */
  readonly timeoutMs: number;
}

/** One network with its server, as the conformance suite sees it. */
export interface NetworkUnderTest {
  readonly network: Network;
  readonly account: AccountId;
  /** Where its server really is; undefined for one without. */
  readonly upstream?: string;
  publisher(parts: LifeParts): Publisher;
  /** Puts secrets that are good into the vault. */
  connect(vault: AccountVault): Promise<void>;
  /** The server's own log. */
  standing(): Promise<readonly StandingPost[]>;
  /** Whether this request is the one that makes a post stand. */
  isVisible(request: SeenRequest): boolean;
  /** The access token in use is refused from now on; what refreshes it is good. */
  expireToken?(): void | Promise<void>;
  /** Nothing that the account has is good any more. */
  revoke?(): void | Promise<void>;
  /** The network's own way to say these things. */
  readonly answers?: {
    /** Too many requests, with the headers that say when there is room again: in 20 s. */
    readonly limited: (now: number) => Answer;
    readonly forbidden: Answer;
    readonly broken: (status: 500 | 502 | 503) => Answer;
  };
  /** What happens to the same text a second time. */
  readonly duplicateText: 'taken' | 'refused';
  /** Whether a doubt that no look settles is left to a person there. */
  readonly mayAskPerson: boolean;
  close(): Promise<void>;
}

/** How long one request may take in these tests, by the clock of the wall. */
export const timeoutMs = 1_500;

/** One life of a process: everything in it dies at once, and what it did not write down is gone. */
export interface Life {
  readonly context: PublishContext;
  readonly publisher: Publisher;
  /** Each request and each write, before and after. */
  readonly steps: readonly string[];
  /** Resolves when the life ended by its plan. */
  readonly ended: Promise<void>;
  prepare(announcement: Announcement): Promise<void>;
  publish(id: string): Promise<void>;
  reconcile(): Promise<void>;
  close(): Promise<void>;
}

/** What happens in a life. */
export interface LifePlan {
  /** What goes wrong with a request. */
  readonly fault?: (request: SeenRequest) => Fault | undefined;
  /** The process is killed at this step, counted from 0. */
  readonly killAt?: number;
  readonly skewMs?: () => number;
}

const never = () => new Promise<never>(() => undefined);

/** A network, a ledger and processes that live and die. */
export interface Stage {
  readonly network: NetworkUnderTest;
  readonly clock: TestClock;
  readonly ledger: Ledger;
  boot(plan?: LifePlan): Promise<Life>;
  /** Plans an announcement that is due now. */
  announce(text?: string): Promise<Announcement>;
  stands(id: string): Promise<Announcement>;
  /** Lets a fresh process bring the announcement to its end, and closes it. */
  settle(id: string, plan?: LifePlan): Promise<Announcement>;
  /** The posts that stand with this announcement's text. */
  postsOf(announcement: Announcement): Promise<readonly StandingPost[]>;
}

const graceMs = 45 * minute;
let count = 0;

/** Sets a network on stage, on an open database. */
export async function openStage(
  database: Database,
  network: NetworkUnderTest,
  clock: TestClock,
): Promise<Stage> {
  count += 1;
  const name = `conformance-${String(process.pid)}-${String(count)}`;
  const edition = await createTestEdition(database, name);
  const ledger = createLedger(database, edition);
  const key = new Uint8Array(32).fill(7);
  const vaultOf = () =>
    openVault(
      database,
      () => key,
      () => clock.now(),
    ).account(network.account);
  const texts = new Map<string, string>();
  await network.connect(vaultOf());

  const boot = async ({ fault, killAt, skewMs }: LifePlan = {}): Promise<Life> => {
    const steps: string[] = [];
    let dead = false;
    const closers: (() => Promise<void>)[] = [];
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const kill = () => {
      dead = true;
      for (const close of closers) void close();
      end();
    };
    /** A dead process does nothing more. */
    const step = async (what: string) => {
      if (dead) return never();
      steps.push(what);
      if (steps.length - 1 !== killAt) return undefined;
      kill();
      return never();
    };
    const guarded =
      <Given extends unknown[], T>(what: string, act: (...given: Given) => Promise<T>) =>
      async (...given: Given): Promise<T> => {
        await step(`before ${what}`);
        const answer = await act(...given);
        await step(`after ${what}`);
        return answer;
      };
    const line: Line = {
      async before(request) {
        await step(`before ${nameOf(request)}`);
        return fault?.(request);
      },
      async after(request) {
        await step(`after ${nameOf(request)}`);
      },
    };
    const proxy =
      network.upstream === undefined
        ? undefined
        : await openFaultProxy(network.upstream, line, clock, skewMs);
    if (proxy) closers.push(() => proxy.close());
    const memory = createNetworkMemory(database, network.account, () => clock.now());
    const vault = vaultOf();
    const publisher = network.publisher({
      account: network.account,
      clock,
      vault: {
        ...vault,
        write: guarded('vault write', (secrets) => vault.write(secrets)),
        forget: guarded('vault forget', () => vault.forget()),
      },
      memory: {
        ...memory,
        write: guarded('memory write', (...given) => memory.write(...given)),
        swap: guarded('memory swap', (...given) => memory.swap(...given)),
        forget: guarded('memory forget', (...given) => memory.forget(...given)),
      },
      origin: proxy?.origin ?? '',
      line,
      timeoutMs,
    });
    const context: PublishContext = {
      ledger: {
        ...ledger,
        claim: guarded('claim', (request) => ledger.claim(request)),
        settle: guarded('settle', (...given) => ledger.settle(...given)),
        move: guarded('move', (...given) => ledger.move(...given)),
      },
      queue: absentQueue,
      compose: (announcement) =>
        Promise.resolve({
          ok: true,
          content: contentOf(announcement, texts.get(announcement.id) ?? ''),
        }),
      publisher: () => publisher,
      clock,
      events: createEvents(),
      boot: randomUUID(),
    };
    const orDead = async (work: Promise<unknown>) => {
      await Promise.race([work, ended]);
    };
    return {
      context,
      publisher,
      steps,
      ended,
      prepare: (announcement) =>
        orDead(
          publisher.prepare({
            announcement,
            content: contentOf(announcement, texts.get(announcement.id) ?? ''),
            signal: AbortSignal.timeout(timeoutMs),
          }),
        ),
      publish: (id) => orDead(publishAnnouncement(context, id)),
      reconcile: () => orDead(reconcile(context)),
      async close() {
        dead = true;
        await Promise.all(closers.map(async (close) => close()));
      },
    };
  };

  const stands = async (id: string) => {
    const standing = await ledger.standing(id);
    if (!standing) throw new Error(`no announcement ${id}`);
    return standing.announcement;
  };

  return {
    network,
    clock,
    ledger,
    boot,
    stands,
    async announce(text) {
      count += 1;
      const id = `${name}-${String(count)}`;
      texts.set(
        id,
        text ?? `Session ${id} begins https://meeting.example/sessions/${String(count)}`,
      );
      await ledger.apply(
        [
          {
            kind: 'add',
            announcement: {
              id,
              edition,
              sessions: [`session-${id}`],
              account: network.account,
              network: network.network,
              leadTime: 'P1D',
              round: 1,
              template: 'any',
              dueAt: clock.now(),
              expiresAt: clock.now() + graceMs,
            },
          },
        ],
        clock.now(),
      );
      return stands(id);
    },
    async settle(id, plan) {
      const life = await boot(plan);
      // As at a start: whatever another boot claimed is in doubt.
      await ledger.lapse(clock.now(), life.context.boot);
      try {
        return await bringToItsEnd(life, stands, id, clock);
      } finally {
        await life.close();
      }
    },
    async postsOf({ id }) {
      return (await network.standing()).filter(({ text }) => text === texts.get(id));
    },
  };
}

const mostRounds = 40;

async function bringToItsEnd(
  life: Life,
  stands: (id: string) => Promise<Announcement>,
  id: string,
  clock: TestClock,
): Promise<Announcement> {
  for (let round = 0; round < mostRounds; round += 1) {
    const announcement = await stands(id);
    if (announcement.state === 'planned') {
      if (announcement.retryAt !== undefined) {
        clock.set(Math.max(clock.now(), announcement.retryAt));
      }
      await life.publish(id);
    } else if (announcement.state === 'uncertain' && !announcement.needsPerson) {
      clock.advance(minute);
      await life.reconcile();
    } else {
      return announcement;
    }
  }
  return stands(id);
}

function nameOf({ method, path }: SeenRequest): string {
  return `${method} ${path.replace(/\?.*/, '').replace(/\d{6,}/g, 'N')}`;
}

const picture: Picture = {
  digest: 'picture-of-the-suite',
  card: {
    conference: 'A meeting',
    title: 'A session',
    people: [],
    time: 'Fri 1 May, 13:00 WEST',
    layout: 'session',
  },
  alt: 'A session, Friday at 13:00',
};

/** About a session of the announcement's own, an hour after it is due, as in a real plan. */
function contentOf({ id, dueAt }: Pick<Announcement, 'id' | 'dueAt'>, text: string): Content {
  const startsAt = dueAt + 60 * minute;
  const session = { title: 'A session', startsAt, endsAt: startsAt + 60 * minute };
  const facts = { programVersion: 1, sessions: [{ key: `session-${id}`, ...session }] };
  const url = /https:\S+/.exec(text)?.[0] ?? 'https://meeting.example/';
  const link = { url, title: 'A session', description: 'What it is about' };
  return { ...content(text), link, picture, hashtags: [], facts, digest: digestOf([text]) };
}
