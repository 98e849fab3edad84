import { afterEach, expect, test } from 'vitest';
import type { Clock } from '../../src/clock.js';
import { postsAfter, TimelineWatch, type TimelineNews } from '../../src/desk/timeline-watch.js';
import { createEvents } from '../../src/events.js';
import { content, MemoryTimeline, put } from '../site/web-fixture.js';

let stop = new AbortController();
afterEach(() => {
  stop.abort();
  stop = new AbortController();
});

/** A clock whose sleeps end when the test says so. */
function handClock() {
  let wake: (() => void) | undefined;
  const clock: Clock = {
    now: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve) => {
        wake = resolve;
        signal?.addEventListener('abort', () => resolve());
        if (signal?.aborted) resolve();
      }),
  };
  const pass = async () => {
    wake?.();
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { clock, pass };
}

function setUp() {
  const timeline = new MemoryTimeline();
  const reported: unknown[] = [];
  const events = createEvents();
  const { clock, pass } = handClock();
  const report = (error: unknown) => void reported.push(error);
  const watch = new TimelineWatch({ timeline, clock, events, report }, stop.signal);
  const heard: (number | string)[] = [];
  const listen = (news: TimelineNews) => {
    if (news.kind === 'posts') heard.push(...news.posts.map((post) => post.sequence));
    else heard.push(news.kind);
  };
  return { timeline, watch, listen, heard, pass, events, reported };
}

test('only posts that came after the watching began are told, oldest first, once', async () => {
  const { timeline, watch, listen, heard, pass } = setUp();
  await put(timeline, 'x', content('before'));
  await watch.watch(listen);
  await put(timeline, 'x', content('one'));
  await put(timeline, 'bluesky', content('two'));
  await pass();
  await pass();
  expect(heard).toEqual([2, 3]);
});

test('a lower number that a database shows late is still told', async () => {
  const { timeline, watch, listen, heard, pass } = setUp();
  await watch.watch(listen);
  await put(timeline, 'x', content('one'));
  await put(timeline, 'x', content('two'));
  const late = timeline.posts.splice(0, 1);
  await pass();
  timeline.posts.unshift(...late);
  await pass();
  expect(heard).toEqual([2, 1]);
});

test('a published announcement wakes the watch before its second is over', async () => {
  const { timeline, watch, listen, heard, events } = setUp();
  await watch.watch(listen);
  await put(timeline, 'x', content('one'));
  events.emit({
    kind: 'announcement',
    id: 'a',
    network: 'x',
    leadTime: 'PT15M',
    to: 'published',
    at: 0,
    dueAt: 0,
    title: '',
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(heard).toEqual([1]);
});

test('a timeline out of reach is reported, and read again at the next look', async () => {
  const { timeline, watch, listen, heard, pass, reported } = setUp();
  await watch.watch(listen);
  await put(timeline, 'x', content('one'));
  const list = timeline.list.bind(timeline);
  timeline.list = () => Promise.reject(new Error('gone'));
  await pass();
  timeline.list = list;
  await pass();
  expect([reported.length, heard]).toEqual([1, [1]]);
});

test('the timeline is not looked at when nobody watches', async () => {
  const { timeline, watch, listen, pass } = setUp();
  let looks = 0;
  const list = timeline.list.bind(timeline);
  timeline.list = (query) => {
    looks += 1;
    return list(query);
  };
  const end = await watch.watch(listen);
  await pass();
  end();
  const then = looks;
  await pass();
  await pass();
  expect([watch.watchers, looks]).toEqual([0, then]);
});

test('what was missed is read page by page, and too much of it is not read at all', async () => {
  const timeline = new MemoryTimeline();
  for (let i = 0; i < 350; i++) await put(timeline, 'x', content('x'));
  const missed = await postsAfter(timeline, 100);
  expect(missed?.map((post) => post.sequence)).toEqual(
    Array.from({ length: 250 }, (_, i) => i + 101),
  );
  for (let i = 0; i < 1_000; i++) await put(timeline, 'x', content('x'));
  expect(await postsAfter(timeline, 0)).toBeUndefined();
});
