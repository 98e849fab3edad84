import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/**
 * A dump of a new and empty embedded database, made once for each version of PGlite and kept in the temporary folder: a test file then
 * opens its database in a third of a second.
 */
export async function embeddedTemplate(): Promise<string> {
  const file = join(
    tmpdir(),
    `callboard-template-${String(process.getuid?.() ?? 0)}-${pgliteVersion()}.tar.gz`,
  );
  if (existsSync(file)) return file;
  const pglite = await PGlite.create('memory://');
  await pglite.exec('CHECKPOINT');
  const dump = await pglite.dumpDataDir('gzip');
  await pglite.close();
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
