import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.js';
import { loadConfig } from '../../src/config/config.js';
import { createContext } from '../../src/context.js';
import { networks } from '../../src/campaign/network.js';
import { createEvents } from '../../src/events.js';
import { change } from '../../src/operations/change.js';
import { importProgram, rereadProgram } from '../../src/operations/import-program.js';
import { needs } from '../../src/operations/list.js';
import type { OutdatedPost } from '../../src/operations/outdated-posts.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import { status } from '../../src/operations/status.js';
import { publishAnnouncement } from '../../src/publish/publish.js';
import { absentQueue } from '../../src/queue/absent-queue.js';
import { openAnnouncementQueue } from '../../src/queue/announcement-queue.js';
import { openQueueStore } from '../../src/queue/store.js';
import { listVersions, programOfVersion, programVersion } from '../../src/storage/programs.js';
import { describeOnDatabases } from '../support/database.js';
import {
  hour,
  minute,
  noon,
  openTestEdition,
  session,
  type SessionOf,
  type TestEdition,
} from '../support/edition.js';
import { localServers } from '../support/local-server.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
const start = noon + hour;
const servers = localServers();
afterEach(() => servers.close());
/** A program as a server gives it. */
const documentOf = (...sessions: readonly SessionOf[]) =>
  JSON.stringify({
    format: 'callboard-program',
    version: 1,
    title: 'Test Meeting',
    zone: 'Europe/Berlin',
    sessions,
  });

describeOnDatabases('importing and replanning', (database) => {
  const open = async (options: Partial<Parameters<typeof openTestEdition>[1]> = {}) => {
    const edition = await openTestEdition(database(), {
      sessions: [session('a', start), session('b', start + hour)],
      ...options,
    });
    closers.push(() => edition.close());
    return edition;
  };
  const publishAll = async (edition: TestEdition) => {
    for (const { id } of await edition.announcements()) {
      await publishAnnouncement(edition.context, id);
    }
  };
  const none = { added: 0, moved: 0, cancelled: 0, held: 0, released: 0 };

  test('posts that are no longer right are named until they are taken down', async () => {
    const sessions = [
      session('a', start),
      session('b', start),
      session('c', start),
      session('d', start),
      session('e', start),
      session('f', start, { room: 'TBA' }),
    ];
    const edition = await open({ sessions });
    edition.clock.set(start - 15 * minute);
    await publishAll(edition);
    expect((await importProgram(edition.context)).outdated).toEqual([]);
    const [, b, , d, e] = sessions as [SessionOf, SessionOf, SessionOf, SessionOf, SessionOf];
    edition.write([
      session('a', start + hour),
      { ...b, cancelled: true },
      { ...d, room: 'Cellar' },
      { ...e, title: 'Renamed' },
      session('f', start, { room: 'Cellar' }),
    ]);
    const whys = (posts: readonly OutdatedPost[]) =>
      Object.fromEntries(posts.map(({ title, why }) => [title, why]));
    const wrong = {
      'Session a': 'moved',
      'Session b': 'cancelled',
      'Session c': 'vanished',
      'Session d': 'new room',
    };
    const tried = await importProgram(edition.context, { dryRun: true });
    expect(whys(tried.outdated)).toEqual(wrong);
    expect((await status(edition.context)).outdatedPosts).toBe(0);
    const { outdated } = await importProgram(edition.context);
    expect(whys(outdated)).toEqual(wrong);
    expect(edition.events).toContainEqual({ kind: 'posts-outdated', count: 4 });
    expect(whys((await needs(edition.context)).outdated)).toEqual(wrong);
    expect((await status(edition.context)).outdatedPosts).toBe(4);

    const ids = outdated.filter(({ why }) => why !== 'moved').map(({ id }) => id);
    await change(edition.context, { verb: 'remove', filter: { ids } });
    expect(whys((await needs(edition.context)).outdated)).toEqual({ 'Session a': 'moved' });
    // What is past misleads nobody any more.
    edition.clock.set(start + 2 * hour);
    expect((await needs(edition.context)).outdated).toEqual([]);
  });

  test('a changed program becomes the next version, with what changed by name', async () => {
    const edition = await open();
    edition.write([session('a', start, { title: 'Renamed' }), session('b', start + hour)]);
    const imported = await importProgram(edition.context);
    expect(imported).toMatchObject({
      edition: edition.name,
      version: 2,
      stored: true,
      changes: [{ title: 'Renamed' }],
      plan: none,
    });
    expect((await edition.context.inForce())?.version).toBe(2);
    expect(edition.events).toContainEqual({
      kind: 'program-imported',
      version: 2,
      sessions: 2,
      problems: 0,
    });
  });

  test('the same program again makes no version, however it is written down', async () => {
    const edition = await open();
    edition.write([session('b', start + hour), session('a', start)]);
    expect(await importProgram(edition.context)).toMatchObject({
      version: 1,
      stored: false,
      changes: [],
      plan: none,
    });
    expect(edition.events.filter(({ kind }) => kind === 'program-imported')).toEqual([]);
  });

  test('a dry run says what would change and stores nothing', async () => {
    const edition = await open();
    const before = await edition.announcements();
    edition.write([session('a', start + hour), session('b', start + hour)]);
    expect(await importProgram(edition.context, { dryRun: true })).toMatchObject({
      version: 1,
      stored: false,
      changes: [{ title: 'Session a' }],
      plan: none,
    });
    expect((await edition.context.inForce())?.version).toBe(1);
    expect(await edition.announcements()).toEqual(before);
  });

  test.each([
    ['no JSON', '{"format": "callboard-program", "sess'],
    ['empty', ''],
    ['of another shape', '{"format":"callboard-program","version":1,"title":"x","sessions":[{}]}'],
  ])(
    'a source that is %s is told and leaves the last good program in force',
    async (_what, text) => {
      const edition = await open();
      const before = await edition.announcements();
      writeFileSync(edition.config.program.address, text);
      await expect(importProgram(edition.context)).rejects.toMatchObject({ exit: 'program' });
      await rereadProgram(edition.context);
      expect(edition.events.at(-1)?.kind).toBe('program-failed');
      expect((await edition.context.inForce())?.version).toBe(1);
      expect(await edition.announcements()).toEqual(before);
      edition.clock.set(start - 15 * minute);
      await publishAll(edition);
      expect(edition.witness.accepted).toHaveLength(1);
    },
  );

  test('a moved session moves its announcements, which go out at the new moment and say the new time', async () => {
    const edition = await open();
    const { id, dueAt } = await edition.announcement({ session: 'a' });
    edition.write([session('a', start + 2 * hour), session('b', start + hour)]);
    expect((await importProgram(edition.context)).plan).toMatchObject({ ...none, moved: 1 });
    expect(await edition.announcement({ session: 'a' })).toMatchObject({
      id,
      state: 'planned',
      dueAt: dueAt + 2 * hour,
      expiresAt: dueAt + 2 * hour + 3 * minute,
    });
    edition.clock.set(dueAt);
    expect(await publishAnnouncement(edition.context, id)).toEqual({
      kind: 'again',
      at: dueAt + 2 * hour,
    });
    edition.clock.set(dueAt + 2 * hour);
    await publishAnnouncement(edition.context, id);
    expect(edition.witness.textsOf(id)[0]).toContain('17:00 CEST');
    expect((await edition.context.ledger.story(id)).map(({ reason }) => reason)).toContain(
      'due 2030-05-01T14:45:00Z instead of 2030-05-01T12:45:00Z',
    );
  });

  test('cancelled is cancelled, vanished is held, back is released, new joins', async () => {
    const edition = await open();
    edition.write([session('a', start, { cancelled: true })]);
    expect((await importProgram(edition.context)).plan).toMatchObject({
      ...none,
      cancelled: 1,
      held: 1,
    });
    expect(await edition.announcement({ session: 'a' })).toMatchObject({
      state: 'cancelled',
      reason: 'cancelled in the program',
    });
    expect(await edition.announcement({ session: 'b' })).toMatchObject({
      state: 'held',
      held: 'vanished',
    });
    edition.write([session('a', start), session('b', start + hour), session('c', start + hour)]);
    expect((await importProgram(edition.context)).plan).toMatchObject({
      ...none,
      added: 1,
      moved: 1,
      released: 1,
    });
    const states = (await edition.announcements()).map(({ state }) => state);
    expect(states).toEqual(['planned', 'planned', 'planned']);
  });

  test('a session whose source id changes but keeps an alias keeps its announcement', async () => {
    const edition = await open({ sessions: [session('a', start, { ids: ['code:ABC'] })] });
    const { id } = await edition.announcement({});
    edition.write([session('other', start, { ids: ['code:ABC'] })]);
    await importProgram(edition.context);
    expect((await edition.announcements()).map((one) => one.id)).toEqual([id]);
  });

  test('one that moves after it was published gets the next round, once, and none when it moves back', async () => {
    const edition = await open({ sessions: [session('a', start)] });
    const first = await edition.announcement({});
    edition.clock.set(first.dueAt);
    await publishAll(edition);
    edition.write([session('a', start + 2 * hour)]);
    expect((await importProgram(edition.context)).plan).toMatchObject({ ...none, added: 1 });
    expect((await importProgram(edition.context)).plan).toMatchObject(none);
    const second = await edition.announcement({ round: 2 });
    expect(second).toMatchObject({ state: 'planned', dueAt: first.dueAt + 2 * hour });
    expect(second.id).not.toBe(first.id);
    edition.write([session('a', start)]);
    expect((await importProgram(edition.context)).plan).toMatchObject({ ...none, cancelled: 1 });
    edition.write([session('a', start + 3 * hour)]);
    await importProgram(edition.context);
    edition.clock.set(first.dueAt + 3 * hour);
    await publishAll(edition);
    expect(edition.witness.accepted.map(({ announcement }) => announcement)).toEqual([
      first.id,
      second.id,
    ]);
  });

  test('what is uncertain is not touched; when it has settled, it is compared', async () => {
    const edition = await open({ sessions: [session('a', start)] });
    const one = await edition.announcement({});
    edition.clock.set(one.dueAt);
    edition.faults.set(one.id, [{ kind: 'lost-answer' }]);
    await publishAll(edition);
    edition.write([session('a', start, { cancelled: true })]);
    expect((await importProgram(edition.context)).plan).toMatchObject(none);
    expect((await edition.announcement({})).state).toBe('uncertain');
  });

  test('what falls due while a version is being stored never says what the version no longer says', async () => {
    const edition = await open({ sessions: [session('a', start)] });
    const { id, dueAt } = await edition.announcement({});
    edition.clock.set(dueAt);
    edition.write([session('b', start)]);
    const events = createEvents();
    const racing: Promise<unknown>[] = [];
    // As soon as anybody can know of the new version, a worker takes the announcement up.
    const unsubscribe = events.on(({ kind }) => {
      if (kind === 'program-imported') racing.push(publishAnnouncement(edition.context, id));
    });
    const other = await edition.anotherContext({ events });
    await importProgram(other);
    unsubscribe();
    await Promise.all(racing);
    expect(racing).toHaveLength(1);
    expect(await edition.announcement({ session: 'a' })).toMatchObject({
      state: 'held',
      held: 'vanished',
    });
    edition.write([session('a', start), session('b', start)]);
    await importProgram(other);
    expect((await edition.announcement({ session: 'a' })).state).toBe('planned');
  });

  test('a replanning that was overtaken by an import does not bring the old plan back', async () => {
    const edition = await open({ sessions: [session('a', start)] });
    const { dueAt } = await edition.announcement({});
    const other = await edition.anotherContext();
    let overtaken = false;
    const slow = {
      ...other,
      async inForce() {
        const seen = await other.inForce();
        if (!overtaken) {
          overtaken = true;
          edition.write([session('a', start + 2 * hour)]);
          await importProgram(edition.context);
        }
        return seen;
      },
    };
    await replanEdition(slow);
    expect((await edition.announcement({})).dueAt).toBe(dueAt + 2 * hour);
  });

  test('several processes that import and replan at once leave one plan', async () => {
    const edition = await open();
    const others = await Promise.all(Array.from({ length: 4 }, () => edition.anotherContext()));
    edition.write([session('a', start + hour), session('c', start)]);
    await Promise.all(
      others.flatMap((other) => [importProgram(other), replanEdition(other), rereadProgram(other)]),
    );
    expect((await edition.context.inForce())?.version).toBe(2);
    const announcements = await edition.announcements();
    expect(announcements.map(({ state }) => state).sort()).toEqual(['held', 'planned', 'planned']);
    expect(await replanEdition(edition.context)).toMatchObject(none);
  });

  test('a slow reading does not bring back the program that a faster import replaced', async () => {
    let given = documentOf(session('a', start), session('b', start + hour));
    let whileAnswering: (() => Promise<unknown>) | undefined;
    const origin = await servers.serve((_request, response) => {
      const text = given;
      const meanwhile = whileAnswering;
      whileAnswering = undefined;
      void (meanwhile?.() ?? Promise.resolve()).then(() => response.end(text));
    });
    const edition = await open({ settings: { program: `${origin}/program.json` } });
    const other = await edition.anotherContext();
    whileAnswering = async () => {
      given = documentOf(session('a', start, { cancelled: true }), session('b', start + hour));
      expect(await importProgram(other)).toMatchObject({ version: 2, plan: { cancelled: 1 } });
    };
    await rereadProgram(edition.context);
    expect((await edition.context.inForce())?.version).toBe(2);
    expect((await edition.announcement({ session: 'a' })).state).toBe('cancelled');
    expect(edition.events.filter(({ kind }) => kind === 'program-failed')).toEqual([]);
    edition.clock.set(start - 15 * minute);
    await publishAll(edition);
    expect(edition.witness.accepted).toEqual([]);
  });

  test('a reading that others overtake each time says so and changes nothing', async () => {
    let title = 0;
    let overtaken: (() => Promise<unknown>) | undefined;
    const origin = await servers.serve((_request, response) => {
      const text = documentOf(session('a', start, { title: `Title ${String(title)}` }));
      const overtake = overtaken;
      overtaken = undefined;
      void (overtake?.() ?? Promise.resolve()).then(() => response.end(text));
    });
    const edition = await open({ settings: { program: `${origin}/program.json` } });
    const other = await edition.anotherContext();
    const overtake = async () => {
      title += 1;
      await importProgram(other);
      overtaken = overtake;
    };
    overtaken = overtake;
    await expect(importProgram(edition.context)).rejects.toMatchObject({
      code: 'import-overtaken',
      exit: 'program',
      message: `${origin}/program.json: other imports put another version in force each of the 3 times that it was read. The last of them stands; import again when no other import runs.`,
    });
    const inForce = await edition.context.inForce();
    expect(inForce).toMatchObject({ version: 4 });
    expect(inForce?.lookup.program.sessions[0]?.title).toBe('Title 3');
  });

  test('processes that import different programs in one moment leave whole versions, none twice, and the plan of the last', async () => {
    let asked = 0;
    const origin = await servers.serve((_request, response) => {
      asked += 1;
      response.end(documentOf(session('a', start + (asked % 3) * hour), session('b', start)));
    });
    const edition = await open({ settings: { program: `${origin}/program.json` } });
    const others = await Promise.all(Array.from({ length: 6 }, () => edition.anotherContext()));
    const done = await Promise.allSettled(others.map((other) => importProgram(other)));
    const stored = done.flatMap((one) =>
      one.status === 'fulfilled' && one.value.stored ? [one.value.version] : [],
    );
    const versions = await listVersions(database(), edition.name);
    expect(versions.map(({ version }) => version)).toEqual([1, ...stored.sort((a, b) => a - b)]);
    for (const [index, { version, fingerprint }] of versions.entries()) {
      expect(version).toBe(index + 1);
      expect(fingerprint).not.toBe(versions[index - 1]?.fingerprint);
      const program = await programOfVersion(database(), edition.name, version);
      expect(program?.sessions).toHaveLength(2);
    }
    for (const one of done) {
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'import-overtaken' });
    }
    const program = (await edition.context.inForce())?.lookup.program;
    const starts = (await edition.announcements()).map((one) => one.dueAt + 15 * minute);
    expect(starts.sort()).toEqual(program?.sessions.map(({ startsAt }) => startsAt).sort());
    expect(await replanEdition(edition.context)).toMatchObject(none);
  });

  test('what moves in the ledger moves in the queue', async () => {
    const edition = await open({ sessions: [session('a', start), session('b', start)] });
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
    edition.clock.set(start - 16 * minute);
    const a = await edition.announcement({ session: 'a' });
    edition.write([
      session('a', start + minute),
      session('b', start + 5 * hour),
      session('c', start + 3 * minute),
    ]);
    await importProgram(context);
    // What is due within the next sweeps; the rest comes with them.
    expect(moves).toEqual([{ id: a.id, network: 'bluesky', at: start - 14 * minute }]);
  });

  test('in a real queue a session that moves to now is announced now', async () => {
    const begun = Date.now();
    const edition = await open({
      sessions: [session('a', begun + 16 * minute)],
      clock: systemClock,
    });
    const store = await openQueueStore({ kind: 'embedded', pool: database().pool }, createEvents());
    const queue = openAnnouncementQueue(store, {
      edition: edition.name,
      networks,
      clock: systemClock,
    });
    closers.push(() => queue.close());
    const context = await edition.anotherContext({ queue });
    const { id } = await edition.announcement({});
    await queue.schedule([{ id, network: 'bluesky', at: begun + minute }]);
    await queue.work(
      {
        publish: (data) => publishAnnouncement(context, (data as { id: string }).id),
        reread: () => Promise.resolve(),
      },
      { networks: new Map([['bluesky', { concurrency: 1 }]]) },
    );
    edition.write([session('a', Date.now() + 15 * minute + 200)]);
    await importProgram(context);
    await expect
      .poll(async () => (await edition.announcement({})).state, { timeout: 15_000 })
      .toBe('published');
    expect(edition.witness.accepted).toHaveLength(1);
  });

  test('another source in the config is not asked what changed since the old one', async () => {
    const sent: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      sent.push(request.headers['if-modified-since']);
      if (request.headers['if-modified-since']) {
        response.writeHead(304).end();
        return;
      }
      const title = request.url === '/new.json' ? 'From the new source' : 'From the old source';
      response.writeHead(200, { 'last-modified': 'Wed, 01 May 2030 10:00:00 GMT' });
      response.end(
        JSON.stringify({
          format: 'callboard-program',
          version: 1,
          title: 'Test Meeting',
          zone: 'Europe/Berlin',
          sessions: [session('a', start, { title })],
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    const edition = await open({ settings: { program: `${address}/old.json` } });
    await rereadProgram(edition.context);
    expect(sent).toEqual([undefined, 'Wed, 01 May 2030 10:00:00 GMT']);
    const file = edition.config.file;
    writeFileSync(file, readFileSync(file, 'utf8').replace('/old.json', '/new.json'));
    const config = loadConfig({ file, env: {} });
    const context = await edition.anotherContext({}, config);
    await rereadProgram(context);
    expect((await context.inForce())?.lookup.program.sessions[0]?.title).toBe(
      'From the new source',
    );
    await rereadProgram(context);
    expect(sent).toHaveLength(4);
    expect(sent[3]).toBeDefined();
    expect((await programVersion(database(), edition.name))?.version).toBe(2);
  });

  test('before the first import there is nothing to plan', async () => {
    const edition = await open();
    const empty = await createContext(
      {
        config: edition.config,
        database: database(),
        edition: { ...edition.context.edition, id: 'nothing-here' },
      },
      { queue: 'none' },
    );
    expect(await replanEdition(empty)).toEqual({ ...none, rescheduled: [] });
  });
});
