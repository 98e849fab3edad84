import { afterEach, describe, expect, it, vi } from 'vitest';

import { CallboardError } from '../../../src/errors.js';
import { configFor } from '../../../src/operations/edition-config.js';
import { fetchConfigured } from '../../../src/operations/read-program.js';
import { withKey } from '../../../src/program/fetch/credentials.js';
import { fetchProgram } from '../../../src/program/fetch/fetch-program.js';
import type { Edition } from '../../../src/storage/editions.js';
import { errorOf, load, minimal } from '../../config/config-error.js';
import { localServers } from '../../support/local-server.js';

const servers = localServers();
afterEach(() => {
  servers.close();
  vi.unstubAllGlobals();
});
const failure = async (fetching: Promise<unknown>) => {
  const thrown: unknown = await fetching.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof CallboardError) return thrown;
  throw new Error('it was fetched');
};
const authorization = 'Token hunter2hunter2';

describe('the authorization of the environment', () => {
  it('goes to the origin of the program, on redirects there, too, and on no other', async () => {
    const seen: [string, string | undefined][] = [];
    const other = await servers.serve((request, response) => {
      seen.push(['other', request.headers.authorization]);
      if (request.url === '/back') response.writeHead(302, { location: `${origin}/last` }).end();
      else response.end('there');
    });
    const origin = await servers.serve((request, response) => {
      seen.push([request.url ?? '', request.headers.authorization]);
      const to = { '/first': '/second', '/second': `${other}/back` }[request.url ?? ''];
      if (to === undefined) response.end('last');
      else response.writeHead(302, { location: to }).end();
    });
    await fetchProgram(`${origin}/first`, { credentials: { origin, authorization } });
    expect(seen).toEqual([
      ['/first', authorization],
      ['/second', authorization],
      ['other', undefined],
      ['/last', undefined],
    ]);
    seen.length = 0;
    await fetchProgram(`${other}/`, { credentials: { origin, authorization } });
    expect(seen).toEqual([['other', undefined]]);
  });

  it('is never in an error, even where the server says it back', async () => {
    const origin = await servers.serve((request, response) => {
      response.writeHead(401, `no to ${request.headers.authorization ?? ''}`).end(authorization);
    });
    const error = await failure(
      fetchProgram(`${origin}/p?again=hunter2hunter2`, { credentials: { origin, authorization } }),
    );
    expect(error.code).toBe('program-forbidden');
    expect(error.message).toMatch(/answered 401 no to ….*Check CALLBOARD_PROGRAM_AUTHORIZATION/);
    expect(`${error.message} ${String(error.stack)} ${String(error.cause)}`).not.toContain(
      'hunter2',
    );
  });

  it('gives way to a user in the address itself', async () => {
    const seen: (string | undefined)[] = [];
    const origin = await servers.serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('x');
    });
    const withUser = origin.replace('http://', 'http://me:pw@');
    await fetchProgram(`${withUser}/p`, { credentials: { origin, authorization } });
    expect(seen).toEqual([`Basic ${btoa('me:pw')}`]);
  });

  it('is named where it is missing', async () => {
    const origin = await servers.serve((_request, response) => response.writeHead(401).end());
    const error = await failure(fetchProgram(`${origin}/p`));
    expect(error.message).toMatch(/set CALLBOARD_PROGRAM_AUTHORIZATION to what the server wants/);
  });
});

describe('the key of the environment', () => {
  const address = 'https://meeting.sched.com/api/session/list?format=json';
  const origin = 'https://meeting.sched.com';
  const key = 'abcdef0123456789';

  it('is put on addresses of Sched’s API that have none', () => {
    const asked = (url: string, own = origin) => withKey(new URL(url), { origin: own, key }).href;
    expect(asked(address)).toBe(`${address}&api_key=${key}`);
    expect(asked(`${address}&api_key=mine`)).toBe(`${address}&api_key=mine`);
    expect(asked('https://meeting.sched.com/all.ics')).toBe('https://meeting.sched.com/all.ics');
    for (const elsewhere of [
      'https://example.org/api/session/list',
      'https://notsched.com/api/session/list',
      'https://sched.com.example.org/api/session/list',
    ]) {
      expect(asked(elsewhere, new URL(elsewhere).origin)).toBe(elsewhere);
    }
    expect(asked('https://other.sched.com/api/session/list')).not.toContain('api_key');
  });

  it('is asked with and never shown', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: URL) => {
      asked.push(url.href);
      return Promise.resolve(new Response('[]', { status: asked.length === 1 ? 200 : 403 }));
    });
    const fetched = await fetchProgram(address, { credentials: { origin, key } });
    expect(asked).toEqual([`${address}&api_key=${key}`]);
    expect(fetched.address).toBe(address);
    expect(fetched.documents.map(({ name }) => name)).toEqual([address]);
    const error = await failure(fetchProgram(address, { credentials: { origin, key } }));
    expect(error.message).toMatch(/Check the key in CALLBOARD_PROGRAM_KEY/);
    expect(error.message).not.toContain(key);
    expect((await failure(fetchProgram(address))).message).toMatch(/Set CALLBOARD_PROGRAM_KEY/);
  });
});

describe('in a config', () => {
  const text = minimal.replace(
    /^program:.*$/m,
    'program: https://talks.example.org/api/events/a/talks/',
  );
  const env = { CALLBOARD_PROGRAM_AUTHORIZATION: authorization, CALLBOARD_PROGRAM_KEY: 'key' };
  const origin = 'https://talks.example.org';
  const edition = (address: string): Edition =>
    ({ id: 'x', series: 'another', address }) as Partial<Edition> as Edition;

  it('they belong to the program of the call', () => {
    const config = load(text, { env });
    expect(config.program.credentials).toEqual({ origin, authorization, key: 'key' });
    const replaced = load(text, { env, overrides: { program: 'https://other.example.org/p' } });
    expect(replaced.program.credentials?.origin).toBe('https://other.example.org');
    expect(load(text, { env, overrides: { program: './file.json' } }).program.credentials).toBe(
      undefined,
    );
    expect(load(text, { env: {} }).program.credentials).toBe(undefined);
  });

  it('they hold for another edition only where its program is of the same origin', () => {
    const config = load(text, { env });
    const same = configFor(config, edition(`${origin}/api/events/b/talks/`));
    expect(same.program.credentials).toEqual(config.program.credentials);
    const other = configFor(config, edition('https://other.example.org/p'));
    expect(other.program).not.toHaveProperty('credentials');
  });

  it('they are sent with the program, and faults do not repeat them', async () => {
    const seen: (string | undefined)[] = [];
    const local = await servers.serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('x');
    });
    await fetchConfigured(load(text, { env, overrides: { program: `${local}/p` } }));
    expect(seen).toEqual([authorization]);
    const fault = errorOf(() =>
      load(text, {
        env: {
          CALLBOARD_PROGRAM_AUTHORIZATION: 'Token hunter2\nx: y',
          CALLBOARD_PROGRAM_KEY: 'hunter2 x',
        },
      }),
    );
    expect(fault.message).toMatch(/CALLBOARD_PROGRAM_AUTHORIZATION: it is no value of a header/);
    expect(fault.message).toMatch(/CALLBOARD_PROGRAM_KEY: it is no key/);
    expect(fault.message).not.toContain('hunter2');
  });
});
