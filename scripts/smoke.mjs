// Starts the built `npm start` in an empty data folder and waits for the first post on the preview page; then stops it and checks that it ends cleanly.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const patienceMs = 30_000;
const port = 4_700 + (process.pid % 200);
const folder = mkdtempSync(path.join(tmpdir(), 'callboard-smoke-'));
const started = performance.now();
const child = spawn('npm', ['start', '--silent'], {
  env: { ...process.env, CALLBOARD_DATA: folder, CALLBOARD_PORT: String(port) },
  stdio: ['ignore', 'pipe', 'pipe'],
  detached: true,
});
let output = '';
for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
const ended = new Promise((resolve) =>
  child.on('exit', (code, signal) => resolve({ code, signal })),
);

async function firstPost() {
  while (performance.now() - started < patienceMs) {
    try {
      const page = await fetch(`http://127.0.0.1:${port}/preview`);
      const posts = ((await page.text()).match(/id="post-\d+"/g) ?? []).length;
      if (posts > 0) return posts;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return 0;
}

const posts = await firstPost();
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.kill(-child.pid, 'SIGINT');
const stopped = await Promise.race([
  ended,
  new Promise((resolve) => setTimeout(() => resolve(undefined), 10_000)),
]);
if (!stopped) process.kill(-child.pid, 'SIGKILL');
rmSync(folder, { recursive: true, force: true });

const problems = [
  posts === 0 && `no post on the preview page within ${patienceMs / 1000} s`,
  !stopped && 'Ctrl-C did not end it within 10 s',
  /\n\s+at .+:\d+:\d+/.test(output) && 'a stack trace was printed',
].filter(Boolean);
if (problems.length > 0) {
  console.error(output);
  console.error(problems.join('; '));
  process.exit(1);
}
console.log(`first post after ${seconds} s, ended cleanly`);
