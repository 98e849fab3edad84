import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { networks } from '../../src/campaign/network.js';
import { createEvents } from '../../src/events.js';
import {
  openAnnouncementQueue,
  type AnnouncementQueue,
} from '../../src/queue/announcement-queue.js';
import { openQueueStore, type QueuePlace } from '../../src/queue/store.js';
import type { Database } from '../../src/storage/database.js';
import { openDatabase } from '../../src/storage/opening.js';
import { openEmbeddedForTest, postgresForTests } from '../support/database.js';
import { missingPostgres } from '../support/postgres-server.js';
import { missingRedis, privateRedis } from '../support/redis-server.js';

/** Opens queues on one store; who opens one closes it. */
export interface Queues {
  readonly place: QueuePlace;
  /** Of an edition; several of the same name are several processes. */
  open(edition: string): Promise<AnnouncementQueue>;
  /** What is taken away here is lost to every queue. */
  wipe(): Promise<void>;
}

/** Runs the same tests on the embedded database, a Postgres server and Redis, as far as they are there; in CI all must be. */
export function describeOnStores(title: string, tests: (queues: () => Queues) => void): void {
  describe(`${title} (embedded)`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'callboard-test-'));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    withQueues(async () => {
      const database = await openEmbeddedForTest(folder);
      const place = { kind: 'embedded', pool: database.pool } as const;
      return { place, wipe: () => wipeTables(database), close: () => database.close() };
    }, tests);
  });

  const noPostgres = missingPostgres();
  const noRedis = missingRedis();
  if (process.env.CI && (noPostgres ?? noRedis)) throw new Error(noPostgres ?? noRedis);

  describe.skipIf(noPostgres)(`${title} (server${skipped(noPostgres)})`, () => {
    const postgres = postgresForTests();
    withQueues(async () => {
      const url = await postgres.freshDatabase();
      const database = await openDatabase({ url });
      const place = { kind: 'postgres', url } as const;
      return { place, wipe: () => wipeTables(database), close: () => database.close() };
    }, tests);
  });

  describe.skipIf(noRedis)(`${title} (Redis${skipped(noRedis)})`, () => {
    withQueues(async () => {
      const redis = await privateRedis();
      await redis.start();
      const place = { kind: 'redis', url: redis.url } as const;
      return { place, wipe: () => redis.flush(), close: () => redis.remove() };
    }, tests);
  });
}

interface Opened {
  readonly place: QueuePlace;
  readonly wipe: () => Promise<void>;
  readonly close: () => Promise<void>;
}

function withQueues(openPlace: () => Promise<Opened>, tests: (queues: () => Queues) => void): void {
  let opened: Opened | undefined;
  beforeAll(async () => {
    opened = await openPlace();
  });
  afterAll(async () => {
    await opened?.close();
  });
  tests(() => {
    if (!opened) throw new Error('the store is not open yet');
    const { place, wipe } = opened;
    return {
      place,
      async open(edition) {
        const store = await openQueueStore(place, createEvents());
        return openAnnouncementQueue(store, { edition, networks, clock: systemClock });
      },
      wipe,
    };
  });
}

/** Empties the tables of the queue, as if its store had been lost; what it needs to work stays. */
export async function wipeTables(database: Database): Promise<void> {
  const { rows } = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%'`,
  );
  const truncate = `TRUNCATE ${rows.map(({ name }) => name).join(', ')} CASCADE`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await database.query(truncate);
      return;
    } catch (thrown) {
      // It locks all tables, workers lock them in an order of their own: the database then ends one of the two.
      const deadlock = (thrown as { code?: unknown } | null)?.code === '40P01';
      if (!deadlock || attempt === 10) throw thrown;
    }
  }
}

function skipped(missing: string | undefined): string {
  return missing === undefined ? '' : `: skipped, ${missing}`;
}
