import { planAnnouncements } from '../campaign/plan.js';
import type { Context } from '../context.js';
import { reasonOf } from '../errors.js';
import { programChanges, type ProgramChange } from '../program/changes.js';
import { withoutCredentials } from '../program/fetch/fetch-http.js';
import type { FetchHints } from '../program/fetch/fetched-program.js';
import { aliasesOf } from '../program/identity.js';
import type { ImportReport } from '../program/import-report.js';
import { lookup } from '../program/lookup.js';
import { campaignOf } from '../program-in-force.js';
import type { AppliedChanges } from '../publish/ports.js';
import { describeEdition } from '../storage/editions.js';
import { currentProgram, storeProgram, type ProgramVersion } from '../storage/programs.js';
import { knownIdentity } from './known-identity.js';
import { fetchConfigured, readFetched } from './read-program.js';
import { applyPlan, followPlan, noPlan, replanEdition } from './replan-edition.js';

/** What an import came to. */
export interface Imported {
  readonly edition: string;
  readonly version: number;
  /** False when the source holds the program that is in force already. */
  readonly stored: boolean;
  readonly report?: ImportReport;
  readonly changes: readonly ProgramChange[];
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
    onPage,
  }: {
    /** Reads and compares, stores nothing. */
    readonly dryRun?: boolean;
    /** Lets the source say that nothing changed. Without it, another reading of the same bytes (another zone, say) is noticed. */
    readonly ifChanged?: boolean;
    readonly onPage?: FetchHints['onPage'];
  } = {},
): Promise<Imported> {
  const { config, edition, database, clock, events } = context;
  const before = await currentProgram(database, edition.id);
  const { address } = config.program;
  const since = ifChanged && before ? sinceOf(before, address) : undefined;
  const told = onPage ? { onPage } : {};
  const fetched = since
    ? await fetchConfigured(config, { ...told, since })
    : await fetchConfigured(config, told);
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
  const reading = readFetched(config, fetched, await knownIdentity(database, edition, before));
  const changes = before ? programChanges(before.program, reading.program) : [];
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
  const { program, report } = reading;
  const inForce = lookup(program);
  const { announcements: wanted } = planAnnouncements(inForce, campaignOf(context, program));
  const { version, stored, plan } = await database.transaction(async (transaction) => {
    const result = await storeProgram(transaction, edition.id, {
      ...reading,
      importedAt: clock.now(),
      aliases: aliasesOf(program),
    });
    const { title, zone } = program;
    if (result.stored) {
      await describeEdition(transaction, edition.id, { title, zone, address: reading.address });
    }
    // With the new version in force and the old plan standing, what is due now would say what is no longer true.
    return { ...result, plan: await applyPlan(transaction, context, { wanted, inForce }) };
  });
  if (stored) {
    const problems = report.problems.filter(({ severity }) => severity !== 'note').length;
    const sessions = program.sessions.length;
    events.emit({ kind: 'program-imported', version, sessions, problems });
  }
  await followPlan(context, plan);
  return { edition: edition.id, version, stored, report, changes, plan };
}

/** What the source may be asked to compare with; nothing where the config names another source now. */
function sinceOf(
  { address, etag, lastModified }: ProgramVersion,
  asked: string,
): FetchHints['since'] {
  if (address !== withoutCredentials(asked.trim().replace(/^webcals?:/i, 'https:')))
    return undefined;
  return {
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

/** Reads the program again on a timer: what goes wrong is told and leaves everything as it is. */
export async function rereadProgram(context: Context): Promise<void> {
  try {
    await importProgram(context, { ifChanged: true });
  } catch (thrown) {
    context.events.emit({ kind: 'program-failed', message: reasonOf(thrown) });
  }
}
