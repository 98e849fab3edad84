// Compiles src and jobs to dist. Run by `npm ci` (prepare), so that the two commands of the README are enough.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { chmodSync } from 'node:fs';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
chmodSync('dist/src/cli/main.js', 0o755);
