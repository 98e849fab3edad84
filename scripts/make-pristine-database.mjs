// Puts a new embedded database, with all tables made, beside the build: a first start unpacks it (well under a second) instead of running initdb
// and all migrations (seconds, and twice the memory). Runs after the compiler; without its file the first start does all that itself.
import { renameSync, writeFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { runMigrations } from 'bullmq';
import { migrate } from '../dist/src/storage/migrate.js';
import { PglitePool } from '../dist/src/storage/pglite-pool.js';

const target = new URL('../dist/pristine-database.tar.gz', import.meta.url);
const pool = new PglitePool(await PGlite.create('memory://'));
await migrate(pool, 'the pristine database');
const client = await pool.connect();
await runMigrations(client);
client.release();
await pool.query('VACUUM (ANALYZE)');
await pool.query('CHECKPOINT');
const dump = await pool.exclusively((pglite) => pglite.dumpDataDir('gzip'));
await pool.end();
const passing = new URL(`${target.href}.new`);
writeFileSync(passing, new Uint8Array(await dump.arrayBuffer()));
renameSync(passing, target);
