import { afterEach, expect, test } from 'vitest';
import type { Network } from '../../src/campaign/network.js';
import type { AnnouncementQueue, JobEnd } from '../../src/queue/announcement-queue.js';
import type { WorkerSettings } from '../../src/queue/store.js';
import { freshEditionName } from '../support/edition.js';
import { describeOnStores } from './queues.js';

const done: JobEnd = { kind: 'done' };
/** Where a test waits for something not to happen. */
const quiet = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const open: AnnouncementQueue[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((queue) => queue.close()));
});

/** What ran, and when. */
interface Run {
  readonly id: string;
  readonly at: number;
}

describeOnStores('the queue', (queues) => {
  const start = async ({
    edition = freshEditionName(),
    handle = () => done,
    settings = { concurrency: 8 },
    networks = ['bluesky', 'x'],
    reread = () => Promise.resolve(),
    work = true,
  }: {
    readonly edition?: string;
    readonly handle?: (id: string, times: number) => JobEnd | Promise<JobEnd>;
    readonly settings?: WorkerSettings;
    readonly networks?: readonly Network[];
    readonly reread?: () => Promise<void>;
    readonly work?: boolean;
  } = {}) => {
    const queue = await queues().open(edition);
    open.push(queue);
    const runs: Run[] = [];
    const begin = () =>
      queue.work(
        {
          async publish(data) {
            const { id } = data as { id: string };
            runs.push({ id, at: Date.now() });
            return handle(id, runs.filter((run) => run.id === id).length);
          },
          reread,
        },
        { networks: new Map(networks.map((network) => [network, settings])) },
      );
    if (work) await begin();
    const until = async (count: number) => {
      await expect.poll(() => runs.length, { timeout: 20_000, interval: 20 }).toBe(count);
    };
    return { queue, runs, until, edition, begin };
  };
  const due = (id: string, inMs: number, network: Network = 'bluesky') => ({
    id,
    network,
    at: Date.now() + inMs,
  });
  const depth = async (queue: AnnouncementQueue) =>
    Object.values(await queue.depth()).reduce((sum, count) => sum + count, 0);

  test('jobs run once, at their moments and not before, on the queue of their network', async () => {
    const { queue, runs, until } = await start();
    const jobs = [
      due('late', 2_500),
      due('soon', 300),
      due('other', 300, 'x'),
      due('past', -5_000),
    ];
    await queue.schedule(jobs);
    await until(4);
    expect(runs.at(-1)?.id).toBe('late');
    for (const { id, at } of jobs) {
      expect(runs.find((run) => run.id === id)?.at).toBeGreaterThanOrEqual(at - 2);
    }
    await expect.poll(() => depth(queue)).toBe(0);
  });

  test('a job that is put in again while it waits stays one job', async () => {
    const { queue, runs, until } = await start();
    const one = due('one', 2_000);
    await Promise.all([queue.schedule([one]), queue.schedule([one])]);
    await queue.schedule([one, one]);
    await until(1);
    await quiet(300);
    expect(runs).toHaveLength(1);
  });

  test('a job that comes early goes back and runs again at the moment it named', async () => {
    let back = 0;
    const { queue, runs, until } = await start({
      handle: (_id, times) => {
        if (times > 1) return done;
        back = Date.now() + 600;
        return { kind: 'again', at: back };
      },
    });
    await queue.schedule([due('early', 0)]);
    await until(2);
    expect(runs[1]?.at).toBeGreaterThanOrEqual(back - 2);
    await expect.poll(() => depth(queue)).toBe(0);
  });

  test('a job moves to an earlier and to a later moment', async () => {
    const { queue, runs, until } = await start();
    await queue.schedule([due('forward', 60_000), due('back', 2_000)]);
    const later = due('back', 3_500);
    await queue.reschedule([due('forward', 200), later]);
    await until(2);
    expect(runs.map(({ id }) => id)).toEqual(['forward', 'back']);
    expect(runs[1]?.at).toBeGreaterThanOrEqual(later.at - 2);
    await quiet(300);
    expect(runs).toHaveLength(2);
  });

  test('what is rescheduled without being in is put in', async () => {
    const { queue, until, runs } = await start();
    await queue.reschedule([due('new', 50)]);
    await until(1);
    expect(runs[0]?.id).toBe('new');
  });

  test('a job that is done is gone: the same id can be put in again', async () => {
    const { queue, until } = await start();
    for (const times of [1, 2, 3]) {
      await queue.schedule([due('again', 0)]);
      await until(times);
      await expect.poll(() => depth(queue)).toBe(0);
    }
  });

  test('a job whose handler breaks is dropped, and the same id can be put in again', async () => {
    const { queue, until } = await start({
      handle: (_id, times) => {
        if (times === 1) throw new Error('a bug');
        return done;
      },
    });
    await queue.schedule([due('broken', 0)]);
    await until(1);
    await expect.poll(() => depth(queue)).toBe(0);
    await queue.schedule([due('broken', 0)]);
    await until(2);
  });

  test('a job that runs just now and is moved meanwhile does not run twice at once', async () => {
    let release: () => void = () => undefined;
    const hold = new Promise<void>((resolve) => (release = resolve));
    const { queue, runs, until } = await start({
      handle: async () => {
        await hold;
        return done;
      },
    });
    await queue.schedule([due('busy', 0)]);
    await until(1);
    await queue.reschedule([due('busy', 0)]);
    await quiet(300);
    expect(runs).toHaveLength(1);
    release();
    await expect.poll(() => depth(queue)).toBe(0);
  });

  test('the depth counts what waits and what runs, by network', async () => {
    const { queue } = await start({ work: false });
    await queue.schedule([due('a', 0), due('b', 60_000), due('c', 60_000, 'x')]);
    expect(await queue.depth()).toEqual({ bluesky: 2, threads: 0, x: 1, youtube: 0 });
  });

  test('the pace of a network is kept, and is not that of another', async () => {
    const { queue, runs, until } = await start({
      settings: { concurrency: 8, pace: { posts: 2, perMs: 600 } },
    });
    const jobs = Array.from({ length: 6 }, (_, n) => due(`p${String(n)}`, 0));
    const begun = Date.now();
    await queue.schedule([...jobs, due('x', 0, 'x')]);
    await until(7);
    // Six posts, two in each 600 ms: the last pair comes two windows after the first.
    expect((runs.at(-1)?.at ?? 0) - begun).toBeGreaterThanOrEqual(1_190);
    const before = (ms: number) => runs.filter(({ id, at }) => id !== 'x' && at < begun + ms);
    expect(before(600).length).toBeLessThanOrEqual(2);
    expect(before(1_200).length).toBeLessThanOrEqual(4);
    expect(runs.findIndex(({ id }) => id === 'x')).toBeLessThan(4);
  });

  test('an edition on all networks makes no noise', async () => {
    const warnings: unknown[] = [];
    const warned = (warning: Error) => void warnings.push(warning.message);
    process.on('warning', warned);
    const { queue, until } = await start({ networks: ['bluesky', 'threads', 'x', 'youtube'] });
    await queue.schedule([due('one', 0), due('other', 0, 'youtube')]);
    await until(2);
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });

  test('two editions on one store never run the jobs of the other', async () => {
    const one = await start();
    const other = await start();
    await one.queue.schedule([due('mine', 0), due('shared', 0)]);
    await other.queue.schedule([due('shared', 100), due('theirs', 0)]);
    await one.until(2);
    await other.until(2);
    await quiet(200);
    expect(one.runs.map(({ id }) => id).sort()).toEqual(['mine', 'shared']);
    expect(other.runs.map(({ id }) => id).sort()).toEqual(['shared', 'theirs']);
  });

  test('two workers share the jobs of an edition', async () => {
    const one = await start({ handle: () => quiet(20).then(() => done) });
    const other = await start({ edition: one.edition, handle: () => quiet(20).then(() => done) });
    const ids = Array.from({ length: 40 }, (_, n) => `w${String(n)}`);
    await one.queue.schedule(ids.map((id) => due(id, 1_000)));
    await expect
      .poll(() => one.runs.length + other.runs.length, { timeout: 20_000 })
      .toBe(ids.length);
    await quiet(100);
    expect([...one.runs, ...other.runs].map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  test('a thousand jobs move together', async () => {
    const { queue } = await start({ work: false });
    const jobs = Array.from({ length: 1_000 }, (_, n) => due(`m${String(n)}`, 60_000));
    await queue.schedule(jobs);
    await queue.reschedule(jobs.map((job) => ({ ...job, at: job.at + 60_000 })));
    expect(await queue.depth()).toMatchObject({ bluesky: 1_000 });
  });

  test('closing lets a job end that is under way, and starts no other', async () => {
    let ended = 0;
    const { queue, runs, until } = await start({
      settings: { concurrency: 1 },
      handle: async () => {
        await quiet(4_500);
        ended += 1;
        return done;
      },
    });
    await queue.schedule([due('first', 0), due('second', 0)]);
    await until(1);
    await queue.close();
    expect(ended).toBe(1);
    expect(runs).toHaveLength(1);
  });

  test('a job that a dead owner held runs at once when its successor has cleared the queue', async () => {
    let release: (end: JobEnd) => void = () => undefined;
    const held = new Promise<JobEnd>((resolve) => {
      release = resolve;
    });
    const dead = await start({ handle: () => held, settings: { concurrency: 1 } });
    await dead.queue.schedule([due('held', 0), due('later', 60_000)]);
    await dead.until(1);
    const successor = await start({ edition: dead.edition, work: false });
    await successor.queue.clear();
    expect(await depth(successor.queue)).toBe(0);
    await successor.queue.schedule([due('held', 0)]);
    await successor.begin();
    // Its lock would last for 15 seconds.
    await expect.poll(() => successor.runs.length, { timeout: 10_000 }).toBe(1);
    release(done);
  });

  test('the program is re-read at intervals, once for all workers', async () => {
    const times: number[] = [];
    const reread = () => {
      times.push(Date.now());
      return Promise.resolve();
    };
    const one = await start({ reread });
    const other = await start({ edition: one.edition, reread });
    await Promise.all([one.queue.keepRereading(600), other.queue.keepRereading(600)]);
    const begun = Date.now();
    await expect.poll(() => times.length, { timeout: 20_000 }).toBe(3);
    expect((times[2] ?? 0) - begun).toBeGreaterThanOrEqual(1_100);
    expect((times[2] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(1_000);
  });

  test('to keep re-reading does not put off a reading that is due', async () => {
    let times = 0;
    const { queue } = await start({
      reread: () => {
        times += 1;
        return Promise.resolve();
      },
    });
    const begun = Date.now();
    while (Date.now() - begun < 1_500) {
      await queue.keepRereading(800);
      await quiet(100);
    }
    expect(times).toBeGreaterThanOrEqual(1);
  });

  test('what the store lost can be put in again, the re-reading too', async () => {
    let rereads = 0;
    const { queue, until } = await start({
      reread: () => {
        rereads += 1;
        return Promise.resolve();
      },
    });
    const job = due('lost', 60_000);
    await queue.schedule([job]);
    await queue.keepRereading(60_000);
    await queues().wipe();
    expect(await depth(queue)).toBe(0);
    await queue.schedule([{ ...job, at: Date.now() + 100 }]);
    await queue.keepRereading(300);
    await until(1);
    await expect.poll(() => rereads, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
  });
});
