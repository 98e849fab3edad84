import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { createEvents } from '../../src/events.js';
import { networks } from '../../src/campaign/network.js';
import { startWork } from '../../src/operations/work.js';
import { sweep, sweepHorizonMs } from '../../src/publish/sweep.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import { openAnnouncementQueue } from '../../src/queue/announcement-queue.js';
import { openQueueStore } from '../../src/queue/store.js';
import { wipeTables } from '../queue/queues.js';
import { describeOnDatabases } from '../support/database.js';
import {
  minute,
  noon,
  openTestEdition,
  second,
  session,
  type TestEdition,
} from '../support/edition.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

describeOnDatabases('sweeping', (database) => {
  const open = async (options: Partial<Parameters<typeof openTestEdition>[1]> = {}) => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', noon + 20 * minute), session('b', noon + 30 * minute)],
      ...options,
    });
    closers.push(() => edition.close());
    return edition;
  };
  const worker = async (edition: TestEdition) => {
    const events = createEvents();
    const store = await openQueueStore({ kind: 'embedded', pool: database().pool }, events);
    const queue = openAnnouncementQueue(store, {
      edition: edition.name,
      networks,
      clock: systemClock,
    });
    closers.push(() => queue.close());
    return { queue, events, context: await edition.anotherContext({ queue, events }) };
  };

  test('what is due or soon due is put into the queue, the rest is left', async () => {
    const edition = await open();
    const put: unknown[] = [];
    const context = await edition.anotherContext({
      queue: {
        ...absentQueue,
        schedule: (due) => {
          put.push(due.map(({ id }) => id));
          return Promise.resolve();
        },
      },
    });
    const a = await edition.announcement({ session: 'a' });
    edition.clock.set(a.dueAt - sweepHorizonMs - 1);
    expect(await sweep(context)).toEqual({
      lapsed: 0,
      expired: 0,
      readmitted: 0,
      due: [],
      queued: true,
    });
    expect(put).toEqual([]);
    edition.clock.advance(1);
    expect((await sweep(context)).due).toEqual([{ id: a.id, network: 'bluesky', at: a.dueAt }]);
    expect(put).toEqual([[a.id]]);
  });

  test('with the queue away what is due comes back to whoever swept', async () => {
    const edition = await open();
    const a = await edition.announcement({ session: 'a' });
    edition.clock.set(a.dueAt);
    const context = await edition.anotherContext({
      queue: { ...absentQueue, schedule: () => Promise.reject(new Error('away')) },
    });
    expect(await sweep(context)).toMatchObject({
      due: [{ id: a.id }],
      queued: false,
    });
  });

  test('what is past its deadline expires, is told, and is in no queue', async () => {
    const edition = await open();
    const a = await edition.announcement({ session: 'a' });
    edition.clock.set(a.expiresAt);
    expect((await sweep(edition.context)).expired).toBe(0);
    edition.clock.advance(1);
    expect(await sweep(edition.context)).toMatchObject({ expired: 1, due: [] });
    expect(edition.events.at(-1)).toMatchObject({
      kind: 'announcement',
      id: a.id,
      to: 'expired',
      reason: 'its deadline passed',
    });
    expect((await edition.announcement({ session: 'a' })).state).toBe('expired');
  });

  test('a queue that lost everything is filled again, twice is once', async () => {
    const edition = await open();
    const { queue, context } = await worker(edition);
    edition.clock.set((await edition.announcement({ session: 'a' })).dueAt);
    await sweep(context);
    await sweep(context);
    expect(await queue.depth()).toMatchObject({ bluesky: 1 });
    await wipeTables(database());
    expect(await queue.depth()).toMatchObject({ bluesky: 0 });
    await sweep(context);
    expect(await queue.depth()).toMatchObject({ bluesky: 1 });
  });

  test('a worker that starts publishes what fell due while none was there, and settles what a dead one left', async () => {
    const now = Date.now();
    const edition = await open({
      sessions: ['a', 'b', 'c'].map((id) => session(id, now + 15 * minute + second)),
      clock: systemClock,
    });
    const left = await edition.announcement({ session: 'a' });
    await expect.poll(() => Date.now()).toBeGreaterThan(left.dueAt);
    const claimed = await edition.context.ledger.claim({
      announcement: left,
      programVersion: 1,
      frozen: {
        key: left.id,
        content: await contentOf(edition, left.id),
        frozenAt: Date.now(),
      },
      boot: 'a boot before',
      leaseMs: 1,
      now: Date.now(),
    });
    expect(claimed.ok).toBe(true);
    const { context } = await worker(edition);
    const work = await startWork(context, {
      networks: new Map([['bluesky', { concurrency: 4 }]]),
    });
    closers.push(() => work.close());
    await expect
      .poll(async () => (await edition.announcements()).map(({ state }) => state), {
        timeout: 25_000,
        interval: 100,
      })
      .toEqual(['published', 'published', 'published']);
    expect(edition.witness.accepted).toHaveLength(3);
    expect(
      (await edition.context.ledger.story(left.id)).map(({ actor, to }) => `${actor}: ${to}`),
    ).toEqual([
      'plan: planned',
      'publish: publishing',
      'sweep: uncertain',
      'reconcile: planned',
      'publish: publishing',
      'publish: published',
    ]);
  });
});

async function contentOf(edition: TestEdition, id: string) {
  const [announcement] = await edition.context.ledger.list({ ids: [id] });
  if (!announcement) throw new Error(id);
  const composed = await edition.context.compose(announcement, 1);
  if (!composed.ok) throw new Error(composed.problem.problem);
  return composed.content;
}
