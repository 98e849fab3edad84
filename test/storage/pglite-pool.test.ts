import { PGlite } from '@electric-sql/pglite';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PglitePool } from '../../src/storage/pglite-pool.js';
import { describeOnDatabases } from '../support/database.js';
import { embeddedTemplate } from '../support/database-template.js';

async function openPool(limits?: { idleTransactionMs: number }): Promise<PglitePool> {
  const dump = new Blob([readFileSync(await embeddedTemplate())], { type: 'application/x-gzip' });
  const pool = new PglitePool(
    await PGlite.create({ dataDir: 'memory://', loadDataDir: dump }),
    limits,
  );
  await pool.query('CREATE TABLE notes (note text)');
  return pool;
}

describe('the pool of the embedded database', () => {
  let pool: PglitePool;
  beforeAll(async () => {
    pool = await openPool();
  });
  afterAll(() => pool.end());

  const notes = async () =>
    (await pool.query<{ note: string }>('SELECT note FROM notes ORDER BY note')).rows.map(
      ({ note }) => note,
    );
  const clear = () => pool.query('DELETE FROM notes');

  it('lets nobody into a transaction, and everybody after it', async () => {
    await clear();
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO notes VALUES ('inside')`);
    const order: string[] = [];
    const outside = pool
      .query(`INSERT INTO notes VALUES ('outside')`)
      .then(() => order.push('outside'));
    const other = await pool.connect();
    const another = other
      .query(`INSERT INTO notes VALUES ('another')`)
      .then(() => order.push('another'));
    await client.query('SELECT 1');
    await client.query('ROLLBACK');
    order.push('rolled back');
    await Promise.all([outside, another]);
    client.release();
    other.release();
    expect(order).toEqual(['rolled back', 'outside', 'another']);
    expect(await notes()).toEqual(['another', 'outside']);
  });

  it('rolls back what a client leaves open when it is given back', async () => {
    await clear();
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO notes VALUES ('left open')`);
    client.release();
    expect(await notes()).toEqual([]);
    await expect(client.query('SELECT 1')).rejects.toThrow('given back');
  });

  it('rolls back a transaction that says nothing for too long', async () => {
    const hasty = await openPool({ idleTransactionMs: 50 });
    const client = await hasty.connect();
    await client.query('BEGIN');
    await client.query(`INSERT INTO notes VALUES ('forgotten')`);
    expect((await hasty.query('SELECT * FROM notes')).rows).toEqual([]);
    await expect(client.query('COMMIT')).rejects.toThrow('left idle');
    client.release();
    await hasty.end();
  });

  it('goes on after a failed statement, and keeps a failed transaction to itself', async () => {
    await clear();
    await expect(pool.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' });
    const client = await pool.connect();
    await client.query('BEGIN');
    await expect(client.query('SELECT $1::int / 0', [1])).rejects.toMatchObject({ code: '22012' });
    const outside = pool.query(`INSERT INTO notes VALUES ('outside')`);
    await expect(client.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    expect((await client.query('COMMIT')).command).toBe('ROLLBACK');
    client.release();
    await outside;
    expect(await notes()).toEqual(['outside']);
  });

  it('passes notifications to those who listen, who hold nothing', async () => {
    const listener = await pool.connect();
    const deaf = await pool.connect();
    const heard: unknown[] = [];
    listener.on('notification', (message) => heard.push(message));
    deaf.on('notification', (message) => heard.push(message));
    // BullMQ's own statement begins so.
    await listener.query('-- who listens\n-- holds nothing\nLISTEN "Calls";');
    const stopped = await pool.connect();
    stopped.on('notification', (message) => heard.push(message));
    await stopped.query('LISTEN "Calls"');
    await stopped.query('UNLISTEN *');
    await pool.query(`SELECT pg_notify('Calls', 'half hour')`);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(`SELECT pg_notify('Calls', 'places')`);
    await client.query(`SELECT pg_notify('other', 'unheard')`);
    await client.query('COMMIT');
    for (const one of [client, listener, deaf, stopped]) one.release();
    await pool.query('SELECT 1');
    expect(heard).toEqual([
      { channel: 'Calls', payload: 'half hour' },
      { channel: 'Calls', payload: 'places' },
    ]);
  });

  it('runs several statements of one text when there are no values', async () => {
    const results = (await pool.query('SELECT 1 AS a; SELECT 2 AS a')) as unknown as {
      rows: unknown[];
    }[];
    expect(results.map(({ rows }) => rows)).toEqual([[{ a: 1 }], [{ a: 2 }]]);
  });

  it('prepares anew what a changed table made stale', async () => {
    await pool.query('CREATE TABLE shapes (a int)');
    const ask = () => pool.query('SELECT * FROM shapes WHERE $1::int = 1', [1]);
    await ask();
    await pool.query('ALTER TABLE shapes ADD COLUMN b text');
    await pool.query(`INSERT INTO shapes VALUES (1, 'b')`);
    expect((await ask()).rows).toEqual([{ a: 1, b: 'b' }]);
  });

  it('keeps a thousand different statements from piling up', async () => {
    for (let index = 0; index < 400; index += 1) {
      await pool.query(`SELECT ${String(index)} + $1::int AS sum`, [1]);
    }
    const { rows } = await pool.query<{ kept: number }>(
      'SELECT count(*)::int AS kept FROM pg_prepared_statements',
    );
    expect(rows[0]?.kept).toBeLessThanOrEqual(257);
  });

  it('answers questions asked at once each with its own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        pool.query<{ n: number }>('SELECT $1::int AS n', [index]),
      ),
    );
    expect(answers.map(({ rows }) => rows[0]?.n)).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it('finishes what was asked before it ends, and refuses what comes after', async () => {
    const ending = await openPool();
    const asked = ending.query(`INSERT INTO notes VALUES ('last') RETURNING note`);
    await ending.end();
    expect((await asked).rows).toEqual([{ note: 'last' }]);
    await expect(ending.connect()).rejects.toThrow('closed');
    await expect(ending.query('SELECT 1')).rejects.toThrow();
  });
});

describeOnDatabases('values', (database) => {
  it('come back as node-postgres gives them', async () => {
    const moment = new Date('2026-05-01T12:00:00.123Z');
    const { rows, rowCount, command } = await database().query(
      `SELECT $1::text AS text, $2::int AS int, $3::bigint AS bigint, $4::float8 AS float, $5::bool AS bool, $6::json AS json,
         $7::jsonb AS jsonb, $8::bytea AS bytes, $9::timestamptz AS moment, $10::text[] AS texts, $11::int[] AS ints, $12::text AS nothing,
         $13::numeric AS numeric, $14::uuid AS uuid, $15::bigint[] AS bigints`,
      [
        'Grüße 👋 \u0001 "quoted" \\',
        -7,
        9_007_199_254_740_993n,
        0.25,
        false,
        { a: [1, null, 'ü'] },
        JSON.stringify([{ b: true }]),
        Buffer.from([0, 255, 10]),
        moment,
        ['a', 'b"c', 'd\\e', 'f,g', '', null],
        [1, 2],
        null,
        '1.50',
        '00000000-0000-4000-8000-000000000000',
        ['1'],
      ],
    );
    expect(rows).toEqual([
      {
        text: 'Grüße 👋 \u0001 "quoted" \\',
        int: -7,
        bigint: '9007199254740993',
        float: 0.25,
        bool: false,
        json: { a: [1, null, 'ü'] },
        jsonb: [{ b: true }],
        bytes: Buffer.from([0, 255, 10]),
        moment,
        texts: ['a', 'b"c', 'd\\e', 'f,g', '', null],
        ints: [1, 2],
        nothing: null,
        numeric: '1.50',
        uuid: '00000000-0000-4000-8000-000000000000',
        bigints: ['1'],
      },
    ]);
    expect([rowCount, command]).toEqual([1, 'SELECT']);
    expect(rows[0]?.bytes).toBeInstanceOf(Buffer);
  });

  it('count what a statement did', async () => {
    await database().query('CREATE TABLE IF NOT EXISTS public.counted (a int)');
    const inserted = await database().query('INSERT INTO public.counted VALUES (1), (2)');
    expect([inserted.rowCount, inserted.command, inserted.rows]).toEqual([2, 'INSERT', []]);
    expect((await database().query('DELETE FROM public.counted WHERE a = $1', [1])).rowCount).toBe(
      1,
    );
  });

  it('carry the code, detail and constraint of an error', async () => {
    await database().query('CREATE TABLE public.once (a int CONSTRAINT only_once UNIQUE)');
    await database().query('INSERT INTO public.once VALUES (1)');
    await expect(
      database().query('INSERT INTO public.once VALUES ($1)', [1]),
    ).rejects.toMatchObject({
      code: '23505',
      constraint: 'only_once',
      detail: 'Key (a)=(1) already exists.',
    });
  });

  it('are stored whole or not at all by a transaction, also when a failure in it was swallowed', async () => {
    await database().query('CREATE TABLE public.whole (a int)');
    await expect(
      database().transaction(async (transaction) => {
        await transaction.query('INSERT INTO public.whole VALUES (1)');
        throw new Error('stop');
      }),
    ).rejects.toThrow('stop');
    await expect(
      database().transaction(async (transaction) => {
        await transaction.query('INSERT INTO public.whole VALUES (2)');
        await transaction.query('SELECT 1/0').catch(() => undefined);
      }),
    ).rejects.toThrow('rolled back');
    await database().transaction((outer) =>
      outer.transaction((inner) => inner.query('INSERT INTO public.whole VALUES (3)')),
    );
    expect((await database().query('SELECT a FROM public.whole')).rows).toEqual([{ a: 3 }]);
  });

  it('are looked for by the queue in its own schema first, then in public', async () => {
    const { rows } = await database().pool.query('SHOW search_path');
    expect(String(rows[0]?.search_path).replaceAll(' ', '')).toBe('bullmq,public');
  });
});
