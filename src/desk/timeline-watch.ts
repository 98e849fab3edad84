import type { Clock } from '../clock.js';
import type { Events } from '../events.js';
import type { PreviewPost, PreviewTimeline } from '../networks/preview/timeline.js';

/** How often the timeline is looked at while somebody watches. */
const intervalMs = 1_000;
/** Read again each time: a database may show a number only after a higher one. */
const overlap = 20;
const pageSize = 100;
/** More than this at once and a reader is told to load the page anew. */
const burst = 1_000;

/** What a watcher hears: new posts, oldest first, or that too many came to tell them one by one. */
export type TimelineNews =
  | { readonly kind: 'posts'; readonly posts: readonly PreviewPost[] }
  | { readonly kind: 'too-many' };

/** Posts newer than a sequence, oldest first; undefined when there are more than a page can slide in. */
export async function postsAfter(
  timeline: Pick<PreviewTimeline, 'list'>,
  after: number,
): Promise<readonly PreviewPost[] | undefined> {
  const found: PreviewPost[] = [];
  let before: number | undefined;
  for (;;) {
    const page = await timeline.list({
      after,
      limit: pageSize,
      ...(before === undefined ? {} : { before }),
    });
    found.push(...page);
    before = page.at(-1)?.sequence;
    if (page.length < pageSize || before === undefined) return found.reverse();
    if (found.length > burst) return undefined;
  }
}

/**
 * Looks at the timeline for all open pages together, and only while there is one: each second, or as soon as an
 * announcement of this process is published.
 */
export class TimelineWatch {
  readonly #watchers = new Set<(news: TimelineNews) => void>();
  readonly #seen = new Set<number>();
  #newest = 0;
  #stop: AbortController | undefined;
  #started: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: {
      readonly timeline: Pick<PreviewTimeline, 'list'>;
      readonly clock: Clock;
      readonly events?: Events;
      report(error: unknown, path: string): void;
    },
    private readonly closing: AbortSignal,
  ) {}

  /** How many watch now. */
  get watchers(): number {
    return this.#watchers.size;
  }

  /** Resolves once every later post will be heard; answers the function that ends the watching. */
  async watch(watcher: (news: TimelineNews) => void): Promise<() => void> {
    this.#watchers.add(watcher);
    if (this.#stop === undefined) {
      const stop = new AbortController();
      this.#stop = stop;
      this.#started = this.#mark();
      void this.#started.then(
        () => this.#run(AbortSignal.any([stop.signal, this.closing])),
        () => undefined,
      );
    }
    const end = () => {
      this.#watchers.delete(watcher);
      if (this.#watchers.size > 0) return;
      this.#stop?.abort();
      this.#stop = undefined;
    };
    try {
      await this.#started;
    } catch (error) {
      end();
      throw error;
    }
    return end;
  }

  /** Takes what stands now as known. */
  async #mark(): Promise<void> {
    const posts = await this.context.timeline.list({ limit: overlap });
    this.#seen.clear();
    for (const post of posts) this.#seen.add(post.sequence);
    this.#newest = posts[0]?.sequence ?? 0;
  }

  async #run(stopped: AbortSignal): Promise<void> {
    for (;;) {
      await this.#pause(stopped);
      if (stopped.aborted) return;
      try {
        await this.#look();
      } catch (error) {
        // The page keeps what it has; the next look may succeed.
        this.context.report(error, '/preview/events');
      }
    }
  }

  async #pause(stopped: AbortSignal): Promise<void> {
    const woken = new AbortController();
    const deaf = this.context.events?.on((event) => {
      if (event.kind === 'announcement' && event.to === 'published') woken.abort();
    });
    await this.context.clock.sleep(intervalMs, AbortSignal.any([stopped, woken.signal]));
    deaf?.();
  }

  async #look(): Promise<void> {
    const posts = await postsAfter(this.context.timeline, Math.max(0, this.#newest - overlap));
    if (posts === undefined) {
      await this.#mark();
      this.#tell({ kind: 'too-many' });
      return;
    }
    const fresh = posts.filter((post) => !this.#seen.has(post.sequence));
    if (fresh.length === 0) return;
    for (const post of fresh) this.#seen.add(post.sequence);
    this.#newest = Math.max(this.#newest, ...fresh.map((post) => post.sequence));
    for (const sequence of this.#seen) {
      if (sequence < this.#newest - overlap) this.#seen.delete(sequence);
    }
    this.#tell({ kind: 'posts', posts: fresh });
  }

  #tell(news: TimelineNews): void {
    for (const watcher of this.#watchers) watcher(news);
  }
}
