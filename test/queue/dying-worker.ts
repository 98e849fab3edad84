import { systemClock } from '../../src/clock.js';
import { createEvents } from '../../src/events.js';
import { openAnnouncementQueue } from '../../src/queue/announcement-queue.js';
import { openQueueStore } from '../../src/queue/store.js';

/** A worker that takes a job, says so, and never ends it: to be killed. Arguments: `redis` or `postgres`, address, edition. */
const [kind, url = '', edition = ''] = process.argv.slice(2);
const store = await openQueueStore(
  { kind: kind === 'redis' ? 'redis' : 'postgres', url },
  createEvents(),
);
const queue = openAnnouncementQueue(store, { edition, networks: ['x'], clock: systemClock });
await queue.work(
  {
    publish: () => {
      process.stdout.write('took it\n');
      return new Promise(() => undefined);
    },
    reread: () => Promise.resolve(),
  },
  { networks: new Map([['x', { concurrency: 1 }]]) },
);
