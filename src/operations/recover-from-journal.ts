import { join } from 'node:path';
import type { Context } from '../context.js';
import type { Queryable } from '../storage/database.js';
import { journalName, readJournal, shortenJournal } from '../storage/journal.js';
import { recover } from '../storage/ledger/recover.js';

/**
 * Before anything is planned or sent: what the journal saw sent and the embedded database forgot in a power cut becomes `uncertain`, so that it is looked for and
 * not sent twice.
 */
export async function recoverFromJournal(context: Context): Promise<void> {
  const { config, database, clock } = context;
  if (database.kind !== 'embedded') return;
  const file = join(config.dataFolder, journalName);
  const entries = await readJournal(file);
  await recover(database, context.edition.id, entries, clock.now());
  await shortenJournal(file, entries, clock.now());
}

/**
 * The same for what was just planned, in the transaction that planned it: where the cut took an announcement's own row, its entry finds it only when it is planned
 * anew, at the start or by a reading that takes longer; and nobody claims it in between.
 */
export async function recoverPlanned(
  transaction: Queryable,
  { config, database, edition, clock }: Context,
): Promise<void> {
  if (database.kind !== 'embedded') return;
  const entries = await readJournal(join(config.dataFolder, journalName));
  await recover(transaction, edition.id, entries, clock.now());
}
