import { afterEach, expect, test } from 'vitest';
import type { ThreadsPublisherOptions } from '../../../src/networks/threads/threads-publisher.js';
import type { Post } from '../../../src/publish/outcome.js';
import type { SeenRequest } from '../../support/networks/fault-proxy.js';
import { allScopes, type ThreadsServerOptions } from '../../support/networks/threads-server.js';
import { localServers } from '../../support/local-server.js';
import {
  day,
  dispatchOf,
  hour,
  minute,
  noon,
  openThreads,
  preparationOf,
  second,
  secretsOf,
} from './threads-stage.js';

type Stage = Awaited<ReturnType<typeof openThreads>>;
const stages: Stage[] = [];
const pictures = localServers();

afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.close()));
  pictures.close();
});

async function open(
  own: Partial<ThreadsServerOptions> = {},
  options: Partial<ThreadsPublisherOptions> = {},
): Promise<Stage> {
  const stage = await openThreads(own, options);
  stages.push(stage);
  return stage;
}

const isPublication = ({ path }: SeenRequest) => path.includes('/threads_publish');
const any = () => AbortSignal.timeout(10_000);
const count = ({ server }: Stage, method: string, edge: string) =>
  server.requests().filter((each) => each.method === method && each.path.endsWith(edge)).length;

test('a container that was made ahead is the one that is published, with the link’s card', async () => {
  const stage = await open({ processingMs: 30 * second });
  const { clock, publisher, server } = stage;
  const dispatch = dispatchOf('a');
  const ready = publisher.prepare(preparationOf(dispatch));
  while (server.containers() === 0) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  clock.advance(30 * second);
  expect(await ready).toEqual({ kind: 'ready' });
  expect(server.posts()).toEqual([]);
  clock.advance(minute);
  const outcome = await publisher.publish(dispatch);
  const [post] = server.posts();
  expect(outcome).toEqual({
    kind: 'published',
    post: { uri: post?.id, permalink: post?.permalink, acceptedAt: noon + 90 * second },
  });
  expect(server.containers()).toBe(1);
  expect(post?.made).toEqual({
    media_type: 'TEXT',
    text: dispatch.frozen.content.text,
    link_attachment: 'https://program.example.org/sessions/s1',
  });
});

test('a container that is at work is waited for, and no longer than the signal allows', async () => {
  const stage = await open({ processingMs: minute });
  const outcome = await stage.publisher.publish({
    ...dispatchOf('a'),
    signal: AbortSignal.timeout(200),
  });
  expect(outcome.kind).toBe('retry-later');
  expect(stage.server.posts()).toEqual([]);
  stage.clock.advance(minute);
  expect((await stage.publisher.publish(dispatchOf('a'))).kind).toBe('published');
  expect(stage.server.containers()).toBe(1);
});

test('a picture goes by its public address, with its alternative text cut to what is allowed, and the topic', async () => {
  const origin = await pictures.serve((_, response) => {
    response.writeHead(200, { 'content-type': 'image/png' }).end('png');
  });
  const options = {
    attach: 'picture',
    topicTag: 'Meeting',
    pictureAddress: ({ digest }) => `${origin}/cards/${digest}.png`,
  } satisfies Partial<ThreadsPublisherOptions>;
  const { publisher, server } = await open({}, options);
  const picture = { digest: 'abc', alt: 'é'.repeat(1_200), card: cardContent };
  const outcome = await publisher.publish(
    dispatchOf('a', 'Soon https://meeting.example/s/a', { picture }),
  );
  expect(outcome.kind).toBe('published');
  expect(server.posts()[0]?.made).toEqual({
    media_type: 'IMAGE',
    text: 'Soon https://meeting.example/s/a',
    image_url: `${origin}/cards/abc.png`,
    alt_text: 'é'.repeat(1_000),
    topic_tag: 'Meeting',
  });
});

test('a picture that is not public, or that Threads cannot get, makes way for the link’s card', async () => {
  for (const address of [undefined, 'http://127.0.0.1:9/card.png']) {
    const { publisher, server } = await open(
      {},
      { attach: 'picture', pictureAddress: () => address },
    );
    const picture = { digest: 'abc', alt: 'A card', card: cardContent };
    const dispatch = dispatchOf('a', 'Soon', { picture });
    if (address)
      expect(await publisher.prepare(preparationOf(dispatch))).toEqual({ kind: 'ready' });
    expect((await publisher.publish(dispatch)).kind).toBe('published');
    expect(server.posts().map(({ made }) => made.media_type)).toEqual(['TEXT']);
    expect(server.containers()).toBe(address ? 2 : 1);
  }
});

test('another text makes another container, and there is one post', async () => {
  const { publisher, server } = await open();
  await publisher.prepare(preparationOf(dispatchOf('a', 'In room 1')));
  expect((await publisher.publish(dispatchOf('a', 'In room 2'))).kind).toBe('published');
  expect(server.containers()).toBe(2);
  expect(server.posts().map(({ text }) => text)).toEqual(['In room 2']);
});

test('another text waits until an earlier one cannot come out any more', async () => {
  const { clock, line, publisher, server } = await open();
  line.fault = (request) => (isPublication(request) ? { kind: 'late', ms: 300 } : undefined);
  const first = dispatchOf('a', 'In room 1');
  const impatient = { ...first, signal: AbortSignal.timeout(150) };
  expect((await publisher.publish(impatient)).kind).toBe('uncertain');
  line.fault = undefined;
  const second_ = dispatchOf('a', 'In room 2');
  expect((await publisher.publish(second_)).kind).toBe('uncertain');
  expect(server.posts()).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 400));
  // It has arrived meanwhile: what stands is what is said to stand.
  clock.advance(10 * second);
  const outcome = await publisher.publish(second_);
  expect(server.posts().map(({ text }) => text)).toEqual(['In room 1']);
  expect(outcome).toMatchObject({ kind: 'published', post: { uri: server.posts()[0]?.id } });
});

test('a publication that arrives after all, when the same text was sent again, makes no second post', async () => {
  const { clock, line, publisher, server } = await open();
  line.fault = (request) => (isPublication(request) ? { kind: 'late', ms: 400 } : undefined);
  const impatient = { ...dispatchOf('a'), signal: AbortSignal.timeout(150) };
  expect((await publisher.publish(impatient)).kind).toBe('uncertain');
  line.fault = undefined;
  clock.advance(minute);
  expect(await publisher.find(dispatchOf('a'))).toEqual({ kind: 'absent' });
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
  await new Promise((resolve) => setTimeout(resolve, 500));
  const publications = server.requests().filter(({ path }) => path.includes('threads_publish'));
  expect(publications).toHaveLength(2);
  expect(server.posts()).toHaveLength(1);
});

test('a text that never came out makes way for another after the time-out', async () => {
  const { clock, line, publisher, server } = await open();
  line.fault = (request) => (isPublication(request) ? { kind: 'cut-before' } : undefined);
  expect((await publisher.publish(dispatchOf('a', 'In room 1'))).kind).toBe('uncertain');
  line.fault = undefined;
  clock.advance(6 * second);
  expect(await publisher.find(dispatchOf('a', 'In room 1'))).toEqual({ kind: 'absent' });
  expect((await publisher.publish(dispatchOf('a', 'In room 2'))).kind).toBe('published');
  expect(server.posts().map(({ text }) => text)).toEqual(['In room 2']);
});

test('a container of more than 24 hours has expired and makes way for a new one', async () => {
  const { clock, publisher, server } = await open();
  await publisher.prepare(preparationOf(dispatchOf('a')));
  clock.advance(25 * hour);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
  expect(server.containers()).toBe(2);
  expect(server.posts()).toHaveLength(1);
});

test('so does one that was tried and has expired: it is absent, and the same text goes out once', async () => {
  const { clock, line, publisher, server } = await open();
  line.fault = (request) => (isPublication(request) ? { kind: 'cut-before' } : undefined);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('uncertain');
  line.fault = undefined;
  clock.advance(25 * hour);
  expect(await publisher.find(dispatchOf('a'))).toEqual({ kind: 'absent' });
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
  expect(server.posts()).toHaveLength(1);
});

test.each(['before', 'after', 'gone'] as const)(
  'Threads says “not found” of a finished container, %s it was published: one post',
  async (form) => {
    const { publisher, server } = await open();
    server.race(form, 2);
    const outcome = await publisher.publish(dispatchOf('a'));
    expect(outcome).toMatchObject({ kind: 'published', post: { uri: server.posts()[0]?.id } });
    expect(server.posts()).toHaveLength(1);
    expect(server.containers()).toBe(1);
  },
);

test('“not found” without end leaves it open with its container, and it is published when that ends', async () => {
  const { publisher, server } = await open();
  server.race('before', 5);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('uncertain');
  expect(await publisher.find(dispatchOf('a'))).toEqual({ kind: 'absent' });
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
  expect(server.containers()).toBe(1);
  expect(server.posts()).toHaveLength(1);
});

test('a container that Threads does not know any more, and nothing of it stands, makes way', async () => {
  const { publisher, server } = await open();
  server.race('gone', 4);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
  expect(server.containers()).toBe(2);
  expect(server.posts()).toHaveLength(1);
});

test('a publication that fails on the side of Threads is made with a new container', async () => {
  const { publisher, server } = await open();
  server.failPublications(1);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
  expect(server.containers()).toBe(2);
  expect(server.posts()).toHaveLength(1);
});

test('with clocks that differ, what was not seen is not absent; what stands is found', async () => {
  const { line, publisher } = await open();
  expect(await publisher.find(dispatchOf('a'))).toEqual({ kind: 'absent' });
  line.skewMs = 2 * minute;
  expect(await publisher.find(dispatchOf('a'))).toMatchObject({ kind: 'unknown' });
  line.fault = (request) => (isPublication(request) ? { kind: 'cut-before' } : undefined);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('uncertain');
  line.fault = undefined;
  expect(await publisher.find(dispatchOf('a'))).toMatchObject({ kind: 'unknown' });
  line.fault = (request) => (isPublication(request) ? { kind: 'cut-after' } : undefined);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('uncertain');
  line.fault = undefined;
  expect(await publisher.find(dispatchOf('a'))).toMatchObject({ kind: 'found' });
});

test('a post is found on a later page, and by no other announcement of the same text', async () => {
  const { line, publisher, server } = await open();
  line.fault = (request) => (isPublication(request) ? { kind: 'cut-after' } : undefined);
  expect((await publisher.publish(dispatchOf('a', 'The same'))).kind).toBe('uncertain');
  line.fault = undefined;
  for (let n = 0; n < 104; n += 1) await publisher.publish(dispatchOf(`other-${n}`));
  const found = await publisher.find(dispatchOf('a', 'The same'));
  expect(found).toMatchObject({ kind: 'found', post: { uri: server.posts()[0]?.id } });
  expect(await publisher.find(dispatchOf('b', 'The same'))).toEqual({ kind: 'absent' });
});

test('a published post that somebody took down at once is found by its container, after five minutes', async () => {
  const { clock, line, publisher, server } = await open();
  line.fault = (request) => (isPublication(request) ? { kind: 'cut-after' } : undefined);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('uncertain');
  line.fault = undefined;
  const standing: Post = { uri: server.posts()[0]?.id ?? '', permalink: '', acceptedAt: noon };
  expect(await publisher.remove(standing, any())).toBe(true);
  expect((await publisher.find(dispatchOf('a'))).kind).toBe('unknown');
  clock.advance(5 * minute);
  expect(await publisher.find(dispatchOf('a'))).toMatchObject({
    kind: 'found',
    post: { permalink: 'https://www.threads.com/@meeting' },
  });
});

test('250 posts in any 24 hours; then it waits until the first of them is a day old, and asks nobody', async () => {
  const stage = await open({ postsPerDay: 3 });
  const { clock, publisher, server } = stage;
  for (const id of ['a', 'b', 'c']) {
    expect((await publisher.publish(dispatchOf(id))).kind).toBe('published');
    clock.advance(hour);
  }
  const full = { kind: 'retry-later', notBefore: noon + day };
  expect(await publisher.publish(dispatchOf('d'))).toMatchObject(full);
  const asked = server.requests().length;
  expect(await publisher.publish(dispatchOf('e'))).toMatchObject(full);
  expect(server.requests()).toHaveLength(asked);
  expect(await publisher.verify(any())).toMatchObject({
    kind: 'ok',
    quotas: [
      { name: 'posts a day', limit: 3, left: 0, resetsAt: noon + day },
      { name: 'deletes a day', limit: 100, left: 100 },
    ],
  });
  clock.set(noon + day);
  expect((await publisher.publish(dispatchOf('d'))).kind).toBe('published');
  expect(server.posts()).toHaveLength(4);
});

const error = (code: number, own: Record<string, unknown> = {}) => ({
  error: { message: 'No', type: 'OAuthException', code, is_transient: false, ...own },
});

test.each([
  [190, 400, 'unauthorized'],
  [10, 403, 'unauthorized'],
  [200, 403, 'unauthorized'],
  [299, 400, 'unauthorized'],
  [4, 403, 'retry-later'],
  [17, 400, 'retry-later'],
  [341, 400, 'retry-later'],
  [368, 400, 'rejected'],
  [506, 400, 'rejected'],
  [100, 400, 'rejected'],
  [1, 500, 'uncertain'],
  [2, 500, 'uncertain'],
  [24, 400, 'uncertain'],
  [9999, 400, 'uncertain'],
] as const)('code %d (%d) in answer to the publication: %s', async (code, status, kind) => {
  const { line, publisher, server } = await open();
  line.fault = (request) =>
    isPublication(request) ? { kind: 'answer', status, body: error(code) } : undefined;
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe(kind);
  expect(server.posts()).toEqual([]);
  line.fault = undefined;
  // Whatever was answered, the same container still makes one post.
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
  expect(server.posts()).toHaveLength(1);
  expect(server.containers()).toBe(1);
});

test.each([
  [190, 400, 'unauthorized'],
  [10, 403, 'unauthorized'],
  [17, 400, 'retry-later'],
  [368, 400, 'rejected'],
  [100, 400, 'rejected'],
  [1, 500, 'retry-later'],
  [2, 400, 'retry-later'],
] as const)('code %d (%d) in answer to the container: %s', async (code, status, kind) => {
  const { line, publisher, server } = await open();
  line.fault = ({ method, path }) =>
    method === 'POST' && path.endsWith('/threads')
      ? { kind: 'answer', status, body: error(code) }
      : undefined;
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe(kind);
  expect(server.containers()).toBe(0);
});

test('a no that is not true is seen through: the post stands', async () => {
  for (const code of [4, 100, 368, 506, 2]) {
    const { line, publisher, server } = await open();
    line.fault = (request) =>
      isPublication(request) ? { kind: 'lie', status: 400, body: error(code) } : undefined;
    expect(await publisher.publish(dispatchOf('a'))).toMatchObject({
      kind: 'published',
      post: { uri: server.posts()[0]?.id },
    });
  }
});

test('a no to sending it again proves nothing while nobody can look: the first sending may have done it', async () => {
  const { line, publisher, server } = await open();
  let sendings = 0;
  line.fault = (request) => {
    if (isPublication(request)) {
      sendings += 1;
      return sendings === 1 ? { kind: 'lie', status: 500, body: error(2) } : undefined;
    }
    return sendings === 0 ? undefined : { kind: 'answer', status: 503, body: 'Bad gateway' };
  };
  const dispatch = dispatchOf('a');
  const outcome = await publisher.publish(dispatch);
  expect(sendings).toBeGreaterThan(1);
  expect(server.posts()).toHaveLength(1);
  expect(outcome.kind).toBe('uncertain');
  line.fault = undefined;
  expect(await publisher.find(dispatch)).toMatchObject({
    kind: 'found',
    post: { uri: server.posts()[0]?.id },
  });
});

test('the same text that Threads refuses is rejected with a reason', async () => {
  const { publisher, server } = await open({ duplicates: 'refused' });
  expect((await publisher.publish(dispatchOf('a', 'The same'))).kind).toBe('published');
  const outcome = await publisher.publish(dispatchOf('b', 'The same'));
  expect(outcome).toMatchObject({ kind: 'rejected' });
  expect(outcome).toHaveProperty('reason', expect.stringMatching(/same text stands already/));
  expect(server.posts()).toHaveLength(1);
});

test('a text that is too long is refused before anybody is asked; an emoji counts as its bytes', async () => {
  const { publisher, server } = await open();
  expect((await publisher.publish(dispatchOf('a', '👩‍🚀'.repeat(45) + 'x'.repeat(5)))).kind).toBe(
    'published',
  );
  const before = server.requests().length;
  const outcome = await publisher.publish(dispatchOf('b', '👩‍🚀'.repeat(45) + 'x'.repeat(6)));
  expect(outcome).toEqual({
    kind: 'rejected',
    reason:
      'Threads @meeting: the text has 501 characters as Threads counts them, 500 are allowed. Shorten its template.',
  });
  expect(server.requests()).toHaveLength(before);
});

test('more than five links are refused with a remedy', async () => {
  const { publisher } = await open();
  const links = Array.from({ length: 6 }, (_, n) => `https://meeting.example/${n}`).join(' ');
  expect(await publisher.publish(dispatchOf('a', links))).toMatchObject({
    kind: 'rejected',
    reason: expect.stringMatching(/Leave at most five different links in the text/) as string,
  });
});

test('a network that is out of reach has provably taken nothing', async () => {
  const { publisherWith } = await open();
  const closed = await pictures.serve(() => undefined);
  pictures.close();
  const outcome = await publisherWith({ api: closed }).publish(dispatchOf('a'));
  expect(outcome).toEqual({
    kind: 'retry-later',
    reason:
      'Threads @meeting: making the post ready failed, it cannot be reached (ECONNREFUSED). It is tried again by itself.',
  });
});

test('a token is refreshed ahead of its end, once, whoever asks at the same time', async () => {
  const stage = await open();
  const { clock, publisher, server, token, vault } = stage;
  clock.advance(52 * day);
  await publisher.prepare(preparationOf(dispatchOf('a')));
  expect(count(stage, 'GET', '/refresh_access_token')).toBe(0);
  clock.advance(2 * day);
  const another = stage.publisherWith();
  await Promise.all(
    ['b', 'c', 'd', 'e'].flatMap((id) => [
      publisher.prepare(preparationOf(dispatchOf(id))),
      another.prepare(preparationOf(dispatchOf(id))),
    ]),
  );
  expect(count(stage, 'GET', '/refresh_access_token')).toBe(1);
  const kept = (await vault.read()) as ReturnType<typeof secretsOf>;
  expect(kept.token.accessToken).not.toBe(token.accessToken);
  expect(kept.token).toMatchObject({ obtainedAt: noon + 54 * day, expiresAt: noon + 114 * day });
  expect((await publisher.publish(dispatchOf('b'))).kind).toBe('published');
  expect(server.posts()).toHaveLength(1);
});

test('an account that announces nothing for weeks keeps its token', async () => {
  const stage = await open();
  for (let days = 0; days < 120; days += 6) {
    stage.clock.advance(6 * day);
    await stage.publisher.keepFresh?.(any());
  }
  expect(count(stage, 'GET', '/refresh_access_token')).toBe(2);
  expect(await stage.publisher.verify(any())).toMatchObject({ kind: 'ok' });
});

test('a refresh that does not work leaves the token in use', async () => {
  const { clock, line, publisher, token, vault } = await open();
  clock.advance(54 * day);
  for (const status of [429, 500, 503]) {
    line.fault = ({ path }) =>
      path.startsWith('/refresh') ? { kind: 'answer', status, body: {} } : undefined;
    expect(await publisher.prepare(preparationOf(dispatchOf(`a${status}`)))).toEqual({
      kind: 'ready',
    });
  }
  expect(await vault.read()).toEqual(secretsOf(token));
  expect(await publisher.verify(any())).toMatchObject({ kind: 'ok', expiresAt: token.expiresAt });
});

test('a token that has ended, and an account that was never connected, want a person', async () => {
  const { clock, publisher, server, vault } = await open();
  clock.advance(61 * day);
  const ended = await publisher.publish(dispatchOf('a'));
  expect(ended).toEqual({
    kind: 'unauthorized',
    reason:
      'Threads @meeting: making the post ready was refused (“its access token has expired”). Connect the account again with “callboard connect threads”.',
  });
  expect(await publisher.prepare(preparationOf(dispatchOf('a')))).toMatchObject({
    kind: 'unauthorized',
  });
  await vault.forget();
  expect(await publisher.verify(any())).toMatchObject({ kind: 'unauthorized' });
  expect(server.requests()).toEqual([]);
});

test('verifying says whose account it is and what is missing', async () => {
  const { publisher, publisherWith, server, token, vault } = await open();
  expect(await publisher.verify(any())).toEqual({
    kind: 'ok',
    handle: 'meeting',
    name: 'The Meeting',
    id: server.userId,
    scopes: allScopes,
    expiresAt: noon + 60 * day,
    quotas: [
      { name: 'posts a day', limit: 250, left: 250 },
      { name: 'deletes a day', limit: 100, left: 100 },
    ],
    warnings: [],
  });
  const scopes = ['threads_basic', 'threads_content_publish'];
  await vault.write(secretsOf(server.issueToken({ scopes })));
  const report = await publisherWith({ handle: 'other' }).verify(any());
  expect(report.kind === 'ok' && report.warnings).toEqual([
    'The account is @meeting, and the config says @other: put it right in the config or connect the other.',
    'Without the permission threads_delete posts cannot be taken down: connect the account again and allow it.',
    'Without the permission threads_manage_insights likes and views cannot be counted: connect the account again and allow it.',
  ]);
  // A bare token, as the environment gives it.
  await vault.write({ accessToken: token.accessToken });
  const bare = await publisher.verify(any());
  expect(bare.kind === 'ok' && bare.warnings).toHaveLength(1);
  expect((await publisher.publish(dispatchOf('a'))).kind).toBe('published');
});

test('counts how far posts got, by their id or their address, and takes them down', async () => {
  const { publisher, server } = await open();
  server.setInsights({ views: 120, likes: 7, replies: 2, reposts: 3, quotes: 1 });
  const outcome = await publisher.publish(dispatchOf('a'));
  await publisher.publish(dispatchOf('b'));
  if (outcome.kind !== 'published') throw new Error(outcome.kind);
  const [, b] = server.posts();
  const given = publisher.recognize(`${b?.permalink.replace('.com', '.net') ?? ''}?hl=en`);
  expect(given).toEqual({ uri: `shortcode:${b?.shortcode ?? ''}`, permalink: b?.permalink });
  const byHand: Post = { ...(given ?? { uri: '', permalink: '' }), acceptedAt: noon };
  const gone: Post = { uri: '1', permalink: '', acceptedAt: noon };
  const reach = { likes: 7, reposts: 4, replies: 2, views: 120 };
  expect([...(await publisher.measure([outcome.post, gone, byHand], any()))]).toEqual([
    [outcome.post.uri, reach],
    [byHand.uri, reach],
  ]);
  expect(await publisher.remove(byHand, any())).toBe(true);
  expect(await publisher.remove(gone, any())).toBe(true);
  expect(server.posts().map(({ id }) => id)).toEqual([outcome.post.uri]);
});

test('no token ever stands in a reason, whatever Threads repeats', async () => {
  const { line, publisher, server, token } = await open();
  server.revokeTokens();
  const said = JSON.stringify([
    await publisher.publish(dispatchOf('a')),
    await publisher.find(dispatchOf('a')),
    await publisher.verify(any()),
    await publisher.prepare(preparationOf(dispatchOf('a'))),
  ]);
  expect(said).toContain('Malformed access token …');
  expect(said).not.toContain(token.accessToken);
  line.fault = () => ({ kind: 'cut-before' });
  expect(JSON.stringify(await publisher.publish(dispatchOf('b')))).not.toContain(token.accessToken);
});

test('an address that is no post on Threads names none', async () => {
  const { publisher } = await open();
  for (const address of [
    'https://www.threads.com/@meeting',
    'https://threads.example/@meeting/post/DCkkKl_OGb1',
    'https://www.threads.com/@meeting/post/',
    'DCkkKl_OGb1',
    '',
  ]) {
    expect(publisher.recognize(address)).toBeUndefined();
  }
});

test('a topic that Threads would refuse is refused at once', async () => {
  await expect(open({}, { topicTag: 'R&D' })).rejects.toMatchObject({ code: 'topic-tag-invalid' });
});

const cardContent = {
  conference: 'NM',
  title: 'Rumour and evidence',
  people: [],
  time: '',
  layout: 'a',
};
