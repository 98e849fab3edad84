import {
  createPostgresBackend,
  Queue,
  runMigrations,
  withBackend,
  Worker,
  type PgPool,
  type Processor,
} from 'bullmq';
import { EventEmitter } from 'node:events';
import { Redis } from 'ioredis';
import pg from 'pg';
import { reasonOf } from '../errors.js';
import type { Events } from '../events.js';
import { outliveConnections } from '../storage/server-database.js';

/** Where the queue lives: Redis, a Postgres server, or the embedded database through its pool-shaped adapter. */
export type QueuePlace =
  | { readonly kind: 'redis'; readonly url: string }
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'embedded'; readonly pool: PgPool };

/** What a worker may be told. */
export interface WorkerSettings {
  readonly concurrency: number;
  readonly pace?: { readonly posts: number; readonly perMs: number } | undefined;
}

/** What we use of a BullMQ queue, whatever its backend. */
export type JobQueue = Pick<
  Queue,
  | 'addBulk'
  | 'remove'
  | 'obliterate'
  | 'getJobCounts'
  | 'getJobScheduler'
  | 'upsertJobScheduler'
  | 'close'
>;

/** What we use of a BullMQ worker, whatever its backend. */
export type JobWorker = Pick<Worker, 'close'>;

/** Makes BullMQ's queues and workers on one store, and closes what it opened. */
export interface QueueStore {
  readonly kind: QueuePlace['kind'];
  queue(name: string): JobQueue;
  worker(name: string, processor: Processor, settings: WorkerSettings): JobWorker;
  close(): Promise<void>;
}

/**
 * A worker that dies leaves its job locked; another takes it up after this long at the latest. The ledger's claim, not this lock, keeps
 * a job that runs twice from posting twice.
 */
const locks = { lockDuration: 15_000, stalledInterval: 5_000, maxStalledCount: 1_000 };
/** Finished jobs go at once: a kept id would be ignored when it is added again. */
const jobOptions = { removeOnComplete: true, removeOnFail: true };

/** Opens the store. Redis may be away: it is waited for in the background, and commands reject until it is there. */
export async function openQueueStore(place: QueuePlace, events: Events): Promise<QueueStore> {
  return place.kind === 'redis' ? redisStore(place.url, events) : postgresStore(place, events);
}

async function redisStore(url: string, events: Events): Promise<QueueStore> {
  const reconnect = {
    retryStrategy: (times: number) => Math.min(200 * times, 2_000),
    connectTimeout: 5_000,
  };
  const producer = new Redis(url, {
    ...reconnect,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    lazyConnect: true,
  });
  tellOfConnection(producer, events);
  // A first connection that fails is retried in the background like any later one.
  await producer.connect().catch(() => undefined);
  // It connects by itself: BullMQ would connect a lazy one once, and give its worker up for ever when the server is away just then.
  const workers = new Redis(url, { ...reconnect, maxRetriesPerRequest: null });
  workers.on('error', () => undefined);
  return {
    kind: 'redis',
    queue: (name) =>
      quiet(
        new Queue(name, {
          connection: producer,
          prefix: 'callboard',
          skipWaitingForReady: true,
          skipVersionCheck: true,
          defaultJobOptions: jobOptions,
        }),
      ),
    worker: (name, processor, settings) =>
      quiet(
        new Worker(name, processor, {
          connection: workers,
          prefix: 'callboard',
          ...locks,
          ...settingsOf(settings),
        }),
      ),
    close: () => {
      producer.disconnect();
      workers.disconnect();
      return Promise.resolve();
    },
  };
}

async function postgresStore(
  place: Exclude<QueuePlace, { kind: 'redis' }>,
  events: Events,
): Promise<QueueStore> {
  const own =
    place.kind === 'postgres'
      ? new pg.Pool({
          connectionString: place.url,
          options: '-c search_path=bullmq,public',
          application_name: 'callboard-queue',
          max: 16,
          keepAlive: true,
        })
      : undefined;
  if (own) outliveConnections(own);
  own?.on('error', (error) => events.emit({ kind: 'queue-lost', message: reasonOf(error) }));
  const pool: PgPool = place.kind === 'embedded' ? place.pool : (own as unknown as PgPool);
  // Each queue and worker listens for its errors.
  if (pool instanceof EventEmitter) pool.setMaxListeners(0);
  const client = await pool.connect();
  try {
    await runMigrations(client);
  } finally {
    client.release();
  }
  const bullmq = withBackend(createPostgresBackend);
  return {
    kind: place.kind,
    queue: (name) =>
      quiet(new bullmq.Queue(name, { connection: pool, defaultJobOptions: jobOptions })),
    worker: (name, processor, settings) =>
      quiet(
        new bullmq.Worker(name, processor, { connection: pool, ...locks, ...settingsOf(settings) }),
      ),
    close: async () => {
      await own?.end();
    },
  };
}

function settingsOf({ concurrency, pace }: WorkerSettings) {
  return { concurrency, ...(pace && { limiter: { max: pace.posts, duration: pace.perMs } }) };
}

/** BullMQ prints errors that nobody listens to; ours are told through the connection's events. */
function quiet<T extends EventEmitter>(thing: T): T {
  thing.on('error', () => undefined);
  return thing;
}

function tellOfConnection(redis: Redis, events: Events): void {
  let lost = false;
  let reason = 'the connection to Redis broke';
  redis.on('error', (error) => {
    reason = reasonOf(error) || reason;
    if (!lost) events.emit({ kind: 'queue-lost', message: reason });
    lost = true;
  });
  redis.on('close', () => {
    if (!lost && redis.status !== 'end') events.emit({ kind: 'queue-lost', message: reason });
    lost = true;
  });
  redis.on('ready', () => {
    if (lost) events.emit({ kind: 'queue-back' });
    lost = false;
  });
}
