import { XRPCError } from '@atproto/api';
import { expect, test } from 'vitest';
import { partsOfUri, permalinkOf, recognizePost } from '../../../src/networks/bluesky/addresses.js';
import { failureOf, outcomeOf, quoted } from '../../../src/networks/bluesky/errors.js';
import { facetsOf, handlesIn } from '../../../src/networks/bluesky/facets.js';
import { openPoints } from '../../../src/networks/bluesky/points.js';
import { limitOf, notBeforeOf } from '../../../src/networks/bluesky/rate-limits.js';
import { recordOf, unfitText } from '../../../src/networks/bluesky/record.js';
import { isAging, looksLikeAppPassword } from '../../../src/networks/bluesky/secrets.js';
import { momentOfTid, nextTid, tidOf } from '../../../src/networks/bluesky/tid.js';
import { content, minute, now } from '../../storage/fixtures.js';
import { memoryForTest } from '../../support/network-memory.js';

const bytesOf = (text: string, { index }: { index: { byteStart: number; byteEnd: number } }) =>
  Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString();

test('a key is a TID in the second of the due moment, the same for the same announcement', () => {
  const keys = Array.from({ length: 2_000 }, (_, n) => tidOf(`a-${String(n)}`, now + 321));
  for (const key of keys) {
    expect(key).toMatch(/^[234567abcdefghij][234567a-z]{12}$/);
    expect(Math.floor((momentOfTid(key) ?? 0) / 1_000)).toBe(now / 1_000);
  }
  expect(new Set(keys).size).toBe(keys.length);
  expect(tidOf('a-0', now + 321)).toBe(keys[0]);
  expect(tidOf('a-0', now + 60_000) > (keys[0] ?? '')).toBe(true);
});

test('the next key is the next number', () => {
  expect(nextTid('3mks3d2jrtjy6')).toBe('3mks3d2jrtjy7');
  expect(nextTid('3mks3d2jrtjyz')).toBe('3mks3d2jrtjz2');
  expect(momentOfTid('not a tid')).toBeUndefined();
});

test('facets count bytes, in a text with emoji, Chinese and accents', () => {
  const link = 'https://meeting.example/sessions/aaaa';
  const text = `👩‍🚀 “Être 量子计算” — 会議 ${link} #Rés #会议2026 with @alice.test (@nobody.test) ASP.NET $TSLA https://other.example/x.`;
  const facets = facetsOf(text, link, { 'alice.test': 'did:plc:alice' });
  expect(facets.map((facet) => [bytesOf(text, facet), facet.features[0]])).toEqual([
    [link, { $type: 'app.bsky.richtext.facet#link', uri: link }],
    ['#Rés', { $type: 'app.bsky.richtext.facet#tag', tag: 'Rés' }],
    ['#会议2026', { $type: 'app.bsky.richtext.facet#tag', tag: '会议2026' }],
    ['@alice.test', { $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:alice' }],
    [
      'https://other.example/x',
      { $type: 'app.bsky.richtext.facet#link', uri: 'https://other.example/x' },
    ],
  ]);
  expect(handlesIn(text)).toEqual(['alice.test', 'nobody.test']);
});

test('a link that begins a longer address is not taken for it', () => {
  const link = 'https://meeting.example/s/1';
  const text = `${link}2 and ${link}`;
  expect(facetsOf(text, link, {}).map((facet) => bytesOf(text, facet))).toEqual([`${link}2`, link]);
});

test('a record holds a card, or a picture with its alt text and shape, and three languages at most', () => {
  const blob = {
    $type: 'blob' as const,
    ref: { $link: 'bafkrei' },
    mimeType: 'image/png',
    size: 5,
  };
  const given = {
    ...content('Soon'),
    languages: ['en', 'de', 'pt-BR', 'fr'],
    picture: {
      digest: 'd',
      alt: 'Said aloud',
      card: { conference: '', title: '', people: [], time: '', layout: '' },
    },
  };
  const parts = { dids: {}, picture: { blob, width: 1200, height: 630 } };
  expect(recordOf(given, parts, 'link-card', now)).toEqual({
    $type: 'app.bsky.feed.post',
    text: 'Soon',
    embed: {
      $type: 'app.bsky.embed.external',
      external: { uri: given.link.url, title: 'A session', description: '', thumb: blob },
    },
    langs: ['en', 'de', 'pt-BR'],
    createdAt: '2026-05-01T12:00:00.000Z',
  });
  expect(recordOf(given, parts, 'picture', now).embed).toEqual({
    $type: 'app.bsky.embed.images',
    images: [{ image: blob, alt: 'Said aloud', aspectRatio: { width: 1200, height: 630 } }],
  });
  expect(recordOf(given, parts, 'nothing', now).embed).toBeUndefined();
});

test('both limits of a text hold, in graphemes and in bytes', () => {
  expect(unfitText('👩‍🚀'.repeat(272))).toBeUndefined();
  expect(unfitText('👩‍🚀'.repeat(273))).toBe('the text has 3003 bytes, 3000 are allowed');
  expect(unfitText('x'.repeat(301))).toBe('the text has 301 graphemes, 300 are allowed');
});

test('recognizes posts of any actor by the address of the app or the at-uri, and nothing else', () => {
  const key = '3mks3d2jrtjy6';
  const did = 'did:plc:a7zqh3yirvfalpqcbkmjcwzd';
  const post = { uri: `at://${did}/app.bsky.feed.post/${key}`, permalink: permalinkOf(did, key) };
  expect(recognizePost(post.uri)).toEqual(post);
  expect(recognizePost(` ${post.permalink}?ref=share#top `)).toEqual(post);
  expect(
    recognizePost(`https://bsky.app/profile/did%3Aplc%3Aa7zqh3yirvfalpqcbkmjcwzd/post/${key}`),
  ).toEqual(post);
  expect(recognizePost(`https://bsky.app/profile/a.example/post/${key}/`)?.uri).toBe(
    `at://a.example/app.bsky.feed.post/${key}`,
  );
  for (const other of [
    'https://bsky.app/profile/a.example',
    `http://bsky.app/profile/a.example/post/${key}`,
    `https://bsky.app.evil.example/profile/a.example/post/${key}`,
    `https://bsky.app/profile/no-handle/post/${key}`,
    `at://a.example/app.bsky.feed.like/${key}`,
    'bsky',
  ]) {
    expect(recognizePost(other)).toBeUndefined();
  }
  expect(partsOfUri(post.uri)).toEqual({ actor: did, key });
});

const put = 'com.atproto.repo.putRecord';
const login = 'com.atproto.server.createSession';
const outcomeFor = (status: number, error?: string, method = put, cause?: unknown) =>
  outcomeOf(
    failureOf(
      new XRPCError(
        status,
        error,
        undefined,
        { 'retry-after': '7' },
        cause ? { cause } : undefined,
      ),
      { account: 'bluesky:@meeting', method, now },
    ),
  );
const broke = (code: string, syscall: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code, syscall }) });

test.each([
  [429, 'RateLimitExceeded', put, undefined, 'retry-later'],
  [401, 'AuthMissing', put, undefined, 'unauthorized'],
  [400, 'InvalidToken', put, undefined, 'unauthorized'],
  [400, 'ExpiredToken', put, undefined, 'unauthorized'],
  [401, 'AccountTakedown', put, undefined, 'unauthorized'],
  [400, 'AccountSuspended', put, undefined, 'unauthorized'],
  [400, 'AccountDeactivated', put, undefined, 'unauthorized'],
  [400, 'InvalidRequest', put, undefined, 'rejected'],
  [403, 'Forbidden', put, undefined, 'rejected'],
  // A redirect.
  [302, undefined, put, undefined, 'retry-later'],
  [502, 'UpstreamFailure', put, undefined, 'uncertain'],
  [500, undefined, put, undefined, 'uncertain'],
  [1, undefined, put, broke('ECONNRESET', 'read'), 'uncertain'],
  [1, undefined, put, broke('ECONNREFUSED', 'connect'), 'retry-later'],
  [1, undefined, put, broke('ENOTFOUND', 'getaddrinfo'), 'retry-later'],
  [1, undefined, put, broke('CERT_HAS_EXPIRED', ''), 'retry-later'],
  [2, undefined, put, undefined, 'uncertain'],
  [401, 'AuthenticationRequired', login, undefined, 'unauthorized'],
  [401, 'AuthFactorTokenRequired', login, undefined, 'unauthorized'],
  [429, 'RateLimitExceeded', login, undefined, 'retry-later'],
  [502, 'UpstreamFailure', login, undefined, 'retry-later'],
  [1, undefined, login, broke('ECONNRESET', 'read'), 'retry-later'],
] as const)('%s %s of %s means what it means', (status, error, method, cause, kind) => {
  const outcome = outcomeFor(status, error, method, cause);
  expect(outcome.kind).toBe(kind);
  expect(outcome.reason).toMatch(/^bluesky:@meeting: .+\. .+\.$/);
});

test('an error that is no answer of the network is a bug and is thrown on', () => {
  expect(() => failureOf(new TypeError('a bug'), { account: 'a', method: put, now })).toThrow(
    'a bug',
  );
});

test('another’s text is cut to one line, without tokens and app passwords', () => {
  const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJkaWQ6cGxjOmEifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ';
  expect(quoted(`bad\n ${token}\u0000 abcd-efgh-ijkl-mnop`)).toBe('bad … …');
  expect(quoted('x'.repeat(400))).toHaveLength(161);
});

test('limits are read from headers, and resets carried over to our clock', () => {
  const headers = {
    'ratelimit-limit': '5000',
    'ratelimit-remaining': '4997',
    'ratelimit-reset': String(now / 1_000 + 3_600),
    'ratelimit-policy': '5000;w=3600',
    date: new Date(now + 10 * minute).toUTCString(),
  };
  expect(limitOf(headers, now)).toEqual({
    limit: 5_000,
    left: 4_997,
    windowS: 3_600,
    resetsAt: now + 50 * minute,
  });
  expect(notBeforeOf(headers, now)).toBe(now + 50 * minute);
  expect(notBeforeOf({ ...headers, 'retry-after': '30' }, now)).toBe(now + 30_000);
  expect(notBeforeOf({}, now)).toBeUndefined();
  expect(notBeforeOf({ 'ratelimit-reset': '9999999999' }, now)).toBe(now + 24 * 60 * minute);
  expect(limitOf({ ...headers, 'ratelimit-policy': 'none' }, now)).toBeUndefined();
});

test('points are as the network told them last, else as they were counted, until their window ends', async () => {
  const points = openPoints(memoryForTest());
  const hourly = { name: 'points an hour', limit: 5_000 };
  const daily = { name: 'points a day', limit: 35_000 };
  const day = 24 * 60 * minute;
  expect(await points.quotas(now)).toEqual([
    { ...hourly, left: 5_000 },
    { ...daily, left: 35_000 },
  ]);
  // The limit of all requests in five minutes is none of points.
  const other = { limit: 3_000, left: 1, windowS: 300, resetsAt: now + minute };
  await points.note({ posts: 1, limit: other, now });
  await points.note({ posts: 1, limit: undefined, now: now + minute });
  expect(await points.quotas(now + minute)).toEqual([
    { ...hourly, left: 4_994, resetsAt: now + 60 * minute },
    { ...daily, left: 34_994, resetsAt: now + day },
  ]);
  const limit = { limit: 5_000, left: 12, windowS: 3_600, resetsAt: now + 5 * minute };
  await points.note({ posts: 1, limit, now: now + 2 * minute });
  expect(await points.quotas(now + 2 * minute)).toEqual([
    { ...hourly, left: 12, resetsAt: now + 5 * minute },
    { ...daily, left: 34_991, resetsAt: now + day },
  ]);
  expect(await points.quotas(now + 60 * minute)).toEqual([
    { ...hourly, left: 5_000 },
    { ...daily, left: 34_991, resetsAt: now + day },
  ]);
});

test('a session ages by our clock, however far the network’s is off', () => {
  const claims = Buffer.from(JSON.stringify({ iat: 1_000, exp: 8_200 })).toString('base64url');
  const session = {
    did: 'did:plc:a',
    handle: 'a.test',
    accessJwt: `h.${claims}.s`,
    refreshJwt: 'r',
    receivedAt: now,
  };
  expect(isAging(session, now + 89 * minute)).toBe(false);
  expect(isAging(session, now + 91 * minute)).toBe(true);
  expect(isAging(session, now - 91 * minute)).toBe(false);
  expect(isAging({ ...session, accessJwt: 'not a token' }, now + 91 * minute)).toBe(true);
});

test('an app password has a form of its own', () => {
  expect(looksLikeAppPassword('abcd-ef23-ijkl-mnop')).toBe(true);
  expect(looksLikeAppPassword('correct horse battery')).toBe(false);
});
