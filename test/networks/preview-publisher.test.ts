import { expect, test } from 'vitest';
import { withPostLimits } from '../../src/networks/preview/daily-limits.js';
import {
  createPreviewPublisher,
  type PreviewFault,
} from '../../src/networks/preview/preview-publisher.js';
import type { Dispatch, Publisher } from '../../src/publish/publisher.js';
import { createPreviewTimeline } from '../../src/storage/preview-timeline.js';
import { describeOnDatabases } from '../support/database.js';
import { minute, noon, openTestEdition, session } from '../support/edition.js';
import { testClock, type TestClock } from '../support/test-clock.js';
import { content } from '../site/web-fixture.js';

describeOnDatabases('the preview network', (database) => {
  const open = async (fault?: () => PreviewFault | undefined) => {
    const edition = await openTestEdition(database(), { sessions: [session('a', noon)] });
    await edition.close();
    const clock = testClock(noon);
    const timeline = createPreviewTimeline(database(), edition.name);
    const publisher = createPreviewPublisher({
      account: 'preview:x',
      network: 'x',
      timeline,
      clock,
      page: 'https://meet.example/preview',
      ...(fault && { fault }),
    });
    return { clock, timeline, publisher };
  };
  const dispatch = (
    key: string,
    text = 'Soon',
    signal = new AbortController().signal,
  ): Dispatch => ({
    announcement: { id: key, account: 'preview:x', network: 'x' },
    frozen: { key, content: content(text), frozenAt: noon },
    signal,
  });

  test('puts a post up, finds it under its key, and takes it down', async () => {
    const { clock, publisher, timeline } = await open();
    expect(publisher.keyFor({ id: 'abc', dueAt: noon })).toBe('abc');
    expect(await publisher.find(dispatch('abc'))).toEqual({ kind: 'absent' });
    clock.advance(7);
    const outcome = await publisher.publish(dispatch('abc'));
    expect(outcome).toMatchObject({
      kind: 'published',
      post: { uri: 'preview://x/abc', acceptedAt: noon + 7 },
    });
    if (outcome.kind !== 'published') return;
    expect(outcome.post.permalink).toMatch(/^https:\/\/meet\.example\/preview#post-\d+$/);
    clock.advance(minute);
    expect(await publisher.find(dispatch('abc'))).toEqual({ kind: 'found', post: outcome.post });
    expect(await timeline.list({ limit: 10 })).toHaveLength(1);
    expect(await publisher.remove(outcome.post, new AbortController().signal)).toBe(true);
    expect(await timeline.list({ limit: 10 })).toEqual([]);
    expect(await publisher.remove(outcome.post, new AbortController().signal)).toBe(true);
  });

  test('one post for each key, whatever is sent under it and however often at once', async () => {
    const { publisher, timeline } = await open();
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, n) => publisher.publish(dispatch('one', `text ${String(n)}`))),
    );
    const [first] = outcomes;
    expect(outcomes).toEqual(outcomes.map(() => first));
    expect(await timeline.list({ limit: 10 })).toHaveLength(1);
  });

  test('refuses a text that is too long, before anything goes wrong', async () => {
    const { publisher, timeline } = await open(() => ({ kind: 'lost-answer' }));
    const long = content('Soon', {
      length: { used: 281, limit: 280, unit: 'weighted' },
    });
    const asked = dispatch('long');
    expect(
      await publisher.publish({ ...asked, frozen: { ...asked.frozen, content: long } }),
    ).toEqual({
      kind: 'rejected',
      reason: 'the text has 281 weighted, 280 are allowed',
    });
    expect(await timeline.list({ limit: 10 })).toEqual([]);
  });

  test.each<[PreviewFault, string, number]>([
    [{ kind: 'lost-answer' }, 'uncertain', 1],
    [{ kind: 'lost-request' }, 'uncertain', 0],
    [{ kind: 'rejected', reason: 'forbidden' }, 'rejected', 0],
    [{ kind: 'retry-later', reason: 'busy', notBefore: noon + 5 }, 'retry-later', 0],
    [{ kind: 'unauthorized', reason: 'revoked' }, 'unauthorized', 0],
  ])('with the fault %j it answers %s and has %d posts', async (fault, kind, posts) => {
    const { publisher, timeline } = await open(() => fault);
    expect((await publisher.publish(dispatch('faulty'))).kind).toBe(kind);
    expect(await timeline.list({ limit: 10 })).toHaveLength(posts);
  });

  test('a slow one answers when it is done, and past its time-out leaves it open with the post up', async () => {
    const { clock, publisher, timeline } = await open(() => ({ kind: 'slow', ms: 2_000 }));
    const inTime = publisher.publish(dispatch('slow'));
    clock.advance(2_000);
    expect(await inTime).toMatchObject({ kind: 'published', post: { acceptedAt: noon + 2_000 } });
    const patience = new AbortController();
    const late = publisher.publish(dispatch('slower', 'Soon', patience.signal));
    patience.abort();
    expect((await late).kind).toBe('uncertain');
    expect(await timeline.list({ limit: 10 })).toHaveLength(2);
  });
});

/** Accepts everything at the clock's moment. */
function generous(clock: TestClock): Publisher {
  return {
    account: 'preview:x',
    network: 'x',
    timeoutMs: 1_000,
    keyFor: ({ id }) => id,
    publish: () =>
      Promise.resolve({
        kind: 'published',
        post: { uri: 'u', permalink: 'p', acceptedAt: clock.now() },
      }),
    find: () => Promise.resolve({ kind: 'absent' }),
    remove: () => Promise.resolve(true),
    verify: () => Promise.resolve({ kind: 'unknown', reason: 'nobody asked' }),
    prepare: () => Promise.resolve({ kind: 'ready' }),
    measure: () => Promise.resolve(new Map()),
    recognize: () => undefined,
  };
}

test('a limit lets so many through in any window, and says when there is room again', async () => {
  const clock = testClock(noon);
  const limits = [
    { posts: 2, windowMs: minute },
    { posts: 3, windowMs: 10 * minute },
  ];
  const publisher = withPostLimits(generous(clock), limits, () => clock.now());
  const ask = async () => {
    const outcome = await publisher.publish({
      announcement: { id: 'a', account: 'preview:x', network: 'x' },
      frozen: { key: 'a', content: content('Soon'), frozenAt: noon },
      signal: new AbortController().signal,
    });
    return outcome.kind === 'retry-later' ? outcome.notBefore : outcome.kind;
  };
  expect(await ask()).toBe('published');
  clock.advance(10_000);
  expect(await ask()).toBe('published');
  expect(await ask()).toBe(noon + minute);
  clock.set(noon + minute - 1);
  expect(await ask()).toBe(noon + minute);
  clock.advance(1);
  expect(await ask()).toBe('published');
  // The longer window is full now.
  clock.set(noon + 5 * minute);
  expect(await ask()).toBe(noon + 10 * minute);
  clock.set(noon + 10 * minute);
  expect(await ask()).toBe('published');
});
