import type { EpochMs } from '../../program/time.js';
import { aliasesOf } from '../../program/identity.js';
import type { Ledger } from '../../publish/ports.js';
import type { Database } from '../../storage/database.js';
import { createEdition } from '../../storage/editions.js';
import { createLedger } from '../../storage/ledger.js';
import { openDatabase } from '../../storage/opening.js';
import { storeProgram } from '../../storage/programs.js';
import type { ProgramReading } from '../read-program.js';

/** Where a rehearsal plays: an embedded database of its own, gone with everything in it when it is closed. */
export interface Stage {
  readonly database: Database;
  readonly ledger: Ledger;
  /** Version of the program in force. */
  readonly programVersion: number;
  close(): Promise<void>;
}

/** Builds a stage in memory and stores the program there, as the first import of an edition would. */
export async function buildStage(
  edition: string,
  reading: ProgramReading,
  beganAt: EpochMs,
): Promise<Stage> {
  const database = await openDatabase({ memory: true });
  try {
    // Nothing here has to outlive the process: no log of changes is kept. A logged table may not refer to one that is not, hence the order.
    for (const table of ['posts', 'coverage', 'story', 'announcements']) {
      await database.query(`ALTER TABLE callboard.${table} SET UNLOGGED`);
    }
    const { title, zone } = reading.program;
    const times = { shiftMs: 0, beganAt, createdAt: beganAt };
    await createEdition(database, { id: edition, series: edition, title, zone, ...times });
    const aliases = aliasesOf(reading.program);
    const { version } = await storeProgram(database, edition, {
      ...reading,
      importedAt: beganAt,
      aliases,
    });
    const ledger = createLedger(database, edition);
    return { database, ledger, programVersion: version, close: () => database.close() };
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
}
