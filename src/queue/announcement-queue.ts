import { setTimeout as pause } from 'node:timers/promises';
import { DelayedError, type Job } from 'bullmq';
import type { Network } from '../campaign/network.js';
import type { Clock } from '../clock.js';
import { CallboardError } from '../errors.js';
import type { EpochMs } from '../program/time.js';
import type { DueAnnouncement, Queue } from '../publish/ports.js';
import type { JobQueue, JobWorker, QueueStore, WorkerSettings } from './store.js';

/** What a job says when it ends: done, or come back at a moment. */
export type JobEnd = { readonly kind: 'done' } | { readonly kind: 'again'; readonly at: EpochMs };

/** What is done for the jobs of the queue. A handler that throws is a bug; its job is dropped and the sweep brings it back. */
export interface JobHandlers {
  publish(data: unknown): Promise<JobEnd>;
  /** Absent in a process that does not re-read: it leaves these jobs to those that do. */
  readonly reread?: (() => Promise<void>) | undefined;
}

/** How many jobs wait, per network. */
export type QueueDepth = Readonly<Record<string, number>>;

/** The queue of one edition: one BullMQ queue per network, and one for re-reading the program. */
export interface AnnouncementQueue extends Queue {
  readonly backend: QueueStore['kind'] | 'none';
  depth(): Promise<QueueDepth>;
  /**
   * Forgets all jobs of each network that has one under way: for the only owner of the data at its start. What a dead process held would stay
   * locked for `lockDuration`, and the ledger's word could not put it in again before.
   */
  clear(): Promise<void>;
  /** Begins to run jobs in this process. */
  work(
    handlers: JobHandlers,
    settings: { readonly networks: ReadonlyMap<Network, WorkerSettings> },
  ): Promise<void>;
  /**
   * Sees to it that the program is re-read at this interval, by one of all workers. One that is in already stays at its moment; what the
   * store lost is put in again. Rejects within seconds when it is out of reach.
   */
  keepRereading(everyMs: number): Promise<void>;
  /** Takes no new jobs, lets those under way end, closes the connections. */
  close(): Promise<void>;
}

/** Out of reach after this long. */
const patienceMs = 4_000;
/** How long closing waits for jobs under way: longer than any request of a publisher that obeys its signal. */
const underWayMs = 15_000;
/** So many are moved at once: each part well within the patience, on any store. */
const movedAtOnce = 200;
const rereadName = 'reread-program';

/** Opens the queues of an edition on a store; closing it closes the store. */
export function openAnnouncementQueue(
  store: QueueStore,
  { edition, networks, clock }: { edition: string; networks: readonly Network[]; clock: Clock },
): AnnouncementQueue {
  const nameOf = (part: string) => `${edition}.${part}`;
  const queues = new Map(networks.map((network) => [network, store.queue(nameOf(network))]));
  const rereading = store.queue(nameOf('program'));
  const workers: JobWorker[] = [];
  const underWay = new Set<Promise<unknown>>();

  const tracked = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    const end = () => void underWay.delete(work);
    work.then(end, end);
    return work;
  };
  let closed: Promise<void> | undefined;
  const close = async () => {
    const closing = workers.map((worker) => worker.close());
    // The jobs themselves need the database, not the queue: they may end, whether its server is there or not.
    await Promise.race([
      Promise.allSettled(underWay),
      pause(underWayMs, undefined, { ref: false }),
    ]);
    await Promise.all(closing.map(settled));
    await Promise.all([...queues.values(), rereading].map((queue) => settled(queue.close())));
    await settled(store.close());
  };
  const add = async (due: readonly DueAnnouncement[]) => {
    const now = clock.now();
    await perNetwork(due, queues, async (queue, part) => {
      await queue.addBulk(part.map((one) => jobFor(one, now)));
    });
  };

  return {
    backend: store.kind,
    schedule: (due) => inTime(add(due)),
    reschedule: async (due) => {
      for (let at = 0; at < due.length; at += movedAtOnce) {
        const part = due.slice(at, at + movedAtOnce);
        // A job that runs just now cannot be removed; it finds its new moment in the ledger and comes back then.
        const removed = perNetwork(part, queues, async (queue, ofNetwork) => {
          await Promise.all(ofNetwork.map(({ id }) => queue.remove(id).catch(() => 0)));
        });
        await inTime(removed.then(() => add(part)));
      }
    },
    async depth() {
      const counted = [...queues].map(async ([network, queue]) => {
        const counts = await queue.getJobCounts('waiting', 'delayed', 'active', 'prioritized');
        return [network, Object.values(counts).reduce((sum, count) => sum + count, 0)] as const;
      });
      return Object.fromEntries(await inTime(Promise.all(counted)));
    },
    clear: async () => {
      const cleared = [...queues.values()].map(async (queue) => {
        // After a clean end nothing is held, and all that waits is right to wait.
        const { active } = await queue.getJobCounts('active');
        if (active !== 0) await queue.obliterate({ force: true });
      });
      await inTime(Promise.all(cleared));
    },
    work(handlers, settings) {
      for (const [network, own] of settings.networks) {
        const processor = (job: Job, token?: string) => tracked(run(job, token, handlers));
        workers.push(store.worker(nameOf(network), processor, own));
      }
      const { reread } = handlers;
      if (reread) {
        const processor = () => tracked(reread());
        workers.push(store.worker(nameOf('program'), processor, { concurrency: 1 }));
      }
      return Promise.resolve();
    },
    keepRereading: (every) => inTime(keepRereading(rereading, every, clock.now())),
    close: () => (closed ??= close()),
  };
}

/** Puts the re-reading in where it is not, runs at another interval, or has stood still. */
async function keepRereading(queue: JobQueue, every: number, now: EpochMs): Promise<void> {
  const known = await queue.getJobScheduler(rereadName);
  const goesOn = known?.every === every && (known.next ?? 0) > now - every;
  if (goesOn) return;
  const times = { every, startDate: now + every };
  await queue.upsertJobScheduler(rereadName, times, { name: rereadName });
}

async function run(job: Job, token: string | undefined, handlers: JobHandlers): Promise<void> {
  const end = await handlers.publish(job.data);
  if (end.kind === 'done') return;
  await job.moveToDelayed(end.at, token);
  throw new DelayedError();
}

function jobFor({ id, at }: DueAnnouncement, now: EpochMs) {
  return { name: 'publish', data: { id }, opts: { jobId: id, delay: Math.max(0, at - now) } };
}

async function perNetwork(
  due: readonly DueAnnouncement[],
  queues: ReadonlyMap<Network, JobQueue>,
  act: (queue: JobQueue, part: readonly DueAnnouncement[]) => Promise<void>,
): Promise<void> {
  const acts = [...queues].map(async ([network, queue]) => {
    const part = due.filter((one) => one.network === network);
    if (part.length > 0) await act(queue, part);
  });
  await Promise.all(acts);
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(
        new CallboardError(
          'queue-out-of-reach',
          {
            place: 'queue',
            problem: `it did not answer within ${String(patienceMs / 1_000)} seconds`,
            remedy:
              'Check that the server of REDIS_URL runs; announcements go on from the database meanwhile',
          },
          'storage',
        ),
      );
    }, patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

/** Closing waits for jobs under way, but not for a server that is away. */
async function settled(closing: Promise<void>): Promise<void> {
  await inTime(closing).catch(() => undefined);
}
