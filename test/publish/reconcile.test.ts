import { afterEach, expect, test } from 'vitest';
import { importProgram } from '../../src/operations/import-program.js';
import type { PublishContext } from '../../src/publish/ports.js';
import type { Publisher } from '../../src/publish/publisher.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { reconcile } from '../../src/publish/reconcile.js';
import { sweep } from '../../src/publish/sweep.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import { describeOnDatabases } from '../support/database.js';
import {
  minute,
  noon,
  openTestEdition,
  second,
  session,
  type TestEdition,
} from '../support/edition.js';

const opened: TestEdition[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const published = { kind: 'done', outcome: 'published' };
const nothing = { kind: 'done', outcome: 'nothing' };
const start = noon + 20 * minute;
/** The preview network's time-out: only after it can a request no longer be under way. */
const timeoutMs = 5 * second;

describeOnDatabases('reconciling', (database) => {
  const open = async (options: Partial<Parameters<typeof openTestEdition>[1]> = {}) => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', start)],
      ...options,
    });
    opened.push(edition);
    edition.clock.set(start - 15 * minute);
    return edition;
  };
  /** One announcement that is uncertain after its first request. */
  const uncertain = async (kind: 'lost-answer' | 'lost-request') => {
    const edition = await open();
    const { id, dueAt, expiresAt } = await edition.announcement({});
    edition.faults.set(id, [{ kind }]);
    await publishAnnouncement(edition.context, id);
    return { edition, id, dueAt, expiresAt };
  };
  const withPublisher = (edition: TestEdition, change: Partial<Publisher>): PublishContext => ({
    ...edition.context,
    publisher: (account) => {
      const real = edition.publisher(account);
      return real && { ...real, ...change };
    },
  });
  /** A context of a process that is killed after the network took the post, or before the request went out. */
  const dying = (
    edition: TestEdition,
    when: 'before sending' | 'after sending',
  ): PublishContext => {
    const { ledger } = edition.context;
    const context =
      when === 'after sending'
        ? edition.context
        : withPublisher(edition, {
            publish: () => Promise.resolve({ kind: 'uncertain', reason: 'dead' }),
          });
    return { ...context, ledger: { ...ledger, settle: () => Promise.reject(new Error('killed')) } };
  };
  const leaseRunsOut = (edition: TestEdition) =>
    edition.database.query(
      "UPDATE callboard.announcements SET claim_lease = 0 WHERE edition = $1 AND state = 'publishing'",
      [edition.name],
    );

  test('a post whose answer was lost is found, recorded with its own moment, and never sent again', async () => {
    const { edition, id, dueAt } = await uncertain('lost-answer');
    edition.clock.advance(second);
    expect(await reconcile(edition.context)).toEqual({ found: 1, absent: 0, unknown: 0 });
    expect(await edition.announcement({})).toMatchObject({
      state: 'published',
      reason: 'found on the network',
      post: { uri: `preview://bluesky/${id}`, acceptedAt: dueAt },
    });
    expect(edition.events.at(-1)).toMatchObject({
      kind: 'announcement',
      to: 'published',
      at: dueAt,
    });
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    expect(edition.witness.accepted).toHaveLength(1);
    expect(await reconcile(edition.context)).toEqual({ found: 0, absent: 0, unknown: 0 });
  });

  test('absent is no proof while a request may still be under way', async () => {
    const { edition, id } = await uncertain('lost-request');
    edition.clock.advance(timeoutMs - 1);
    expect(await reconcile(edition.context)).toEqual({ found: 0, absent: 0, unknown: 1 });
    expect((await edition.announcement({})).state).toBe('uncertain');
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    edition.clock.advance(1);
    expect(await reconcile(edition.context)).toEqual({ found: 0, absent: 1, unknown: 0 });
    expect(await edition.announcement({})).toMatchObject({
      state: 'planned',
      resend: true,
      reason: 'proven absent, sent again to the letter',
    });
    expect(edition.witness.accepted).toEqual([]);
  });

  test('what was proven absent is sent to the letter, also when the program says something new', async () => {
    const { edition, id } = await uncertain('lost-request');
    const before = (await edition.announcement({})).frozen;
    edition.write([session('a', start, { title: 'Another title' })]);
    await importProgram(edition.context);
    edition.clock.advance(timeoutMs);
    await reconcile(edition.context);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
    const [post] = edition.witness.accepted;
    expect(edition.witness.accepted).toHaveLength(1);
    expect(post?.content).toEqual(before?.content);
    expect(post?.key).toBe(before?.key);
    expect((await edition.announcement({})).attempts).toBe(2);
  });

  test('a proof tells the queue at once, and does not mind a queue that is away', async () => {
    const { edition, id } = await uncertain('lost-request');
    edition.clock.advance(timeoutMs);
    const told: unknown[] = [];
    await reconcile({
      ...edition.context,
      queue: {
        ...absentQueue,
        reschedule: (due) => {
          told.push(...due);
          return Promise.reject(new Error('the queue is away'));
        },
      },
    });
    expect(told).toEqual([{ id, network: 'bluesky', at: edition.clock.now() }]);
    expect((await edition.announcement({})).state).toBe('planned');
  });

  test('proven absent after the deadline expires and is never sent', async () => {
    const { edition, id, expiresAt } = await uncertain('lost-request');
    edition.clock.set(expiresAt + 1);
    await sweep(edition.context);
    expect((await edition.announcement({})).state).toBe('uncertain');
    expect(await reconcile(edition.context)).toEqual({ found: 0, absent: 1, unknown: 0 });
    expect(await edition.announcement({})).toMatchObject({
      state: 'expired',
      reason: 'proven absent, its deadline passed',
      resend: false,
    });
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    expect(edition.witness.accepted).toEqual([]);
  });

  test('a post that is found after the deadline is published, not expired', async () => {
    const { edition, dueAt, expiresAt } = await uncertain('lost-answer');
    edition.clock.set(expiresAt + minute);
    await sweep(edition.context);
    await reconcile(edition.context);
    expect(await edition.announcement({})).toMatchObject({
      state: 'published',
      post: { acceptedAt: dueAt },
    });
  });

  test('after a quarter of an hour without an answer a person is asked, and it stays uncertain and unsent', async () => {
    const { edition, id, dueAt } = await uncertain('lost-request');
    const blind = withPublisher(edition, {
      find: () => Promise.resolve({ kind: 'unknown', reason: 'the network is down' }),
    });
    edition.clock.set(dueAt + 15 * minute - 1);
    expect(await reconcile(blind)).toEqual({ found: 0, absent: 0, unknown: 1 });
    expect((await edition.announcement({})).needsPerson).toBe(false);
    edition.clock.advance(1);
    await reconcile(blind);
    const asked = await edition.announcement({});
    expect(asked).toMatchObject({
      state: 'uncertain',
      needsPerson: true,
      reason: 'the network is down',
      stateSince: dueAt,
    });
    await reconcile(blind);
    expect((await edition.announcement({})).revision).toBe(asked.revision);
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    expect(edition.witness.accepted).toEqual([]);
    // The answer still ends it, whenever it comes.
    edition.clock.advance(60 * minute);
    expect(await reconcile(edition.context)).toEqual({ found: 0, absent: 1, unknown: 0 });
    expect(await edition.announcement({})).toMatchObject({ state: 'expired', needsPerson: false });
  });

  test('a doubt that nobody can answer is looked for less and less often, and once an hour when a person was asked', async () => {
    const { edition, dueAt } = await uncertain('lost-request');
    const looks: number[] = [];
    const blind = withPublisher(edition, {
      find: () => {
        looks.push((edition.clock.now() - dueAt) / second);
        return Promise.resolve({ kind: 'unknown', reason: 'the network is down' });
      },
    });
    const other = { ...blind, ledger: (await edition.anotherContext()).ledger };
    while (edition.clock.now() < dueAt + 180 * minute) {
      edition.clock.advance(edition.clock.now() < dueAt + 2 * minute ? 5 * second : 30 * second);
      await reconcile(blind);
      if (edition.clock.now() >= dueAt + 75 * second) await reconcile(other);
    }
    const first = Array.from({ length: 14 }, (_, pass) => 5 * (pass + 1));
    expect(looks).toEqual([...first, 75, 120, 180, 300, 600, 900, 900 + 3_600, 900 + 7_200]);
  });

  test('a post that another announcement has already is left to a person, and keeps no other waiting', async () => {
    const edition = await open({
      sessions: ['a', 'b', 'c'].map((id) => session(id, start)),
    });
    const [first, second_, third] = await edition.announcements();
    if (!first || !second_ || !third) throw new Error('three were planned');
    for (const { id } of [second_, third]) edition.faults.set(id, [{ kind: 'lost-answer' }]);
    for (const { id } of [first, second_, third]) await publishAnnouncement(edition.context, id);
    const [taken] = await edition.context.ledger.list({ ids: [first.id] });
    const mistaken = withPublisher(edition, {
      async find(dispatch) {
        const finding = await edition.publisher('preview:bluesky')?.find(dispatch);
        if (!finding || !taken?.post) throw new Error('the first was published');
        return dispatch.announcement.id === second_.id
          ? { kind: 'found', post: taken.post }
          : finding;
      },
    });
    expect(await reconcile(mistaken)).toEqual({ found: 1, absent: 0, unknown: 1 });
    edition.clock.advance(15 * minute);
    expect(await reconcile(mistaken)).toEqual({ found: 0, absent: 0, unknown: 1 });
    const [left] = await edition.context.ledger.list({ ids: [second_.id] });
    expect(left).toMatchObject({ state: 'uncertain', needsPerson: true });
    expect(left?.reason).toMatch(/^the post that was found could not be recorded: /);
  });

  test('one that breaks keeps no other waiting, and is told when all were looked after', async () => {
    const edition = await open({ sessions: ['a', 'b'].map((id) => session(id, start)) });
    for (const { id } of await edition.announcements()) {
      edition.faults.set(id, [{ kind: 'lost-request' }]);
      await publishAnnouncement(edition.context, id);
    }
    edition.clock.advance(timeoutMs);
    const { ledger } = edition.context;
    let moves = 0;
    const breaking: PublishContext = {
      ...edition.context,
      ledger: {
        ...ledger,
        move: (announcement, change, now) => {
          moves += 1;
          return moves === 1
            ? Promise.reject(new Error('broken'))
            : ledger.move(announcement, change, now);
        },
      },
    };
    await expect(reconcile(breaking)).rejects.toThrow('broken');
    const states = (await edition.announcements()).map(({ state }) => state);
    expect(states.sort()).toEqual(['planned', 'uncertain']);
  });

  test('without a publisher, and with one that throws, it stays unknown', async () => {
    const { edition } = await uncertain('lost-request');
    edition.clock.advance(minute);
    const unknown = { found: 0, absent: 0, unknown: 1 };
    expect(await reconcile({ ...edition.context, publisher: () => undefined })).toEqual(unknown);
    const throwing = withPublisher(edition, {
      find: () => {
        throw new Error('a bug');
      },
    });
    expect(await reconcile(throwing)).toEqual(unknown);
    expect((await edition.announcement({})).state).toBe('uncertain');
  });

  test('several workers at once find it absent once, and it is sent once', async () => {
    const { edition, id } = await uncertain('lost-request');
    edition.clock.advance(timeoutMs);
    const workers = await Promise.all(Array.from({ length: 4 }, () => edition.anotherContext()));
    await Promise.all(
      workers.map(async (worker) => {
        await reconcile(worker);
        await publishAnnouncement(worker, id);
        await reconcile(worker);
      }),
    );
    expect(edition.witness.accepted).toHaveLength(1);
    const story = await edition.context.ledger.story(id);
    expect(story.map(({ to }) => to)).toEqual([
      'planned',
      'publishing',
      'uncertain',
      'planned',
      'publishing',
      'published',
    ]);
  });

  test('a network that was slower than its time-out is found to have taken the post, which stays the only one', async () => {
    const edition = await open();
    const { id } = await edition.announcement({});
    edition.faults.set(id, [{ kind: 'slow', ms: minute }]);
    const context = withPublisher(edition, { timeoutMs: 50 });
    await publishAnnouncement(context, id);
    expect((await edition.announcement({})).state).toBe('uncertain');
    expect(await reconcile(context)).toEqual({ found: 1, absent: 0, unknown: 0 });
    expect((await edition.announcement({})).state).toBe('published');
    expect(edition.witness.accepted).toHaveLength(1);
  });

  test.each(['before sending', 'after sending'] as const)(
    'a worker that is killed %s leaves a claim that lapses and ends in one post',
    async (when) => {
      const edition = await open();
      const { id } = await edition.announcement({});
      await expect(publishAnnouncement(dying(edition, when), id)).rejects.toThrow('killed');
      const other = await edition.anotherContext();
      await sweep(other);
      expect((await edition.announcement({})).state).toBe('publishing');
      expect(await publishAnnouncement(other, id)).toEqual(nothing);
      await leaseRunsOut(edition);
      await sweep(other);
      expect(await edition.announcement({})).toMatchObject({
        state: 'uncertain',
        reason: "the claim's lease ran out",
      });
      edition.clock.advance(timeoutMs);
      await reconcile(other);
      await publishAnnouncement(other, id);
      expect((await edition.announcement({})).state).toBe('published');
      expect(edition.witness.accepted).toHaveLength(1);
    },
  );

  test('an embedded start takes the claims of older boots for dead at once, any other only by their lease', async () => {
    const edition = await open();
    const { id } = await edition.announcement({});
    await expect(publishAnnouncement(dying(edition, 'after sending'), id)).rejects.toThrow();
    const next = await edition.anotherContext();
    expect((await sweep(next)).lapsed).toBe(0);
    expect((await sweep(edition.context, { oldBoots: true })).lapsed).toBe(0);
    expect((await sweep(next, { oldBoots: true })).lapsed).toBe(1);
    expect(await edition.announcement({})).toMatchObject({
      state: 'uncertain',
      reason: 'the process that claimed it ended',
    });
  });

  test('a network that never answers does not keep the posts of another waiting', async () => {
    const edition = await open({ settings: { accounts: ['preview:bluesky', 'preview:x'] } });
    edition.faults.set('always', [{ kind: 'lost-answer' }]);
    for (const { id } of await edition.announcements()) {
      await publishAnnouncement(edition.context, id);
    }
    const context: PublishContext = {
      ...edition.context,
      publisher: (account) => {
        const real = edition.publisher(account);
        if (!real || account === 'preview:x') return real;
        return { ...real, timeoutMs: 100, find: () => new Promise(() => undefined) };
      },
    };
    const pass = reconcile(context);
    await expect
      .poll(async () => (await edition.announcement({ account: 'preview:x' })).state, {
        timeout: 30_000,
      })
      .toBe('published');
    expect((await edition.announcement({ account: 'preview:bluesky' })).state).toBe('uncertain');
    expect(await pass).toEqual({ found: 1, absent: 0, unknown: 1 });
  });

  test('many that nobody can answer for do not keep a later one waiting for ever', async () => {
    const many = 230;
    const sessions = Array.from({ length: many }, (_, n) =>
      session(`s${String(n)}`, start + (n === many - 1 ? minute : 0)),
    );
    const edition = await open({ sessions });
    const last = await edition.announcement({ session: `s${String(many - 1)}` });
    edition.clock.set(last.dueAt);
    edition.faults.set(last.id, [{ kind: 'lost-answer' }]);
    await publishAnnouncement(edition.context, last.id);
    for (const change of [
      `state = 'publishing', claim_token = 't', claim_boot = 'b', claim_lease = 0, frozen_key = id, frozen_at = 0,
       frozen_content = (SELECT frozen_content FROM callboard.announcements WHERE id = '${last.id}')`,
      "state = 'uncertain', claim_token = NULL",
    ]) {
      await edition.database.query(
        `UPDATE callboard.announcements SET ${change} WHERE edition = $1 AND id <> $2`,
        [edition.name, last.id],
      );
    }
    const context = withPublisher(edition, {
      async find(dispatch) {
        const real = edition.publisher('preview:bluesky');
        if (!real || dispatch.announcement.id !== last.id) {
          return { kind: 'unknown', reason: 'no answer' };
        }
        return real.find(dispatch);
      },
    });
    for (let pass = 0; pass < 3; pass += 1) await reconcile(context);
    expect((await edition.announcement({ session: `s${String(many - 1)}` })).state).toBe(
      'published',
    );
  });

  test('what was proven absent and whose session then moves says the new time at the new moment', async () => {
    const { edition, id, dueAt } = await uncertain('lost-request');
    edition.clock.advance(timeoutMs);
    await reconcile(edition.context);
    edition.write([session('a', start + 2 * 60 * minute)]);
    await importProgram(edition.context);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'again',
      at: dueAt + 2 * 60 * minute,
    });
    edition.clock.set(dueAt + 2 * 60 * minute);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
    expect(edition.witness.textsOf(id)[0]).toContain('16:20 CEST');
  });

  test('what was proven absent, expired and comes back by a later moment says the new time', async () => {
    const { edition, id, dueAt, expiresAt } = await uncertain('lost-request');
    edition.clock.advance(timeoutMs);
    await reconcile(edition.context);
    edition.clock.set(expiresAt + 1);
    await sweep(edition.context);
    expect((await edition.announcement({})).state).toBe('expired');
    edition.write([session('a', start + 2 * 60 * minute)]);
    await importProgram(edition.context);
    edition.clock.set(dueAt + 2 * 60 * minute);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
    expect(edition.witness.textsOf(id)).toHaveLength(1);
    expect(edition.witness.textsOf(id)[0]).toContain('16:20 CEST');
  });
});
