import type { Config } from '../../config/config.js';
import { publicAddress } from '../../config/public-address.js';
import type { AnnouncementQueue } from '../../queue/announcement-queue.js';
import { redisCondition } from '../../queue/redis-condition.js';
import { fine, warning, type Finding } from './finding.js';

/** Whether the queue's store answers and keeps what it is given. */
export async function queueFindings(
  { redisUrl, databaseUrl }: Config,
  queue?: AnnouncementQueue,
): Promise<readonly Finding[]> {
  if (redisUrl === undefined) {
    const where = databaseUrl === undefined ? 'the embedded database' : 'the Postgres server';
    return [fine('queue', `on ${where}${await depthOf(queue)}`)];
  }
  const { version, evictionPolicy } = await redisCondition(redisUrl);
  const reached = fine(
    'queue',
    `Redis ${version} at ${publicAddress(redisUrl)} answers${await depthOf(queue)}`,
  );
  if (evictionPolicy === 'noeviction') return [reached];
  return [
    reached,
    warning(
      'queue',
      `Redis may drop jobs when its memory is full (maxmemory-policy is ${evictionPolicy})`,
      'Set maxmemory-policy noeviction; until then the sweep puts back within a minute what is lost',
    ),
  ];
}

async function depthOf(queue: AnnouncementQueue | undefined): Promise<string> {
  if (!queue || queue.backend === 'none') return '';
  const waiting = Object.values(await queue.depth()).reduce((sum, count) => sum + count, 0);
  return `; ${String(waiting)} jobs wait in it`;
}
