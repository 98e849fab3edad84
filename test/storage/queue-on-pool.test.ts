import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import { expect, it } from 'vitest';
import { maintain } from '../../src/storage/maintenance.js';
import { describeOnDatabases } from '../support/database.js';

const { Queue, Worker } = withBackend(createPostgresBackend);

describeOnDatabases('BullMQ on the pool of the database', (database) => {
  it('runs delayed jobs, moves them, removes them and repeats, while transactions hold the connection alone', async () => {
    const pool = database().pool as never;
    const client = await database().pool.connect();
    await runMigrations(client);
    client.release();
    const done: string[] = [];
    const queue = new Queue('calls', { connection: pool });
    const worker = new Worker(
      'calls',
      (job) => {
        done.push(job.name);
        return Promise.resolve();
      },
      { connection: pool, concurrency: 10 },
    );
    worker.on('error', () => undefined);
    await queue.addBulk(
      Array.from({ length: 50 }, (_, index) => ({
        name: `delayed ${String(index)}`,
        data: {},
        opts: { delay: 400, jobId: `job-${String(index)}`, removeOnComplete: true },
      })),
    );
    const moved = await queue.add('moved', {}, { delay: 3_600_000, jobId: 'moved' });
    await moved.changeDelay(300);
    const removed = await queue.add('removed', {}, { delay: 300, jobId: 'removed' });
    await removed.remove();
    await queue.upsertJobScheduler('sweep', { every: 300 }, { name: 'sweep' });
    for (let round = 0; round < 10; round += 1) {
      await database().transaction(async (transaction) => {
        await transaction.query('SELECT $1::int', [round]);
        await new Promise((resolve) => setTimeout(resolve, 20));
        await transaction.query('SELECT $1::int', [round]);
      });
    }
    await expect
      .poll(() => [new Set(done).size, done.filter((name) => name === 'sweep').length >= 2], {
        timeout: 20_000,
      })
      .toEqual([52, true]);
    expect(done.filter((name) => name.startsWith('delayed'))).toHaveLength(50);
    expect(done).not.toContain('removed');
    await worker.close();
    await queue.close();
    await maintain(database());
  });
});
