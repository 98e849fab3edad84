import { describe, expect, it } from 'vitest';
import { findCard, keepCard } from '../../src/storage/cards.js';
import {
  createEdition,
  describeEdition,
  findEdition,
  listEditions,
  pauseEdition,
} from '../../src/storage/editions.js';
import { createLedger } from '../../src/storage/ledger.js';
import { createPreviewTimeline } from '../../src/storage/preview-timeline.js';
import {
  currentProgram,
  knownAliases,
  programVersion,
  storeProgram,
} from '../../src/storage/programs.js';
import { counts, lateness, nextDue } from '../../src/storage/statistics.js';
import { describeOnDatabases } from '../support/database.js';
import {
  add,
  claimed,
  content,
  edition,
  importVersion,
  now,
  planned,
  post,
  program,
  report,
  stands,
} from './fixtures.js';

describeOnDatabases('what is stored beside the ledger', (database) => {
  describe('editions', () => {
    const sample = {
      id: 'sample-1',
      series: 'sample',
      title: 'Sample',
      address: 'sample.json',
      zone: 'Europe/Lisbon',
      shiftMs: 123,
      beganAt: now,
      createdAt: now,
    };

    it('stay as they were created, however often', async () => {
      await createEdition(database(), sample);
      const again = await createEdition(database(), { ...sample, shiftMs: 456, title: 'Other' });
      expect(again).toEqual({ ...sample, programVersion: 0 });
      await createEdition(database(), { ...sample, id: 'sample-2', createdAt: now + 1 });
      expect((await listEditions(database(), 'sample')).map(({ id }) => id)).toEqual([
        'sample-1',
        'sample-2',
      ]);
      expect(await listEditions(database(), 'other')).toEqual([]);
      expect(await findEdition(database(), 'other')).toBeUndefined();
    });

    it('take title and zone from their source, and keep when they were paused first', async () => {
      await createEdition(database(), { ...sample, id: 'described' });
      await describeEdition(database(), 'described', { title: 'New', zone: 'Asia/Tokyo' });
      await pauseEdition(database(), 'described', 'one', now);
      await pauseEdition(database(), 'described', 'two', now + 1);
      expect(await findEdition(database(), 'described')).toEqual({
        ...sample,
        id: 'described',
        title: 'New',
        zone: 'Asia/Tokyo',
        programVersion: 0,
        paused: { reason: 'two', since: now },
      });
    });
  });

  describe('programs', () => {
    const given = {
      program,
      report,
      importedAt: now,
      address: 'meeting.json',
      fingerprint: 'one',
      etag: '"1"',
      aliases: new Map([
        ['guid:1', 'aaaa'],
        ['person/id:7', 'bbbb'],
      ]),
    };

    it('come into force whole, and the same again makes no new version', async () => {
      await createEdition(database(), {
        id: 'p-1',
        series: 'p',
        title: '',
        zone: 'UTC',
        shiftMs: 0,
        beganAt: 1,
        createdAt: 1,
      });
      expect(await currentProgram(database(), 'p-1')).toBeUndefined();
      expect(await storeProgram(database(), 'p-1', given)).toEqual({ version: 1, stored: true });
      expect(await storeProgram(database(), 'p-1', { ...given, etag: '"2"' })).toEqual({
        version: 1,
        stored: false,
      });
      expect(await programVersion(database(), 'p-1')).toEqual({
        version: 1,
        importedAt: now,
        fingerprint: 'one',
        address: 'meeting.json',
        etag: '"2"',
      });
      const second = {
        ...given,
        fingerprint: 'two',
        aliases: new Map([
          ['guid:1', 'cccc'],
          ['guid:2', 'dddd'],
        ]),
      };
      expect(await storeProgram(database(), 'p-1', second)).toEqual({ version: 2, stored: true });
      expect((await currentProgram(database(), 'p-1'))?.program).toEqual(program);
      expect((await currentProgram(database(), 'p-1'))?.report).toEqual(report);
      expect(await knownAliases(database(), 'p-1')).toEqual(
        new Map([
          ['guid:1', 'aaaa'],
          ['guid:2', 'dddd'],
          ['person/id:7', 'bbbb'],
        ]),
      );
    });

    it('leave the last good one in force when the plan of a new one cannot be applied', async () => {
      const id = await edition(database(), 'p-2');
      await expect(
        database().transaction(async (transaction) => {
          await storeProgram(transaction, id, { ...given, fingerprint: 'new' });
          await createLedger(transaction, id).apply(
            [{ kind: 'add', announcement: planned(id, 'broken', { sessions: [] }) }],
            now,
          );
        }),
      ).rejects.toThrow();
      expect((await findEdition(database(), id))?.programVersion).toBe(1);
      expect((await currentProgram(database(), id))?.fingerprint).toBe('first');
      expect([...(await knownAliases(database(), id)).keys()]).toEqual(['guid:first']);
    });

    it('get one number each when two are stored at one instant', async () => {
      const id = await edition(database(), 'p-3');
      const versions = await Promise.all(
        ['a', 'b', 'c'].map((name) => importVersion(database(), id, name)),
      );
      expect([...versions].sort()).toEqual([2, 3, 4]);
    });
  });

  describe('the preview timeline', () => {
    const preview = (key: string, network: 'x' | 'bluesky' = 'x') => ({
      account: `preview:${network}`,
      network,
      key,
      announcement: `announcement of ${key}`,
      content: content(key),
      acceptedAt: now,
    });

    it('keeps one post under a key, also when two come at one instant', async () => {
      const timeline = createPreviewTimeline(database(), await edition(database(), 't-1'));
      const posts = await Promise.all([1, 2, 3, 4].map(() => timeline.accept(preview('k'))));
      expect(new Set(posts.map(({ sequence }) => sequence)).size).toBe(1);
      expect(posts[0]).toEqual({ ...preview('k'), sequence: posts[0]?.sequence });
      expect(await timeline.find('preview:x', 'k')).toEqual(posts[0]);
      expect(await timeline.find('preview:bluesky', 'k')).toBeUndefined();
    });

    it('lists the newest first, by network, before and after, without removed ones', async () => {
      const timeline = createPreviewTimeline(database(), await edition(database(), 't-2'));
      const a = await timeline.accept(preview('a'));
      const b = await timeline.accept(preview('b', 'bluesky'));
      const c = await timeline.accept(preview('c'));
      const keys = async (query: Parameters<typeof timeline.list>[0]) =>
        (await timeline.list(query)).map(({ key }) => key);
      expect(await keys({ limit: 9 })).toEqual(['c', 'b', 'a']);
      expect(await keys({ limit: 1 })).toEqual(['c']);
      expect(await keys({ limit: 9, network: 'x' })).toEqual(['c', 'a']);
      expect(await keys({ limit: 9, after: a.sequence })).toEqual(['c', 'b']);
      expect(await keys({ limit: 9, before: c.sequence, after: a.sequence })).toEqual(['b']);
      expect(await timeline.remove('preview:bluesky', 'b', now + 1)).toBe(true);
      expect(await keys({ limit: 9 })).toEqual(['c', 'a']);
      expect((await timeline.find('preview:bluesky', 'b'))?.removedAt).toBe(now + 1);
      expect((await timeline.accept(preview('b', 'bluesky'))).sequence).toBe(b.sequence);
    });

    it('is one for each edition', async () => {
      const one = createPreviewTimeline(database(), await edition(database(), 't-3'));
      const other = createPreviewTimeline(database(), await edition(database(), 't-4'));
      await one.accept(preview('k'));
      expect(await other.find('preview:x', 'k')).toBeUndefined();
      expect(await other.list({ limit: 9 })).toEqual([]);
    });
  });

  it('keeps what a card shows under its digest', async () => {
    const id = await edition(database(), 'c-1');
    const card = { conference: 'A', title: 'B', people: [], time: 'now', layout: 'session' };
    await keepCard(database(), id, { digest: 'd', card });
    await keepCard(database(), id, { digest: 'd', card });
    expect(await findCard(database(), id, 'd')).toEqual(card);
    expect(await findCard(database(), id, 'other')).toBeUndefined();
  });

  it('counts by state and network, and says how late the posts were and what is next', async () => {
    const id = await edition(database(), 's-1');
    const ledger = createLedger(database(), id);
    expect(await lateness(database(), id)).toEqual([]);
    expect(await nextDue(database(), id)).toBeUndefined();
    const x = { network: 'x', account: 'preview:x' } as const;
    await add(
      ledger,
      ...Array.from({ length: 10 }, (_, index) => planned(id, String(index))),
      planned(id, 'x', x),
      planned(id, 'next', { dueAt: now + 5 }),
      planned(id, 'after', { dueAt: now + 6, held: 'approval' }),
    );
    for (let index = 0; index < 10; index += 1) {
      const claim = await claimed(ledger, await stands(ledger, `${id}-${String(index)}`));
      const settlement = {
        to: 'published',
        post: post(`${id}-${String(index)}`, now + index * 100),
      } as const;
      await ledger.settle(claim, settlement, now);
    }
    const claim = await claimed(ledger, await stands(ledger, `${id}-x`));
    await ledger.settle(claim, { to: 'published', post: post(`${id}-x`, now + 5_000) }, now);
    expect(await counts(database(), id)).toEqual([
      { state: 'held', network: 'bluesky', count: 1 },
      { state: 'planned', network: 'bluesky', count: 1 },
      { state: 'published', network: 'bluesky', count: 10 },
      { state: 'published', network: 'x', count: 1 },
    ]);
    expect(await lateness(database(), id)).toEqual([
      { posts: 11, p50: 500, p99: 5_000, max: 5_000 },
      { network: 'bluesky', posts: 10, p50: 400, p99: 900, max: 900 },
      { network: 'x', posts: 1, p50: 5_000, p99: 5_000, max: 5_000 },
    ]);
    expect(await nextDue(database(), id)).toEqual({
      id: `${id}-next`,
      network: 'bluesky',
      at: now + 5,
    });
  });
});
