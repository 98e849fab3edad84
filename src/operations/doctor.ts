import path from 'node:path';
import type { Clock } from '../clock.js';
import type { Config } from '../config/config.js';
import { packageRoot } from '../config/package-root.js';
import type { Context } from '../context.js';
import { readProgram } from '../program/import.js';
import { fetchProgram } from '../program/fetch/fetch-program.js';
import type { Program } from '../program/model.js';
import type { AnnouncementQueue } from '../queue/announcement-queue.js';
import type { Database } from '../storage/database.js';
import type { Edition } from '../storage/editions.js';
import { accountFindings, configFindings } from './doctor/config.js';
import { liveAccountFindings } from './doctor/live-accounts.js';
import { ledgerFindings } from './doctor/ledger.js';
import { fine, guarded, type Finding } from './doctor/finding.js';
import { programFindings, type ProgramFindings } from './doctor/program.js';
import { queueFindings } from './doctor/queue.js';
import { clockFindings, databaseFindings, folderFindings } from './doctor/storage.js';
import { templateFindings } from './doctor/templates.js';

/** What there is to look at; what is not there is told elsewhere and left out here. */
export interface Patient {
  readonly config: Config;
  readonly clock: Clock;
  readonly database?: Database | undefined;
  readonly edition?: Edition | undefined;
  readonly queue?: AnnouncementQueue | undefined;
  /** Findings on why there is no database to look at. */
  readonly absence?: readonly Finding[];
}

/** Everything that was found, part by part. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
}

/** Looks at every part of a running edition. */
export async function doctor(context: Context): Promise<Diagnosis> {
  const { config, clock, database, edition, queue } = context;
  const { findings } = await diagnose({ config, clock, database, edition, queue });
  const live = await guarded('accounts', () => liveAccountFindings(context));
  return { findings: [...findings, ...live] };
}

/** Looks at every part, one after the other; one that is broken never hides the others. */
export async function diagnose(patient: Patient): Promise<Diagnosis> {
  const { config, clock, database, edition, queue, absence = [] } = patient;
  const storedAt = database && edition && { database, edition };
  let program: ProgramFindings = { findings: [] };
  const ofProgram = await guarded('program', async () => {
    program = await programFindings(config, clock.now(), storedAt);
    return program.findings;
  });
  return {
    findings: [
      ...configFindings(config),
      ...accountFindings(config),
      ...(config.databaseUrl === undefined
        ? await guarded('folder', () => folderFindings(config))
        : []),
      ...absence,
      ...(database ? await guarded('database', () => databaseFindings(database)) : []),
      ...(database ? await guarded('clock', () => clockFindings(database, clock)) : []),
      ...(await guarded('queue', () => queueFindings(config, queue))),
      ...ofProgram,
      ...(await guarded('templates', async () => templatesOf(config, program.program))),
      ...(storedAt
        ? await guarded('ledger', () =>
            ledgerFindings(storedAt.database, storedAt.edition.id, clock.now()),
          )
        : []),
    ],
  };
}

async function templatesOf(
  config: Config,
  program: Program | undefined,
): Promise<readonly Finding[]> {
  if (program) return templateFindings(config, program);
  return [
    ...templateFindings(config, await sampleProgram()),
    fine('templates', 'without a program of its own they were tried on the sample conference'),
  ];
}

async function sampleProgram(): Promise<Program> {
  const { documents, address } = await fetchProgram(
    path.join(packageRoot, 'config', 'sample-conference.json'),
  );
  return readProgram(documents, { address, edition: 'doctor' }).program;
}
