import { systemClock } from '../clock.js';
import type { Config } from '../config/config.js';
import { createContext } from '../context.js';
import { CallboardError } from '../errors.js';
import { askOwner } from '../storage/owner-connection.js';
import { claimOwnership } from '../storage/owner.js';
import { diagnose, type Diagnosis } from './doctor.js';
import { failureOf, fine, guarded, type Finding } from './doctor/finding.js';
import { connectionFindings, liveAccountFindings } from './doctor/live-accounts.js';
import { configOfEdition } from './edition-config.js';
import { existingEdition } from './enter-edition.js';
import { hasDatabase, openConfiguredDatabase } from './open-edition.js';
import type { EditionRequest } from './requests.js';

/** What `doctor` found, and who looked. */
export interface Examination extends Diagnosis {
  readonly by: 'running process' | 'this process';
}

/** Looks at everything: through the running process, or from here, also where the database does not open. */
export async function examine(config: Config, named: string | undefined): Promise<Examination> {
  const absence: Finding[] = [];
  if (config.databaseUrl === undefined) {
    const request: EditionRequest = { ...(named !== undefined && { edition: named }), input: {} };
    try {
      const answer = await askOwner(config.dataFolder, { operation: 'doctor', input: request });
      if (answer !== 'nobody') {
        return { ...(answer.result as Diagnosis), by: 'running process' };
      }
    } catch (thrown) {
      if (thrown instanceof CallboardError && thrown.exit === 'usage') throw thrown;
      absence.push(failureOf('database', thrown));
    }
  }
  return { ...(await fromHere(config, named, absence)), by: 'this process' };
}

async function fromHere(
  config: Config,
  named: string | undefined,
  absence: Finding[],
): Promise<Diagnosis> {
  const clock = systemClock;
  if (absence.length > 0) return diagnose({ config, clock, absence });
  if (!hasDatabase(config)) {
    absence.push(fine('database', `none yet in ${config.dataFolder}; the first start makes it`));
    const { findings } = await diagnose({ config, clock, absence });
    return { findings: [...findings, ...(await connectionFindings({ config, clock }))] };
  }
  const closers: (() => Promise<void>)[] = [];
  try {
    if (config.databaseUrl === undefined) {
      const owner = await claimOwnership(config.dataFolder, () =>
        Promise.reject(new Error('callboard doctor is at work here; try again in a moment')),
      );
      closers.push(() => owner.close());
    }
    const database = await openConfiguredDatabase(config);
    closers.push(() => database.close());
    const edition = await existingEdition(database, config, named).catch((thrown: unknown) => {
      if (named === undefined && thrown instanceof CallboardError) return undefined;
      throw thrown;
    });
    if (!edition) {
      const { findings } = await diagnose({ config, clock, database });
      const live = await guarded('accounts', () => connectionFindings({ config, clock, database }));
      return { findings: [...findings, ...live] };
    }
    const context = await createContext(
      { config: await configOfEdition(database, config, edition), database, edition },
      { queue: 'none' },
    );
    closers.push(() => context.close());
    const { findings } = await diagnose({ config: context.config, clock, database, edition });
    const live = await guarded('accounts', () => liveAccountFindings(context));
    return { findings: [...findings, ...live] };
  } catch (thrown) {
    if (thrown instanceof CallboardError && thrown.code === 'edition-unknown') throw thrown;
    return await diagnose({ config, clock, absence: [failureOf('database', thrown)] });
  } finally {
    for (const closer of closers.reverse()) await closer();
  }
}
