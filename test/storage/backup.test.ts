import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/storage/backup.js';
import type { Database, Queryable } from '../../src/storage/database.js';
import { openDatabase } from '../../src/storage/opening.js';
import { findEdition } from '../../src/storage/editions.js';
import { createLedger } from '../../src/storage/ledger.js';
import { abandonMove, migrateTo } from '../../src/storage/migrate-to.js';
import { createPreviewTimeline } from '../../src/storage/preview-timeline.js';
import { currentProgram, knownAliases } from '../../src/storage/programs.js';
import { keepCard, findCard } from '../../src/storage/cards.js';
import { openEmbeddedForTest, postgresForTests, temporaryFolder } from '../support/database.js';
import { missingPostgres } from '../support/postgres-server.js';
import { add, claimed, content, edition, now, planned, post, request, stands } from './fixtures.js';

/** An edition with something in every table. */
async function fill(database: Database, id: string): Promise<void> {
  await edition(database, id);
  const ledger = createLedger(database, id);
  await add(
    ledger,
    planned(id, 'published'),
    planned(id, 'held', { held: 'room' }),
    ...Array.from({ length: 1_100 }, (_, index) => planned(id, `waits-${String(index)}`)),
  );
  const claim = await claimed(ledger, await stands(ledger, `${id}-published`));
  await ledger.settle(claim, { to: 'published', post: post(`${id}-published`) }, now);
  await createPreviewTimeline(database, id).accept({
    account: 'preview:x',
    network: 'x',
    key: 'k',
    announcement: `${id}-published`,
    content: content('k'),
    acceptedAt: now,
  });
  const card = { conference: 'A', title: 'B', people: [], time: 'now', layout: 'session' };
  await keepCard(database, id, { digest: 'd', card });
}

/** Everything of an edition that can be read through its stores. */
async function contents(database: Database, id: string) {
  const ledger = createLedger(database, id);
  const posts = await createPreviewTimeline(database, id).list({ limit: 9 });
  return {
    edition: await findEdition(database, id),
    program: await currentProgram(database, id),
    aliases: await knownAliases(database, id),
    announcements: await ledger.list({}),
    stories: [await ledger.story(`${id}-published`), await ledger.story(`${id}-held`)],
    posts: posts.map(({ sequence: _, ...rest }) => rest),
    card: await findCard(database, id, 'd'),
  };
}

/** Several databases are opened in each of these: seconds here, much more on a busy machine. */
const slow = { timeout: 180_000 };

describe('a backup', slow, () => {
  it('holds everything, and is restored into an empty folder only', async () => {
    const folder = temporaryFolder();
    const database = await openEmbeddedForTest(folder);
    await fill(database, 'm-1');
    const before = await contents(database, 'm-1');
    const file = join(folder, 'backups', 'one.tar.gz');
    const writing = Promise.all([
      backupTo(database, file),
      ...Array.from({ length: 20 }, (_, index) => database.query('SELECT $1::int', [index])),
    ]);
    const [bytes] = await writing;
    expect(bytes).toBe(readFileSync(file).length);
    expect(readdirSync(join(folder, 'backups'))).toEqual(['one.tar.gz']);
    await database.close();

    const other = temporaryFolder();
    await restoreFrom(file, other);
    const restored = await openDatabase({ folder: other });
    expect(await contents(restored, 'm-1')).toEqual(before);
    await restored.close();
    await expect(restoreFrom(file, other)).rejects.toMatchObject({ code: 'data-folder-not-empty' });
  });

  it('is refused when it is damaged, and leaves nothing', async () => {
    const folder = temporaryFolder();
    const file = join(temporaryFolder(), 'damaged');
    writeFileSync(file, 'nothing of the kind');
    await expect(restoreFrom(file, folder)).rejects.toMatchObject({ code: 'backup-unreadable' });
    await expect(restoreFrom(`${file}-missing`, folder)).rejects.toMatchObject({
      code: 'backup-unreadable',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing where it cannot be written', async () => {
    const folder = temporaryFolder();
    const database = await openEmbeddedForTest(folder);
    writeFileSync(join(folder, 'file'), '');
    await expect(backupTo(database, join(folder, 'file', 'backup'))).rejects.toMatchObject({
      code: 'data-folder-unreadable',
    });
    expect(existsSync(join(folder, 'backup'))).toBe(false);
    await database.close();
  });
});

describe.skipIf(missingPostgres() !== undefined)('moving to a server', slow, () => {
  const postgres = postgresForTests();

  it('takes an edition whole, and ends it here', async () => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    await fill(source, 'm-2');
    const before = await contents(source, 'm-1');
    const url = await postgres.freshDatabase();
    const progress: string[] = [];
    const moved = await migrateTo(source, url, {
      edition: 'm-1',
      now,
      onProgress: ({ table }) => progress.push(table),
    });
    expect(moved).toEqual(['m-1']);
    expect(progress).toContain('announcements');
    const target = await openDatabase({ url });
    expect(await contents(target, 'm-1')).toEqual(before);

    const waits = await stands(createLedger(source, 'm-1'), 'm-1-waits-0');
    expect(await createLedger(source, 'm-1').claim(request(waits))).toEqual({
      ok: false,
      why: 'paused',
    });
    expect((await findEdition(source, 'm-1'))?.movedTo).toBe(target.place);
    expect((await createLedger(target, 'm-1').claim(request(waits))).ok).toBe(true);
    await expect(migrateTo(source, url, { edition: 'm-1', now })).rejects.toMatchObject({
      code: 'edition-unknown',
    });

    expect(await migrateTo(source, url, { now })).toEqual(['m-2']);
    await target.close();
    await source.close();
  });

  it('leaves both sides as they were when the target has another edition of the name', async () => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    const url = await postgres.freshDatabase();
    const target = await openDatabase({ url });
    await edition(target, 'm-1');
    await target.query(`UPDATE callboard.editions SET created_at = 7`);
    await expect(migrateTo(source, url, { now })).rejects.toMatchObject({ code: 'edition-exists' });
    expect((await createLedger(target, 'm-1').list({})).length).toBe(0);
    const waits = await stands(createLedger(source, 'm-1'), 'm-1-waits-0');
    expect((await createLedger(source, 'm-1').claim(request(waits))).ok).toBe(true);
    await expect(migrateTo(source, url, { now })).rejects.toMatchObject({ code: 'edition-busy' });
    await target.close();
    await source.close();
  });

  it('finishes a move that was interrupted between its two ends', async () => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    const url = await postgres.freshDatabase();
    await migrateTo(source, url, { now });
    await source.query(`UPDATE callboard.editions SET moved_to = 'unfinished: ' || moved_to`);
    expect(await migrateTo(source, url, { now })).toEqual(['m-1']);
    expect((await findEdition(source, 'm-1'))?.movedTo).toBe(
      new URL(url).host + new URL(url).pathname,
    );
    await source.close();
  });

  /** A source whose transaction ends badly: at its mark, when the copy has arrived, or at its end. */
  const failing = (source: Database, at: 'mark' | 'end'): Database => ({
    ...source,
    transaction: (work) =>
      source.transaction(async (reading) => {
        const query: Queryable['query'] = (text, values) =>
          at === 'mark' && text.startsWith('UPDATE callboard.editions')
            ? Promise.reject(new Error('left idle'))
            : reading.query(text, values);
        await work({ ...reading, query });
        throw new Error('the disk is full');
      }),
  });

  it('runs on here when this side fails after the copy arrived, and is copied anew when it is asked for again', async () => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    const secret = (words: string) =>
      source.query(
        `INSERT INTO callboard.secrets (account, sealed, written_at) VALUES ('preview:bluesky', $1, 1)
         ON CONFLICT (account) DO UPDATE SET sealed = $1`,
        [words],
      );
    await secret('of then');
    const url = await postgres.freshDatabase();
    await expect(migrateTo(failing(source, 'mark'), url, { now })).rejects.toThrow('left idle');
    const target = await openDatabase({ url });
    const [here, there] = [createLedger(source, 'm-1'), createLedger(target, 'm-1')];
    const waits = await stands(here, 'm-1-waits-0');
    expect(await there.claim(request(waits))).toEqual({ ok: false, why: 'paused' });

    const claim = await claimed(here, waits);
    await here.settle(claim, { to: 'published', post: post('m-1-waits-0') }, now);
    await secret('of now');
    const before = await contents(source, 'm-1');
    expect(await migrateTo(source, url, { now })).toEqual(['m-1']);
    expect(await contents(target, 'm-1')).toEqual(before);
    expect((await stands(there, 'm-1-waits-0')).state).toBe('published');
    const { rows } = await target.query('SELECT sealed FROM callboard.secrets');
    expect(rows).toEqual([{ sealed: 'of now' }]);
    await expect(target.query('DELETE FROM callboard.story')).rejects.toThrow('append-only');
    await target.close();
    await source.close();
  });

  it('is published nowhere twice when this side fails after it was handed over, and asking again finishes it', async () => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    const url = await postgres.freshDatabase();
    await expect(migrateTo(failing(source, 'end'), url, { now })).rejects.toMatchObject({
      code: 'move-unfinished',
      message: expect.stringMatching(
        /edition m-1 was copied, and then the move broke off \(the disk is full\); nothing of it is published here now\. Ask for the same move again/,
      ) as string,
    });
    const target = await openDatabase({ url });
    const [here, there] = [createLedger(source, 'm-1'), createLedger(target, 'm-1')];
    const waits = await stands(here, 'm-1-waits-0');
    const claim = await claimed(there, waits);
    await there.settle(claim, { to: 'published', post: post('m-1-waits-0') }, now);
    expect(await here.claim(request(waits))).toEqual({ ok: false, why: 'paused' });
    expect(await migrateTo(source, url, { now })).toEqual(['m-1']);
    expect((await stands(there, 'm-1-waits-0')).state).toBe('published');
    expect((await findEdition(source, 'm-1'))?.movedTo).toBe(target.place);
    await target.close();
    await source.close();
  });

  it('runs here again when the move is abandoned for a server that is lost', async () => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    const place = 'postgres://db.example/callboard';
    const waits = await stands(createLedger(source, 'm-1'), 'm-1-waits-0');
    const claimHere = () => createLedger(source, 'm-1').claim(request(waits));
    await source.query(`UPDATE callboard.editions SET moved_to = $1, moved_at = $2`, [
      `unfinished: ${place}`,
      now,
    ]);
    expect(await claimHere()).toEqual({ ok: false, why: 'paused' });
    await expect(abandonMove(source, 'another')).rejects.toMatchObject({ code: 'move-unknown' });
    expect(await abandonMove(source, 'm-1')).toBe(place);
    expect((await claimHere()).ok).toBe(true);
    await expect(abandonMove(source, 'm-1')).rejects.toMatchObject({
      code: 'move-unknown',
      message: expect.stringMatching(/no move of an edition of this name is unfinished/) as string,
    });
    await source.close();
  });

  it('is not copied over one that may have run there', async () => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    const url = await postgres.freshDatabase();
    await migrateTo(source, url, { now });
    // As in a backup of before.
    await source.query('UPDATE callboard.editions SET moved_to = NULL, moved_at = NULL');
    await expect(migrateTo(source, url, { now })).rejects.toMatchObject({
      code: 'edition-exists',
      complaint: { problem: 'the target has this edition already and may have run it' },
    });
    await source.close();
  });

  const handOver = 'UPDATE callboard.editions SET moved_to';
  it.each([
    ['runs on here when its copy breaks off', 'INSERT INTO callboard.cards', 'before', true],
    ['runs on here when the hand-over does not reach the server', handOver, 'before', true],
    ['rests when the answer to the hand-over is lost', handOver, 'after', false],
  ] as const)('%s', async (_title, statement, breaks, runsHere) => {
    const source = await openEmbeddedForTest(temporaryFolder());
    await fill(source, 'm-1');
    const url = new URL(await postgres.freshDatabase());
    const target = await openDatabase({ url: url.href });
    const way = await breakingWay(url, statement, breaks);
    await expect(migrateTo(source, way.url, { now })).rejects.toMatchObject({
      code: runsHere ? 'database-unreachable' : 'move-unfinished',
    });
    const waits = await stands(createLedger(source, 'm-1'), 'm-1-waits-0');
    expect((await createLedger(source, 'm-1').claim(request(waits))).ok).toBe(runsHere);
    expect((await findEdition(target, 'm-1')) === undefined).toBe(runsHere);
    const again = migrateTo(source, way.url, { now });
    if (runsHere) await expect(again).rejects.toMatchObject({ code: 'edition-busy' });
    else expect(await again).toEqual(['m-1']);
    await target.close();
    await source.close();
    way.close();
  });
});

/** A way to a server that breaks once, at a statement: before it is passed on, or when its answer comes. */
async function breakingWay(url: URL, statement: string, breaks: 'before' | 'after') {
  let armed = true;
  const proxy = createServer((client) => {
    const server = connect(Number(url.port), url.hostname);
    let broken = false;
    client.on('data', (bytes) => {
      const isIt = armed && bytes.includes(statement);
      if (isIt) [armed, broken] = [false, true];
      if (isIt && breaks === 'before') client.destroy();
      else server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (broken) client.destroy();
      else client.write(bytes);
    });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const through = new URL(url.href);
  through.port = String((proxy.address() as AddressInfo).port);
  return { url: through.href, close: () => proxy.close() };
}
