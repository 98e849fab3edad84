// Compiles src and jobs to dist, copies what pages need beside them, and makes the empty database that a first start unpacks.
// Run by `npm ci` (prepare), so that the two commands of the README are enough.
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
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
if (!existsSync('dist/pristine-database.tar.gz')) await import('./make-pristine-database.mjs');
