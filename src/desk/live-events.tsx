import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { networks } from '../campaign/network.js';
import type { PreviewPost } from '../networks/preview/timeline.js';
import { markup } from '../site/page.js';
import { timeWords } from '../site/time-words.js';
import type { CampaignStatus, Due, WebContext } from '../site/web-context.js';
import type { DeskParts } from './desk-parts.js';
import { Post } from './post.js';
import { Awaited, StatusBoard } from './status-board.js';
import { postsAfter, type TimelineNews, type TimelineWatch } from './timeline-watch.js';

type Desk = Pick<DeskParts, 'context' | 'addresses'>;

const statusMs = 5_000;
const reconnectMs = 2_000;
/** Open pages per process; one more is told to come back later. */
const mostStreams = 200;

/**
 * The live events of the preview page (https://html.spec.whatwg.org/multipage/server-sent-events.html): `post` with the
 * post as HTML, `status` with the head of the page whenever it changed, `reload` when too much came at once.
 */
export function liveEvents(
  c: Context,
  input: {
    readonly desk: Desk;
    readonly watch: TimelineWatch;
    readonly after: number;
    readonly closing: AbortSignal;
  },
): Response {
  if (input.watch.watchers >= mostStreams) {
    return c.text('Too many pages are open. Close some and load this one again.\n', 503);
  }
  c.header('X-Accel-Buffering', 'no');
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    try {
      await follow(stream, { ...input, ended: AbortSignal.any([gone.signal, input.closing]) });
    } catch (error) {
      if (!gone.signal.aborted) input.desk.context.report(error, '/preview/events');
    }
  });
}

async function follow(
  stream: SSEStreamingApi,
  input: {
    readonly desk: Desk;
    readonly watch: TimelineWatch;
    readonly after: number;
    readonly ended: AbortSignal;
  },
): Promise<void> {
  const { desk, watch, after, ended } = input;
  const { context } = desk;
  const waiting: TimelineNews[] = [];
  let wake: (() => void) | undefined;
  const unwatch = await watch.watch((news) => {
    waiting.push(news);
    wake?.();
  });
  try {
    await stream.write(`retry: ${reconnectMs}\n\n`);
    const missed = await postsAfter(context.timeline, after);
    waiting.unshift(missed === undefined ? { kind: 'too-many' } : { kind: 'posts', posts: missed });
    let said = '';
    while (!ended.aborted) {
      for (let news = waiting.shift(); news !== undefined; news = waiting.shift()) {
        await tell(stream, desk, news);
      }
      const status = await context.status();
      const facts = JSON.stringify(status);
      if (facts !== said) {
        await stream.writeSSE({
          event: 'status',
          data: JSON.stringify({ html: await statusHtml(context, status) }),
        });
      } else {
        // A comment keeps proxies from closing a quiet line, and finds out whether the reader is gone.
        await stream.write(': still here\n\n');
      }
      said = facts;
      if (waiting.length === 0) await rest(ended, (woken) => (wake = woken));
    }
  } finally {
    unwatch();
  }
}

function rest(ended: AbortSignal, onWake: (woken: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      ended.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, statusMs);
    ended.addEventListener('abort', done);
    if (ended.aborted) done();
    onWake(done);
  });
}

async function tell(stream: SSEStreamingApi, desk: Desk, news: TimelineNews): Promise<void> {
  if (news.kind === 'too-many') {
    await stream.writeSSE({ event: 'reload', data: '{}' });
    return;
  }
  const due = await desk.context.due(news.posts.map((post) => post.announcement));
  for (const post of news.posts) {
    await stream.writeSSE({
      event: 'post',
      id: String(post.sequence),
      data: JSON.stringify({
        id: `post-${post.sequence}`,
        network: post.network,
        title: post.content.link.title,
        html: await markup(postItem(desk, post, due)),
      }),
    });
  }
}

function postItem({ context, addresses }: Desk, post: PreviewPost, due: ReadonlyMap<string, Due>) {
  const conference = context.conference();
  return (
    <Post
      post={post}
      addresses={addresses}
      due={due.get(post.announcement)}
      conference={conference}
      words={timeWords(conference.zone)}
      now={context.clock.now()}
    />
  );
}

/** Everything on the page that goes by the status; each part has an id under which the page replaces it. */
function statusHtml(context: WebContext, status: CampaignStatus): Promise<string> {
  const { zone } = context.conference();
  const props = { status, words: timeWords(zone), zone, now: context.clock.now() };
  return markup(
    <>
      <StatusBoard {...props} />
      {networks.map((network) => (
        <Awaited network={network} {...props} />
      ))}
    </>,
  );
}
