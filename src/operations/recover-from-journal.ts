import { join } from 'node:path';
import type { Context } from '../context.js';
import { journalName, readJournal, shortenJournal } from '../storage/journal.js';
import { recover } from '../storage/ledger/recover.js';

/**
 * Before anything is planned or sent: what the journal saw sent and the embedded database forgot in a power cut becomes `uncertain`, so that it is looked for and
 * not sent twice.
 */
export async function recoverFromJournal({
  config,
  database,
  edition,
  clock,
}: Context): Promise<void> {
  if (database.kind !== 'embedded') return;
  const file = join(config.dataFolder, journalName);
  const entries = await readJournal(file);
  await recover(database, edition.id, entries, clock.now());
  await shortenJournal(file, entries, clock.now());
}
