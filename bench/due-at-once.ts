import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { networks } from '../src/campaign/network.js';
import { loadConfig } from '../src/config/config.js';
import { createEvents } from '../src/events.js';
import { openEdition } from '../src/operations/open-edition.js';
import { startPublishing } from '../src/operations/run.js';
import { openQueueStore, type QueuePlace } from '../src/queue/store.js';
import { openDatabase } from '../src/storage/opening.js';
import { lateness } from '../src/storage/statistics.js';
import { missingPostgres, startPostgres } from '../test/support/postgres-server.js';
import { missingRedis, privateRedis } from '../test/support/redis-server.js';
import { session, writeProgram } from '../test/support/edition.js';
import { median, ms, times, type Row } from './row.js';

const count = 1_000;
const runs = 3;
const leadMs = 15 * 60_000;
const warningMs = 9_000;

/** Where both sides of the comparison run. */
interface Backend {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
}

/** 1,000 announcements due at one instant, through ledger and preview network, beside bare BullMQ running no-ops on the same backend. */
export async function dueAtOnce(): Promise<readonly Row[]> {
  const rows = [await row({ name: 'embedded PGlite', env: {} })];
  const missing = missingRedis() ?? missingPostgres();
  if (missing !== undefined) {
    const absent = { figure: '—', beside: '—', ratio: '—', goal: '≤ 2 ×', note: missing };
    return [
      ...rows,
      { what: `${String(count)} due at one instant, Redis and Postgres`, ...absent },
    ];
  }
  const redis = await privateRedis();
  const postgres = await startPostgres();
  try {
    await redis.start();
    const database = await postgres.freshDatabase();
    rows.push(
      await row({
        name: 'Redis and Postgres',
        env: { REDIS_URL: redis.url, DATABASE_URL: database },
      }),
    );
  } finally {
    await redis.remove();
    await postgres.stop();
  }
  return rows;
}

async function row(backend: Backend): Promise<Row> {
  const bare: number[] = [];
  const full: Awaited<ReturnType<typeof throughLedger>>[] = [];
  for (let run = 0; run < runs; run += 1) {
    bare.push(await bareQueue(backend, run));
    full.push(await throughLedger(backend, run));
  }
  const fullMs = median(full.map(({ all }) => all));
  const bareMs = median(bare);
  const p99 = median(full.map((one) => one.p99));
  return {
    what: `${String(count)} announcements due at one instant, ${backend.name}`,
    figure: `${ms(fullMs)}, p99 late ${ms(p99)}`,
    beside: `bare BullMQ, no-ops: ${ms(bareMs)}`,
    ratio: times(fullMs, bareMs),
    goal: backend.name.startsWith('Redis') ? '≤ 2 ×; p99 ≤ 2 s' : '≤ 2 ×',
  };
}

/** From the common due moment until the last no-op ran. */
async function bareQueue(backend: Backend, run: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-bench-'));
  const { REDIS_URL: redis, DATABASE_URL: url } = backend.env;
  const embedded =
    redis === undefined && url === undefined ? await openDatabase({ folder }) : undefined;
  const place: QueuePlace =
    redis !== undefined
      ? { kind: 'redis', url: redis }
      : { kind: 'embedded', pool: embedded?.pool ?? raise('an embedded database') };
  const store = await openQueueStore(place, createEvents());
  try {
    let left = count;
    let last = 0;
    const done = new Promise<void>((resolve) => {
      for (const network of networks) {
        store.worker(
          `bare-${String(run)}.${network}`,
          () => {
            last = Date.now();
            left -= 1;
            if (left === 0) resolve();
            return Promise.resolve();
          },
          { concurrency: 8 },
        );
      }
    });
    const dueAt = Date.now() + warningMs / 3;
    for (const network of networks) {
      await store.queue(`bare-${String(run)}.${network}`).addBulk(
        Array.from({ length: count / networks.length }, (_, index) => ({
          name: 'no-op',
          data: { id: String(index) },
          opts: { jobId: `job${String(index)}`, delay: dueAt - Date.now() },
        })),
      );
    }
    await done;
    return last - dueAt;
  } finally {
    await store.close();
    await embedded?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** From the common due moment until the network took the last one. */
async function throughLedger(backend: Backend, run: number): Promise<{ all: number; p99: number }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-bench-'));
  const file = path.join(folder, 'callboard.yaml');
  const startsAt = Date.now() + leadMs + warningMs;
  writeProgram(
    path.join(folder, 'program.json'),
    Array.from({ length: count / networks.length }, (_, index) =>
      session(`s${String(index)}`, startsAt),
    ),
  );
  writeFileSync(
    file,
    stringify({
      conference: { name: 'Bench', zone: 'UTC' },
      edition: `bench-${String(run)}-${String(process.pid)}`,
      program: 'program.json',
      leads: ['PT15M'],
      accounts: networks.map((network) => `preview:${network}`),
      dataFolder: 'data',
    }),
  );
  const opened = await openEdition(loadConfig({ file, env: backend.env }), { edition: 'begin' });
  const { context } = opened;
  let left = count;
  const done = new Promise<void>((resolve) => {
    context.events.on((event) => {
      if (event.kind === 'announcement' && event.to === 'published' && (left -= 1) === 0) resolve();
    });
  });
  const work = await startPublishing(context, { begun: true });
  try {
    await done;
    const [all] = await lateness(context.database, context.edition.id);
    if (!all) throw new Error('nothing was posted');
    return { all: all.max, p99: all.p99 };
  } finally {
    await work.close();
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function raise(what: string): never {
  throw new Error(`the bench needs ${what}`);
}
