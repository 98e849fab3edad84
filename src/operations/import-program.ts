import { replan } from '../campaign/replan.js';
import { planAnnouncements } from '../campaign/plan.js';
import type { Context } from '../context.js';
import { reasonOf } from '../errors.js';
import { programChanges, type ProgramChange } from '../program/changes.js';
import { fetchProgram } from '../program/fetch/fetch-program.js';
import { aliasesOf } from '../program/identity.js';
import type { ImportReport } from '../program/import-report.js';
import type { Program } from '../program/model.js';
import type { AppliedChanges } from '../publish/ports.js';
import { sweepHorizonMs } from '../publish/sweep.js';
import { describeEdition } from '../storage/editions.js';
import { planStanding } from '../storage/plan-standing.js';
import { currentProgram, knownAliases, storeProgram } from '../storage/programs.js';
import { readFetched } from './read-program.js';

/** A change of the program, with the session's title for people. */
export type TitledChange = ProgramChange & { readonly title: string };

/** What an import came to. */
export interface Imported {
  readonly edition: string;
  readonly version: number;
  /** False when the source holds the program that is in force already. */
  readonly stored: boolean;
  readonly report?: ImportReport;
  readonly changes: readonly TitledChange[];
  readonly plan: AppliedChanges;
}

/**
 * Reads the program of the edition anew, stores it as the next version if it differs, and brings the ledger in line with what the campaign
 * wants now. The stored version is whole or not there; what cannot be read leaves the last good one in force.
 *
 * @throws CallboardError exit `program` when it cannot be read
 */
export async function importProgram(
  context: Context,
  {
    dryRun = false,
    ifChanged = false,
  }: {
    /** Reads and compares, stores nothing. */
    readonly dryRun?: boolean;
    /** Lets the source say that nothing changed. Without it, another reading of the same bytes (another zone, say) is noticed. */
    readonly ifChanged?: boolean;
  } = {},
): Promise<Imported> {
  const { config, edition, database, clock, events } = context;
  const before = await currentProgram(database, edition.id);
  const known = before && {
    ...(before.etag !== undefined && { etag: before.etag }),
    ...(before.lastModified !== undefined && { lastModified: before.lastModified }),
  };
  const fetched = await fetchProgram(
    config.program.address,
    ifChanged && known ? { since: known } : {},
  );
  if (!fetched && before) {
    return {
      edition: edition.id,
      version: before.version,
      stored: false,
      report: before.report,
      changes: [],
      plan: await replanEdition(context),
    };
  }
  if (!fetched)
    throw new Error('a source that was asked without conditions said that nothing changed');
  const reading = readFetched(config, fetched, {
    edition: edition.id,
    aliases: await knownAliases(database, edition.id),
    shiftMs: edition.shiftMs,
  });
  const changes = before ? titledChanges(before.program, reading.program) : [];
  if (dryRun) {
    const { report } = reading;
    return {
      edition: edition.id,
      version: before?.version ?? 0,
      stored: false,
      report,
      changes,
      plan: noPlan,
    };
  }
  const { version, stored } = await storeProgram(database, edition.id, {
    ...reading,
    importedAt: clock.now(),
    aliases: aliasesOf(reading.program),
  });
  if (stored) {
    const { title, zone } = reading.program;
    await describeEdition(database, edition.id, { title, zone, address: reading.address });
    const problems = reading.report.problems.filter(({ severity }) => severity !== 'note').length;
    events.emit({
      kind: 'program-imported',
      version,
      sessions: reading.program.sessions.length,
      problems,
    });
  }
  const plan = await replanEdition(context);
  return { edition: edition.id, version, stored, report: reading.report, changes, plan };
}

function titledChanges(before: Program, after: Program): readonly TitledChange[] {
  const titles = new Map(
    [...before.sessions, ...after.sessions].map(({ key, title }) => [key, title]),
  );
  return programChanges(before, after).map((change) => ({
    ...change,
    title: titles.get(change.session) ?? change.session,
  }));
}

const noPlan: AppliedChanges = {
  added: 0,
  moved: 0,
  cancelled: 0,
  held: 0,
  released: 0,
  rescheduled: [],
};

/** Reads the program again on a timer: what goes wrong is told and leaves everything as it is. */
export async function rereadProgram(context: Context): Promise<void> {
  try {
    await importProgram(context, { ifChanged: true });
  } catch (thrown) {
    context.events.emit({ kind: 'program-failed', message: reasonOf(thrown) });
  }
}

/** Brings ledger and queue in line with what the campaign wants of the program in force. Idempotent. */
export async function replanEdition(context: Context): Promise<AppliedChanges> {
  const { clock, database, edition, events, ledger, queue } = context;
  const inForce = await context.inForce();
  if (!inForce) return noPlan;
  const { announcements: wanted } = planAnnouncements(inForce.lookup, inForce.campaign);
  const now = clock.now();
  const standing = await planStanding(database, edition.id);
  const changes = replan({ wanted, standing, program: inForce.lookup, now });
  const applied = await ledger.apply(changes, now);
  const { rescheduled, ...counts } = applied;
  events.emit({ kind: 'replanned', ...counts });
  // Only what the queue may hold already has to move there; the rest waits for the sweep.
  const soon = rescheduled.filter(({ at }) => at <= now + sweepHorizonMs);
  if (soon.length > 0) await queue.reschedule(soon).catch(() => undefined);
  return applied;
}
