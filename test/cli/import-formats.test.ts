import { expect, it } from 'vitest';
import { formats } from '../../src/program/formats.js';
import { place } from './command-line.js';

it('import --formats lists every format with where to find it, what it carries and lacks, and imports nothing', async () => {
  const here = place();
  const { code, out, err } = await here.run('import', '--formats');
  expect([code, err]).toEqual([0, '']);
  for (const { name, title, from, carries, lacks } of formats) {
    for (const text of [name, title, from, ...carries, ...lacks]) expect(out).toContain(text);
  }
  expect((await here.run('status')).code).not.toBe(0);
});

it('import --formats --json holds the same', async () => {
  const { out } = await place().run('import', '--formats', '--json');
  expect(JSON.parse(out)).toEqual(
    formats.map(({ name, title, from, carries, lacks }) => ({ name, title, from, carries, lacks })),
  );
});
