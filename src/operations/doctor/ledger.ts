import { waitingForRelease } from '../../storage/statistics.js';
import type { Database } from '../../storage/database.js';
import { warning, type Finding } from './finding.js';

/** What in the ledger of an edition keeps announcements from followers. */
export async function ledgerFindings(
  database: Database,
  edition: string,
): Promise<readonly Finding[]> {
  const held = await waitingForRelease(database, edition);
  return held > 0
    ? [
        warning(
          'ledger',
          `${String(held)} ${held === 1 ? 'announcement waits' : 'announcements wait'} for release`,
          'Release them with `callboard release --all`, or by id: `callboard status --needs-person`',
        ),
      ]
    : [];
}
