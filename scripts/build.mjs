// Compiles src and jobs to dist, copies what pages need beside them, and makes the empty database that a first start unpacks.
// Run by `npm ci` (prepare), so that the two commands of the README are enough.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
for (const name of readdirSync('src', { recursive: true })) {
  if (!/\.(css|svg|js)$/.test(name)) continue;
  mkdirSync(path.join('dist/src', path.dirname(name)), { recursive: true });
  cpSync(path.join('src', name), path.join('dist/src', name));
}
chmodSync('dist/src/cli/main.js', 0o755);
await keepPristineDatabase();

/** Made anew only when what it is made of changed: that takes ten seconds. */
async function keepPristineDatabase() {
  const digest = createHash('sha256').update(readFileSync('package-lock.json'));
  for (const name of readdirSync('dist/src/storage/migrations').sort()) {
    digest.update(readFileSync(path.join('dist/src/storage/migrations', name)));
  }
  const state = digest.digest('hex');
  const note = 'dist/pristine-database.sha256';
  const made = existsSync('dist/pristine-database.tar.gz') && existsSync(note);
  if (made && readFileSync(note, 'utf8') === state) return;
  await import('./make-pristine-database.mjs');
  writeFileSync(note, state);
}
