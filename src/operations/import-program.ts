import { planAnnouncements } from '../campaign/plan.js';
import type { Context } from '../context.js';
import { CallboardError, reasonOf } from '../errors.js';
import { programChanges, type ProgramChange } from '../program/changes.js';
import { withoutCredentials } from '../program/fetch/fetch-http.js';
import type { FetchHints } from '../program/fetch/fetched-program.js';
import { aliasesOf } from '../program/identity.js';
import type { ImportReport } from '../program/import-report.js';
import { lookup } from '../program/lookup.js';
import { campaignOf } from '../program-in-force.js';
import type { AppliedChanges } from '../publish/ports.js';
import { describeEdition } from '../storage/editions.js';
import {
  currentProgram,
  lockVersion,
  storeProgram,
  type ProgramVersion,
} from '../storage/programs.js';
import { knownIdentity } from './known-identity.js';
import { outdatedPosts, type OutdatedPost } from './outdated-posts.js';
import { fetchConfigured, readFetched } from './read-program.js';
import { applyPlan, followPlan, noPlan, replanEdition } from './replan-edition.js';

/** How often a program is read anew because another import was faster. */
const mostReadings = 3;

/** What an import came to. */
export interface Imported {
  readonly edition: string;
  readonly version: number;
  /** False when the source holds the program that is in force already. */
  readonly stored: boolean;
  readonly report?: ImportReport;
  readonly changes: readonly ProgramChange[];
  readonly plan: AppliedChanges;
  /** Posts that stand and say what this program does not say any more. */
  readonly outdated: readonly OutdatedPost[];
}

/** How a program is imported. */
interface ImportOptions {
  /** Reads and compares, stores nothing. */
  readonly dryRun?: boolean;
  /** Lets the source say that nothing changed. Without it, another reading of the same bytes (another zone, say) is noticed. */
  readonly ifChanged?: boolean;
  readonly onPage?: FetchHints['onPage'];
}

/**
 * Reads the program of the edition anew, stores it as the next version if it differs, and brings the ledger in line with what the campaign
 * wants now. The stored version is whole or not there; what cannot be read leaves the last good one in force. When another import put a version
 * in force while the source was read, it is read anew: a slow reading never brings an old program back.
 *
 * @throws CallboardError exit `program` when it cannot be read; `import-overtaken` when other imports were faster each time
 */
export async function importProgram(
  context: Context,
  options: ImportOptions = {},
): Promise<Imported> {
  for (let reading = 0; reading < mostReadings; reading += 1) {
    const imported = await importOnce(context, options);
    if (imported !== 'overtaken') return imported;
  }
  throw new CallboardError(
    'import-overtaken',
    {
      place: withoutCredentials(context.config.program.address),
      problem: `other imports put another version in force each of the ${String(mostReadings)} times that it was read`,
      remedy: 'The last of them stands; import again when no other import runs',
    },
    'program',
  );
}

async function importOnce(
  context: Context,
  { dryRun = false, ifChanged = false, onPage }: ImportOptions,
): Promise<Imported | 'overtaken'> {
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
      outdated: await outdatedPosts(context, lookup(before.program)),
    };
  }
  if (!fetched)
    throw new Error('a source that was asked without conditions said that nothing changed');
  const reading = readFetched(config, fetched, await knownIdentity(database, edition, before));
  const changes = before ? programChanges(before.program, reading.program) : [];
  const { program, report } = reading;
  const inForce = lookup(program);
  const outdated = await outdatedPosts(context, inForce);
  if (dryRun) {
    return {
      edition: edition.id,
      version: before?.version ?? 0,
      stored: false,
      report,
      changes,
      plan: noPlan,
      outdated,
    };
  }
  const { announcements: wanted } = planAnnouncements(inForce, campaignOf(context, program));
  const done = await database.transaction(async (transaction) => {
    if ((await lockVersion(transaction, edition.id)) !== (before?.version ?? 0)) return undefined;
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
  if (!done) return 'overtaken';
  const { version, stored, plan } = done;
  if (stored) {
    const problems = report.problems.filter(({ severity }) => severity !== 'note').length;
    const sessions = program.sessions.length;
    events.emit({ kind: 'program-imported', version, sessions, problems });
  }
  await followPlan(context, plan);
  if (stored && outdated.length > 0)
    events.emit({ kind: 'posts-outdated', count: outdated.length });
  return { edition: edition.id, version, stored, report, changes, plan, outdated };
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
