import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { networks } from '../../src/campaign/network.js';
import { systemClock } from '../../src/clock.js';
import { createEvents } from '../../src/events.js';
import { startWork, type Work, type WorkSettings } from '../../src/operations/work.js';
import { openAnnouncementQueue } from '../../src/queue/announcement-queue.js';
import { openQueueStore } from '../../src/queue/store.js';
import type { Database } from '../../src/storage/database.js';
import { openEmbeddedForTest } from '../support/database.js';
import { minute, openTestEdition, second, session, type TestEdition } from '../support/edition.js';
import { missingRedis, redisForTests, type RedisServer } from '../support/redis-server.js';

const missing = missingRedis();
if (missing && process.env.CI) throw new Error(missing);

/** Posts later than this were lost on the way and brought back by somebody else than the sweep of every minute. */
const lateMs = 20 * second;

describe.skipIf(missing)(`Redis out of reach${missing ? `: skipped, ${missing}` : ''}`, () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  let database: Promise<Database> | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'callboard-test-'));
  afterAll(async () => {
    await (await database)?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** An edition whose announcements fall due one after the other from now on, and a worker for it on a Redis of its own. */
  const begin = async (
    redis: RedisServer,
    { count, fromMs, everyMs }: { count: number; fromMs: number; everyMs: number },
  ) => {
    database ??= openEmbeddedForTest(folder);
    const shared = await database;
    const begun = Date.now();
    const edition = await openTestEdition(shared, {
      sessions: Array.from({ length: count }, (_, n) =>
        session(`s${String(n)}`, begun + 15 * minute + fromMs + n * everyMs),
      ),
      settings: { accounts: ['preview:bluesky', 'preview:x'] },
      clock: systemClock,
    });
    const work = await startWorker(edition, redis);
    closers.push(() => edition.close());
    const published = async () =>
      (await edition.announcements()).filter(({ state }) => state === 'published').length;
    return { edition, published, ...work };
  };
  const startWorker = async (
    edition: TestEdition,
    redis: RedisServer,
    settings: Partial<WorkSettings> = {},
  ): Promise<{ readonly work: Work; readonly told: string[] }> => {
    const events = createEvents();
    const told: string[] = [];
    events.on(({ kind }) => void told.push(kind));
    const store = await openQueueStore({ kind: 'redis', url: redis.url }, events);
    const queue = openAnnouncementQueue(store, {
      edition: edition.name,
      networks,
      clock: systemClock,
    });
    const context = await edition.anotherContext({ queue, events });
    const work = await startWork(context, {
      networks: new Map([
        ['bluesky', { concurrency: 8 }],
        ['x', { concurrency: 8 }],
      ]),
      ...settings,
    });
    closers.push(() => work.close());
    return { work, told };
  };
  /** All stand once, none of them long after its moment. */
  const expectAllOnce = async (edition: TestEdition) => {
    const announcements = await edition.announcements();
    expect(announcements.map(({ state }) => state)).toEqual(announcements.map(() => 'published'));
    expect(edition.witness.accepted.map(({ announcement }) => announcement).sort()).toEqual(
      announcements.map(({ id }) => id).sort(),
    );
    for (const { post, dueAt } of announcements) {
      expect((post?.acceptedAt ?? 0) - dueAt).toBeGreaterThanOrEqual(0);
      expect((post?.acceptedAt ?? 0) - dueAt).toBeLessThan(lateMs);
    }
  };
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const waiting = { timeout: 25_000, interval: 50 };

  test('away at the start: the worker starts, posts go out, and go on through the queue when it comes', async () => {
    const redis = await redisForTests();
    const { edition, published, told } = await begin(redis, {
      count: 8,
      fromMs: 3_000,
      everyMs: 700,
    });
    await expect.poll(published, waiting).toBeGreaterThanOrEqual(4);
    expect(told).toContain('queue-lost');
    expect(told).not.toContain('queue-back');
    await redis.start();
    await expect.poll(() => told.includes('queue-back'), waiting).toBe(true);
    await expect.poll(published, waiting).toBe(16);
    await expectAllOnce(edition);
  });

  test('killed in mid-run and back empty: nothing is lost, nothing twice', async () => {
    const redis = await redisForTests();
    await redis.start();
    const { edition, published, told } = await begin(redis, {
      count: 16,
      fromMs: 1_500,
      everyMs: 500,
    });
    await expect.poll(published, waiting).toBeGreaterThanOrEqual(2);
    await redis.kill();
    const before = await published();
    await expect.poll(published, waiting).toBeGreaterThan(before + 4);
    expect(told).toContain('queue-lost');
    await redis.start();
    await expect.poll(published, waiting).toBe(32);
    await expectAllOnce(edition);
  });

  test('flushed in mid-run: nothing is lost, nothing twice', async () => {
    const redis = await redisForTests();
    await redis.start();
    const { edition, published } = await begin(redis, { count: 12, fromMs: 1_500, everyMs: 400 });
    await expect.poll(published, waiting).toBeGreaterThanOrEqual(2);
    for (let times = 0; times < 3; times += 1) {
      await redis.flush();
      await wait(700);
    }
    await expect.poll(published, waiting).toBe(24);
    await expectAllOnce(edition);
  });

  test('hanging in mid-run, connections open: posts go out all the same', async () => {
    const redis = await redisForTests();
    await redis.start();
    const { edition, published } = await begin(redis, { count: 8, fromMs: 1_500, everyMs: 500 });
    await expect.poll(published, waiting).toBeGreaterThanOrEqual(2);
    redis.freeze();
    try {
      await expect.poll(published, waiting).toBe(16);
    } finally {
      redis.thaw();
    }
    await wait(1_500);
    await expectAllOnce(edition);
  });

  test('two workers, one Redis that comes and goes: each post once', async () => {
    const redis = await redisForTests();
    await redis.start();
    const { edition, published } = await begin(redis, { count: 12, fromMs: 2_000, everyMs: 400 });
    await startWorker(edition, redis);
    await expect.poll(published, waiting).toBeGreaterThanOrEqual(2);
    await redis.kill();
    await wait(1_500);
    await redis.start();
    await wait(500);
    await redis.flush();
    await expect.poll(published, waiting).toBe(24);
    await expectAllOnce(edition);
  });

  test('the program is re-read while Redis is away, and again through the queue when it is back', async () => {
    const redis = await redisForTests();
    const { edition } = await begin(redis, { count: 1, fromMs: 60_000, everyMs: 0 });
    let rereads = 0;
    const run = () => {
      rereads += 1;
      return Promise.resolve();
    };
    const { work } = await startWorker(edition, redis, { reread: { everyMs: 500, run } });
    await wait(600);
    await work.sweepNow();
    expect(rereads).toBe(1);
    await redis.start();
    await expect.poll(() => rereads, waiting).toBeGreaterThanOrEqual(3);
    await redis.flush();
    await work.sweepNow();
    const before = rereads;
    await expect.poll(() => rereads, waiting).toBeGreaterThanOrEqual(before + 2);
  });

  test('what breaks in a job is told', async () => {
    const redis = await redisForTests();
    await redis.start();
    const { edition } = await begin(redis, { count: 1, fromMs: 60_000, everyMs: 0 });
    const events = createEvents();
    const messages: string[] = [];
    events.on((event) => {
      if (event.kind === 'storage-trouble') messages.push(event.message);
    });
    const store = await openQueueStore({ kind: 'redis', url: redis.url }, events);
    const queue = openAnnouncementQueue(store, {
      edition: `${edition.name}-b`,
      networks,
      clock: systemClock,
    });
    const context = await edition.anotherContext({
      queue,
      events,
      ledger: {
        ...edition.context.ledger,
        standing: () => Promise.reject(new Error('the disk is gone')),
      },
    });
    const work = await startWork(context, { networks: new Map([['x', { concurrency: 1 }]]) });
    closers.push(() => work.close());
    await queue.schedule([
      { id: 'a', network: 'x', at: 0 },
      { id: 'b', network: 'x', at: 0 },
    ]);
    await expect.poll(() => messages, waiting).toEqual(['the disk is gone']);
    // Both were dropped; what waits is the edition's own.
    await expect.poll(() => queue.depth(), waiting).toMatchObject({ x: 1 });
    expect(messages).toEqual(['the disk is gone']);
  });
});
