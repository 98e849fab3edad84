import { Redis } from 'ioredis';
import { CallboardError, reasonOf } from '../errors.js';

/** What matters about a Redis server before a queue is trusted to it. */
export interface RedisCondition {
  readonly version: string;
  /** Must be `noeviction`: see https://docs.bullmq.io/guide/going-to-production#max-memory-policy. */
  readonly evictionPolicy: string;
}

const patienceMs = 4_000;

/**
 * Asks a Redis server how it is.
 *
 * @throws CallboardError `queue-out-of-reach`, without the address, which may hold a password.
 */
export async function redisCondition(url: string): Promise<RedisCondition> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: unknown;
  redis.on('error', (error) => (reason = error));
  try {
    await redis.connect();
    const info = await redis.info();
    const field = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? 'unknown';
    return { version: field('redis_version'), evictionPolicy: field('maxmemory_policy') };
  } catch (thrown) {
    throw new CallboardError(
      'queue-out-of-reach',
      {
        place: 'Redis',
        problem: `it cannot be reached (${reasonOf(reason ?? thrown)})`,
        remedy: 'Start it, or correct REDIS_URL; announcements go on from the database meanwhile',
      },
      'storage',
      { cause: thrown },
    );
  } finally {
    redis.disconnect();
  }
}
