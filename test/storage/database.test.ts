import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { backupTo } from '../../src/storage/backup.js';
import { migrations } from '../../src/storage/migrations/migrations.js';
import { openDatabase } from '../../src/storage/opening.js';
import { embeddedTemplate } from '../support/database-template.js';
import { describeOnDatabases, postgresForTests, temporaryFolder } from '../support/database.js';
import { missingPostgres } from '../support/postgres-server.js';
import { mayMount, smallDisk } from '../support/small-disk.js';

const pristine = await embeddedTemplate();

/** For tests that start processes, fill disks or run initdb: seconds here, much more on a busy machine. */
const slow = { timeout: 120_000 };

describe('opening an embedded database', () => {
  it('makes one at the first start and finds everything at the second', async () => {
    const folder = join(temporaryFolder(), 'new', 'data');
    const stages: string[] = [];
    const first = await openDatabase({ folder, pristine }, (stage) => stages.push(stage));
    expect(stages).toEqual(['unpacking', 'starting', 'migrating']);
    expect([first.kind, first.place]).toEqual(['embedded', folder]);
    await first.query(`CREATE TABLE public.kept (a int)`);
    await first.close();
    const second = await openDatabase({ folder, pristine });
    expect((await second.query('SELECT * FROM public.kept')).rows).toEqual([]);
    await second.close();
    expect(readdirSync(folder)).toEqual(['database']);
  });

  it('begins with the pristine database that the build made', async () => {
    const made = await openDatabase({ folder: temporaryFolder(), pristine });
    await made.query('CREATE TABLE public.from_the_build (a int)');
    const archive = join(temporaryFolder(), 'pristine.tar.gz');
    await backupTo(made, archive);
    await made.close();
    const database = await openDatabase({ folder: temporaryFolder(), pristine: archive });
    expect((await database.query('SELECT * FROM public.from_the_build')).rows).toEqual([]);
    await database.close();
  });

  it('makes its own where the build left none, or a damaged one', slow, async () => {
    const damaged = join(temporaryFolder(), 'damaged.tar.gz');
    writeFileSync(damaged, 'no archive');
    const database = await openDatabase({ folder: temporaryFolder(), pristine: damaged });
    expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await database.close();
  });

  it('begins anew where a first start was interrupted', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'database.new-4711', 'base'), { recursive: true });
    const database = await openDatabase({ folder, pristine });
    expect(readdirSync(folder)).toEqual(['database']);
    await database.close();
  });

  it('refuses a folder that is no whole database, and leaves it as it is', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'database', 'base'), { recursive: true });
    await expect(openDatabase({ folder, pristine })).rejects.toMatchObject({
      code: 'data-folder-broken',
      exit: 'storage',
      complaint: { place: join(folder, 'database'), problem: 'this is no whole database' },
    });
    expect(readdirSync(join(folder, 'database'))).toEqual(['base']);
  });

  it('refuses a file where a folder is needed, in one sentence', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await expect(openDatabase({ folder: file, pristine })).rejects.toThrow(
      `${file}: a file stands where a folder is needed. Move it away, or choose another data folder.`,
    );
  });

  it('loses nothing that was acknowledged when its process is killed', slow, async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 2; round += 1) {
      const writer = spawn(
        process.execPath,
        [
          '--import',
          'tsx',
          fileURLToPath(new URL('writer-process.ts', import.meta.url)),
          folder,
          pristine,
        ],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      const exited = new Promise((resolve) => writer.once('exit', resolve));
      let acknowledged = 0;
      for await (const chunk of writer.stdout as AsyncIterable<Buffer>) {
        acknowledged = Math.max(acknowledged, ...chunk.toString().trim().split('\n').map(Number));
        if (acknowledged >= 60 * (round + 1)) writer.kill('SIGKILL');
      }
      await exited;
      const database = await openDatabase({ folder, pristine });
      const { rows } = await database.query<{ last: number; count: number }>(
        'SELECT max(n) AS last, count(*)::int AS count FROM public.written',
      );
      await database.close();
      expect(rows[0]?.last).toBeGreaterThanOrEqual(acknowledged);
      expect(rows[0]?.count).toBe(rows[0]?.last);
    }
  });

  it.skipIf(!mayMount)(
    'says that the disk is full, keeps what was stored, and goes on when there is room again',
    slow,
    async () => {
      const disk = smallDisk('90m');
      const ballast = join(disk.folder, 'ballast');
      writeFileSync(ballast, Buffer.alloc(35 * 1024 * 1024));
      const database = await openDatabase({ folder: disk.folder, pristine, betweenRestartsMs: 0 });
      try {
        await database.query('CREATE TABLE public.rows (text text)');
        await database.query(`INSERT INTO public.rows VALUES ('kept')`);
        const listener = await database.pool.connect();
        const heard: unknown[] = [];
        listener.on('notification', ({ payload }) => heard.push(payload));
        await listener.query('LISTEN calls');
        const fill = async () => {
          for (let round = 0; round < 100; round += 1) {
            await database.transaction((transaction) =>
              transaction.query(
                `INSERT INTO public.rows SELECT string_agg(md5(random()::text), '') FROM generate_series(1, 20000)`,
              ),
            );
          }
        };
        await expect(fill()).rejects.toMatchObject({ code: 'disk-full', exit: 'storage' });
        rmSync(ballast);
        const kept = await database.query(`SELECT text FROM public.rows WHERE text = 'kept'`);
        expect(kept.rows).toEqual([{ text: 'kept' }]);
        const { rows } = await database.pool.query('SHOW search_path');
        expect(rows).toEqual([{ search_path: 'bullmq, public' }]);
        await database.query(`SELECT pg_notify('calls', 'places')`);
        expect(heard).toEqual(['places']);
      } finally {
        await database.close();
        disk.remove();
      }
    },
  );

  it.skipIf(!mayMount)('makes nothing when the disk is full at the first start', async () => {
    const disk = smallDisk('20m');
    try {
      await expect(openDatabase({ folder: disk.folder, pristine })).rejects.toMatchObject({
        code: 'disk-full',
      });
      expect(readdirSync(disk.folder)).toEqual([]);
    } finally {
      disk.remove();
    }
  });
});

describeOnDatabases('a database of a newer Callboard', (database) => {
  it('is refused in one sentence', async () => {
    const { migrate } = await import('../../src/storage/migrate.js');
    await migrate(database().pool, 'here');
    await database().query(
      `INSERT INTO callboard.migration VALUES ('0999-tomorrow', '2030-01-01T00:00:00Z')`,
    );
    await expect(migrate(database().pool, 'here')).rejects.toThrow(
      'here: the database was made by a newer Callboard (it has 0999-tomorrow). Update Callboard, or restore a backup made before.',
    );
    await database().query(`DELETE FROM callboard.migration WHERE name = '0999-tomorrow'`);
  });
});

describe.skipIf(missingPostgres() !== undefined)('opening a database on a server', () => {
  const postgres = postgresForTests();

  it('lets several processes bring the same tables up to date at once', async () => {
    const url = await postgres.freshDatabase();
    const opened = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ url })));
    const { rows } = await (opened[0] ?? (await openDatabase({ url }))).query(
      'SELECT name FROM callboard.migration',
    );
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(migrations));
    await Promise.all(opened.map((one) => one.close()));
  });

  it('says that the database is missing', async () => {
    const url = new URL(await postgres.freshDatabase());
    url.pathname = '/nowhere';
    url.password = 'secret-word';
    await expect(openDatabase({ url: url.href })).rejects.toThrow(
      `${url.host}/nowhere: the server has no database of this name. Create it with createdb, or correct the name in DATABASE_URL.`,
    );
  });
});

describe('a database address', () => {
  it('that nobody answers at is said without its password', async () => {
    const port = await closedPort();
    await expect(
      openDatabase({ url: `postgres://me:secret-word@127.0.0.1:${String(port)}/callboard` }),
    ).rejects.toThrow(
      `127.0.0.1:${String(port)}/callboard: the database server cannot be reached. Start it, or correct host and port in DATABASE_URL.`,
    );
  });

  it('that is none is said without repeating it', async () => {
    for (const url of ['mysql://me:secret-word@host/db', 'secret-word']) {
      await expect(Promise.resolve().then(() => openDatabase({ url }))).rejects.toThrow(
        'DATABASE_URL: this is no address of a Postgres database. Write it as postgres://user:password@host:5432/name.',
      );
    }
  });
});

function closedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
