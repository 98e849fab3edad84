import type { EpochMs } from '../../../src/program/time.js';
import type { ThreadsServerOptions } from './threads-server.js';

/** An error in Meta's shape. */
export class GraphError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly subcode?: number,
    readonly transient = false,
  ) {
    super(message);
  }

  body() {
    const { message, code, subcode, transient } = this;
    const type = code === 100 ? 'THApiException' : 'OAuthException';
    const error = { message, type, code, is_transient: transient };
    return subcode === undefined ? error : { ...error, error_subcode: subcode };
  }
}

/** A post as it stands, or stood. */
export interface StoredPost {
  readonly id: string;
  readonly container: string;
  readonly shortcode: string;
  readonly permalink: string;
  /** The request that made its container. */
  readonly made: Readonly<Record<string, string>>;
  readonly text: string;
  readonly at: EpochMs;
}

interface Container {
  readonly id: string;
  readonly made: Readonly<Record<string, string>>;
  readonly at: EpochMs;
  failed?: string;
  published?: true;
}

const day = 86_400_000;
const deletesPerDay = 100;
const notFound = () => new GraphError(400, 24, 'The requested resource does not exist', 4_279_009);

/** Containers and posts of one account. */
export function threadsContainers(options: ThreadsServerOptions, username: string) {
  const { clock, processingMs = 0, postsPerDay = 250, duplicates = 'taken' } = options;
  const containers = new Map<string, Container>();
  const posts: StoredPost[] = [];
  const removed = new Set<string>();
  const publications: EpochMs[] = [];
  const deletions: EpochMs[] = [];
  const races: ('before' | 'after' | 'gone')[] = [];
  let failures = 0;
  let insightCounts: Readonly<Record<string, number>> = {};
  let hidden: string | undefined;
  let ids = 18_000_000_000_000_000n;
  const nextId = () => String((ids += 1_234_567n));
  const standing = () => posts.filter(({ id }) => !removed.has(id));
  const used = (moments: readonly EpochMs[]) =>
    moments.filter((at) => at > clock.now() - day).length;

  const stateOf = (container: Container) => {
    if (container.published) return 'PUBLISHED';
    if (container.failed !== undefined) return 'ERROR';
    const age = clock.now() - container.at;
    if (age >= day) return 'EXPIRED';
    return age < processingMs ? 'IN_PROGRESS' : 'FINISHED';
  };

  const publishNow = (container: Container) => {
    container.published = true;
    const id = nextId();
    const shortcode = `D${Buffer.from(id).toString('base64url').slice(-10)}`;
    const permalink = `https://www.threads.com/@${username}/post/${shortcode}`;
    const { made } = container;
    const text = made.text ?? '';
    posts.push({ id, container: container.id, shortcode, permalink, made, text, at: clock.now() });
    publications.push(clock.now());
    return id;
  };

  const described = (post: StoredPost) => ({
    id: post.id,
    media_product_type: 'THREADS',
    media_type: post.made.media_type === 'IMAGE' ? 'IMAGE' : 'TEXT_POST',
    permalink: post.permalink,
    username,
    text: post.text,
    timestamp: new Date(post.at).toISOString().replace(/\.\d+Z$/, '+0000'),
    shortcode: post.shortcode,
    is_quote_post: false,
    has_replies: false,
  });

  return {
    posts: standing,
    count: () => containers.size,
    race: (form: 'before' | 'after' | 'gone', times: number) => {
      for (let each = 0; each < times; each += 1) races.push(form);
    },
    failPublications: (times: number) => {
      failures = times;
    },
    setInsights: (counts: Readonly<Record<string, number>>) => {
      insightCounts = counts;
    },

    async make(made: Readonly<Record<string, string>>): Promise<string> {
      refuse(made);
      const container: Container = { id: nextId(), made, at: clock.now() };
      containers.set(container.id, container);
      if (made.image_url !== undefined && !(await isPicture(made.image_url))) {
        container.failed = 'UNKNOWN';
      }
      return container.id;
    },

    publish(creation: string): string {
      const container = containers.get(creation);
      if (used(publications) >= postsPerDay) {
        throw new GraphError(403, 4, 'Application request limit reached');
      }
      if (!container) throw notFound();
      const state = stateOf(container);
      // Belief: how Threads says this is in no document.
      if (state === 'PUBLISHED') throw new GraphError(400, 100, 'The container is published');
      if (state !== 'FINISHED') throw notFound();
      if (failures > 0) {
        failures -= 1;
        container.failed = 'UNKNOWN';
        throw new GraphError(500, 2, 'An unexpected error has occurred', undefined, true);
      }
      const text = container.made.text ?? '';
      if (duplicates === 'refused' && standing().some((post) => post.text === text)) {
        throw new GraphError(400, 506, 'Duplicate status message');
      }
      const race = races.shift();
      hidden = race === 'gone' ? creation : undefined;
      if (race === 'after') publishNow(container);
      if (race) throw notFound();
      return publishNow(container);
    },

    read(id: string, fields: string): unknown {
      const container = containers.get(id);
      if (container && id !== hidden) {
        const error = container.failed === undefined ? {} : { error_message: container.failed };
        return { id, status: stateOf(container), ...error };
      }
      const post = standing().find((each) => each.id === id);
      if (!post) throw notFound();
      const all: Record<string, unknown> = described(post);
      const wanted = ['id', ...fields.split(',')];
      return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.includes(name)));
    },

    page({ since, limit = '25', after }: Readonly<Record<string, string | undefined>>): unknown {
      const from = since === undefined ? 0 : Number(since) * 1_000;
      if (from > clock.now()) throw new GraphError(400, 100, 'Invalid parameter: since');
      const newestFirst = standing()
        .filter(({ at }) => at >= from)
        .reverse();
      const start = after === undefined ? 0 : newestFirst.findIndex(({ id }) => id === after) + 1;
      const data = newestFirst.slice(start, start + Math.min(100, Number(limit)));
      const [first] = data;
      const last = data.at(-1);
      return {
        data: data.map(described),
        ...(first && last && { paging: { cursors: { before: first.id, after: last.id } } }),
      };
    },

    limits: () => ({
      quota_usage: used(publications),
      config: { quota_total: postsPerDay, quota_duration: day / 1_000 },
      delete_quota_usage: used(deletions),
      delete_config: { quota_total: deletesPerDay, quota_duration: day / 1_000 },
    }),

    remove(id: string): void {
      if (!standing().some((post) => post.id === id)) throw notFound();
      if (used(deletions) >= deletesPerDay) {
        throw new GraphError(403, 4, 'Application request limit reached');
      }
      deletions.push(clock.now());
      removed.add(id);
    },

    insights(id: string, metrics: string): unknown {
      if (!standing().some((post) => post.id === id)) throw notFound();
      return {
        data: metrics.split(',').map((name) => ({
          name,
          period: 'lifetime',
          values: [{ value: insightCounts[name] ?? 0 }],
          id: `${id}/insights/${name}/lifetime`,
        })),
      };
    },
  };
}

/** What Threads refuses when a container is made: https://developers.facebook.com/docs/threads/create-posts. */
function refuse(made: Readonly<Record<string, string>>): void {
  const invalid = (message: string) => new GraphError(400, 100, message);
  const { media_type, text = '', link_attachment, image_url, alt_text = '', topic_tag } = made;
  if (media_type !== 'TEXT' && media_type !== 'IMAGE') throw invalid('Invalid media_type');
  if (media_type === 'TEXT' && !text && !link_attachment) throw invalid('Missing text');
  if (media_type === 'IMAGE' && image_url === undefined) throw invalid('Missing image_url');
  if (media_type === 'IMAGE' && link_attachment !== undefined) {
    throw invalid('link_attachment is for text posts only');
  }
  if (charactersOf(text) > 500) throw invalid('Param text must be at most 500 characters long.');
  if (Array.from(alt_text).length > 1_000) throw invalid('Param alt_text is too long.');
  if (topic_tag !== undefined && !/^[^.&]{1,50}$/u.test(topic_tag))
    throw invalid('Invalid topic_tag');
  const links = new Set(text.match(/(?:https?:\/\/|www\.)\S+/g));
  if (link_attachment !== undefined) links.add(link_attachment);
  if (links.size > 5) throw invalid('THREADS_API__LINK_LIMIT_EXCEEDED');
}

/** Characters, an emoji as its UTF-8 bytes. */
function charactersOf(text: string): number {
  let count = 0;
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    const emoji = /\p{Emoji_Presentation}|\p{Extended_Pictographic}/u.test(segment);
    count += emoji ? Buffer.byteLength(segment) : Array.from(segment).length;
  }
  return count;
}

async function isPicture(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok && /^image\/(png|jpeg)/.test(response.headers.get('content-type') ?? '');
  } catch {
    return false;
  }
}
