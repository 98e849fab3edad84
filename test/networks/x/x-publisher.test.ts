import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { xProblem } from '../../support/networks/x-server.js';
import { drawOf } from './parts.js';
import { account, ahead, once, openSetting, pictureOf, type Setting } from './setting.js';

const signal = AbortSignal.timeout(120_000);
const minute = 60_000;
let x: Setting;
beforeAll(async () => {
  x = await openSetting();
});
afterAll(() => x.close());
beforeEach(() => x.reset());
afterEach(() => {
  expect(x.server.violations).toEqual([]);
});

describe('a post', () => {
  test.each(['oauth1', 'oauth2'] as const)(
    'goes up as %s, with its moment and address',
    async (kind) => {
      if (kind === 'oauth1') await x.vault.write(x.server.signIn.keys);
      const dispatch = x.dispatch(`A session & more (${kind}) https://example.org/s/1`);
      const outcome = await x.publisher().publish(dispatch);
      const [post] = x.server.posts();
      expect(post?.sent).toBe(dispatch.frozen.content.text);
      expect(outcome).toEqual({
        kind: 'published',
        post: {
          uri: post?.id,
          permalink: `https://x.com/meeting/status/${String(post?.id)}`,
          acceptedAt: x.clock.now(),
        },
      });
    },
  );

  test('bears its picture, uploaded ahead in parts, with its alt text', async () => {
    const publisher = x.publisher({ attach: 'picture', drawPicture: drawOf(2_300_000) });
    const alt = `${'é'.repeat(990)} and so on, far too long`;
    const dispatch = x.dispatch('With a picture', pictureOf(alt));
    expect(await publisher.prepare(ahead(dispatch, x.clock.now() + minute))).toEqual({
      kind: 'ready',
    });
    const before = x.server.requests.length;
    expect(await publisher.publish(dispatch)).toMatchObject({ kind: 'published' });
    expect(x.server.requests.slice(before)).toEqual(['POST /2/tweets']);
    const [held] = x.server.media.values();
    expect(x.server.posts()[0]?.mediaIds).toEqual([held?.id]);
    expect(held).toMatchObject({ ended: true, type: 'image/png' });
    expect(held?.parts).toHaveLength(3);
    expect(held?.alt).toBe(alt.slice(0, 1_000));
    const drawn = await drawOf(2_300_000)(pictureOf(alt), 5_000_000);
    expect(Buffer.concat(held?.parts ?? []).equals(Buffer.from(drawn.bytes))).toBe(true);
  });

  test.each([
    ['ended by the clock', () => x.clock.advance(24 * 60 * minute)],
    ['is not known to X any more', () => x.server.forgetMedia()],
  ])('uploads a picture anew that %s', async (_why, lose) => {
    const publisher = x.publisher({ attach: 'picture' });
    const dispatch = x.dispatch('With a picture', pictureOf('Alt'));
    await publisher.prepare(ahead(dispatch, x.clock.now() + minute));
    lose();
    expect(await publisher.publish(dispatch)).toMatchObject({ kind: 'published' });
    expect(x.server.posts()).toHaveLength(1);
    expect(x.server.media.get(x.server.posts()[0]?.mediaIds[0] ?? '')?.alt).toBe('Alt');
  });

  test('waits when its picture cannot be drawn', async () => {
    const drawPicture = () => Promise.reject(new Error('no font'));
    const publisher = x.publisher({ attach: 'picture', drawPicture });
    const dispatch = x.dispatch('With a picture', pictureOf('Alt'));
    expect(await publisher.publish(dispatch)).toMatchObject({
      kind: 'retry-later',
      reason: expect.stringContaining('no font') as string,
    });
    expect(x.server.posts()).toEqual([]);
  }, 10_000);
});

describe('the rule that takes no text twice', () => {
  test('a text that somebody else posted before is rejected, and the rule is named', async () => {
    x.server.plant('The same');
    x.clock.advance(5_000);
    const outcome = await x.publisher().publish(x.dispatch('The same'));
    expect(outcome).toEqual({
      kind: 'rejected',
      reason: `${account}: X takes no text twice, and a post with this one stands or stood there. Change the text, or post it by hand.`,
    });
    expect(x.server.posts()).toHaveLength(1);
  });

  test('a first try that arrived after all is found when the second is refused', async () => {
    const publisher = x.publisher();
    const dispatch = x.dispatch('Once https://example.org/once');
    x.fault = once({ kind: 'lie', status: 503, body: {} });
    expect(await publisher.publish(dispatch)).toMatchObject({ kind: 'uncertain' });
    x.clock.advance(minute);
    const [post] = x.server.posts();
    expect(await publisher.publish(dispatch)).toMatchObject({
      kind: 'published',
      post: { uri: post?.id },
    });
    expect(x.server.posts()).toHaveLength(1);
  });

  test('it stays in doubt when the posts cannot be looked at', async () => {
    const publisher = x.publisher();
    x.server.plant('The same');
    x.fault = ({ method }) =>
      method === 'GET' ? { kind: 'answer', status: 503, body: {} } : undefined;
    expect(await publisher.publish(x.dispatch('The same'))).toMatchObject({ kind: 'uncertain' });
  });

  test('a post that was sent before and is not among the own ones is left to a person', async () => {
    const publisher = x.publisher();
    const dispatch = x.dispatch('Sent once');
    x.fault = once({ kind: 'cut-before' });
    expect(await publisher.publish(dispatch)).toMatchObject({ kind: 'uncertain' });
    x.fault = once({
      kind: 'answer',
      ...xProblem(403, 'You are not allowed to create a Tweet with duplicate content.'),
    });
    expect(await publisher.publish(dispatch)).toMatchObject({ kind: 'uncertain' });
  });

  test('one post is never taken for that of two announcements', async () => {
    const publisher = x.publisher();
    const first = x.dispatch('Two of us');
    x.fault = once({ kind: 'cut-after' });
    expect(await publisher.publish(first)).toMatchObject({ kind: 'uncertain' });
    const second = x.dispatch('Two of us');
    expect(await publisher.find(first)).toMatchObject({ kind: 'found' });
    expect(await publisher.publish(second)).toMatchObject({ kind: 'rejected' });
    expect(x.server.posts()).toHaveLength(1);
  });
});

describe('looking for a post', () => {
  test.each([
    'Fish & chips <b> "quoted" https://example.org/a?b=1&c=2#d',
    'Cafe\u0301 at node.example.com and example.org, then https://Example.org/Path/',
    '日本語 👩‍🚀 https://example.org/s/1 https://example.org/s/2\n\n#tag',
  ])('finds what X has wrapped, escaped and added to: %s', async (text) => {
    const publisher = x.publisher({ attach: 'picture' });
    const dispatch = x.dispatch(text, pictureOf('Alt'));
    x.fault = once({ kind: 'cut-after' });
    expect(await publisher.publish(dispatch)).toMatchObject({ kind: 'uncertain' });
    const [post] = x.server.posts();
    expect(await publisher.find(dispatch)).toMatchObject({
      kind: 'found',
      post: { uri: post?.id },
    });
  });

  test('reads page after page', async () => {
    const publisher = x.publisher();
    const dispatch = x.dispatch('The one');
    x.fault = once({ kind: 'cut-after' });
    await publisher.publish(dispatch);
    for (let other = 0; other < 230; other += 1) x.server.plant(`Another ${String(other)}`);
    expect(await publisher.find(dispatch)).toMatchObject({ kind: 'found' });
    expect(
      x.server.requests.filter((request) => request === 'GET /2/users/77/tweets'),
    ).toHaveLength(3);
  });

  test('an older post with the same text is none of ours, and absent is proven only after a while', async () => {
    const publisher = x.publisher();
    x.server.plant('Weekly');
    x.clock.advance(8 * 24 * 60 * minute);
    await x.vault.write(x.server.signIn.connect());
    const dispatch = x.dispatch('Weekly');
    x.fault = once({ kind: 'cut-before' });
    await publisher.publish(dispatch);
    expect(await publisher.find(dispatch)).toMatchObject({ kind: 'unknown' });
    x.clock.advance(30_000);
    expect(await publisher.find(dispatch)).toEqual({ kind: 'absent' });
  });

  test('proves nothing while the clocks are more than a minute apart', async () => {
    const publisher = x.publisher();
    const dispatch = x.dispatch('Never sent');
    x.clock.advance(minute);
    for (const skewMs of [-61_000, 62_000]) {
      x.skewMs = skewMs;
      expect(await publisher.find(dispatch)).toMatchObject({
        kind: 'unknown',
        reason: expect.stringContaining('clock') as string,
      });
    }
    x.skewMs = 58_000;
    expect(await publisher.find(dispatch)).toEqual({ kind: 'absent' });
  });

  test('knows by its own memory what X has confirmed, and asks nobody', async () => {
    const dispatch = x.dispatch('Confirmed');
    const outcome = await x.publisher().publish(dispatch);
    const before = x.server.requests.length;
    expect(await x.publisher().find(dispatch)).toMatchObject({ kind: 'found' });
    expect(await x.publisher().publish(dispatch)).toEqual(outcome);
    expect(x.server.requests).toHaveLength(before);
  });
});

describe('what X refuses', () => {
  const reset = (at: number) => String(Math.ceil(at / 1_000));

  test('the 101st post in a quarter of an hour waits for the next', async () => {
    const publisher = x.publisher();
    for (let post = 0; post < 100; post += 1) {
      await publisher.publish(x.dispatch(`Post ${String(post)}`));
    }
    const outcome = await publisher.publish(x.dispatch('One too many'));
    expect(outcome).toMatchObject({ kind: 'retry-later' });
    const at = outcome.kind === 'retry-later' ? (outcome.notBefore ?? 0) : 0;
    expect(at - x.clock.now()).toBeGreaterThan(14 * minute);
    x.clock.set(at);
    const [quota] = await quotasOf(publisher);
    expect(quota).toEqual({ name: 'posts in 15 minutes', limit: 100, left: 100 });
    expect(await publisher.publish(x.dispatch('One too many'))).toMatchObject({
      kind: 'published',
    });
    expect(await quotasOf(publisher)).toMatchObject([{ limit: 100, left: 99 }]);
  }, 30_000);

  test.each([
    ['code 88', { code: 88, message: 'Rate limit exceeded' }, 'x-rate-limit'],
    ['code 88 of old', { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, 'x-rate-limit'],
    ['rate-limit-exceeded', xProblem(429, 'Too many', 'rate-limit-exceeded').body, 'x-rate-limit'],
    ['usage-capped for a day', xProblem(429, 'Cap', 'usage-capped').body, 'x-app-limit-24hour'],
    ['usage-capped for the user', xProblem(429, 'Cap', 'usage-capped').body, 'x-user-limit-24hour'],
  ])('429, %s: again when X says', async (_kind, body, prefix) => {
    const at = x.clock.now() + 40 * minute;
    const headers = {
      [`${prefix}-limit`]: '9',
      [`${prefix}-remaining`]: '0',
      [`${prefix}-reset`]: reset(at),
    };
    x.fault = once({ kind: 'answer', status: 429, body, headers });
    const outcome = await x.publisher().publish(x.dispatch('Limited'));
    expect(outcome).toMatchObject({ kind: 'retry-later' });
    const notBefore = outcome.kind === 'retry-later' ? (outcome.notBefore ?? 0) : 0;
    expect(Math.abs(notBefore - at)).toBeLessThan(2_000);
  });

  test.each([
    ['a cap without an end', 429, xProblem(429, 'Usage cap exceeded', 'usage-capped').body],
    ['no credits', 402, { title: 'CreditsDepleted', detail: 'No credits', type: 'about:blank' }],
  ])('%s: the account waits for a person, with a word on credits', async (_kind, status, body) => {
    const headers = {
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': '99',
      'x-rate-limit-reset': reset(x.clock.now() + minute),
    };
    x.fault = once({ kind: 'answer', status, body, headers });
    const outcome = await x.publisher().publish(x.dispatch('Capped'));
    expect(outcome).toMatchObject({
      kind: 'unauthorized',
      reason: expect.stringContaining('Buy credits') as string,
    });
  });

  test.each([
    ['unauthorized', xProblem(403, 'Not enrolled', 'client-forbidden')],
    ['unauthorized', xProblem(403, 'Read only', 'oauth1-permissions')],
    ['unauthorized', { status: 403, body: { errors: [{ code: 326, message: 'Locked' }] } }],
    ['unauthorized', { status: 403, body: { errors: [{ code: 64, message: 'Suspended' }] } }],
    ['rejected', xProblem(403, 'You are not permitted to perform this action.')],
    ['rejected', { status: 400, body: { type: 'about:blank', title: 'Bad', detail: 'Bad text' } }],
    ['uncertain', { status: 408, body: {} }],
    ['uncertain', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: {} }],
    ['uncertain', { status: 500, body: { errors: [null] } }],
    ['rejected', { status: 400, body: { errors: [null] } }],
    ['uncertain', { status: 201, body: { data: { id: 'none' } } }],
  ] as const)('%s: %j', async (kind, answer) => {
    x.fault = once({ kind: 'answer', ...answer });
    const outcome = await x.publisher().publish(x.dispatch('Refused'));
    expect(outcome).toMatchObject({ kind });
    expect(x.server.posts()).toEqual([]);
  });

  test('an answer that is longer than any leaves it open', async () => {
    x.fault = once({ kind: 'answer', status: 201, body: 'x'.repeat(5_000_000) });
    expect(await x.publisher().publish(x.dispatch('Flooded'))).toMatchObject({ kind: 'uncertain' });
  });

  test('no word of X that could be a key comes into a reason', async () => {
    const token = 'AAAAbbbbCCCCddddEEEEffff1234';
    x.fault = once({
      kind: 'answer',
      ...xProblem(403, `Token ${token}\n is\u0007 ${'bad '.repeat(90)}`),
    });
    const outcome = await x.publisher().publish(x.dispatch('Refused'));
    const reason = outcome.kind === 'rejected' ? outcome.reason : '';
    expect(reason).toContain('Token … is bad');
    expect(reason).not.toMatch(/AAAA|\n/);
    expect(reason.length).toBeLessThan(260);
  });

  test('nothing was sent where no connection stands', async () => {
    const publisher = x.publisher({ api: 'http://127.0.0.1:1' });
    const dispatch = x.dispatch('Nobody there');
    expect(await publisher.publish(dispatch)).toMatchObject({
      kind: 'retry-later',
      reason: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(await x.memory.read(`sent/${dispatch.announcement.id}`)).toBeUndefined();
  });

  test('a time that is up before anything was sent is no doubt', async () => {
    const dispatch = { ...x.dispatch('Too late'), signal: AbortSignal.abort() };
    expect(await x.publisher().publish(dispatch)).toMatchObject({ kind: 'retry-later' });
    expect(x.server.requests).toEqual([]);
  });
});

describe('an account', () => {
  test('is shown with its handle, scopes and warnings', async () => {
    await x.vault.write(x.server.signIn.connect(['tweet.read', 'users.read', 'tweet.write']));
    const report = await x.publisher({ handle: 'other', attach: 'picture' }).verify(signal);
    expect(report).toEqual({
      kind: 'ok',
      handle: 'meeting',
      name: 'A meeting',
      id: '77',
      scopes: ['tweet.read', 'users.read', 'tweet.write'],
      quotas: [],
      warnings: [
        'These keys are of @meeting, not of @other: posts would go up there.',
        'It may not media.write, offline.access: connect it again and agree to all that is asked.',
      ],
    });
  });

  test('is unknown while X does not answer, and unauthorized while it is not connected', async () => {
    x.fault = () => ({ kind: 'answer', status: 503, body: {} });
    expect(await x.publisher().verify(signal)).toMatchObject({ kind: 'unknown' });
    await x.vault.forget();
    expect(await x.publisher().verify(signal)).toMatchObject({ kind: 'unauthorized' });
    expect(await x.publisher().publish(x.dispatch('Nobody'))).toMatchObject({
      kind: 'unauthorized',
    });
  });

  test('measures a hundred posts at once, and leaves out what is gone', async () => {
    const publisher = x.publisher();
    const outcome = await publisher.publish(x.dispatch('Measured'));
    if (outcome.kind !== 'published') throw new Error(outcome.kind);
    const gone = { uri: '20', permalink: 'https://x.com/meeting/status/20', acceptedAt: 0 };
    const reaches = await publisher.measure([outcome.post, gone], signal);
    expect([...reaches]).toEqual([
      [outcome.post.uri, { likes: 5, reposts: 2, replies: 1, views: 120 }],
    ]);
  });

  test('takes a post down, which is down when it is not there', async () => {
    const publisher = x.publisher();
    const outcome = await publisher.publish(x.dispatch('Removed'));
    if (outcome.kind !== 'published') throw new Error(outcome.kind);
    x.fault = once({ kind: 'answer', status: 503, body: {} }, () => true);
    expect(await publisher.remove(outcome.post, signal)).toBe(false);
    expect(await publisher.remove(outcome.post, signal)).toBe(true);
    expect(await publisher.remove(outcome.post, signal)).toBe(true);
    expect(x.server.posts()).toEqual([]);
  });

  test('is asked for its fields by the older name where X refuses the newer', async () => {
    const publisher = x.publisher();
    const dispatch = x.dispatch('Named https://example.org/n');
    x.fault = once({ kind: 'cut-after' });
    await publisher.publish(dispatch);
    const [post] = x.server.posts();
    const asked: string[] = [];
    x.fault = ({ path }) => {
      if (!path.includes('/tweets?')) return undefined;
      asked.push(/(\w+)\.fields/.exec(path)?.[1] ?? '');
      const data = [{ id: post?.id, text: 'Named https://t.co/1' }];
      const urls = [{ url: 'https://t.co/1', expanded_url: 'https://example.org/n' }];
      const full = data.map((each) => ({ ...each, created_at: 'any', entities: { urls } }));
      const body = { data: path.includes('post.fields') ? data : full };
      return { kind: 'answer', status: 200, body };
    };
    expect(await publisher.find(dispatch)).toMatchObject({ kind: 'found' });
    expect(asked).toEqual(['post', 'tweet']);
  });
});

async function quotasOf(publisher: ReturnType<Setting['publisher']>) {
  const report = await publisher.verify(signal);
  return report.kind === 'ok' ? report.quotas : [];
}
