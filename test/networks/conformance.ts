import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Announcement } from '../../src/publish/ports.js';
import type { Database } from '../../src/storage/database.js';
import { openDatabase } from '../../src/storage/opening.js';
import type { Fault, SeenRequest } from '../support/networks/fault-proxy.js';
import { testClock, type TestClock } from '../support/test-clock.js';
import { minute, now } from '../storage/fixtures.js';
import { openStage, timeoutMs, type LifePlan, type NetworkUnderTest, type Stage } from './stage.js';

/**
 * What every publisher has to pass: whatever goes wrong between it and its network, and wherever its process is killed, in the end exactly one post
 * stands, or none and a person knows why. Real ledger, real reconcile, real server; the server's own log is the witness.
 */
export function describePublisher(
  title: string,
  open: (clock: TestClock) => Promise<NetworkUnderTest>,
): void {
  describe(`${title}: conformance`, () => {
    let database: Database;
    let network: NetworkUnderTest;
    let stage: Stage;
    const clock = testClock(now);

    beforeAll(async () => {
      database = await openDatabase({ memory: true });
      network = await open(clock);
    });
    afterAll(async () => {
      await network.close();
      await database.close();
    });
    beforeEach(async () => {
      clock.advance(minute);
      stage = await openStage(database, network, clock);
    });

    /** The end that everything must come to. */
    const expectOneOrKnown = async (announcement: Announcement) => {
      const posts = await stage.postsOf(announcement);
      const { state } = announcement;
      if (state === 'published') {
        expect(posts.map(({ uri }) => uri)).toEqual([announcement.post?.uri]);
        return;
      }
      if (state === 'uncertain') {
        expect(network.mayAskPerson).toBe(true);
        expect(announcement.needsPerson).toBe(true);
        expect(posts.length).toBeLessThanOrEqual(1);
        return;
      }
      expect(['rejected', 'held', 'expired']).toContain(state);
      if (state !== 'expired') expect(announcement.needsPerson).toBe(true);
      expect(posts).toEqual([]);
      expect(announcement.reason).toMatch(/\w/);
    };
    const run = async (plan: LifePlan, { prepared = false } = {}) => {
      const announcement = await stage.announce();
      const life = await stage.boot(plan);
      if (prepared) await life.prepare(announcement);
      await life.publish(announcement.id);
      const after = await stage.stands(announcement.id);
      // What was late on its way arrives.
      await settledLine(plan);
      await life.close();
      return { announcement, after, ended: await stage.settle(announcement.id) };
    };
    const settledLine = async (plan: LifePlan) => {
      if (plan.fault) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    /** The fault for the first request that is meant, and for no other. */
    const once = (fault: Fault, meant: (request: SeenRequest) => boolean): LifePlan => {
      let done = false;
      return {
        fault: (request) => {
          if (done || !meant(request)) return undefined;
          done = true;
          return fault;
        },
      };
    };
    const visible = (request: SeenRequest) => network.isVisible(request);

    test('publishes once, with and without having prepared, and finds, measures and removes it', async () => {
      for (const prepared of [false, true]) {
        const { announcement, ended } = await run({}, { prepared });
        expect(ended.state).toBe('published');
        expect(ended.attempts).toBe(1);
        await expectOneOrKnown(ended);
        const life = await stage.boot();
        const { post, frozen } = ended;
        if (!post || !frozen) throw new Error('it has neither');
        const signal = AbortSignal.timeout(10_000);
        const found = await life.publisher.find({ announcement, frozen, signal });
        expect(found).toMatchObject({ kind: 'found', post: { uri: post.uri } });
        await life.publisher.measure([post], signal);
        expect(await life.publisher.remove(post, signal)).toBe(true);
        expect(await stage.postsOf(announcement)).toEqual([]);
        expect(await life.publisher.remove(post, signal)).toBe(true);
        await life.close();
      }
    });

    test('verifies whose account it is', async () => {
      const life = await stage.boot();
      expect(await life.publisher.verify(AbortSignal.timeout(10_000))).toMatchObject({
        kind: 'ok',
      });
      await life.close();
    });

    test('one post, however often and by however many processes it is delivered', async () => {
      const announcement = await stage.announce();
      const lives = [await stage.boot(), await stage.boot()];
      await Promise.all(
        [...lives, ...lives, ...lives].map((life) => life.publish(announcement.id)),
      );
      await Promise.all(lives.map((life) => life.close()));
      const ended = await stage.settle(announcement.id);
      expect(ended.state).toBe('published');
      await expectOneOrKnown(ended);
    });

    const cuts = ['cut-before', 'cut-after', 'cut-middle'] as const;
    test.each(cuts)('the connection breaks at the post itself: %s', async (kind) => {
      const { ended } = await run(once({ kind }, visible));
      await expectOneOrKnown(ended);
      if (!network.mayAskPerson) expect(ended.state).toBe('published');
    });

    test.each(cuts)(
      'the connection breaks at each request, one after the other: %s',
      async (kind) => {
        for (let request = 0; request < 12; request += 1) {
          let seen = -1;
          const { ended } = await run({
            fault: () => {
              seen += 1;
              return seen === request ? { kind } : undefined;
            },
          });
          await expectOneOrKnown(ended);
          if (!network.mayAskPerson) expect(ended.state).toBe('published');
          if (seen < request) break;
        }
      },
    );

    if (title !== 'preview') {
      test.each([500, 502, 503] as const)('%s, whether it was taken or not', async (status) => {
        for (const kind of ['answer', 'lie'] as const) {
          const broken = network.answers?.broken(status);
          if (!broken) throw new Error('no answers');
          const { after, ended } = await run(once({ kind, ...broken }, visible));
          expect(['uncertain', 'planned', 'published']).toContain(after.state);
          await expectOneOrKnown(ended);
          if (!network.mayAskPerson) expect(ended.state).toBe('published');
        }
      });

      test('too many requests: it waits as long as the network says', async () => {
        const at = clock.now();
        const limited = network.answers?.limited(at);
        if (!limited) throw new Error('no answers');
        const { after, ended } = await run(once({ kind: 'answer', ...limited }, visible));
        expect(after).toMatchObject({ state: 'planned', attempts: 1 });
        // Headers have whole seconds.
        expect(after.retryAt).toBeGreaterThanOrEqual(at + 19_000);
        expect(after.retryAt).toBeLessThanOrEqual(at + 5 * minute);
        expect(ended.state).toBe('published');
        await expectOneOrKnown(ended);
      });

      test('forbidden: none stands, and a person knows why', async () => {
        const forbidden = network.answers?.forbidden;
        if (!forbidden) throw new Error('no answers');
        const { after } = await run(once({ kind: 'answer', ...forbidden }, visible));
        expect(['rejected', 'held']).toContain(after.state);
        await expectOneOrKnown(after);
      });

      test('a token that expires in mid-flight is refreshed, and the post stands once', async () => {
        const announcement = await stage.announce();
        const life = await stage.boot();
        await life.prepare(announcement);
        await network.expireToken?.();
        await life.publish(announcement.id);
        await life.close();
        const ended = await stage.settle(announcement.id);
        expect(ended.state).toBe('published');
        await expectOneOrKnown(ended);
      });

      test('a network that is away while a token has expired is no bad password', async () => {
        await network.expireToken?.();
        for (const status of [0, 503, 429]) {
          const { after, ended } = await run({
            fault: () =>
              status === 0 ? { kind: 'cut-before' } : { kind: 'answer', status, body: {} },
          });
          expect(['planned', 'uncertain']).toContain(after.state);
          expect(ended.state).toBe('published');
          await expectOneOrKnown(ended);
          await network.expireToken?.();
        }
      });

      test('revoked: none stands, it is held, and it goes out when the account is back', async () => {
        await network.revoke?.();
        const announcement = await stage.announce();
        const life = await stage.boot();
        await life.publish(announcement.id);
        const after = await stage.stands(announcement.id);
        expect(after).toMatchObject({ state: 'held', needsPerson: true });
        expect(after.reason).toMatch(/^account: /);
        await expectOneOrKnown(after);
        expect(await life.publisher.verify(AbortSignal.timeout(10_000))).toMatchObject({
          kind: 'unauthorized',
        });
        await life.close();
        // The next stage connects it again.
        stage = await openStage(database, network, clock);
        const { ended } = await run({});
        expect(ended.state).toBe('published');
      });
    }

    test('an answer that comes after our patience', async () => {
      const slow: Fault = { kind: 'slow', ms: timeoutMs * 2 };
      const { after, ended } = await run(once(slow, visible));
      expect(['uncertain', 'published']).toContain(after.state);
      await expectOneOrKnown(ended);
      if (!network.mayAskPerson) expect(ended.state).toBe('published');
    });

    test('a request that arrives after our patience', async () => {
      const announcement = await stage.announce();
      const life = await stage.boot(once({ kind: 'late', ms: timeoutMs * 2 }, visible));
      await life.publish(announcement.id);
      expect((await stage.stands(announcement.id)).state).toBe('uncertain');
      // Looked for while it is still on its way: absent is not yet proven.
      await life.reconcile();
      await new Promise((resolve) => setTimeout(resolve, timeoutMs * 2));
      await life.close();
      const ended = await stage.settle(announcement.id);
      await expectOneOrKnown(ended);
      if (!network.mayAskPerson) expect(ended.state).toBe('published');
    });

    test('the same text a second time', async () => {
      const first = await stage.announce('Twice the same https://meeting.example/sessions/twice');
      expect((await stage.settle(first.id)).state).toBe('published');
      clock.advance(minute);
      const second = await stage.announce('Twice the same https://meeting.example/sessions/twice');
      const ended = await stage.settle(second.id);
      const posts = await stage.postsOf(second);
      if (network.duplicateText === 'taken') {
        expect(ended.state).toBe('published');
        expect(posts).toHaveLength(2);
        expect(new Set(posts.map(({ uri }) => uri)).size).toBe(2);
      } else {
        expect(ended).toMatchObject({ state: 'rejected', needsPerson: true });
        expect(ended.reason).toMatch(/same|duplicate|twice|already/i);
        expect(posts).toHaveLength(1);
      }
    });

    test('the clock goes back while an answer is lost', async () => {
      for (const kind of ['cut-before', 'cut-after'] as const) {
        const announcement = await stage.announce();
        const life = await stage.boot(once({ kind }, visible));
        await life.publish(announcement.id);
        const at = clock.now();
        clock.set(at - 10 * minute);
        await life.reconcile();
        await life.publish(announcement.id);
        clock.set(at);
        await life.close();
        const ended = await stage.settle(announcement.id);
        await expectOneOrKnown(ended);
        if (!network.mayAskPerson) expect(ended.state).toBe('published');
      }
    });

    test.each([false, true])(
      'the process is killed at each step (prepared ahead: %s)',
      async (prepared) => {
        for (let killAt = 0; killAt < 80; killAt += 1) {
          const announcement = await stage.announce();
          const life = await stage.boot({ killAt });
          if (prepared) await life.prepare(announcement);
          await life.publish(announcement.id);
          const killed = life.steps.length > killAt;
          await life.close();
          const ended = await stage.settle(announcement.id);
          await expectOneOrKnown(ended);
          if (!network.mayAskPerson) {
            expect(ended.state, `killed ${life.steps[killAt] ?? 'never'}`).toBe('published');
          }
          if (!killed) {
            expect(killAt).toBeGreaterThan(4);
            return;
          }
        }
        throw new Error('there is no end to its steps');
      },
    );
  });
}
