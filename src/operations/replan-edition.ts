import { planAnnouncements } from '../campaign/plan.js';
import type { PlannedAnnouncement } from '../campaign/announcement.js';
import { replan } from '../campaign/replan.js';
import type { Context } from '../context.js';
import type { ProgramLookup } from '../program/lookup.js';
import type { AppliedChanges, Ledger } from '../publish/ports.js';
import { sweepHorizonMs } from '../publish/sweep.js';
import type { Queryable } from '../storage/database.js';
import { createLedger } from '../storage/ledger.js';
import { planStanding } from '../storage/plan-standing.js';
import { holdVersion } from '../storage/programs.js';
import { recoverPlanned } from './recover-from-journal.js';

/** A plan that changes nothing. */
export const noPlan: AppliedChanges = {
  added: 0,
  moved: 0,
  cancelled: 0,
  held: 0,
  released: 0,
  rescheduled: [],
};

/** Brings ledger and queue in line with what the campaign wants of the program in force. Idempotent. */
export async function replanEdition(context: Context): Promise<AppliedChanges> {
  const replanned = await replanAfter(context, () => Promise.resolve());
  return replanned?.plan ?? noPlan;
}

/**
 * Does something with the ledger and brings it in line with the plan, both or neither, so that nothing is claimed in between. The work may be
 * asked for again: when another process imports in the same moment. Undefined, and nothing done, before the first import.
 */
export async function replanAfter<T>(
  context: Context,
  work: (ledger: Ledger, wanted: readonly PlannedAnnouncement[]) => Promise<T>,
): Promise<{ readonly done: T; readonly plan: AppliedChanges } | undefined> {
  const { database, edition } = context;
  for (;;) {
    const current = await context.inForce();
    if (!current) return undefined;
    const { lookup: inForce, campaign, version } = current;
    const { announcements: wanted } = planAnnouncements(inForce, campaign);
    const replanned = await database.transaction(async (transaction) => {
      // Another process may have imported meanwhile: its plan must not be undone by an older one.
      if ((await holdVersion(transaction, edition.id)) !== version) return undefined;
      const done = await work(createLedger(transaction, edition.id), wanted);
      return { done, plan: await applyPlan(transaction, context, { wanted, inForce }) };
    });
    if (replanned) {
      await followPlan(context, replanned.plan);
      return replanned;
    }
  }
}

/** Writes into the ledger what a plan wants; in a transaction in which the version of the program that it was made from cannot change. */
export async function applyPlan(
  transaction: Queryable,
  context: Context,
  {
    wanted,
    inForce,
  }: { readonly wanted: readonly PlannedAnnouncement[]; readonly inForce: ProgramLookup },
): Promise<AppliedChanges> {
  const { edition, clock } = context;
  const now = clock.now();
  const standing = await planStanding(transaction, edition.id);
  const changes = replan({ wanted, standing, program: inForce, now });
  const applied = await createLedger(transaction, edition.id).apply(changes, now);
  if (applied.added > 0) await recoverPlanned(transaction, context);
  return applied;
}

/** Tells of an applied plan, and moves in the queue what moved in the ledger. */
export async function followPlan(
  { clock, events, queue }: Context,
  { rescheduled, ...counts }: AppliedChanges,
): Promise<void> {
  events.emit({ kind: 'replanned', ...counts });
  // Only what the queue may hold already has to move there; the rest waits for the sweep.
  const soon = rescheduled.filter(({ at }) => at <= clock.now() + sweepHorizonMs);
  if (soon.length > 0) await queue.reschedule(soon).catch(() => undefined);
}
