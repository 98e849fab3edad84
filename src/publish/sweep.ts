import type { DueAnnouncement, PublishContext } from './ports.js';

/** How far ahead of its moment an announcement is put into the queue. Longer than the time between two sweeps. */
export const sweepHorizonMs = 150_000;
/** How many are put in at one sweep; the soonest first, the rest by the next. */
const mostInOneSweep = 5_000;

/** What a sweep did. */
export interface Swept {
  readonly lapsed: number;
  readonly expired: number;
  /** What was held for a parked account that is connected again, whoever did that. */
  readonly readmitted: number;
  /** What is due or soon due and stands in the queue now, or (`queued` false) should be done by whoever swept. */
  readonly due: readonly DueAnnouncement[];
  readonly queued: boolean;
}

/**
 * Brings the queue in line with the ledger: claims whose lease ran out become `uncertain`, what is past its deadline expires, what was held for a
 * parked account that is connected again is planned, what is
 * due or soon due is put into the queue. The queue may have lost everything: nothing is lost by it.
 *
 * @param oldBoots Whether claims of other boots lapse too, lease or not: at the start of the only owner of the embedded data.
 */
export async function sweep(
  context: PublishContext,
  { oldBoots = false, horizonMs = sweepHorizonMs } = {},
): Promise<Swept> {
  const { ledger, clock } = context;
  const lapsed = await ledger.lapse(clock.now(), oldBoots ? context.boot : undefined);
  const expired = await ledger.expire(clock.now());
  await tellExpired(context, expired);
  const readmitted = await ledger.readmit(clock.now());
  const due = await ledger.dueBy(clock.now() + horizonMs, mostInOneSweep);
  const counts = {
    lapsed: lapsed.length,
    expired: expired.length,
    readmitted: readmitted.length,
    due,
  };
  try {
    if (due.length > 0) await context.queue.schedule(due);
    return { ...counts, queued: true };
  } catch {
    // The queue itself tells the listeners that it is out of reach.
    return { ...counts, queued: false };
  }
}

/** So many expired announcements are told one by one; more are a number in the status. */
const mostTold = 20;

async function tellExpired({ ledger, events, clock }: PublishContext, ids: readonly string[]) {
  if (ids.length === 0) return;
  const told = await ledger.list({ ids: ids.slice(0, mostTold) });
  for (const announcement of told) {
    events.emit({
      kind: 'announcement',
      id: announcement.id,
      network: announcement.network,
      leadTime: announcement.leadTime,
      to: 'expired',
      at: clock.now(),
      dueAt: announcement.dueAt,
      title: announcement.frozen?.content.link.title ?? announcement.sessions.join(', '),
      reason: announcement.reason ?? 'its deadline passed',
    });
  }
}
