// Packs the project, installs the package into an empty folder with production dependencies only, and runs its command there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const folder = mkdtempSync(path.join(tmpdir(), 'callboard-package-'));
const run = (command, args, cwd) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
try {
  run('npm', ['pack', '--silent', '--pack-destination', folder], process.cwd());
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  run('npm', ['install', '--silent', '--no-audit', '--no-fund', `./${tarball}`], folder);
  const callboard = path.join(folder, 'node_modules/.bin/callboard');
  const help = run(callboard, ['--help'], folder);
  if (!help.includes('rehearse')) throw new Error('the packed command does not show its help');
  const plan = JSON.parse(run(callboard, ['plan', '--json'], folder));
  if (plan.announcements.length === 0) throw new Error('the packed command plans nothing');
  const size = (statSync(path.join(folder, tarball)).size / 1e6).toFixed(1);
  console.log(`${tarball}: ${size} MB, plans ${plan.announcements.length} announcements`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
