import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from '../../src/storage/migrate.js';
import { migrations } from '../../src/storage/migrations/migrations.js';
import { PglitePool } from '../../src/storage/pglite-pool.js';

/**
 * A dump of a new embedded database with its tables, made once for each state of PGlite and of the migrations and kept in the temporary
 * folder: a test file then opens its database in a third of a second.
 */
export async function embeddedTemplate(): Promise<string> {
  const state = createHash('sha256').update(pgliteVersion()).update(JSON.stringify(migrations));
  const user = String(process.getuid?.() ?? 0);
  const name = `callboard-template-${user}-${state.digest('hex').slice(0, 12)}.tar.gz`;
  const file = join(tmpdir(), name);
  if (existsSync(file)) return file;
  const pool = new PglitePool(await PGlite.create('memory://'));
  await migrate(pool, 'the template of the tests');
  await pool.query('CHECKPOINT');
  const dump = await pool.exclusively((pglite) => pglite.dumpDataDir('gzip'));
  await pool.end();
  const folder = mkdtempSync(join(dirname(file), 'callboard-template-'));
  const made = join(folder, 'dump');
  writeFileSync(made, new Uint8Array(await dump.arrayBuffer()));
  renameSync(made, file);
  rmSync(folder, { recursive: true, force: true });
  return file;
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest = createRequire(import.meta.url)(join(dirname(entry), '..', 'package.json')) as {
    version: string;
  };
  return manifest.version;
}
