import { afterEach, expect, test } from 'vitest';
import { change } from '../../src/operations/change.js';
import type { Verb } from '../../src/operations/verbs.js';
import { importProgram } from '../../src/operations/import-program.js';
import { pause, resume } from '../../src/operations/pause.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { sweep } from '../../src/publish/sweep.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import { describeOnDatabases } from '../support/database.js';
import {
  hour,
  minute,
  noon,
  openTestEdition,
  session,
  type TestEdition,
} from '../support/edition.js';

const opened: TestEdition[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});
const start = noon + hour;
const published = { kind: 'done', outcome: 'published' };
const nothing = { kind: 'done', outcome: 'nothing' };

describeOnDatabases('what a person can do', (database) => {
  const open = async (options: Partial<Parameters<typeof openTestEdition>[1]> = {}) => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', start)],
      ...options,
    });
    opened.push(edition);
    return edition;
  };
  const openDue = async () => {
    const edition = await open();
    edition.clock.set(start - 15 * minute);
    return { edition, id: (await edition.announcement({})).id };
  };
  const say = (edition: TestEdition, verb: Verb, id: string, reason?: string) =>
    change(edition.context, { verb, filter: { ids: [id] }, ...(reason && { reason }) });
  const state = async (edition: TestEdition) => (await edition.announcement({})).state;

  test('hold and release: nothing is sent in between, and the words are kept', async () => {
    const { edition, id } = await openDue();
    expect(await say(edition, 'hold', id, 'ask the chair')).toEqual({
      changed: [{ id, from: 'planned', to: 'held' }],
      refused: [],
      unknown: [],
    });
    expect(await edition.announcement({})).toMatchObject({
      held: 'person',
      reason: 'person: ask the chair',
    });
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    await importProgram(edition.context);
    expect(await state(edition)).toBe('held');
    expect((await say(edition, 'release', id)).changed).toEqual([
      { id, from: 'held', to: 'planned' },
    ]);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
    expect(
      (await edition.context.ledger.story(id)).map(({ actor, reason }) => [actor, reason]),
    ).toEqual([
      ['plan', undefined],
      ['person', 'person: ask the chair'],
      ['person', 'released by a person'],
      ['publish', undefined],
      ['publish', undefined],
    ]);
  });

  test('a person’s own words never pass for another reason to hold', async () => {
    const { edition, id } = await openDue();
    await say(edition, 'hold', id, 'vanished');
    await importProgram(edition.context);
    expect(await edition.announcement({})).toMatchObject({ state: 'held', held: 'person' });
  });

  test('skip cancels for good: the plan does not bring it back, a person can', async () => {
    const { edition, id } = await openDue();
    await say(edition, 'skip', id, 'a duplicate');
    await importProgram(edition.context);
    expect(await edition.announcement({})).toMatchObject({
      state: 'cancelled',
      reason: 'skipped by a person: a duplicate',
    });
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    expect((await say(edition, 'retry', id)).changed).toHaveLength(1);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
  });

  test('what was rejected can be retried and is composed anew; what stands cannot be', async () => {
    const { edition, id } = await openDue();
    edition.faults.set(id, [{ kind: 'rejected', reason: 'a bad word' }]);
    await publishAnnouncement(edition.context, id);
    edition.write([session('a', start, { title: 'A good word' })]);
    await importProgram(edition.context);
    expect((await say(edition, 'retry', id)).changed).toEqual([
      { id, from: 'rejected', to: 'planned' },
    ]);
    expect((await edition.announcement({})).needsPerson).toBe(false);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
    expect(edition.witness.textsOf(id)[0]).toContain('A good word');
    expect((await say(edition, 'retry', id)).refused).toEqual([
      { id, why: 'it is published; retry works on what is rejected or cancelled or expired' },
    ]);
  });

  test('what was skipped follows the program again when it is retried, before anybody can send it', async () => {
    const { edition, id } = await openDue();
    await say(edition, 'skip', id);
    edition.write([session('a', start + 24 * hour)]);
    await importProgram(edition.context);
    const answers = await Promise.all([
      say(edition, 'retry', id),
      publishAnnouncement(edition.context, id),
    ]);
    expect(answers[0].changed).toHaveLength(1);
    expect(edition.witness.accepted).toEqual([]);
    expect(await edition.announcement({})).toMatchObject({
      state: 'planned',
      dueAt: start + 24 * hour - 15 * minute,
    });
    expect(await publishAnnouncement(edition.context, id)).toMatchObject({ kind: 'again' });
  });

  test('what was skipped and moved can be retried after its old deadline', async () => {
    const { edition, id } = await openDue();
    await say(edition, 'skip', id);
    edition.write([session('a', start + 24 * hour)]);
    await importProgram(edition.context);
    edition.clock.advance(hour);
    expect((await say(edition, 'retry', id)).changed).toHaveLength(1);
  });

  test('what the program cancelled cannot be retried', async () => {
    const { edition, id } = await openDue();
    edition.write([session('a', start, { cancelled: true }), session('b', start)]);
    await importProgram(edition.context);
    expect(await say(edition, 'retry', id)).toEqual({
      changed: [],
      refused: [{ id, why: 'the plan does not want it: cancelled in the program' }],
      unknown: [],
    });
    expect((await edition.context.ledger.list({ ids: [id] }))[0]?.state).toBe('cancelled');
  });

  test('after its deadline nothing is released or retried', async () => {
    const { edition, id } = await openDue();
    await say(edition, 'hold', id);
    edition.clock.advance(4 * minute);
    const late = `its deadline passed on Wed 1 May 2030, 14:48 CEST, 12:48 UTC; nothing is ever posted late`;
    expect((await say(edition, 'release', id)).refused).toEqual([{ id, why: late }]);
    await sweep(edition.context);
    expect(await edition.announcement({})).toMatchObject({
      state: 'expired',
      reason: 'its deadline passed while it was held (person)',
    });
    expect((await say(edition, 'retry', id)).refused).toEqual([{ id, why: late }]);
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
  });

  test('remove takes the post down, once, and it is never sent again', async () => {
    const { edition, id } = await openDue();
    await publishAnnouncement(edition.context, id);
    expect((await say(edition, 'remove', id, 'wrong')).changed).toEqual([
      { id, from: 'published', to: 'removed' },
    ]);
    expect(await edition.witness.list({ limit: 10 })).toEqual([]);
    for (const verb of ['remove', 'retry', 'release', 'hold', 'skip'] as const) {
      expect((await say(edition, verb, id)).refused).toHaveLength(1);
    }
    edition.write([session('a', start + 2 * hour)]);
    await importProgram(edition.context);
    expect(await edition.announcements()).toHaveLength(1);
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    expect(edition.witness.accepted).toHaveLength(1);
    expect((await edition.announcement({})).post?.removedAt).toBe(start - 15 * minute);
  });

  test.each([
    ['refuses', () => Promise.resolve(false)],
    ['throws', () => Promise.reject(new Error('down'))],
    [
      'throws at once',
      () => {
        throw new Error('a bug');
      },
    ],
  ] as const)('a network that %s to take it down leaves it published', async (_how, remove) => {
    const { edition, id } = await openDue();
    await publishAnnouncement(edition.context, id);
    const context = {
      ...edition.context,
      publisher: (account: string) => {
        const real = edition.publisher(account);
        return real && { ...real, remove };
      },
    };
    const answer = await change(context, { verb: 'remove', filter: { ids: [id] } });
    expect(answer.refused).toEqual([
      { id, why: 'the network did not take it down; try again, or delete it there by hand' },
    ]);
    expect(await state(edition)).toBe('published');
  });

  test('what is uncertain can be neither held, skipped, retried nor removed', async () => {
    const { edition, id } = await openDue();
    edition.faults.set(id, [{ kind: 'lost-request' }]);
    await publishAnnouncement(edition.context, id);
    for (const verb of ['hold', 'release', 'skip', 'retry', 'remove'] as const) {
      expect((await say(edition, verb, id)).refused[0]?.why).toMatch(/^it is uncertain; /);
    }
    expect(await state(edition)).toBe('uncertain');
  });

  test('of a person and a worker at the same moment one is first, and nothing is done twice', async () => {
    const edition = await open({
      sessions: Array.from({ length: 12 }, (_, n) => session(`s${String(n)}`, start)),
    });
    edition.clock.set(start - 15 * minute);
    const ids = (await edition.announcements()).map(({ id }) => id);
    const [answer] = await Promise.all([
      change(edition.context, { verb: 'hold', filter: {} }),
      ...ids.map((id) => publishAnnouncement(edition.context, id)),
    ]);
    const held = (await edition.announcements()).filter(({ state: now }) => now === 'held');
    expect(held.map(({ id }) => id).sort()).toEqual(answer.changed.map(({ id }) => id).sort());
    expect(edition.witness.accepted).toHaveLength(ids.length - held.length);
  });

  test('by filter only those are meant that can be changed; by id each gets its answer', async () => {
    const edition = await open({
      sessions: [session('a', start), session('b', start)],
      settings: { accounts: ['preview:bluesky', 'preview:x'], leads: ['PT1H', 'PT15M'] },
    });
    const x = await change(edition.context, { verb: 'hold', filter: { networks: ['x'] } });
    expect(x.changed).toHaveLength(4);
    expect(x.refused).toEqual([]);
    const again = await change(edition.context, { verb: 'hold', filter: { leadTimes: ['PT1H'] } });
    expect(again.changed).toHaveLength(2);
    const one = await edition.announcement({
      session: 'a',
      leadTime: 'PT15M',
      account: 'preview:x',
    });
    const released = await change(edition.context, {
      verb: 'release',
      filter: { sessions: [...one.sessions], leadTimes: ['PT15M'] },
    });
    expect(released.changed).toEqual([{ id: one.id, from: 'held', to: 'planned' }]);
    expect(
      await change(edition.context, { verb: 'hold', filter: { ids: ['nobodyknowsthisa'] } }),
    ).toEqual({ changed: [], refused: [], unknown: ['nobodyknowsthisa'] });
  });

  test('what comes back goes into the queue at its moment, and a queue that is away does not matter', async () => {
    const edition = await open();
    const { id, dueAt } = await edition.announcement({});
    const moves: unknown[] = [];
    const context = await edition.anotherContext({
      queue: {
        ...absentQueue,
        reschedule: (due) => {
          moves.push(...due);
          return Promise.reject(new Error('away'));
        },
      },
    });
    await change(context, { verb: 'hold', filter: {} });
    expect(moves).toEqual([]);
    await change(context, { verb: 'release', filter: {} });
    await change(context, { verb: 'skip', filter: {} });
    await change(context, { verb: 'retry', filter: {} });
    const job = { id, network: 'bluesky', at: dueAt };
    expect(moves).toEqual([job, job]);
  });

  test('under approval nothing is sent that nobody released, and what was released stays so', async () => {
    const edition = await open({ settings: { approval: true } });
    const { id, dueAt } = await edition.announcement({});
    edition.clock.set(dueAt);
    expect(await edition.announcement({})).toMatchObject({ state: 'held', held: 'approval' });
    expect(await publishAnnouncement(edition.context, id)).toEqual(nothing);
    await change(edition.context, { verb: 'release', filter: {} });
    edition.write([session('a', start, { title: 'Renamed' })]);
    await importProgram(edition.context);
    expect(await publishAnnouncement(edition.context, id)).toEqual(published);
  });

  test('a pause stops everything, resume puts what is due in at once, what was missed has expired', async () => {
    const edition = await open({
      sessions: [session('a', start), session('b', start + 10 * minute)],
    });
    const b = await edition.announcement({ session: 'b' });
    expect(await pause(edition.context, { reason: 'rain' })).toEqual({
      edition: edition.name,
      paused: true,
    });
    edition.clock.set(b.dueAt);
    const moves: unknown[] = [];
    const context = await edition.anotherContext({
      queue: {
        ...absentQueue,
        reschedule: (due) => {
          moves.push(...due);
          return Promise.resolve();
        },
      },
    });
    expect(await publishAnnouncement(context, b.id)).toMatchObject({ kind: 'again' });
    expect(await resume(context)).toEqual({ edition: edition.name, resumed: true, due: 1 });
    expect(moves).toEqual([{ id: b.id, network: 'bluesky', at: b.dueAt }]);
    expect((await edition.announcement({ session: 'a' })).state).toBe('expired');
    expect(await publishAnnouncement(context, b.id)).toEqual(published);
    expect(await resume(context)).toMatchObject({ resumed: false });
  });
});
