import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { missingPostgres, startPostgres } from '../test/support/postgres-server.js';
import { freePort, missingRedis, privateRedis } from '../test/support/redis-server.js';
import { ms, type Row } from './row.js';

const main = 'dist/src/cli/main.js';
const patienceMs = 60_000;
/** A process has settled by then. */
const settledMs = 15_000;

/** Time to the first post and resident memory of the built processes. */
export async function processes(): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-bench-'));
  try {
    const rows = [await embedded(folder)];
    if (missingRedis() === undefined && missingPostgres() === undefined) {
      rows.push(await worker(folder));
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function embedded(folder: string): Promise<Row> {
  const port = await freePort();
  const run = await observe(['run', '--data', folder, '--port', String(port)], {}, /●/);
  return {
    what: '`run` on an empty data folder: start to first post; memory once started',
    figure: `${ms(run.toSign)}; ${megabytes(run.resident)}`,
    beside: '—',
    ratio: '—',
    goal: '≤ 30 s; ≤ 600 MB',
    note: `At its start, while the database is unpacked and migrated, \`run\` peaks at ${megabytes(run.peak)}.`,
  };
}

async function worker(folder: string): Promise<Row> {
  const redis = await privateRedis();
  const postgres = await startPostgres();
  try {
    await redis.start();
    const database = await postgres.freshDatabase();
    const env = { REDIS_URL: redis.url, DATABASE_URL: database };
    const run = await observe(['work', '--data', folder], env, /●/);
    return {
      what: '`work` on Redis and Postgres: memory once started',
      figure: megabytes(run.resident),
      beside: '—',
      ratio: '—',
      goal: '≤ 200 MB',
    };
  } finally {
    await redis.remove();
    await postgres.stop();
  }
}

/** Starts the built command, waits for a sign in its output and then until it has settled; ends it. */
async function observe(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  sign: RegExp,
) {
  const began = performance.now();
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } });
  let output = '';
  const seen = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no sign in: ${output}`)), patienceMs);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      if (!sign.test(output)) return;
      clearTimeout(timer);
      resolve(performance.now() - began);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  try {
    const toSign = await seen;
    await new Promise((resolve) => setTimeout(resolve, settledMs));
    const status = readFileSync(`/proc/${String(child.pid)}/status`, 'utf8');
    return { toSign, resident: kilobytes(status, 'VmRSS'), peak: kilobytes(status, 'VmHWM') };
  } finally {
    child.kill('SIGINT');
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

function kilobytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? Number.NaN);
}

function megabytes(kb: number): string {
  return `${String(Math.round(kb / 1_024))} MB`;
}
