import type { AnnouncementQueue } from './announcement-queue.js';

/** No queue: for commands that start no work. What they change, the sweep of the next worker puts in. */
export const absentQueue: AnnouncementQueue = {
  backend: 'none',
  schedule: () => Promise.resolve(),
  reschedule: () => Promise.resolve(),
  clear: () => Promise.resolve(),
  depth: () => Promise.resolve({}),
  keepRereading: () => Promise.resolve(),
  work: () => Promise.reject(new Error('a worker needs a queue')),
  close: () => Promise.resolve(),
};
