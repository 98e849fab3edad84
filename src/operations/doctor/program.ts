import type { Config } from '../../config/config.js';
import type { Program } from '../../program/model.js';
import type { EpochMs } from '../../program/time.js';
import { currentProgram } from '../../storage/programs.js';
import type { Database } from '../../storage/database.js';
import type { Edition } from '../../storage/editions.js';
import { bothClocks } from '../both-clocks.js';
import { knownIdentity } from '../known-identity.js';
import { tryCommand } from '../reading-notes.js';
import { fetchConfigured, readFetched } from '../read-program.js';
import { fine, warning, failureOf, type Finding } from './finding.js';

/** The findings, and the program that they are about: the one in force, else what the source gives now. */
export interface ProgramFindings {
  readonly findings: readonly Finding[];
  readonly program?: Program;
}

/** Where a stored program is looked for. */
interface StoredAt {
  readonly database: Database;
  readonly edition: Edition;
}

/** Whether the source can be read now, and whether what is in force is what it says. */
export async function programFindings(
  config: Config,
  now: EpochMs,
  storedAt: StoredAt | undefined,
): Promise<ProgramFindings> {
  const stored = storedAt && (await currentProgram(storedAt.database, storedAt.edition.id));
  const known: Finding[] = [];
  if (stored) {
    const { version, importedAt, program } = stored;
    const zone = config.conference.zone ?? program.zone;
    known.push(
      fine(
        'program',
        `version ${String(version)} in force, ${String(program.sessions.length)} sessions, imported ${bothClocks(importedAt, zone)}`,
      ),
    );
    if (program.sessions.every(({ endsAt }) => endsAt <= now)) {
      known.push(
        warning(
          'program',
          'all of it is past: nothing is left to announce',
          'Point the config at the next program',
        ),
      );
    }
  } else {
    known.push(
      warning(
        'program',
        'nothing was imported yet',
        'Begin with `callboard import` or `callboard run`',
      ),
    );
  }
  try {
    const fetched = await fetchConfigured(config);
    const reading = readFetched(config, fetched, {
      edition: storedAt?.edition.id ?? 'doctor',
      ...(storedAt && (await knownIdentity(storedAt.database, storedAt.edition, stored))),
    });
    const { program, report, fingerprint, address } = reading;
    const losses = report.problems.filter(({ severity }) => severity === 'dropped').length;
    return {
      program: stored?.program ?? program,
      findings: [
        ...known,
        fine(
          'program',
          `${address} can be read: ${report.format}, ${String(program.sessions.length)} sessions`,
        ),
        ...(losses > 0
          ? [
              warning(
                'program',
                `${String(losses)} entries of it were left out as unreadable`,
                `See them with \`${tryCommand(config)}\``,
              ),
            ]
          : []),
        ...(stored && stored.fingerprint !== fingerprint
          ? [
              warning(
                'program',
                'the source says something newer than what is in force',
                `It is read every ${String(Math.round(config.program.rereadMs / 60_000))} min while Callboard runs; \`callboard import\` reads it now`,
              ),
            ]
          : []),
      ],
    };
  } catch (thrown) {
    return {
      findings: [...known, failureOf('program', thrown)],
      ...(stored && { program: stored.program }),
    };
  }
}
