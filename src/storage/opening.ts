import type { Database, DatabaseAddress, OpeningStage } from './database.js';
import { openEmbedded, openInMemory } from './embedded-database.js';
import { openServer } from './server-database.js';

/**
 * Opens the embedded database in `<folder>/database`, creating it at the first start, or one in memory, or connects to a Postgres server; then brings its
 * tables up to date. Whoever opens a folder owns it first (`claimOwnership`): the embedded database has no lock of its own.
 *
 * @throws CallboardError exit `storage`: unreadable or broken folder, unreachable server, wrong password, missing database, newer version.
 */
export function openDatabase(
  address: DatabaseAddress,
  onStage: (stage: OpeningStage) => void = () => undefined,
): Promise<Database> {
  if ('url' in address) return openServer(address.url, onStage);
  return 'memory' in address ? openInMemory() : openEmbedded(address, onStage);
}
