import { lexicons } from '@atproto/api';
import { describe, expect, it } from 'vitest';
import { serviceDid } from '../../src/site/feed-generator/feed-names.js';
import { machineFixture } from './machine-fixture.js';
import { now, program, session } from './web-fixture.js';

const account = 'did:plc:abcdefghijklmnopqrstuvwx';
const hour = 3_600_000;
const post = (name: string) => `at://${account}/app.bsky.feed.post/${name}`;
const feed = (rkey: string) => `at://${account}/app.bsky.feed.generator/${rkey}`;
const ids = {
  describe: 'app.bsky.feed.describeFeedGenerator',
  skeleton: 'app.bsky.feed.getFeedSkeleton',
} as const;

function fixture() {
  const made = machineFixture(
    program([
      session({ unit: 'u1' }),
      session({ key: 's2', startsAt: now + 5 * hour, endsAt: now + 6 * hour }),
    ]),
  );
  made.posts = [
    { uri: post('day-before'), sessions: ['s1'], dueAt: now - 20 * hour },
    { uri: post('hour-before'), sessions: ['s1'], dueAt: now - hour },
    { uri: post('other'), sessions: ['s2'], dueAt: now - 19 * hour },
    { uri: post('of-what-vanished'), sessions: ['gone'], dueAt: now },
  ];
  return made;
}

const skeleton = async (parameters: Record<string, string>, made = fixture()) => {
  const answer = await made.ask(
    `/xrpc/${ids.skeleton}?${new URLSearchParams(parameters).toString()}`,
  );
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

describe('the identity of the service', () => {
  it('is that of the host, and says where the feeds are', async () => {
    expect(await fixture().json('/.well-known/did.json')).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: 'did:web:program.example.org',
      service: [
        {
          id: '#bsky_fg',
          type: 'BskyFeedGenerator',
          serviceEndpoint: 'https://program.example.org',
        },
      ],
    });
  });

  it.each([
    'http://program.example.org',
    'https://program.example.org:8443',
    'https://example.org/program',
    'http://localhost:4680',
    'https://192.0.2.1',
  ])('there is none for %s, and everything says why', async (site) => {
    expect(serviceDid(site)).toBeUndefined();
    const made = machineFixture(program([session()]), { site });
    const base = new URL(site).pathname.replace(/\/$/, '');
    const answer = await made.ask(`${base}/.well-known/did.json`);
    expect([answer.status, await answer.text()]).toEqual([
      404,
      `Feeds inside Bluesky need a site at https with a host name of its own, without port and path; this one is ${site}.\n`,
    ]);
    expect((await made.ask(`${base}/xrpc/${ids.skeleton}`)).status).toBe(501);
  });
});

it('describes one feed for the program and one for each unit, by its lexicon', async () => {
  const body = await fixture().json(`/xrpc/${ids.describe}`);
  lexicons.assertValidXrpcOutput(ids.describe, body);
  expect(body).toEqual({
    did: 'did:web:program.example.org',
    feeds: [{ uri: feed('program') }, { uri: feed('u1') }],
  });
});

describe('a feed', () => {
  it('has the posts that stand by start of their session, the newest due first, by its lexicon', async () => {
    const { body } = await skeleton({ feed: feed('program') });
    lexicons.assertValidXrpcOutput(ids.skeleton, body);
    expect(body).toEqual({
      feed: [{ post: post('other') }, { post: post('hour-before') }, { post: post('day-before') }],
    });
  });

  it('of a unit has only its posts, also under the identity of the service', async () => {
    const { body } = await skeleton({
      feed: 'at://did:web:program.example.org/app.bsky.feed.generator/u1',
    });
    expect(body).toEqual({ feed: [{ post: post('hour-before') }, { post: post('day-before') }] });
  });

  it('comes in pages that hold when posts are added in between', async () => {
    const made = fixture();
    const first = await skeleton({ feed: feed('program'), limit: '2' }, made);
    lexicons.assertValidXrpcOutput(ids.skeleton, first.body);
    expect(first.body.feed).toEqual([{ post: post('other') }, { post: post('hour-before') }]);
    made.posts = [{ uri: post('new'), sessions: ['s2'], dueAt: now }, ...made.posts];
    const second = await skeleton(
      { feed: feed('program'), limit: '2', cursor: String(first.body.cursor) },
      made,
    );
    expect(second.body).toEqual({ feed: [{ post: post('day-before') }] });
  });

  it.each([
    [{ feed: feed('none') }, 'UnknownFeed'],
    [{ feed: 'at://did:plc:somebodyelse/app.bsky.feed.generator/program' }, 'UnknownFeed'],
    [{ feed: post('hour-before') }, 'InvalidRequest'],
    [{ feed: '%%%' }, 'InvalidRequest'],
    [{}, 'InvalidRequest'],
    [{ feed: feed('program'), limit: '0' }, 'InvalidRequest'],
    [{ feed: feed('program'), limit: '101' }, 'InvalidRequest'],
    [{ feed: feed('program'), limit: 'x' }, 'InvalidRequest'],
    [{ feed: feed('program'), cursor: 'x' }, 'InvalidRequest'],
  ])('refuses %j as %s', async (parameters, error) => {
    const { status, body } = await skeleton(parameters);
    expect([status, body.error, typeof body.message]).toEqual([400, error, 'string']);
  });
});
