import type { Context } from '../context.js';
import type { VersionChanges } from '../site/web-context.js';
import { ensureHistory, versionChanges } from '../storage/session-history.js';
import { briefly } from './briefly.js';

/** Versions that the page of changes goes back. */
const mostVersions = 50;

/** What every version changed, the newest first, as it was noted when the version was stored. */
export function createProgramHistory({
  database,
  edition,
}: Pick<Context, 'database' | 'edition'>): () => Promise<readonly VersionChanges[]> {
  let isWhole = false;
  return briefly(async () => {
    if (!isWhole) await ensureHistory(database, edition.id);
    isWhole = true;
    return versionChanges(database, edition.id, mostVersions);
  });
}
