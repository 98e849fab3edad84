import { afterEach, describe, expect, test } from 'vitest';
import type { YoutubeWay } from '../../../src/campaign/account-manners.js';
import { callCosts, quotaDay } from '../../../src/networks/youtube/quota.js';
import type { Outcome } from '../../../src/publish/outcome.js';
import { createYoutubePublisher } from '../../../src/networks/youtube/youtube-publisher.js';
import type { SeenRequest } from '../../support/networks/fault-proxy.js';
import type { YoutubeServerOptions } from '../../support/networks/youtube-server.js';
import {
  about,
  account,
  dispatchOf,
  googleRefusal,
  hour,
  memoryAndVault,
  minute,
  noon,
  openYoutube,
  pictureOfTests,
} from './youtube-stage.js';
import { testClock } from '../../support/test-clock.js';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});
async function stageOf(way: YoutubeWay, own: Partial<YoutubeServerOptions> = {}) {
  const stage = await openYoutube(way, own);
  opened.push(stage);
  return stage;
}
/** What makes something stand, and no token or upload. */
const isWrite = ({ method, path }: SeenRequest) =>
  method === 'POST' && path.startsWith('/youtube/');
const soon = () => AbortSignal.timeout(20_000);
function published(outcome: Outcome) {
  if (outcome.kind !== 'published') throw new Error(JSON.stringify(outcome));
  return outcome.post;
}

describe('by hand', () => {
  const { memory, vault } = memoryAndVault();
  const publisher = createYoutubePublisher({
    account,
    handle: 'meeting',
    clock: testClock(noon),
    vault,
    memory,
    drawPicture: pictureOfTests,
    way: 'by-hand',
  });

  test('says where a person puts the post up, and needs no secrets', async () => {
    expect(publisher.byHand?.address).toMatch(/^https:\/\/www\.youtube\.com\/@meeting\/posts\b/);
    expect(publisher.byHand?.instruction).toMatch(/paste/);
    expect(await publisher.verify(soon())).toMatchObject({
      kind: 'ok',
      handle: 'meeting',
      quotas: [],
      warnings: [expect.stringMatching(/a person puts the posts up/i) as string],
    });
    // Nothing was handed to anybody by asking: a hand-over whose process died begins anew.
    expect(await publisher.find(dispatchOf('a'))).toEqual({ kind: 'absent' });
  });

  test('a doubt from before, when the account went another way, is for a person', async () => {
    const {
      publisher: pilot,
      line,
      server,
      clock,
      memory: kept,
      vault: same,
    } = await stageOf('posts');
    line.fault = (request) => (isWrite(request) ? { kind: 'cut-after' } : undefined);
    const dispatch = dispatchOf('doubted');
    expect((await pilot.publish(dispatch)).kind).toBe('uncertain');
    expect(server.posts()).toHaveLength(1);
    clock.advance(10 * minute);
    for (const [way, says] of [
      ['by-hand', 'unknown'],
      ['broadcast', 'unknown'],
      ['posts', 'found'],
    ] as const) {
      const now = createYoutubePublisher({
        account,
        handle: 'meeting',
        clock,
        vault: same,
        memory: kept,
        drawPicture: pictureOfTests,
        way,
        api: server.origin,
      });
      expect([way, (await now.find(dispatch)).kind]).toEqual([way, says]);
    }
  });

  test('sends nothing if it is asked to all the same', async () => {
    expect(await publisher.publish(dispatchOf('a'))).toMatchObject({ kind: 'rejected' });
  });

  test.each([
    ['https://www.youtube.com/post/UgkxABCdef_123-456?si=x&feature=share', 'UgkxABCdef_123-456'],
    ['http://youtube.com/post/UgkxABCdef_123-456/', 'UgkxABCdef_123-456'],
    [
      'https://www.youtube.com/channel/UC123/community?lb=UgkxABCdef_123-456&pp=y',
      'UgkxABCdef_123-456',
    ],
    ['https://m.youtube.com/@meeting/community?lb=UgkxABCdef_123-456', 'UgkxABCdef_123-456'],
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3s&utm_source=mail', 'dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ?si=abc', 'dQw4w9WgXcQ'],
    [' https://www.youtube.com/live/dQw4w9WgXcQ ', 'dQw4w9WgXcQ'],
  ])('knows the post in %s', (address, uri) => {
    const permalink = uri.startsWith('Ug')
      ? `https://www.youtube.com/post/${uri}`
      : `https://www.youtube.com/watch?v=${uri}`;
    expect(publisher.recognize(address)).toEqual({ uri, permalink });
  });

  test.each([
    'https://www.youtube.com/@meeting/posts',
    'https://www.youtube.com/post/abc',
    'https://www.youtube.com/post/UgkxABCdef_123-456/more',
    'https://youtube.com.example/post/UgkxABCdef_123-456',
    'https://www.youtube.com/watch?v=short',
    'https://youtu.be/dQw4w9WgXcQ/more',
    'ftp://www.youtube.com/post/UgkxABCdef_123-456',
    'UgkxABCdef_123-456',
  ])('knows none in %s', (address) => {
    expect(publisher.recognize(address)).toBeUndefined();
  });
});

describe('broadcast', () => {
  test('a later announcement of the session brings the same event up to date', async () => {
    const { publisher, server, clock } = await stageOf('broadcast');
    const day = published(
      await publisher.publish(
        dispatchOf('day', { text: 'Tomorrow: a talk', ...about({ key: 'one' }) }),
      ),
    );
    const [event] = server.posts();
    expect(event).toMatchObject({ kind: 'broadcast', title: 'A session', pictured: true });
    expect(event?.text).toMatch(
      /^Tomorrow: a talk\n\nhttps:\/\/meeting\.example\/sessions\/aaaa\n\n\[callboard \w{16}\]$/,
    );
    clock.advance(minute);
    const moved = about({ key: 'one', title: 'A session, renamed', startsAt: noon + 2 * hour });
    const later = dispatchOf('quarter', {
      text: 'In a quarter: a talk',
      ...moved,
      frozenAt: clock.now(),
    });
    const quarter = published(await publisher.publish(later));
    const standing = server.posts();
    expect(standing).toHaveLength(1);
    expect(standing[0]).toMatchObject({ id: event?.id, title: 'A session, renamed' });
    expect(standing[0]?.text).toMatch(/^In a quarter/);
    const updated = server.broadcasts().get(event?.id ?? '');
    expect(updated?.snippet?.scheduledStartTime).toBe('2026-05-01T14:00:00.000Z');
    // The ledger has a post for each, told apart by the key.
    expect([day.uri, quarter.uri]).toEqual([`${event?.id}#day`, `${event?.id}#quarter`]);
    expect(quarter.permalink).toBe(`https://www.youtube.com/watch?v=${event?.id}`);
  });

  test('an older announcement that comes late takes back nothing', async () => {
    const { publisher, server, clock } = await stageOf('broadcast');
    const older = dispatchOf('older', { text: 'Tomorrow', ...about({ key: 'one' }) });
    clock.advance(minute);
    const newer = dispatchOf('newer', {
      text: 'Soon',
      ...about({ key: 'one' }),
      frozenAt: clock.now(),
    });
    published(await publisher.publish(newer));
    expect(await publisher.find(older)).toMatchObject({ kind: 'found' });
    published(await publisher.publish(older));
    expect(server.posts().map(({ text }) => text.slice(0, 4))).toEqual(['Soon']);
  });

  test('the same again sends nothing but the look', async () => {
    const { publisher, server } = await stageOf('broadcast');
    const dispatch = dispatchOf('a', about({ key: 'one' }));
    published(await publisher.publish(dispatch));
    const before = server.requests().length;
    published(await publisher.publish(dispatch));
    const more = server.requests().slice(before);
    expect(more.map(({ method }) => method)).toEqual(['GET']);
  });

  test('finds its event by the marker among more pages than one, with nothing remembered', async () => {
    const { publisher, server, kept } = await stageOf('broadcast');
    for (let count = 0; count < 60; count += 1) {
      published(
        await publisher.publish(dispatchOf(`s${count}`, about({ key: `session-${count}` }))),
      );
    }
    kept.clear();
    const last = dispatchOf('s59', about({ key: 'session-59' }));
    expect(await publisher.find(last)).toMatchObject({ kind: 'found' });
    published(await publisher.publish(last));
    expect(server.posts()).toHaveLength(60);
  });

  test('does not make an event while another announcement may just have made it', async () => {
    const { publisher, server, line, clock } = await stageOf('broadcast');
    line.fault = (request) => (isWrite(request) ? { kind: 'cut-before' } : undefined);
    const first = dispatchOf('first', about({ key: 'one' }));
    expect((await publisher.publish(first)).kind).toBe('uncertain');
    line.fault = undefined;
    const second = dispatchOf('second', { ...about({ key: 'one' }), frozenAt: noon + 1 });
    expect(await publisher.publish(second)).toMatchObject({
      kind: 'retry-later',
      notBefore: noon + 65_000,
      ofAnnouncement: true,
    });
    expect(server.posts()).toEqual([]);
    clock.advance(65_000);
    published(await publisher.publish(second));
    expect(server.posts()).toHaveLength(1);
  });

  test('two announcements of a session at once, as in two processes, make one event', async () => {
    const { publisher, server, clock } = await stageOf('broadcast');
    const both = ['day', 'quarter'].map((id, index) =>
      dispatchOf(id, { text: id, ...about({ key: 'one' }), frozenAt: noon + index }),
    );
    const outcomes = await Promise.all(both.map((dispatch) => publisher.publish(dispatch)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['published', 'retry-later']);
    expect(outcomes).toContainEqual(expect.objectContaining({ ofAnnouncement: true }));
    expect(server.posts()).toHaveLength(1);
    clock.advance(minute);
    for (const [index, dispatch] of both.entries()) {
      if (outcomes[index]?.kind === 'retry-later') published(await publisher.publish(dispatch));
    }
    expect(server.posts()).toHaveLength(1);
  });

  test('a title that is too long is cut at a letter, and has no angle brackets', async () => {
    const { publisher, server } = await stageOf('broadcast');
    const family = '👩‍👩‍👧‍👦';
    for (const [key, title] of [
      ['long', 'On <things> '.repeat(20)],
      ['families', `${'a'.repeat(92)}${family}${family}`],
      ['short', 'Short & sweet'],
    ] as const) {
      published(await publisher.publish(dispatchOf(key, about({ key, title }))));
    }
    const titles = server.posts().map(({ title }) => title ?? '');
    expect(titles.map((title) => title.length <= 100)).toEqual([true, true, true]);
    expect(titles[0]).toMatch(/^On ‹things› On .*…$/);
    expect(titles[1]).toBe(`${'a'.repeat(92)}…`);
    expect(titles[2]).toBe('Short & sweet');
  });

  test.each([
    ['several sessions', about({ key: 'one' }, { key: 'two' }), /several sessions/],
    ['a start that is past', about({ key: 'one', startsAt: noon - hour }), /start/],
  ])('%s: rejected, and nothing stands', async (_what, facts, words) => {
    const { publisher, server } = await stageOf('broadcast');
    const outcome = await publisher.publish(dispatchOf('a', facts));
    expect(outcome).toMatchObject({
      kind: 'rejected',
      reason: expect.stringMatching(words) as string,
    });
    expect(server.posts()).toEqual([]);
  });

  test('an event that is over is left alone', async () => {
    const { publisher, server } = await stageOf('broadcast');
    published(await publisher.publish(dispatchOf('a', about({ key: 'one' }))));
    server.setLife(server.posts()[0]?.id ?? '', 'complete');
    expect(
      await publisher.publish(dispatchOf('b', { text: 'Other', ...about({ key: 'one' }) })),
    ).toMatchObject({ kind: 'rejected', reason: expect.stringMatching(/over/) as string });
  });

  test('stands without its thumbnail where that does not work, and gets it next time', async () => {
    const { publisher, server, line } = await stageOf('broadcast');
    line.fault = ({ path }) =>
      path.includes('thumbnails')
        ? { kind: 'answer', ...googleRefusal(403, 'forbidden') }
        : undefined;
    const dispatch = dispatchOf('a', about({ key: 'one' }));
    published(await publisher.publish(dispatch));
    expect(server.posts()[0]?.pictured).toBe(false);
    line.fault = undefined;
    published(await publisher.publish(dispatch));
    expect(server.posts()).toMatchObject([{ pictured: true }]);
  });

  test('counts views, likes and comments', async () => {
    const { publisher } = await stageOf('broadcast');
    const post = published(await publisher.publish(dispatchOf('a', about({ key: 'one' }))));
    expect(await publisher.measure([post], soon())).toEqual(
      new Map([[post.uri, { views: 120, likes: 7, replies: 2 }]]),
    );
  });
});

describe('live chat', () => {
  test('waits for a stream, and says why', async () => {
    const { publisher, server } = await stageOf('live-chat');
    expect(await publisher.publish(dispatchOf('a'))).toMatchObject({
      kind: 'retry-later',
      notBefore: noon + minute,
      reason: expect.stringMatching(/no stream with a chat is running/) as string,
    });
    server.goLive('Main');
    published(await publisher.publish(dispatchOf('a')));
    expect(server.posts()).toHaveLength(2);
  });

  test('cuts a text that is too long and keeps its link whole', async () => {
    const { publisher, server } = await stageOf('live-chat');
    server.goLive('Main');
    const url = 'https://meeting.example/sessions/aaaa';
    const text = `Up next: ${'é 👩‍🚀 '.repeat(60)}\n\n${url} #meeting`;
    const post = published(await publisher.publish(dispatchOf('a', { text })));
    const sent = server.posts().find(({ id }) => id === post.uri)?.text ?? '';
    expect(sent.length).toBeLessThanOrEqual(200);
    expect(sent).toMatch(/^Up next: .*(é|👩‍🚀)… https:\/\/meeting\.example\/sessions\/aaaa$/);
    const found = await publisher.find(dispatchOf('a', { text }));
    expect(found).toMatchObject({ kind: 'found', post: { uri: post.uri } });
  });

  test('a lost answer is looked for in the chat it went into, though the stream has ended', async () => {
    const { publisher, server, line } = await stageOf('live-chat');
    const { id = '' } = server.goLive('Main');
    line.fault = (request) => (isWrite(request) ? { kind: 'cut-after' } : undefined);
    expect((await publisher.publish(dispatchOf('a'))).kind).toBe('uncertain');
    line.fault = undefined;
    server.setLife(id ?? '', 'complete');
    server.goLive('Another');
    expect(await publisher.find(dispatchOf('a'))).toMatchObject({
      kind: 'found',
      post: { permalink: `https://www.youtube.com/watch?v=${id}` },
    });
  });
});

describe('pilot posts', () => {
  test('a post with its picture, uploaded ahead and once', async () => {
    const { publisher, server } = await stageOf('posts');
    const dispatch = dispatchOf('a');
    const { announcement, frozen, signal } = dispatch;
    const preparation = {
      announcement: { ...announcement, dueAt: noon + minute },
      content: frozen.content,
      signal,
    };
    expect(await publisher.prepare(preparation)).toEqual({ kind: 'ready' });
    const post = published(await publisher.publish(dispatch));
    expect(server.posts()).toMatchObject([{ id: post.uri, pictured: true }]);
    expect(post.permalink).toBe(`https://www.youtube.com/post/${post.uri}`);
    const uploads = server.requests().filter(({ path }) => path.startsWith('/upload/'));
    expect(uploads).toHaveLength(1);
    expect(await publisher.measure([post], soon())).toEqual(new Map([[post.uri, { likes: 3 }]]));
  });

  test('a picture that Google has forgotten is uploaded again', async () => {
    const { publisher, server } = await stageOf('posts');
    published(await publisher.publish(dispatchOf('a', { text: 'Same', digest: 'd' })));
    server.forgetUploads();
    published(await publisher.publish(dispatchOf('b', { text: 'Same', digest: 'd' })));
    expect(server.posts().map(({ pictured }) => pictured)).toEqual([true, true]);
  });

  test('absent is not proven while clocks differ, nor before a list may be trusted', async () => {
    const { publisher, line, clock } = await stageOf('posts');
    const dispatch = dispatchOf('a');
    line.fault = (request) => (isWrite(request) ? { kind: 'cut-before' } : undefined);
    expect((await publisher.publish(dispatch)).kind).toBe('uncertain');
    line.fault = undefined;
    expect(await publisher.find(dispatch)).toMatchObject({ kind: 'unknown' });
    clock.advance(61_000);
    line.skewMs = 90_000;
    expect(await publisher.find(dispatch)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/clock/) as string,
    });
    line.skewMs = 0;
    expect(await publisher.find(dispatch)).toEqual({ kind: 'absent' });
  });

  test('a post of another announcement, or an older one, is not taken for ours', async () => {
    const { publisher, clock } = await stageOf('posts');
    published(await publisher.publish(dispatchOf('a', { text: 'The same' })));
    clock.advance(61_000);
    expect(await publisher.find(dispatchOf('b', { text: 'The same' }))).toEqual({ kind: 'absent' });
  });

  test('verify says when the project is not admitted', async () => {
    const { publisher, server } = await stageOf('posts');
    server.settings.pilot = false;
    expect(await publisher.verify(soon())).toMatchObject({
      kind: 'ok',
      warnings: [expect.stringMatching(/not admitted/) as string],
    });
    expect(await publisher.publish(dispatchOf('a'))).toMatchObject({ kind: 'unauthorized' });
  });
});

describe('units', () => {
  test('what we count is what YouTube counts, and verify shows what is left', async () => {
    const { publisher, server } = await stageOf('broadcast');
    published(await publisher.publish(dispatchOf('a', about({ key: 'one' }))));
    const report = await publisher.verify(soon());
    // Two looks, the event, its thumbnail, and whose channel it is.
    expect(server.units()).toBe(2 + 50 + 50 + 1);
    expect(report).toMatchObject({
      kind: 'ok',
      quotas: [
        {
          name: 'units a day',
          limit: 10_000,
          left: 10_000 - server.units(),
          resetsAt: Date.UTC(2026, 4, 2, 7),
        },
      ],
    });
  });

  test('used up: it waits for midnight Pacific time, asks nothing until then, and goes on', async () => {
    const { publisher, server, clock } = await stageOf('broadcast', { unitsADay: 40 });
    const midnight = Date.UTC(2026, 4, 2, 7);
    const dispatch = dispatchOf('a', about({ key: 'one', startsAt: midnight + 2 * hour }));
    expect(await publisher.publish(dispatch)).toMatchObject({
      kind: 'retry-later',
      notBefore: midnight,
    });
    const asked = server.requests().length;
    expect(await publisher.publish(dispatch)).toMatchObject({
      kind: 'retry-later',
      notBefore: midnight,
    });
    expect(server.requests()).toHaveLength(asked);
    clock.set(midnight);
    expect((await publisher.publish(dispatch)).kind).toBe('retry-later');
    expect(server.requests().length).toBeGreaterThan(asked);
  });

  test('a day of the quota ends at midnight Pacific time, also when clocks change', () => {
    // 2026-03-08 has 23 hours there, 2026-11-01 has 25.
    expect(quotaDay(Date.UTC(2026, 2, 8, 9))).toEqual({
      day: '2026-03-08',
      endsAt: Date.UTC(2026, 2, 9, 7),
    });
    expect(quotaDay(Date.UTC(2026, 10, 1, 8))).toEqual({
      day: '2026-11-01',
      endsAt: Date.UTC(2026, 10, 2, 8),
    });
  });

  test('every request has its price', () => {
    expect(callCosts['liveBroadcasts.insert']).toBe(50);
    expect(callCosts['thumbnails.set']).toBe(50);
  });
});

describe('what Google says, and what it means', () => {
  test.each([
    [403, 'forbidden', 'unauthorized'],
    [403, 'insufficientPermissions', 'unauthorized'],
    [403, 'liveStreamingNotEnabled', 'unauthorized'],
    [403, 'accessNotConfigured', 'unauthorized'],
    [401, 'youtubeSignupRequired', 'unauthorized'],
    [401, 'authError', 'unauthorized'],
    [403, 'quotaExceeded', 'retry-later'],
    [403, 'rateLimitExceeded', 'retry-later'],
    [403, 'userRequestsExceedRateLimit', 'retry-later'],
    [429, 'anything', 'retry-later'],
    [400, 'invalidTitle', 'rejected'],
    [400, 'anything', 'rejected'],
    [409, 'anything', 'uncertain'],
    [500, 'backendError', 'uncertain'],
    [503, 'quotaExceeded', 'uncertain'],
  ] as const)('%s %s at the event itself: %s', async (status, reason, kind) => {
    const { publisher, server, line } = await stageOf('broadcast');
    line.fault = (request) =>
      isWrite(request) ? { kind: 'answer', ...googleRefusal(status, reason) } : undefined;
    const outcome = await publisher.publish(dispatchOf('a', about({ key: 'one' })));
    expect(outcome.kind).toBe(kind);
    expect(server.posts()).toEqual([]);
  });

  test.each([
    ['liveChatDisabled', 'rejected'],
    ['liveChatEnded', 'retry-later'],
  ] as const)('%s in a chat: %s', async (reason, kind) => {
    const { publisher, server, line } = await stageOf('live-chat');
    server.goLive('Main');
    line.fault = (request) =>
      isWrite(request) ? { kind: 'answer', ...googleRefusal(403, reason) } : undefined;
    expect((await publisher.publish(dispatchOf('a'))).kind).toBe(kind);
  });

  test('access that was withdrawn asks for a person and speaks of “Testing”', async () => {
    const { publisher, server, clock } = await stageOf('posts');
    server.settings.testing = true;
    clock.advance(8 * 24 * hour);
    const outcome = await publisher.publish(dispatchOf('a'));
    expect(outcome).toMatchObject({
      kind: 'unauthorized',
      reason: expect.stringMatching(/7 days.*“Testing”/) as string,
    });
    expect(await publisher.verify(soon())).toMatchObject({ kind: 'unauthorized' });
  });

  test('no reason, report or memory repeats a secret', async () => {
    const said: unknown[] = [];
    for (const way of ['posts', 'broadcast', 'live-chat'] as const) {
      const { publisher, server, line, kept } = await stageOf(way);
      server.goLive('Main');
      for (const status of [400, 401, 403, 500]) {
        line.fault = (request) => {
          if (!isWrite(request)) return undefined;
          const message = 'Bad ya29.planted-0123456789-0123456789 for 1//planted-0123456789-01234';
          return {
            kind: 'answer',
            status,
            body: { error: { message, errors: [{ reason: 'x' }] } },
          };
        };
        said.push(await publisher.publish(dispatchOf(`a${status}`, about({ key: 'one' }))));
      }
      line.fault = undefined;
      server.tokens.revokeAll();
      said.push(await publisher.verify(soon()), [...kept]);
    }
    expect(JSON.stringify(said)).not.toMatch(/planted-\d|GOCSPX|1\/\/planted/);
  });
});
