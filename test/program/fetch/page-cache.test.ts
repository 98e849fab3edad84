import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPageCache } from '../../../src/program/fetch/page-cache.js';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

describe('the page cache', () => {
  let folder = '';
  beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'callboard-pages-')), 'pages')));
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));
  const page = (text: string, fetchedAt = 1) => ({ bytes: Buffer.from(text), fetchedAt });
  const textOf = async (address: string) =>
    (await openPageCache(folder).read(address))?.bytes.toString();

  it('gives back bytes, etag, date and moment, also to another opening, and nothing of a page it never saw', async () => {
    const bytes = Uint8Array.from([0, 10, 255, 13, 10]);
    const kept = { bytes, fetchedAt: 7, etag: '"ü"', lastModified: 'Mon' };
    await openPageCache(folder).write('https://a.example/?p=1', kept);
    const read = await openPageCache(folder).read('https://a.example/?p=1');
    expect(read && { ...read, bytes: Uint8Array.from(read.bytes) }).toEqual(kept);
    expect(await openPageCache(folder).read('https://a.example/?p=2')).toBeUndefined();
  });

  it('makes its folder at the first write, for its user alone, and names files by digest', async () => {
    const cache = openPageCache(folder);
    expect(await cache.read('x')).toBeUndefined();
    await cache.write('https://a.example/secret', page('text'));
    const names = readdirSync(folder);
    expect(names).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(statSync(join(folder, names[0] ?? '')).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, names[0] ?? ''), 'utf8')).not.toContain('secret');
  });

  it('takes a damaged or cut file for none, and writes over it', async () => {
    const cache = openPageCache(folder);
    await cache.write('x', page('a long enough text'));
    const file = join(folder, readdirSync(folder)[0] ?? '');
    truncateSync(file, statSync(file).size - 3);
    expect(await cache.read('x')).toBeUndefined();
    writeFileSync(file, 'no line of JSON\n…');
    expect(await cache.read('x')).toBeUndefined();
    await cache.write('x', page('again'));
    expect(await textOf('x')).toBe('again');
  });

  it('removes the oldest pages where all together are too large, and takes none that alone is', async () => {
    const cache = openPageCache(folder, { maxBytes: 2000 });
    for (let at = 0; at < 12; at++) await cache.write(`p${at}`, page('x'.repeat(150), at));
    expect(await cache.read('p0')).toBeUndefined();
    expect(await textOf('p11')).toBe('x'.repeat(150));
    const size = readdirSync(folder).reduce(
      (sum, name) => sum + statSync(join(folder, name)).size,
      0,
    );
    expect(size).toBeLessThanOrEqual(2000);
    await cache.write('huge', page('x'.repeat(3000)));
    expect(await cache.read('huge')).toBeUndefined();
    const later = openPageCache(folder, { maxBytes: 700 });
    await later.write('last', page('y'));
    expect(readdirSync(folder).length).toBeLessThan(4);
    expect(await textOf('last')).toBe('y');
  });

  it('is no reason to fail where the disk takes nothing', async () => {
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    const cache = openPageCache(folder);
    await cache.write('x', page('text'));
    expect(await cache.read('x')).toBeUndefined();
  });
});
