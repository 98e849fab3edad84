import { lexicons } from '@atproto/api';
import { expect, test } from 'vitest';
import { connectBluesky, disconnectBluesky } from '../../../src/networks/bluesky/connect.js';
import { announceFeeds, type FeedRecord } from '../../../src/networks/bluesky/feed-records.js';
import { nextTid } from '../../../src/networks/bluesky/tid.js';
import { readSecrets } from '../../../src/networks/bluesky/secrets.js';
import type { Fault, SeenRequest } from '../../support/networks/fault-proxy.js';
import { describeOnPds } from '../../support/networks/pds.js';
import { minute, now } from '../../storage/fixtures.js';
import { account, contentWithPicture, dispatchOf, openBlueskyStage } from './bluesky-stage.js';
import { smallPicture } from './fixtures.js';

const put = 'com.atproto.repo.putRecord';
const soon = () => AbortSignal.timeout(20_000);

await describeOnPds(
  'a Bluesky account',
  (pds) => {
    const session = async (identifier: string, password: string) =>
      (await pds().call('com.atproto.server.createSession', { identifier, password })) as {
        accessJwt: string;
        refreshJwt: string;
      };
    /** A record that a person or another program put there. */
    const plant = async (
      owner: { did: string; handle: string; password: string },
      collection: string,
      rkey: string,
      record: unknown,
    ) => {
      const { accessJwt } = await session(owner.handle, owner.password);
      await pds().call(put, { repo: owner.did, collection, rkey, record }, accessJwt);
    };

    test('puts up text, facets, languages and a card whose picture stands on the server', async () => {
      const stage = await openBlueskyStage(pds());
      const friend = await pds().createAccount('colleague');
      const publisher = stage.publisher();
      const text =
        '👩‍🚀 量子 — with @colleague.test and @nobody.test https://meeting.example/sessions/aaaa #会议';
      const dispatch = dispatchOf(publisher, 'facets', contentWithPicture(text));
      const outcome = await publisher.publish(dispatch);
      const { key } = dispatch.frozen;
      const uri = `at://${stage.account.did}/app.bsky.feed.post/${key}`;
      expect(outcome).toMatchObject({
        kind: 'published',
        post: {
          uri,
          permalink: `https://bsky.app/profile/${stage.account.handle}/post/${key}`,
          acceptedAt: now,
        },
      });
      const [post] = await pds().posts(stage.account.did);
      expect(post).toMatchObject({
        uri,
        value: {
          text,
          langs: ['en'],
          createdAt: '2026-05-01T12:00:00.000Z',
          embed: {
            $type: 'app.bsky.embed.external',
            external: { uri: 'https://meeting.example/sessions/aaaa', title: 'A session' },
          },
        },
      });
      const facets = post?.value.facets as {
        index: { byteStart: number; byteEnd: number };
        features: Record<string, string>[];
      }[];
      expect(
        facets.map(({ index, features }) => [
          Buffer.from(text).subarray(index.byteStart, index.byteEnd).toString(),
          features[0]?.did ?? features[0]?.uri ?? features[0]?.tag,
        ]),
      ).toEqual([
        ['@colleague.test', friend.did],
        ['https://meeting.example/sessions/aaaa', 'https://meeting.example/sessions/aaaa'],
        ['#会议', '会议'],
      ]);
      const { external } = post?.value.embed as { external: { thumb: { ref: { $link: string } } } };
      const drawn = await smallPicture({ digest: '', alt: '', card: {} as never }, 1_000_000);
      expect(await pds().blob(stage.account.did, external.thumb.ref.$link)).toEqual(drawn.bytes);
    });

    test('five publishers at once make one record', async () => {
      const stage = await openBlueskyStage(pds());
      const publishers = Array.from({ length: 5 }, () => stage.publisher());
      const outcomes = await Promise.all(
        publishers.map((publisher) => publisher.publish(dispatchOf(publisher, 'five'))),
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual(publishers.map(() => 'published'));
      expect(await pds().posts(stage.account.did)).toHaveLength(1);
      expect(stage.asked('com.atproto.server.createSession')).toBe(1);
    });

    test('one login for twenty posts, and no other request than one put each once they are prepared', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      for (let post = 0; post < 20; post += 1) {
        const dispatch = dispatchOf(publisher, `twenty-${String(post)}`);
        const announcement = { ...dispatch.announcement, dueAt: now };
        const { content } = dispatch.frozen;
        expect(await publisher.prepare({ announcement, content, signal: soon() })).toEqual({
          kind: 'ready',
        });
        const before = stage.asked('com.atproto.repo.uploadBlob');
        expect((await publisher.publish(dispatch)).kind).toBe('published');
        expect(stage.asked('com.atproto.repo.uploadBlob')).toBe(before);
      }
      expect(stage.asked('com.atproto.server.createSession')).toBe(1);
      expect(stage.asked('com.atproto.server.refreshSession')).toBe(0);
      expect(stage.asked(put)).toBe(20);
      expect(await pds().posts(stage.account.did)).toHaveLength(20);
      const report = await publisher.verify(soon());
      expect(report).toMatchObject({ kind: 'ok' });
      const [hour, day] = report.kind === 'ok' ? report.quotas : [];
      expect(hour).toMatchObject({ name: 'points an hour', limit: 5_000, left: 4_940 });
      expect(day).toMatchObject({ name: 'points a day', limit: 35_000, left: 34_940 });
    });

    test('an expired token is refreshed once, however many find it expired', async () => {
      const stage = await openBlueskyStage(pds());
      const publishers = Array.from({ length: 5 }, () => stage.publisher());
      const [first] = publishers;
      if (!first) throw new Error('there is none');
      await first.prepare({
        announcement: { ...dispatchOf(first, 'x').announcement, dueAt: now },
        content: dispatchOf(first, 'x').frozen.content,
        signal: soon(),
      });
      stage.expireToken();
      const outcomes = await Promise.all(
        publishers.map((publisher, n) =>
          publisher.publish(dispatchOf(publisher, `expired-${String(n)}`)),
        ),
      );
      expect(outcomes.map(({ kind }) => kind)).toEqual(publishers.map(() => 'published'));
      expect(stage.asked('com.atproto.server.refreshSession')).toBe(1);
      expect(stage.asked('com.atproto.server.createSession')).toBe(1);
    });

    test('an aging session is refreshed ahead; when that fails for now, the old one is used', async () => {
      let away = true;
      const stage = await openBlueskyStage(pds(), {
        before: ({ path }): Fault | undefined =>
          away && path.includes('refreshSession') ? { kind: 'answer', status: 503 } : undefined,
      });
      const publisher = stage.publisher();
      const goOut = async (id: string) => {
        const dispatch = dispatchOf(publisher, id);
        const announcement = { ...dispatch.announcement, dueAt: now };
        const { content } = dispatch.frozen;
        const prepared = await publisher.prepare({ announcement, content, signal: soon() });
        return [prepared.kind, (await publisher.publish(dispatch)).kind];
      };
      expect(await goOut('young')).toEqual(['ready', 'published']);
      expect(stage.asked('com.atproto.server.refreshSession')).toBe(0);
      stage.clock.advance(100 * minute);
      expect(await goOut('aging')).toEqual(['ready', 'published']);
      expect(stage.asked('com.atproto.server.refreshSession')).toBe(1);
      away = false;
      expect(await goOut('renewed')).toEqual(['ready', 'published']);
      expect(await goOut('young again')).toEqual(['ready', 'published']);
      expect(stage.asked('com.atproto.server.refreshSession')).toBe(2);
      expect(stage.asked('com.atproto.server.createSession')).toBe(1);
    });

    test('the process died between a refresh and its writing: the old refresh token is good still', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      await publisher.publish(dispatchOf(publisher, 'before'));
      const secrets = readSecrets(stage.vault.kept());
      await pds().call(
        'com.atproto.server.refreshSession',
        undefined,
        secrets?.session?.refreshJwt,
      );
      stage.expireToken();
      expect((await publisher.publish(dispatchOf(publisher, 'after'))).kind).toBe('published');
      expect(stage.asked('com.atproto.server.createSession')).toBe(1);
    });

    test('a session that was ended begins once more with the app password', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      await publisher.publish(dispatchOf(publisher, 'before'));
      const secrets = readSecrets(stage.vault.kept());
      await pds().call('com.atproto.server.deleteSession', undefined, secrets?.session?.refreshJwt);
      stage.expireToken();
      expect((await publisher.publish(dispatchOf(publisher, 'after'))).kind).toBe('published');
      expect(stage.asked('com.atproto.server.createSession')).toBe(2);
    });

    test('where another’s post stands under the key, it goes out under the next', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      const dispatch = dispatchOf(publisher, 'taken');
      const { key } = dispatch.frozen;
      await plant(stage.account, 'app.bsky.feed.post', key, {
        $type: 'app.bsky.feed.post',
        text: 'I was here first',
        createdAt: '2026-05-01T12:00:00.000Z',
      });
      const outcome = await publisher.publish(dispatch);
      expect(outcome).toMatchObject({ kind: 'retry-later', key: nextTid(key) });
      expect(await publisher.find(dispatch)).toEqual({ kind: 'absent' });
      const again = { ...dispatch, frozen: { ...dispatch.frozen, key: nextTid(key) } };
      expect((await publisher.publish(again)).kind).toBe('published');
      expect((await pds().posts(stage.account.did)).map(({ value }) => value.text)).toEqual([
        'I was here first',
        dispatch.frozen.content.text,
      ]);
    });

    test('an earlier wording of its own that stands is the announcement’s post', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      const first = dispatchOf(publisher, 'words', contentWithPicture('In the large hall'));
      expect((await publisher.publish(first)).kind).toBe('published');
      const second = dispatchOf(publisher, 'words', contentWithPicture('In the small hall'));
      expect((await publisher.publish(second)).kind).toBe('published');
      expect((await pds().posts(stage.account.did)).map(({ value }) => value.text)).toEqual([
        'In the large hall',
      ]);
    });

    test('a picture that the server has cleared away is uploaded again', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      const dispatch = dispatchOf(publisher, 'blob');
      const cid = 'bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku';
      const blob = { $type: 'blob', ref: { $link: cid }, mimeType: 'image/png', size: 0 };
      const picture = { blob, width: 1200, height: 630 };
      await stage.memory.write(`parts:${dispatch.frozen.content.digest}`, { dids: {}, picture });
      expect((await publisher.publish(dispatch)).kind).toBe('published');
      expect(stage.asked('com.atproto.repo.uploadBlob')).toBe(1);
      expect(await pds().posts(stage.account.did)).toHaveLength(1);
    });

    test('without a picture that could be drawn, the card goes without', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher({
        drawPicture: () => Promise.reject(new Error('no fonts')),
      });
      const dispatch = dispatchOf(publisher, 'undrawn');
      const announcement = { ...dispatch.announcement, dueAt: now };
      const { content } = dispatch.frozen;
      expect(await publisher.prepare({ announcement, content, signal: soon() })).toEqual({
        kind: 'later',
        reason: `${account}: the picture could not be drawn (no fonts); the post goes without it`,
      });
      expect((await publisher.publish(dispatch)).kind).toBe('published');
    });

    test('refuses a text that is too long before it asks anybody', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      const long = dispatchOf(publisher, 'long', contentWithPicture('x'.repeat(301)));
      expect(await publisher.publish(long)).toEqual({
        kind: 'rejected',
        reason: `${account}: the text has 301 graphemes, 300 are allowed. Shorten the template of this lead time.`,
      });
      expect(stage.asked('com.atproto.server.createSession')).toBe(0);
    });

    test('a post that was taken down stands no more, and numbers that nobody knows are missing', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      const outcome = await publisher.publish(dispatchOf(publisher, 'gone'));
      if (outcome.kind !== 'published') throw new Error(outcome.reason);
      expect(await publisher.measure([outcome.post], soon())).toEqual(new Map());
      expect(await publisher.remove(outcome.post, soon())).toBe(true);
      expect(await publisher.find(dispatchOf(publisher, 'gone'))).toEqual({ kind: 'absent' });
      expect(await publisher.remove(outcome.post, soon())).toBe(true);
      const others = {
        ...outcome.post,
        uri: 'at://did:plc:other/app.bsky.feed.post/3mks3d2jrtjy6',
      };
      expect(await publisher.remove(others, soon())).toBe(false);
    });

    test('says on its profile that it is automated, and keeps the rest of it', async () => {
      const stage = await openBlueskyStage(pds());
      const publisher = stage.publisher();
      const label = {
        $type: 'com.atproto.label.defs#selfLabels',
        values: [{ val: '!no-unauthenticated' }],
      };
      await plant(stage.account, 'app.bsky.actor.profile', 'self', {
        $type: 'app.bsky.actor.profile',
        displayName: 'The Meeting',
        description: 'In May',
        labels: label,
      });
      expect(await publisher.verify(soon())).toMatchObject({
        kind: 'ok',
        handle: stage.account.handle,
        id: stage.account.did,
        name: 'The Meeting',
        scopes: ['com.atproto.appPass'],
        warnings: [expect.stringContaining('does not say that it is automated') as string],
      });
      expect(await publisher.labelAsBot(soon())).toBeUndefined();
      expect(await publisher.labelAsBot(soon())).toBeUndefined();
      expect(await publisher.verify(soon())).toMatchObject({ name: 'The Meeting', warnings: [] });
      const query = `repo=${stage.account.did}&collection=app.bsky.actor.profile&rkey=self`;
      const response = await fetch(`${pds().origin}/xrpc/com.atproto.repo.getRecord?${query}`);
      expect(((await response.json()) as { value: unknown }).value).toEqual({
        $type: 'app.bsky.actor.profile',
        displayName: 'The Meeting',
        description: 'In May',
        labels: { ...label, values: [{ val: '!no-unauthenticated' }, { val: 'bot' }] },
      });
    });

    test('connects with one login that the publisher goes on with, and disconnects', async () => {
      const stage = await openBlueskyStage(pds());
      const { handle, did, appPassword, password } = stage.account;
      const line = { clock: stage.clock, service: stage.origin, signal: soon() };
      const connected = await connectBluesky({ ...line, identifier: `@${handle}`, appPassword });
      expect(connected).toMatchObject({
        kind: 'connected',
        handle,
        did,
        isBot: false,
        warnings: [],
      });
      if (connected.kind !== 'connected') return;
      await stage.vault.write(connected.secrets);
      const publisher = stage.publisher();
      const { post } = (await publisher.publish(dispatchOf(publisher, 'connected'))) as {
        post?: unknown;
      };
      expect(post).toBeDefined();
      expect(stage.asked('com.atproto.server.createSession')).toBe(1);

      const withMain = await connectBluesky({ ...line, identifier: handle, appPassword: password });
      expect(withMain).toMatchObject({
        kind: 'connected',
        warnings: [expect.stringContaining('main password') as string],
      });
      expect(
        await connectBluesky({ ...line, identifier: handle, appPassword: 'aaaa-bbbb-cccc-dddd' }),
      ).toMatchObject({ kind: 'refused' });

      expect(await disconnectBluesky({ ...line, account, vault: stage.vault })).toHaveLength(1);
      expect(stage.vault.kept()).toBeUndefined();
      await expect(
        pds().call(
          'com.atproto.server.refreshSession',
          undefined,
          connected.secrets.session?.refreshJwt,
        ),
      ).rejects.toThrow('ExpiredToken');
      expect(await publisher.publish(dispatchOf(publisher, 'disconnected'))).toEqual({
        kind: 'unauthorized',
        reason: `${account}: it is not connected. Connect it with \`callboard connect bluesky\`.`,
      });
    });

    test('lists feeds that people can pin, as the lexicon has them, and touches no others', async () => {
      const stage = await openBlueskyStage(pds());
      const { did: repository } = stage.account;
      const collection = 'app.bsky.feed.generator';
      const did = 'did:web:program.example.org';
      const stranger = {
        $type: collection,
        did: 'did:web:feeds.example.net',
        displayName: 'Cats',
        createdAt: '2026-01-01T00:00:00Z',
      };
      await plant(stage.account, collection, 'cats', stranger);
      const named = (rkey: string, displayName = `Feed ${rkey}`) => ({
        rkey,
        displayName,
        description: 'Every session, announced before it starts.',
      });
      const announce = (feeds: readonly FeedRecord[], removeOthers = false) =>
        announceFeeds({
          account,
          vault: stage.vault,
          clock: stage.clock,
          service: stage.origin,
          did,
          feeds,
          removeOthers,
          signal: soon(),
        });
      const standing = async () => {
        const { records } = (await (
          await fetch(
            `${stage.origin}/xrpc/com.atproto.repo.listRecords?repo=${repository}&collection=${collection}`,
          )
        ).json()) as { records: { uri: string; value: Record<string, unknown> }[] };
        return new Map(records.map(({ uri, value }) => [uri.split('/').at(-1), value]));
      };

      expect(await announce([named('program'), named('u1')])).toEqual({
        kind: 'announced',
        repository,
        added: ['program', 'u1'],
        changed: [],
        unchanged: [],
        removed: [],
        left: [],
      });
      const first = await standing();
      expect(first.get('program')).toEqual({
        $type: collection,
        did,
        displayName: 'Feed program',
        description: 'Every session, announced before it starts.',
        createdAt: '2026-05-01T12:00:00Z',
      });
      for (const value of first.values()) {
        expect(lexicons.validate(collection, value)).toMatchObject({ success: true });
      }
      const puts = stage.asked(put);
      expect(await announce([named('program'), named('u1')])).toMatchObject({
        unchanged: ['program', 'u1'],
      });
      expect(stage.asked(put)).toBe(puts);

      // A picture that somebody gave to it stays.
      await plant(stage.account, collection, 'program', {
        ...first.get('program'),
        acceptsInteractions: true,
      });
      stage.clock.advance(minute);
      expect(await announce([named('program', 'The meeting'), named('u2')])).toMatchObject({
        added: ['u2'],
        changed: ['program'],
        left: ['u1'],
      });
      expect((await standing()).get('program')).toMatchObject({
        displayName: 'The meeting',
        acceptsInteractions: true,
        createdAt: '2026-05-01T12:00:00Z',
      });
      expect(await announce([named('program', 'The meeting')], true)).toMatchObject({
        unchanged: ['program'],
        removed: expect.arrayContaining(['u1', 'u2']) as unknown,
      });
      expect([...(await standing()).keys()].sort()).toEqual(['cats', 'program']);
    });

    test('no reason ever holds a password or a token, whatever a server says', async () => {
      let asked: SeenRequest['path'] | undefined;
      const echoes: unknown[] = [];
      let status = 400;
      const stage = await openBlueskyStage(pds(), {
        before: ({ path }): Fault | undefined => {
          if (!asked || !path.includes(asked)) return undefined;
          const body = { error: 'InvalidRequest', message: `you sent ${JSON.stringify(echoes)}` };
          return { kind: 'answer', status, body };
        },
      });
      const publisher = stage.publisher();
      echoes.push(stage.account.appPassword, stage.account.password);
      const said: string[] = [];
      const tell = (answer: unknown) => void said.push(JSON.stringify(answer ?? 'done'));
      for (const method of [
        'createSession',
        'getRecord',
        'uploadBlob',
        'putRecord',
        'getSession',
      ]) {
        for (status of [400, 401, 403, 404, 429, 500]) {
          asked = method;
          const { session: kept } = readSecrets(stage.vault.kept()) ?? {};
          if (kept) echoes.splice(0, 9, stage.account.appPassword, kept.accessJwt, kept.refreshJwt);
          const dispatch = dispatchOf(publisher, `echo-${method}-${String(status)}`);
          tell(await publisher.publish(dispatch));
          tell(await publisher.find(dispatch));
          tell(await publisher.verify(soon()));
          tell(await publisher.labelAsBot(soon()));
        }
        asked = undefined;
        await publisher.verify(soon());
      }
      const kept = readSecrets(stage.vault.kept());
      const secrets = [
        stage.account.appPassword,
        kept?.session?.accessJwt,
        kept?.session?.refreshJwt,
      ];
      expect(said.length).toBeGreaterThan(100);
      for (const secret of secrets) {
        expect(secret).toMatch(/.{10}/);
        expect(said.filter((line) => line.includes(secret ?? ''))).toEqual([]);
      }
    });
  },
  { rateLimits: true },
);
