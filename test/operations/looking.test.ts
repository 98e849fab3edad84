import { afterEach, expect, test } from 'vitest';
import { change } from '../../src/operations/change.js';
import { doctor } from '../../src/operations/doctor.js';
import { handOffDone } from '../../src/operations/hand-offs.js';
import { list, needs } from '../../src/operations/list.js';
import { pause, resume } from '../../src/operations/pause.js';
import { performOperation } from '../../src/operations/operations.js';
import { resolve } from '../../src/operations/resolve.js';
import { show } from '../../src/operations/show.js';
import { status } from '../../src/operations/status.js';
import { webContextOf } from '../../src/operations/web-context.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import { describeOnDatabases } from '../support/database.js';
import {
  hour,
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
const start = noon + hour;

describeOnDatabases('looking at an edition', (database) => {
  const open = async (options: Partial<Parameters<typeof openTestEdition>[1]> = {}) => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', start), session('b', start + hour)],
      settings: { accounts: ['preview:bluesky', 'preview:x'] },
      ...options,
    });
    opened.push(edition);
    return edition;
  };

  test('the status counts, names the next, and says how late the posts were', async () => {
    const edition = await open();
    const bluesky = await edition.announcement({ session: 'a', account: 'preview:bluesky' });
    const x = await edition.announcement({ session: 'a', account: 'preview:x' });
    edition.clock.set(bluesky.dueAt + 400);
    await publishAnnouncement(edition.context, bluesky.id);
    edition.clock.set(x.dueAt + 3 * second);
    edition.faults.set(x.id, [{ kind: 'rejected', reason: 'no' }]);
    await publishAnnouncement(edition.context, x.id);
    const seen = await status(edition.context);
    expect(seen).toMatchObject({
      edition: edition.name,
      conference: 'Test Meeting',
      zone: 'Europe/Berlin',
      counts: {
        planned: { bluesky: 1, x: 1 },
        published: { bluesky: 1 },
        rejected: { x: 1 },
      },
      total: 4,
      needsPerson: 1,
      lateness: [
        { posts: 1, p50: 400, p99: 400, max: 400 },
        { network: 'bluesky', posts: 1, p50: 400, p99: 400, max: 400 },
      ],
      program: {
        version: 1,
        sessions: 2,
        importedAt: '2030-05-01T12:00:00Z',
        ageSeconds: 45 * 60 + 3,
      },
      queue: { backend: 'none' },
    });
    expect(seen.next).toHaveLength(2);
    expect(seen.next[0]).toMatchObject({
      leadTime: 'PT15M',
      dueAt: '2030-05-01T13:45:00Z',
      title: 'Session b',
    });
    expect(seen).not.toHaveProperty('paused');
    await pause(edition.context, { reason: 'rain' });
    expect((await status(edition.context)).paused).toEqual({
      reason: 'rain',
      since: '2030-05-01T12:45:03Z',
    });
  });

  test('a queue that is out of reach is trouble in the status, no failure', async () => {
    const edition = await open();
    const context = await edition.anotherContext({
      queue: { ...absentQueue, backend: 'redis', depth: () => Promise.reject(new Error('away')) },
    });
    expect((await status(context)).queue).toEqual({ backend: 'redis', trouble: 'away' });
  });

  test('what is held for approval or for want of a room waits for release, and is named', async () => {
    const edition = await open({
      settings: { accounts: ['preview:bluesky'], approval: true, holdWithoutRoom: true },
      sessions: [session('a', start), session('b', start + hour, { room: 'TBA' })],
    });
    expect(await status(edition.context)).toMatchObject({ needsPerson: 0, waitForRelease: 2 });
    const { announcements } = await needs(edition.context);
    expect(announcements.map(({ state, title }) => [state, title])).toEqual([
      ['held', 'Session a'],
      ['held', 'Session b'],
    ]);
    const found = async () =>
      (await doctor(edition.context)).findings.filter(({ area }) => area === 'ledger');
    expect(await found()).toEqual([
      {
        area: 'ledger',
        verdict: 'warning',
        finding: '2 announcements wait for release',
        remedy:
          'Release them with `callboard release --all`, or by id: `callboard status --needs-person`',
      },
    ]);
    await change(edition.context, { verb: 'release', filter: {} });
    await change(edition.context, { verb: 'hold', filter: {} });
    // What a person holds, a person knows of.
    expect((await needs(edition.context)).announcements).toEqual([]);
    expect(await status(edition.context)).toMatchObject({ waitForRelease: 0 });
    expect(await found()).toEqual([]);
  });

  test('show tells the whole story, by an id that may be shortened', async () => {
    const edition = await open();
    const one = await edition.announcement({ session: 'a', account: 'preview:x' });
    const before = await show(edition.context, { id: one.id.slice(0, 6) });
    expect(before).toMatchObject({
      id: one.id,
      network: 'x',
      account: 'preview:x',
      state: 'planned',
      dueAt: '2030-05-01T12:45:00Z',
      expiresAt: '2030-05-01T12:48:00Z',
      attempts: 0,
      needsPerson: false,
      text: { frozen: false, unit: 'weighted', limit: 280 },
      sessions: [
        {
          key: one.sessions[0],
          title: 'Session a',
          startsAt: '2030-05-01T13:00:00Z',
          page: `http://localhost:4680/sessions/${String(one.sessions[0])}`,
        },
      ],
      story: [{ at: '2030-05-01T12:00:00Z', to: 'planned', actor: 'plan' }],
    });
    edition.clock.set(one.dueAt + 250);
    edition.faults.set(one.id, [{ kind: 'retry-later', reason: 'busy' }]);
    await publishAnnouncement(edition.context, one.id);
    edition.clock.advance(5 * second);
    await publishAnnouncement(edition.context, one.id);
    const after = await show(edition.context, { id: one.id });
    expect(after).toMatchObject({
      state: 'published',
      attempts: 2,
      text: { frozen: true, text: edition.witness.textsOf(one.id)[0] },
      post: { acceptedAt: '2030-05-01T12:45:05.250Z', latenessMs: 5_250 },
    });
    expect(after.story.map(({ to, attempt, reason }) => [to, attempt, reason])).toEqual([
      ['planned', undefined, undefined],
      ['publishing', 1, undefined],
      ['planned', 1, 'busy'],
      ['publishing', 2, undefined],
      ['published', 2, undefined],
    ]);
  });

  test('an id that fits none or several is refused with what to do', async () => {
    const edition = await open();
    const refusal = { code: 'announcement-unknown', exit: 'usage' };
    await expect(show(edition.context, { id: 'zzzzzzzz' })).rejects.toMatchObject(refusal);
    await expect(show(edition.context, { id: '' })).rejects.toMatchObject(refusal);
    await expect(show(edition.context, { id: '%' })).rejects.toMatchObject(refusal);
    const [one] = await edition.announcements();
    await expect(show(edition.context, { id: one?.id.slice(0, 3) ?? '' })).rejects.toThrow(
      'this is too short. Give 4 letters of the id or more.',
    );
    await edition.database.query(
      `INSERT INTO callboard.announcements (id, edition, sessions, account, network, lead_time, round, template, due_at, expires_at, state, state_since, state_by)
       SELECT left(id, 12) || 'zzzz', edition, sessions, account, network, lead_time, 9, template, due_at, expires_at, state, state_since, state_by
       FROM callboard.announcements WHERE id = $1`,
      [one?.id],
    );
    await expect(show(edition.context, { id: one?.id.slice(0, 12) ?? '' })).rejects.toThrow(
      '2 announcements begin so',
    );
    expect((await show(edition.context, { id: one?.id ?? '' })).id).toBe(one?.id);
  });

  test('every verb takes a shortened id, and refuses one that several have', async () => {
    const edition = await open();
    const { context } = edition;
    const { id } = await edition.announcement({ session: 'a', account: 'preview:x' });
    const short = id.slice(0, 6);
    const held = await change(context, { verb: 'hold', filter: { ids: [short] } });
    expect(held).toEqual({
      changed: [{ id, from: 'planned', to: 'held' }],
      refused: [],
      unknown: [],
    });
    const { announcements } = await list(context, { filter: { ids: [short], states: ['held'] } });
    expect(announcements.map((one) => one.id)).toEqual([id]);
    await expect(resolve(context, { id: short, absent: true })).rejects.toThrow(
      `${id}: it is held, not in doubt`,
    );
    await expect(handOffDone(context, { id: short, address: '' })).rejects.toThrow(
      `${id}: it is held, not handed off`,
    );
    await expect(
      change(context, { verb: 'hold', filter: { ids: [id.slice(0, 2)] } }),
    ).rejects.toThrow('this is too short');
  });

  test('a session or a lead time that nothing has is refused by name', async () => {
    const { context } = await open();
    await expect(list(context, { filter: { sessions: ['nonsense'] } })).rejects.toThrow(
      'session nonsense: neither the program nor an announcement has it.',
    );
    await expect(list(context, { filter: { leadTimes: ['PT7M'] } })).rejects.toThrow(
      'lead time PT7M: no announcement has it.',
    );
    const [key = ''] =
      (await context.inForce())?.lookup.program.sessions.map((one) => one.key) ?? [];
    const known = await list(context, { filter: { sessions: [key], leadTimes: ['PT15M'] } });
    expect(known.announcements).toHaveLength(2);
  });

  test('operations check what they are asked', async () => {
    const edition = await open();
    for (const [name, input] of [
      ['nonsense', {}],
      ['toString', {}],
      ['constructor', {}],
      ['status', { more: 1 }],
      ['pause', {}],
      ['pause', { reason: '' }],
      ['change', { verb: 'publish', filter: {} }],
      ['change', { verb: 'hold', filter: { network: 'x' } }],
      ['change', { verb: 'hold', filter: { limit: -1 } }],
      ['show', { id: 7 }],
      ['show', null],
    ] as const) {
      await expect(performOperation(edition.context, name, input)).rejects.toMatchObject({
        code: 'operation-unknown',
        exit: 'usage',
      });
    }
    expect(await performOperation(edition.context, 'status', {})).toMatchObject({
      edition: edition.name,
    });
  });

  test('the pages get status, due moments, cards and health from the same edition', async () => {
    const edition = await open();
    const web = await webContextOf(edition.context, () => undefined);
    const a = await edition.announcement({ session: 'a', account: 'preview:x' });
    expect(web.conference()).toMatchObject({ name: 'Test Meeting', zone: 'Europe/Berlin' });
    expect(await web.status()).toEqual({
      counts: { planned: 4 },
      heldOn: [],
      next: [
        { network: 'bluesky', at: start - 15 * minute, title: 'Session a' },
        { network: 'x', at: start - 15 * minute, title: 'Session a' },
      ],
    });
    expect(await web.due([a.id, 'unknown'])).toEqual(
      new Map([[a.id, { leadTime: 'PT15M', dueAt: a.dueAt }]]),
    );
    expect((await web.program())?.version).toBe(1);

    const of = await edition.announcement({ session: 'a', account: 'preview:bluesky' });
    await change(edition.context, { verb: 'hold', filter: { ids: [of.id] } });
    expect(await web.status()).toMatchObject({ counts: { held: 1 }, heldOn: ['bluesky'] });
    await change(edition.context, { verb: 'release', filter: { ids: [of.id] } });

    edition.clock.set(a.dueAt);
    await publishAnnouncement(edition.context, a.id);
    await pause(edition.context, { reason: 'rain' });
    expect(await web.status()).toMatchObject({
      paused: { reason: 'rain', since: a.dueAt },
      counts: { planned: 3, published: 1 },
    });
    const [post] = await web.timeline.list({ limit: 1 });
    const digest = post?.content.picture?.digest ?? '';
    const card = await web.card(digest);
    expect(
      Buffer.from(card ?? [])
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect(await web.card('0'.repeat(digest.length))).toBeUndefined();
    expect((await web.sessionCard(a.sessions[0] ?? ''))?.digest).toBe(digest);
    expect(await web.sessionCard('nosuchsession')).toBeUndefined();
    expect(await web.health()).toEqual({
      ok: true,
      checks: { database: { ok: true }, queue: { ok: true }, publishing: { ok: true } },
    });
  });

  test('with the queue away the process is still healthy, and says so', async () => {
    const edition = await open();
    const context = await edition.anotherContext({
      queue: { ...absentQueue, depth: () => Promise.reject(new Error('away')) },
    });
    const web = await webContextOf(context, () => undefined);
    expect(await web.health()).toEqual({
      ok: true,
      checks: {
        database: { ok: true },
        queue: { ok: false, detail: 'away' },
        publishing: { ok: true },
      },
    });
  });

  test('what is overdue while nobody publishes is told by status, doctor and health', async () => {
    const edition = await open({ settings: { accounts: ['preview:bluesky', 'preview:x'] } });
    const web = await webContextOf(edition.context, () => undefined);
    const seen = async () => ({
      status: (await status(edition.context)).neglected,
      doctor: (await doctor(edition.context)).findings
        .filter(({ area, verdict }) => area === 'ledger' && verdict === 'failure')
        .map(({ finding }) => finding),
      health: (await web.health()).checks.publishing,
    });
    const well = { status: 0, doctor: [], health: { ok: true } };
    const bluesky = await edition.announcement({ session: 'a', account: 'preview:bluesky' });
    const x = await edition.announcement({ session: 'a', account: 'preview:x' });
    edition.clock.set(bluesky.dueAt + 2 * minute);
    expect(await seen()).toEqual(well);
    edition.clock.advance(1);
    expect(await seen()).toEqual({
      status: 2,
      doctor: ['2 announcements are overdue, and nothing goes out'],
      health: { ok: false, detail: '2 overdue, and nothing goes out: is a worker up?' },
    });
    expect((await web.health()).ok).toBe(true);
    await pause(edition.context, { reason: 'rain' });
    expect(await seen()).toEqual(well);
    await resume(edition.context);
    // One that was put off was seen to, and whoever did that is at work.
    edition.faults.set(x.id, [{ kind: 'retry-later', reason: 'busy' }]);
    await publishAnnouncement(edition.context, x.id);
    expect(await seen()).toEqual(well);
    edition.clock.advance(3 * minute);
    expect((await seen()).status).toBe(2);
  });

  test('another edition of the same database is not seen', async () => {
    const edition = await open();
    const other = await open();
    const [theirs] = await other.announcements();
    await expect(show(edition.context, { id: theirs?.id ?? '' })).rejects.toThrow();
    expect(await publishAnnouncement(edition.context, theirs?.id ?? '')).toMatchObject({
      outcome: 'nothing',
    });
    expect(
      await performOperation(edition.context, 'change', {
        verb: 'hold',
        filter: { ids: [theirs?.id] },
      }),
    ).toMatchObject({ unknown: [theirs?.id] });
    await pause(edition.context, { reason: 'only here' });
    expect((await status(other.context)).paused).toBeUndefined();
    expect((await status(other.context)).total).toBe(4);
  });
});
