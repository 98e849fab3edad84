import { afterEach, expect, test } from 'vitest';
import type { PublishContext } from '../../src/publish/ports.js';
import type { Dispatch, Publisher } from '../../src/publish/publisher.js';
import { importProgram } from '../../src/operations/import-program.js';
import { pause } from '../../src/operations/pause.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { retryMoment, spreadOf } from '../../src/publish/backoff.js';
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

describeOnDatabases('publishing', (database) => {
  /** An edition of one session with one announcement, due 5 minutes after noon, late 3 minutes after that. */
  const open = async (options: Partial<Parameters<typeof openTestEdition>[1]> = {}) => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', start)],
      ...options,
    });
    opened.push(edition);
    return edition;
  };
  const openDue = async (options: Partial<Parameters<typeof openTestEdition>[1]> = {}) => {
    const edition = await open(options);
    edition.clock.set(start - 15 * minute);
    return { ...(await edition.announcement({ session: 'a' })), edition };
  };
  /** Publishing with another publisher for every account. */
  const withPublisher = (edition: TestEdition, change: Partial<Publisher>): PublishContext => ({
    ...edition.context,
    publisher: (account) => {
      const real = edition.publisher(account);
      return real && { ...real, ...change };
    },
  });

  test('what is due is sent once, recorded with its post, and told', async () => {
    const { edition, id, dueAt } = await openDue();
    edition.clock.advance(400);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
    const [post] = edition.witness.accepted;
    expect(edition.witness.accepted).toHaveLength(1);
    expect(post).toMatchObject({ announcement: id, key: id, acceptedAt: dueAt + 400 });
    expect(post?.content.text).toMatch(/^In 15 minutes in Main hall: Session a\n/);
    const after = await edition.announcement({ session: 'a' });
    expect(after).toMatchObject({
      state: 'published',
      attempts: 1,
      needsPerson: false,
      stateSince: dueAt + 400,
      frozen: { key: id, content: { text: post?.content.text, facts: { programVersion: 1 } } },
      post: {
        uri: `preview://bluesky/${id}`,
        permalink: 'http://localhost:4680/preview#post-1',
        acceptedAt: dueAt + 400,
      },
    });
    expect(await edition.context.ledger.story(id)).toEqual([
      { at: noon, to: 'planned', actor: 'plan' },
      { at: dueAt + 400, from: 'planned', to: 'publishing', actor: 'publish', attempt: 1 },
      { at: dueAt + 400, from: 'publishing', to: 'published', actor: 'publish', attempt: 1 },
    ]);
    expect(edition.events.filter(({ kind }) => kind === 'announcement')).toEqual([
      {
        kind: 'announcement',
        id,
        network: 'bluesky',
        leadTime: 'PT15M',
        to: 'published',
        at: dueAt + 400,
        dueAt,
        title: 'Session a',
        text: post?.content.text,
        permalink: 'http://localhost:4680/preview#post-1',
      },
    ]);
  });

  test('a job that is delivered again does nothing', async () => {
    const { edition, id } = await openDue();
    await publishAnnouncement(edition.context, id);
    for (let again = 0; again < 3; again += 1) {
      expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    }
    expect(edition.witness.accepted).toHaveLength(1);
    expect((await edition.announcement({})).attempts).toBe(1);
  });

  test('of eight workers at the same instant one sends', async () => {
    const { edition, id } = await openDue();
    const workers = await Promise.all(Array.from({ length: 8 }, () => edition.anotherContext()));
    const results = await Promise.all(workers.map((worker) => publishAnnouncement(worker, id)));
    expect(edition.witness.accepted).toHaveLength(1);
    expect(
      results.filter((result) => 'outcome' in result && result.outcome === 'published'),
    ).toEqual([published]);
    expect(
      results.filter((result) => 'outcome' in result && result.outcome === 'nothing'),
    ).toHaveLength(7);
    expect((await edition.announcement({})).attempts).toBe(1);
  });

  test('an id that the ledger does not know does nothing', async () => {
    const { edition } = await openDue();
    expect(await publishAnnouncement(edition.context, 'nobodyknowsthisa')).toEqual(nothing);
  });

  test('a job that comes early goes back to the due moment', async () => {
    const { edition, id, dueAt } = await openDue();
    edition.clock.set(dueAt - 1);
    expect(await publishAnnouncement(edition.context, id)).toEqual({ kind: 'again', at: dueAt });
    expect(edition.witness.accepted).toEqual([]);
    expect(await edition.announcement({})).toMatchObject({ state: 'planned', attempts: 0 });
  });

  test('it is sent at its deadline, and a millisecond later never', async () => {
    const sessions = [session('a', start), session('b', start)];
    const edition = await open({ sessions });
    const inTime = await edition.announcement({ session: 'a' });
    const late = await edition.announcement({ session: 'b' });
    expect(inTime.expiresAt).toBe(start - 12 * minute);
    edition.clock.set(inTime.expiresAt);
    expect(await publishAnnouncement(edition.context, inTime.id)).toEqual(published);
    edition.clock.advance(1);
    expect(await publishAnnouncement(edition.context, late.id)).toEqual({
      kind: 'done',
      outcome: 'expired',
    });
    expect(await edition.announcement({ session: 'b' })).toMatchObject({
      state: 'expired',
      reason: 'its deadline passed',
      attempts: 0,
    });
    expect(edition.witness.accepted.map(({ announcement }) => announcement)).toEqual([inTime.id]);
    expect(await publishAnnouncement(edition.context, late.id)).toEqual(nothing);
  });

  test('when the clock goes back, what was published stays so and what is planned waits anew', async () => {
    const sessions = [session('a', start), session('b', start)];
    const edition = await open({ sessions });
    const a = await edition.announcement({ session: 'a' });
    const b = await edition.announcement({ session: 'b' });
    edition.clock.set(a.dueAt);
    await publishAnnouncement(edition.context, a.id);
    edition.clock.set(a.dueAt - 10 * minute);
    expect(await publishAnnouncement(edition.context, a.id)).toEqual(nothing);
    expect(await publishAnnouncement(edition.context, b.id)).toEqual({
      kind: 'again',
      at: b.dueAt,
    });
    edition.clock.set(a.dueAt);
    expect(await publishAnnouncement(edition.context, a.id)).toEqual(nothing);
    expect(await publishAnnouncement(edition.context, b.id)).toEqual(published);
    expect(edition.witness.accepted).toHaveLength(2);
  });

  test('while everything is paused it comes back, and nothing is claimed', async () => {
    const { edition, id, dueAt } = await openDue();
    await pause(edition.context, { reason: 'a fire alarm' });
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'again',
      at: dueAt + minute,
    });
    expect(await edition.announcement({})).toMatchObject({ state: 'planned', attempts: 0 });
    expect(edition.witness.accepted).toEqual([]);
  });

  test('a pause that comes between reading and claiming stops the claim', async () => {
    const { edition, id, dueAt } = await openDue();
    const { compose } = edition.context;
    const context: PublishContext = {
      ...edition.context,
      async compose(announcement, version) {
        await pause(edition.context, { reason: 'wait' });
        return compose(announcement, version);
      },
    };
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'again', at: dueAt + minute });
    expect(edition.witness.accepted).toEqual([]);
    expect(await edition.announcement({})).toMatchObject({ state: 'planned', attempts: 0 });
  });

  test('once a pause has returned, no claim goes through, however many race it', async () => {
    const sessions = Array.from({ length: 24 }, (_, n) => session(`s${String(n)}`, start));
    const edition = await open({ sessions });
    edition.clock.set(start - 15 * minute);
    const ids = (await edition.announcements()).map(({ id }) => id);
    const claims: number[] = [];
    let step = 0;
    const { ledger } = edition.context;
    const counted: PublishContext = {
      ...edition.context,
      ledger: {
        ...ledger,
        async claim(request) {
          const begun = (step += 1);
          const answer = await ledger.claim(request);
          if (answer.ok) claims.push(begun);
          return answer;
        },
      },
    };
    const racing = ids.map((id) => publishAnnouncement(counted, id));
    await pause(edition.context, { reason: 'stop' });
    const pausedAt = (step += 1);
    await Promise.all(racing);
    expect(claims.filter((begun) => begun > pausedAt)).toEqual([]);
    const states = (await edition.announcements()).map(({ state }) => state);
    expect(states.filter((state) => state === 'published')).toHaveLength(
      edition.witness.accepted.length,
    );
    expect(states.filter((state) => state !== 'published' && state !== 'planned')).toEqual([]);
  });

  test('without a publisher for its account it is held for a person, with the account named', async () => {
    const { edition, id } = await openDue();
    const context = { ...edition.context, publisher: () => undefined };
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'done', outcome: 'held' });
    expect(await edition.announcement({})).toMatchObject({
      state: 'held',
      held: 'account',
      reason: 'account: preview:bluesky is not connected',
      needsPerson: true,
      attempts: 0,
    });
  });

  test('a template that fails holds its own announcements, with file and line, and no others', async () => {
    const edition = await open({
      settings: { accounts: ['preview:bluesky', 'preview:x'], templatesFolder: 'own' },
      files: { 'own/x/PT15M.liquid': 'Soon:\n{{ session.titel }}\n' },
    });
    const { context } = edition;
    const x = await edition.announcement({ account: 'preview:x' });
    const bluesky = await edition.announcement({ account: 'preview:bluesky' });
    edition.clock.set(x.dueAt);
    expect(await publishAnnouncement(context, x.id)).toEqual({ kind: 'done', outcome: 'held' });
    expect(await publishAnnouncement(context, bluesky.id)).toEqual(published);
    const held = await edition.announcement({ account: 'preview:x' });
    expect(held).toMatchObject({ state: 'held', held: 'template', needsPerson: true, attempts: 0 });
    expect(held.reason).toBe(
      `template: own/x/PT15M.liquid:2 (announcement ${x.id}): undefined variable: session.titel`,
    );
  });

  test('a text that the network finds too long is rejected, and a person told', async () => {
    const { edition, id } = await openDue();
    const { compose } = edition.context;
    const context: PublishContext = {
      ...edition.context,
      async compose(announcement, version) {
        const composed = await compose(announcement, version);
        if (!composed.ok) return composed;
        const length = { used: 301, limit: 300, unit: 'graphemes' } as const;
        return { ok: true, content: { ...composed.content, length } };
      },
    };
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'done', outcome: 'rejected' });
    expect(await edition.announcement({})).toMatchObject({
      state: 'rejected',
      reason: 'the text has 301 graphemes, 300 are allowed',
      needsPerson: true,
    });
    expect(edition.witness.accepted).toEqual([]);
  });

  test('a network that takes nothing yet is asked again after a growing wait, under the same key, with a new text', async () => {
    const { edition, id, dueAt } = await openDue();
    edition.faults.set(id, [
      { kind: 'retry-later', reason: 'busy' },
      { kind: 'retry-later', reason: 'still busy' },
    ]);
    const spread = spreadOf(id);
    const first = retryMoment({ now: dueAt, attempt: 1, spread });
    expect(await publishAnnouncement(edition.context, id)).toEqual({ kind: 'again', at: first });
    expect(await edition.announcement({})).toMatchObject({
      state: 'planned',
      reason: 'busy',
      retryAt: first,
      attempts: 1,
      resend: false,
      needsPerson: false,
    });
    expect(await publishAnnouncement(edition.context, id)).toEqual({ kind: 'again', at: first });
    edition.clock.set(first);
    const secondAt = retryMoment({ now: first, attempt: 2, spread });
    expect(secondAt - first).toBeGreaterThan(first - dueAt);
    expect(await publishAnnouncement(edition.context, id)).toEqual({ kind: 'again', at: secondAt });

    edition.write([session('a', start, { title: 'A better title' })]);
    await importProgram(edition.context);
    edition.clock.set(secondAt);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
    const [post] = edition.witness.accepted;
    expect(post?.key).toBe(id);
    expect(post?.content.text).toContain('A better title');
    expect(await edition.announcement({})).toMatchObject({
      state: 'published',
      attempts: 3,
      frozen: { key: id, content: { facts: { programVersion: 2 } } },
    });
  });

  test('the moment that a network names is kept, and what it names after the deadline is never sent', async () => {
    const { edition, id, dueAt, expiresAt } = await openDue();
    edition.faults.set(id, [
      { kind: 'retry-later', reason: 'limit', notBefore: dueAt + 90 * second },
      { kind: 'retry-later', reason: 'limit', notBefore: expiresAt + 1 },
    ]);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'again',
      at: dueAt + 90 * second,
    });
    edition.clock.set(dueAt + 90 * second - 1);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'again',
      at: dueAt + 90 * second,
    });
    edition.clock.advance(1);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'again',
      at: expiresAt + 1,
    });
    edition.clock.set(expiresAt + 1);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'done',
      outcome: 'expired',
    });
    expect(edition.witness.accepted).toEqual([]);
  });

  test('what is forbidden is rejected for good', async () => {
    const { edition, id } = await openDue();
    edition.faults.set(id, [{ kind: 'rejected', reason: 'duplicate content' }]);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'done',
      outcome: 'rejected',
    });
    expect(await edition.announcement({})).toMatchObject({
      state: 'rejected',
      reason: 'duplicate content',
      needsPerson: true,
    });
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
  });

  test('an account that may not post any more holds the announcement', async () => {
    const { edition, id } = await openDue();
    edition.faults.set(id, [{ kind: 'unauthorized', reason: 'the token was revoked' }]);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'done',
      outcome: 'unauthorized',
    });
    expect(await edition.announcement({})).toMatchObject({
      state: 'held',
      held: 'account',
      reason: 'account: the token was revoked',
      needsPerson: true,
    });
  });

  test.each(['lost-answer', 'lost-request'] as const)(
    'a %s leaves it uncertain, and no further job sends it',
    async (kind) => {
      const { edition, id } = await openDue();
      edition.faults.set(id, [{ kind }]);
      expect(await publishAnnouncement(edition.context, id)).toEqual({
        kind: 'done',
        outcome: 'uncertain',
      });
      expect(await edition.announcement({})).toMatchObject({
        state: 'uncertain',
        reason: 'the connection broke',
        needsPerson: false,
      });
      expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
      expect(edition.witness.accepted).toHaveLength(kind === 'lost-answer' ? 1 : 0);
    },
  );

  test.each([
    ['later', () => Promise.reject(new Error('a bug in the client'))],
    [
      'at once',
      () => {
        throw new Error('a bug in the client');
      },
    ],
  ] as const)('a publisher that throws %s leaves it uncertain', async (_when, publish) => {
    const { edition, id } = await openDue();
    const context = withPublisher(edition, { publish });
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'done', outcome: 'uncertain' });
    expect(await edition.announcement({})).toMatchObject({
      state: 'uncertain',
      reason: 'a bug in the client',
    });
  });

  test('a network that is slower than its time-out leaves it uncertain', async () => {
    const { edition, id } = await openDue();
    edition.faults.set(id, [{ kind: 'slow', ms: minute }]);
    const context = withPublisher(edition, { timeoutMs: 50 });
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'done', outcome: 'uncertain' });
    expect(await edition.announcement({})).toMatchObject({
      state: 'uncertain',
      reason: 'the network did not answer in time',
    });
  });

  test('a publisher that never answers and heeds no signal is given up after its time-out', async () => {
    const { edition, id } = await openDue();
    const context = withPublisher(edition, {
      timeoutMs: 50,
      publish: () => new Promise(() => undefined),
    });
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'done', outcome: 'uncertain' });
    expect(await edition.announcement({})).toMatchObject({ state: 'uncertain' });
  });

  test('the signal of a request falls before its lease ends', async () => {
    const { edition, id } = await openDue();
    const began = performance.now();
    let aborted = -1;
    const context = withPublisher(edition, {
      timeoutMs: 100,
      publish: ({ signal }: Dispatch) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted = performance.now() - began;
            resolve({ kind: 'uncertain', reason: 'aborted' });
          });
        }),
    });
    await publishAnnouncement(context, id);
    // Its lease is the time-out and 30 s more; a timer may fire early by a millisecond.
    expect(aborted).toBeGreaterThan(80);
  });

  test('a claim that came too late to be used sends nothing and tries again', async () => {
    const { edition, id, dueAt } = await openDue();
    const publish = () => Promise.reject(new Error('must not be asked'));
    const { ledger } = edition.context;
    const context: PublishContext = {
      ...withPublisher(edition, { publish }),
      ledger: {
        ...ledger,
        async claim(request) {
          const answer = await ledger.claim(request);
          edition.clock.advance(5 * second);
          return answer;
        },
      },
    };
    const at = retryMoment({ now: dueAt + 5 * second, attempt: 1, spread: spreadOf(id) });
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'again', at });
    expect(await edition.announcement({})).toMatchObject({
      state: 'planned',
      reason: 'the claim came too late to be used',
    });
  });

  test('an answer that comes after the lease had lapsed changes nothing', async () => {
    const { edition, id } = await openDue();
    const context = withPublisher(edition, {
      async publish() {
        // Meanwhile another worker takes this one for dead.
        await edition.database.query(
          'UPDATE callboard.announcements SET claim_lease = 0 WHERE id = $1',
          [id],
        );
        expect(await edition.context.ledger.lapse(edition.clock.now())).toEqual([id]);
        return { kind: 'rejected', reason: 'too late to say so' };
      },
    });
    expect(await publishAnnouncement(context, id)).toEqual({ kind: 'done', outcome: 'uncertain' });
    expect(await edition.announcement({})).toMatchObject({
      state: 'uncertain',
      reason: "the claim's lease ran out",
    });
    expect(edition.events.filter(({ kind }) => kind === 'announcement')).toEqual([]);
  });

  test('a new version of the program between reading and claiming makes it compose again', async () => {
    const { edition, id } = await openDue();
    const { compose } = edition.context;
    const versions: number[] = [];
    const context: PublishContext = {
      ...edition.context,
      async compose(announcement, version) {
        versions.push(version);
        const composed = await compose(announcement, version);
        if (versions.length === 1) {
          edition.write([session('a', start, { title: 'Changed at the last moment' })]);
          await importProgram(edition.context);
        }
        return composed;
      },
    };
    expect(await publishAnnouncement(context, id)).toEqual(published);
    expect(versions).toEqual([1, 2]);
    expect(edition.witness.accepted).toHaveLength(1);
    expect(edition.witness.textsOf(id)[0]).toContain('Changed at the last moment');
    expect((await edition.announcement({})).attempts).toBe(1);
  });

  test('a session that moves between reading and claiming is not sent at its old moment', async () => {
    const { edition, id, dueAt } = await openDue();
    const { compose } = edition.context;
    const context: PublishContext = {
      ...edition.context,
      async compose(announcement, version) {
        const composed = await compose(announcement, version);
        edition.write([session('a', start + 30 * minute)]);
        await importProgram(edition.context);
        return composed;
      },
    };
    expect(await publishAnnouncement(context, id)).toEqual({
      kind: 'again',
      at: dueAt + 30 * minute,
    });
    expect(edition.witness.accepted).toEqual([]);
  });

  test('what changes at every reading is left to the sweep', async () => {
    const { edition, id } = await openDue();
    const { compose } = edition.context;
    let version = 0;
    const context: PublishContext = {
      ...edition.context,
      async compose(announcement, inForce) {
        version += 1;
        edition.write([session('a', start, { title: `Title ${String(version)}` })]);
        await importProgram(edition.context);
        return compose(announcement, inForce);
      },
    };
    expect(await publishAnnouncement(context, id)).toEqual(nothing);
    expect(await edition.announcement({})).toMatchObject({ state: 'planned', attempts: 0 });
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
  });

  test('two workers who loaded the program at different versions send the one in force', async () => {
    const { edition, id } = await openDue();
    const other = await edition.anotherContext();
    await other.inForce();
    edition.write([session('a', start, { title: 'The newer title' })]);
    await importProgram(edition.context);
    await Promise.all([
      publishAnnouncement(other, id),
      publishAnnouncement(edition.context, id),
      publishAnnouncement(other, id),
    ]);
    expect(edition.witness.textsOf(id)).toHaveLength(1);
    expect(edition.witness.textsOf(id)[0]).toContain('The newer title');
  });

  test('a session that another announcement covers already is cancelled, not announced twice', async () => {
    const { edition, id } = await openDue();
    await edition.database.query(
      `INSERT INTO callboard.announcements (id, edition, sessions, account, network, lead_time, round, template, due_at, expires_at, state, state_since, state_by)
       SELECT 'digestdigestdige', edition, sessions, account, network, lead_time, round, template, due_at, expires_at, state, state_since, state_by
       FROM callboard.announcements WHERE id = $1`,
      [id],
    );
    await Promise.all([
      publishAnnouncement(edition.context, id),
      publishAnnouncement(edition.context, 'digestdigestdige'),
    ]);
    const states = (await edition.announcements()).map(({ state }) => state).sort();
    expect(states).toEqual(['cancelled', 'published']);
    expect(edition.witness.accepted).toHaveLength(1);
    await edition.database.query(
      "DELETE FROM callboard.coverage WHERE announcement = 'digestdigestdige'",
    );
  });
});
