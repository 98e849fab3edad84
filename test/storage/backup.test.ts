import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/storage/backup.js';
import type { Database } from '../../src/storage/database.js';
import { openDatabase } from '../../src/storage/opening.js';
import { findEdition } from '../../src/storage/editions.js';
import { createLedger } from '../../src/storage/ledger.js';
import { migrateTo } from '../../src/storage/migrate-to.js';
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
});
