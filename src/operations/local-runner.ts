import type { Clock } from '../clock.js';
import type { DueAnnouncement } from '../publish/ports.js';
import type { PublishResult } from '../publish/publish-result.js';

/** How many are sent at once while the queue is away. */
const mostAtOnce = 8;

/** Runs announcements at their moments in this process while the queue is out of reach. The claim keeps it from doing anything twice. */
export interface LocalRunner {
  /** Takes over what is due or soon due; what it has already is left as it is. */
  take(due: readonly DueAnnouncement[]): void;
  /** Forgets what it has not begun: the queue is back. */
  forget(): void;
  /** Forgets, and waits for what is under way. */
  close(): Promise<void>;
}

/** A runner that calls `publish` with an id when its moment comes. */
export function createLocalRunner(
  clock: Clock,
  publish: (id: string) => Promise<PublishResult>,
): LocalRunner {
  const waiting = new Map<string, NodeJS.Timeout>();
  const ready: string[] = [];
  const running = new Set<Promise<void>>();

  const arm = (id: string, at: number) => {
    const timer = setTimeout(
      () => {
        ready.push(id);
        pump();
      },
      Math.max(0, at - clock.now()),
    );
    waiting.set(id, timer);
  };
  const pump = () => {
    while (running.size < mostAtOnce) {
      const id = ready.shift();
      if (id === undefined) return;
      const run = publish(id)
        .then((result) => {
          waiting.delete(id);
          if (result.kind === 'again') arm(id, result.at);
        })
        // It is overdue then, and comes back as such.
        .catch(() => void waiting.delete(id))
        .finally(() => {
          running.delete(run);
          pump();
        });
      running.add(run);
    }
  };
  const forget = () => {
    for (const timer of waiting.values()) clearTimeout(timer);
    waiting.clear();
    ready.length = 0;
  };

  return {
    take(due) {
      for (const { id, at } of due) if (!waiting.has(id)) arm(id, at);
    },
    forget,
    async close() {
      forget();
      await Promise.all(running);
      forget();
    },
  };
}
