import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';

import { CallboardError } from '../../../src/errors.js';
import { fetchProgram } from '../../../src/program/fetch/fetch-program.js';
import type { FetchedProgram } from '../../../src/program/fetch/fetched-program.js';
import { withoutCredentials } from '../../../src/program/fetch/fetch-http.js';
import { isPrivateAddress } from '../../../src/program/fetch/private-address.js';

const failure = async (fetching: Promise<unknown>) => {
  try {
    await fetching;
  } catch (thrown) {
    if (thrown instanceof CallboardError) return thrown;
    throw thrown;
  }
  throw new Error('it was fetched');
};
const text = (fetched: FetchedProgram | undefined) =>
  new TextDecoder().decode(fetched?.documents[0]?.bytes);

describe('files', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-fetch-'));
    writeFileSync(join(folder, 'program.json'), '{"a":1}');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are read by path and by address', async () => {
    const path = join(folder, 'program.json');
    const near = relative(process.cwd(), path);
    for (const address of [path, near, pathToFileURL(path).href]) {
      const fetched = await fetchProgram(address);
      expect(text(fetched)).toBe('{"a":1}');
      expect(fetched.address).toBe(address);
    }
  });

  it('that cannot be read get one sentence', async () => {
    const missing = await failure(fetchProgram(join(folder, 'none.json')));
    expect([missing.code, missing.exit]).toEqual(['program-not-found', 'program']);
    expect(missing.message).toMatch(/there is no such file/);
    const empty = mkdtempSync(join(folder, 'empty-'));
    expect((await failure(fetchProgram(empty))).code).toBe('program-empty');
    expect((await failure(fetchProgram(join(folder, 'program.json'), { maxBytes: 3 }))).code).toBe(
      'program-too-large',
    );
    expect((await failure(fetchProgram('file://elsewhere/x'))).code).toBe('program-not-found');
    expect((await failure(fetchProgram(join(folder, 'program.json', 'deeper')))).code).toBe(
      'program-not-found',
    );
  });

  it.skipIf(process.getuid?.() === 0)('without the right to read say so', async () => {
    const path = join(folder, 'closed.json');
    writeFileSync(path, '{}');
    chmodSync(path, 0);
    expect((await failure(fetchProgram(path))).code).toBe('program-unreadable');
  });
});

describe('the web', () => {
  const servers: Server[] = [];
  const serve = async (listener: RequestListener) => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('delivers bytes, with what to ask by the next time', async () => {
    const host = await serve((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"v1"' }).end('program');
    });
    const first = await fetchProgram(`http://${host}/p`);
    expect(first).toMatchObject({ address: `http://${host}/p`, etag: '"v1"' });
    expect(text(first)).toBe('program');
    expect(await fetchProgram(`http://${host}/p`, { since: first })).toBeUndefined();
  });

  it('gets credentials of the address, which are never shown and never follow to another origin', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('there');
    });
    const host = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(302, { location: `http://${other}/` }).end();
    });
    const fetched = await fetchProgram(`http://me:secret@${host}/p?token=hidden`);
    expect(text(fetched)).toBe('there');
    expect(fetched.address).toBe(`http://${host}/p?token=…`);
    expect(seen).toEqual([`Basic ${btoa('me:secret')}`, undefined]);
  });

  it.each([
    [401, 'program-forbidden'],
    [403, 'program-forbidden'],
    [404, 'program-not-found'],
    [410, 'program-not-found'],
    [429, 'program-unreachable'],
    [503, 'program-unreachable'],
  ])('answering %i is %s, in one sentence without credentials', async (status, code) => {
    const host = await serve((_request, response) => response.writeHead(status).end('no'));
    const error = await failure(fetchProgram(`http://me:secret@${host}/p`));
    expect([error.code, error.exit]).toEqual([code, 'program']);
    expect(error.message).toContain(`the server answered ${status}`);
    expect(error.message).not.toContain('secret');
  });

  it('is bounded in size, whatever length it announces', async () => {
    const host = await serve((_request, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
    });
    const error = await failure(fetchProgram(`http://${host}/`, { maxBytes: 2 * 1024 * 1024 }));
    expect(error.code).toBe('program-too-large');
    expect(error.message).toContain('larger than 2 MiB');
  });

  it('is bounded in time, also in the middle of an answer', async () => {
    const host = await serve((_request, response) => void response.writeHead(200).write('{'));
    const error = await failure(fetchProgram(`http://${host}/`, { timeoutMs: 200 }));
    expect(error.code).toBe('program-timeout');
  });

  it('is left at once when the signal aborts', async () => {
    const host = await serve(() => undefined);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const error = await failure(fetchProgram(`http://${host}/`, { signal: abort.signal }));
    expect(error.message).toContain('broken off');
  });

  it('is followed through five redirects and no more', async () => {
    const host = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('arrived');
      else response.writeHead(302, { location: `/${left - 1}` }).end();
    });
    expect(text(await fetchProgram(`http://${host}/5`))).toBe('arrived');
    expect((await failure(fetchProgram(`http://${host}/6`))).code).toBe(
      'program-too-many-redirects',
    );
  });

  it('may not lead to a file', async () => {
    const host = await serve((_request, response) =>
      response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
    );
    expect((await failure(fetchProgram(`http://${host}/`))).code).toBe('program-address');
  });

  it('that is not there says so', async () => {
    const host = await serve(() => undefined);
    servers.pop()?.close();
    expect((await failure(fetchProgram(`http://${host}/`))).code).toBe('program-unreachable');
    expect((await failure(fetchProgram('http://'))).code).toBe('program-address');
  });
});

it('knows private addresses', () => {
  for (const ip of [
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '172.20.0.1',
    '169.254.169.254',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '0.0.0.0',
    'no ip',
  ]) {
    expect(isPrivateAddress(ip), ip).toBe(true);
  }
  for (const ip of ['93.184.216.34', '172.32.0.1', '2606:2800:220:1::1', '::ffff:8.8.8.8']) {
    expect(isPrivateAddress(ip), ip).toBe(false);
  }
});

it('shows addresses without credentials', () => {
  expect(withoutCredentials('https://me:p@ss@example.org/p.json?a=1&api_key=x&b=2')).toBe(
    'https://example.org/p.json?a=1&api_key=…&b=2',
  );
});
