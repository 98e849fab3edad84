import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
import { writeCrashEdition } from '../test/support/crash-edition.js';
import { createRandom } from '../test/support/crash-random.js';
import { median, ms, times, type Row } from './row.js';
import { watchStatements, type StatementTime } from './statements.js';

const count = 1_000;
const runs = 3;
/** Everything is in the queue well before it falls due. */
const warningMs = 9_000;
/** At least so long before; else the machine is too busy for a measurement. */
const readyMs = 500;
const mostStatements = 8;

/** Where both sides of the comparison run. */
interface Backend {
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the stop watch around a statement sees. */
  readonly clock: string;
}

/** 1,000 announcements due at one instant, through ledger and preview network, beside bare BullMQ running no-ops on the same backend. */
export async function dueAtOnce(): Promise<readonly Row[]> {
  const rows = [await row({ name: 'embedded PGlite', env: {}, clock: 'each its own time' })];
  const missing = missingRedis() ?? missingPostgres();
  if (missing !== undefined) {
    const what = `${String(count)} announcements due at one instant, Redis and Postgres`;
    return [...rows, { what, figure: missing, beside: '—', ratio: '—', goal: '—' }];
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
        clock: 'each with its wait for one of ten connections',
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
    note: `Statements of the ${String(count)} on ${backend.name}, the last run, ${backend.clock}: ${statementsOf(full.at(-1)?.statements ?? [])}.`,
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

/** What went through the ledger: from the common due moment until the network took the last one, and the like of all. */
interface Passage {
  readonly all: number;
  readonly p99: number;
  readonly statements: readonly StatementTime[];
}

async function throughLedger(backend: Backend, run: number): Promise<Passage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-bench-'));
  const file = writeCrashEdition({
    folder,
    edition: `bench-${String(run)}-${String(process.pid)}`,
    announcements: count,
    overMs: 0,
    random: createRandom(run),
    firstDueAfterS: warningMs / 1_000,
  });
  const config = loadConfig({ file, env: backend.env, overrides: { dataFolder: folder } });
  const opened = await openEdition(config, { edition: 'begin' });
  const { context } = opened;
  let left = count;
  const done = new Promise<void>((resolve) => {
    context.events.on((event) => {
      if (event.kind === 'announcement' && event.to === 'published' && (left -= 1) === 0) resolve();
    });
  });
  const work = await startPublishing(context, { begun: true });
  const watch = watchStatements();
  try {
    const [first] = await context.ledger.list({ limit: 1 });
    const waitMs = (first?.dueAt ?? 0) - context.clock.now() - readyMs;
    if (waitMs < 0) throw new Error('this machine is too busy for a measurement');
    await context.clock.sleep(waitMs);
    watch.take();
    await done;
    const statements = watch.take();
    const [all] = await lateness(context.database, context.edition.id);
    if (all?.posts !== count) throw new Error('not everything was posted');
    return { all: all.max, p99: all.p99, statements };
  } finally {
    watch.end();
    await work.close();
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function statementsOf(statements: readonly StatementTime[]): string {
  return statements
    .slice(0, mostStatements)
    .map(({ name, count: often, ms: all }) => `${name} ${String(often)} × ${ms(all / often)}`)
    .join(', ');
}

function raise(what: string): never {
  throw new Error(`the bench needs ${what}`);
}
