import type { Database } from './database.js';

/**
 * Clears away dead rows and renews the planner's statistics. A server's autovacuum does that by itself; the embedded database has none, and
 * the queue's tables turn over with every job: call it at start and every hour or so. Takes a moment in which everything else waits.
 */
export async function maintain(database: Database): Promise<void> {
  if (database.kind === 'server') return;
  const { rows } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('callboard', 'bullmq') ORDER BY 1`,
  );
  for (const { name } of rows) await database.query(`VACUUM (ANALYZE) ${name}`);
}
