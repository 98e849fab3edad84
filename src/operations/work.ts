import { publishAnnouncementJob } from '../../jobs/publish-announcement.js';
import type { AccountId, Network } from '../campaign/network.js';
import { reasonOf } from '../errors.js';
import type { AnnouncementQueue } from '../queue/announcement-queue.js';
import type { WorkerSettings } from '../queue/store.js';
import type { Notices } from '../publish/notice.js';
import type { DueAnnouncement, PublishContext } from '../publish/ports.js';
import { publishAnnouncement } from '../publish/publish.js';
import { reconcile } from '../publish/reconcile.js';
import { sweep, sweepHorizonMs } from '../publish/sweep.js';
import { createLocalRunner } from './local-runner.js';
import type { Prepared } from '../publish/publisher.js';
import { heardAhead } from './heard-ahead.js';
import { watchHandOffs } from './hand-offs.js';
import { prepare } from './prepare.js';

/** What a worker works with. */
export interface WorkContext extends PublishContext {
  readonly queue: AnnouncementQueue;
  readonly noticeBoard: Notices;
  /** Whether this process is the only owner of its data, so that every claim of an older boot is dead. */
  readonly soleOwner: boolean;
}

/** How a worker works. */
export interface WorkSettings {
  readonly networks: ReadonlyMap<Network, WorkerSettings>;
  readonly reread?: { readonly everyMs: number; readonly run: () => Promise<void> } | undefined;
  /** The version of the program in force; with it, what is due soon is composed ahead. */
  readonly programVersion?: () => Promise<number>;
  /** Sends what the organizer was not told yet. */
  readonly tellNotices?: () => Promise<void>;
  /** Clears the database's dead rows away, now and then. */
  readonly maintain?: () => Promise<void>;
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
const tellEveryMs = 5_000;
const maintainEveryMs = 60 * 60_000;
/** Not at the start itself: what fell due while nothing ran goes first. */
const firstMaintainMs = 2 * 60_000;
const reconcileEveryMs = 5_000;
/** Something planned that is this much overdue was lost by the queue: it is put in again without waiting for the next sweep. */
const overdueMs = 2_000;
const overdueEveryMs = 5_000;
const sameTroubleMs = 60_000;

/**
 * Begins to publish: jobs from the queue, and timers of this process that outlive the queue's store. The sweep runs first, so that what a dead process left
 * behind is in doubt before anything is sent; looking after it begins at once, beside the work.
 */
export async function startWork(context: WorkContext, settings: WorkSettings): Promise<Work> {
  const { clock, events, queue, ledger } = context;
  const stopping = new AbortController();
  const trouble = troubleTeller(context);
  /** What breaks is told, and thrown on: the job is dropped, and the ledger's word brings it back. */
  const told = async <T>(task: () => Promise<T>): Promise<T> => {
    try {
      return await task();
    } catch (thrown) {
      trouble(reasonOf(thrown));
      throw thrown;
    }
  };
  const runner = createLocalRunner(clock, (id) => told(() => publishAnnouncement(context, id)));

  let rereadAt = clock.now();
  const rereadOnce = async () => {
    rereadAt = clock.now();
    await settings.reread?.run();
  };
  /** The queue's store may have lost the re-reading; while it is away this process re-reads itself. */
  const followProgram = async () => {
    const everyMs = settings.reread?.everyMs;
    if (everyMs === undefined) return;
    try {
      await queue.keepRereading(everyMs);
    } catch {
      if (clock.now() >= rereadAt + everyMs) await rereadOnce();
    }
  };
  const prepareAhead = (due: readonly DueAnnouncement[]) => {
    if (!settings.programVersion) return;
    const { programVersion } = settings;
    const preparing = {
      ledger,
      compose: context.compose,
      programVersion,
      now: () => clock.now(),
      livePublisher: (account: AccountId) => context.live?.(account) && context.publisher(account),
      heard: (account: AccountId, prepared: Prepared) => heardAhead(context, account, prepared),
    };
    void guarded(() => prepare(preparing, due, stopping.signal));
  };
  const sweepOnce = async (options: { oldBoots?: boolean } = {}) => {
    const { due, queued } = await sweep(context, options);
    if (queued) runner.forget();
    else runner.take(due);
    prepareAhead(due);
    await followProgram();
  };
  const overdueOnce = async () => {
    const due = await ledger.dueBy(clock.now() - overdueMs, 500);
    if (due.length === 0) return;
    try {
      await queue.schedule(due);
    } catch {
      // A store that hangs says nothing of it: what falls due next shall not be late as well.
      runner.take(due);
      runner.take(await ledger.dueBy(clock.now() + sweepHorizonMs, 5_000));
    }
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
      trouble(reasonOf(thrown));
    }
  };
  const repeat = async (everyMs: number, task: () => Promise<void>, firstMs = everyMs) => {
    for (let waitMs = firstMs; ; waitMs = everyMs) {
      await clock.sleep(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await guarded(task);
    }
  };

  // Whoever held a job is dead. With the queue away the sweep goes on without it.
  if (context.soleOwner) await queue.clear().catch(() => undefined);
  await sweepOnce({ oldBoots: context.soleOwner });
  await queue.work(
    {
      publish: (data) => told(() => publishAnnouncementJob(context, data)),
      reread: settings.reread && (() => guarded(rereadOnce)),
    },
    { networks: settings.networks },
  );
  const unsubscribe = events.on((event) => {
    // With the queue gone what is due soon is taken over here at once, not when it is overdue.
    if (event.kind === 'queue-back' || event.kind === 'queue-lost') void guarded(sweepOnce);
  });
  const timers = [
    repeat(sweepEveryMs, sweepOnce),
    // At once, and beside the work: a network that does not answer keeps no other waiting.
    repeat(reconcileEveryMs, reconcileOnce, 0),
    repeat(overdueEveryMs, overdueOnce),
    ...(settings.tellNotices ? [repeat(tellEveryMs, settings.tellNotices)] : []),
    repeat(sweepEveryMs, () => watchHandOffs(context), 0),
    ...(settings.maintain ? [repeat(maintainEveryMs, settings.maintain, firstMaintainMs)] : []),
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

/** Tells trouble; the same again only after a while, since every job may meet it. */
function troubleTeller({ clock, events }: WorkContext): (message: string) => void {
  let last = { message: '', at: 0 };
  return (message) => {
    const now = clock.now();
    if (message === last.message && now < last.at + sameTroubleMs) return;
    last = { message, at: now };
    events.emit({ kind: 'storage-trouble', message });
  };
}
