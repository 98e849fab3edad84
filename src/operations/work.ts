import { publishAnnouncementJob } from '../../jobs/publish-announcement.js';
import type { Network } from '../campaign/network.js';
import { reasonOf } from '../errors.js';
import type { AnnouncementQueue } from '../queue/announcement-queue.js';
import type { WorkerSettings } from '../queue/store.js';
import type { PublishContext } from '../publish/ports.js';
import { publishAnnouncement } from '../publish/publish.js';
import { reconcile } from '../publish/reconcile.js';
import { sweep } from '../publish/sweep.js';
import { createLocalRunner } from './local-runner.js';

/** What a worker works with. */
export interface WorkContext extends PublishContext {
  readonly queue: AnnouncementQueue;
  /** Whether this process is the only owner of its data, so that every claim of an older boot is dead. */
  readonly soleOwner: boolean;
}

/** How a worker works. */
export interface WorkSettings {
  readonly networks: ReadonlyMap<Network, WorkerSettings>;
  readonly reread?: { readonly everyMs: number; readonly run: () => Promise<void> } | undefined;
  /** Whether lost answers are looked after; only the crash tests switch it off, to show that they would notice. */
  readonly reconcile?: boolean;
}

/** A worker at work. */
export interface Work {
  /** Looks at once at what the ledger says is due; the moment something was released, retried or replanned. */
  sweepNow(): Promise<void>;
  /** Lets what is under way end. */
  close(): Promise<void>;
}

const sweepEveryMs = 60_000;
const reconcileEveryMs = 5_000;
/** Something planned that is this much overdue was lost by the queue: it is put in again without waiting for the next sweep. */
const overdueMs = 2_000;
const overdueEveryMs = 5_000;

/**
 * Begins to publish: jobs from the queue, and timers of this process that outlive the queue's store. Sweep and reconcile run first, so
 * that whatever a dead process left behind is put right before anything new is sent.
 */
export async function startWork(context: WorkContext, settings: WorkSettings): Promise<Work> {
  const { clock, events, queue, ledger } = context;
  const stopping = new AbortController();
  const runner = createLocalRunner(clock, (id) => publishAnnouncement(context, id));

  const sweepOnce = async (options: { oldBoots?: boolean } = {}) => {
    const { due, queued } = await sweep(context, options);
    if (queued) runner.forget();
    else runner.take(due);
  };
  const overdueOnce = async () => {
    const due = await ledger.dueBy(clock.now() - overdueMs, 500);
    if (due.length > 0) await queue.schedule(due).catch(() => runner.take(due));
  };
  const reconcileOnce = async () => {
    await ledger.lapse(clock.now());
    if (settings.reconcile !== false) await reconcile(context);
  };
  const guarded = async (task: () => Promise<void>) => {
    try {
      await task();
    } catch (thrown) {
      if (stopping.signal.aborted) return;
      events.emit({ kind: 'storage-trouble', message: reasonOf(thrown) });
    }
  };
  const repeat = async (everyMs: number, task: () => Promise<void>) => {
    for (;;) {
      await clock.sleep(everyMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await guarded(task);
    }
  };

  await sweepOnce({ oldBoots: context.soleOwner });
  await guarded(reconcileOnce);
  await queue.work(
    {
      publish: (data) => publishAnnouncementJob(context, data),
      reread: async () => guarded(async () => settings.reread?.run()),
    },
    { networks: settings.networks, rereadEveryMs: settings.reread?.everyMs },
  );
  const unsubscribe = events.on((event) => {
    if (event.kind === 'queue-back') void guarded(sweepOnce);
  });
  const timers = [
    repeat(sweepEveryMs, sweepOnce),
    repeat(reconcileEveryMs, reconcileOnce),
    repeat(overdueEveryMs, overdueOnce),
  ];

  return {
    sweepNow: () => guarded(sweepOnce),
    async close() {
      unsubscribe();
      stopping.abort();
      await Promise.all(timers);
      await runner.close();
    },
  };
}
