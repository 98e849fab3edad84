// Compiles src and jobs to dist. Run by `npm ci` (prepare), so that the two commands of the README are enough.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { chmodSync, cpSync } from 'node:fs';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
// Styles, scripts and drawings that the pages are served with.
cpSync('src', 'dist/src', {
  recursive: true,
  filter: (path) => !/\.[a-z]+$/.test(path) || /\.(css|js|svg)$/.test(path),
});
chmodSync('dist/src/cli/main.js', 0o755);
