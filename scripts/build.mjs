// Compiles src and jobs to dist, copies what pages need beside them, and makes the empty database that a first start unpacks.
// Run by `npm ci` (prepare), so that the two commands of the README are enough; by `npm start` with --when-needed: only when something is newer than
// what was built, so that nobody starts the program of before their last pull.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const built = 'dist/built';
if (process.argv.includes('--when-needed') && isFresh()) process.exit(0);

rmSync(built, { force: true });
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
for (const name of readdirSync('src', { recursive: true })) {
  if (!/\.(css|svg|js)$/.test(name)) continue;
  mkdirSync(path.join('dist/src', path.dirname(name)), { recursive: true });
  cpSync(path.join('src', name), path.join('dist/src', name));
}
chmodSync('dist/src/cli/main.js', 0o755);
await keepPristineDatabase();
writeFileSync(built, '');

/** Whether nothing that is built from changed since; a build that was cut off is none. */
function isFresh() {
  if (!existsSync(built)) return false;
  const at = statSync(built).mtimeMs;
  const sources = ['src', 'jobs'].flatMap((folder) =>
    ['', ...readdirSync(folder, { recursive: true })].map((name) => path.join(folder, name)),
  );
  const all = [...sources, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
  return all.every((name) => statSync(name).mtimeMs <= at);
}

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
