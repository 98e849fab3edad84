import type { Database, DatabaseAddress, OpeningStage } from './database.js';
import { openEmbedded } from './embedded-database.js';
import { openServer } from './server-database.js';

/**
 * Opens the embedded database in `<folder>/database`, creating it at the first start, or connects to a Postgres server; then brings its
 * tables up to date. Whoever opens a folder owns it first (`claimOwnership`): the embedded database has no lock of its own.
 *
 * @throws CallboardError exit `storage`: unreadable or broken folder, unreachable server, wrong password, missing database, newer version.
 */
export function openDatabase(
  address: DatabaseAddress,
  onStage: (stage: OpeningStage) => void = () => undefined,
): Promise<Database> {
  return 'url' in address ? openServer(address.url, onStage) : openEmbedded(address, onStage);
}
