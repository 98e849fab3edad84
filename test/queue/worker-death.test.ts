import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { createEvents } from '../../src/events.js';
import { openAnnouncementQueue } from '../../src/queue/announcement-queue.js';
import { openQueueStore, type QueuePlace } from '../../src/queue/store.js';
import { openDatabase } from '../../src/storage/opening.js';
import { postgresForTests } from '../support/database.js';
import { freshEditionName } from '../support/edition.js';
import { missingPostgres } from '../support/postgres-server.js';
import { missingRedis, privateRedis } from '../support/redis-server.js';

const program = fileURLToPath(new URL('dying-worker.ts', import.meta.url));
const missing = missingRedis() ?? missingPostgres();
if (missing && process.env.CI) throw new Error(missing);

/** Lets a process of its own take a job and kills it; answers how often the job runs here afterwards. */
async function runsAfterDeath(place: Exclude<QueuePlace, { kind: 'embedded' }>): Promise<number> {
  const edition = freshEditionName();
  const store = await openQueueStore(place, createEvents());
  const queue = openAnnouncementQueue(store, { edition, networks: ['x'], clock: systemClock });
  await queue.schedule([{ id: 'orphan', network: 'x', at: 0 }]);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', program, place.kind, place.url, edition],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  let runs = 0;
  await queue.work(
    {
      publish: () => {
        runs += 1;
        return Promise.resolve({ kind: 'done' });
      },
      reread: () => Promise.resolve(),
    },
    { networks: new Map([['x', { concurrency: 1 }]]) },
  );
  await expect.poll(() => runs, { timeout: 40_000, interval: 100 }).toBe(1);
  await expect.poll(async () => (await queue.depth()).x).toBe(0);
  await queue.close();
  return runs;
}

describe.skipIf(missing)(`a worker that is killed${missing ? `: skipped, ${missing}` : ''}`, () => {
  const postgres = postgresForTests();

  test(
    'leaves its job to the others, on Redis and on a Postgres server',
    { timeout: 90_000 },
    async () => {
      const redis = await privateRedis();
      onTestFinished(() => redis.remove());
      await redis.start();
      const url = await postgres.freshDatabase();
      const database = await openDatabase({ url });
      expect(
        await Promise.all([
          runsAfterDeath({ kind: 'redis', url: redis.url }),
          runsAfterDeath({ kind: 'postgres', url }),
        ]),
      ).toEqual([1, 1]);
      await database.close();
    },
  );
});
