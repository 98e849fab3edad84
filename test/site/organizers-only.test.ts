import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { webFixture } from './web-fixture.js';

let web: WebServer | undefined;
afterEach(() => web?.close());

/** Whether the desk is open to a request from this machine. The fixture has no accounts, so that whoever is not let in finds no page. */
async function isOpen({
  site = 'http://localhost:4680',
  trustProxy = [],
  headers = {},
}: {
  readonly site?: string;
  readonly trustProxy?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
} = {}): Promise<boolean> {
  await web?.close();
  const { port } = (web = await startWeb(webFixture({ site }).context, {
    host: '0.0.0.0',
    port: 0,
    trustProxy,
  }));
  const status = await new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/preview', headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
  expect([200, 404]).toContain(status);
  return status === 200;
}

test('whoever sits at this machine sees the desk of a site that is not public yet', async () => {
  for (const site of ['http://localhost:4680', 'http://127.0.0.1:4680', 'http://[::1]:4680']) {
    expect([site, await isOpen({ site })]).toEqual([site, true]);
  }
  for (const host of ['localhost:4680', '127.0.0.1', '[::1]:4680', 'callboard.localhost']) {
    expect([host, await isOpen({ headers: { host } })]).toEqual([host, true]);
  }
});

test.each([
  'https://meeting.example.org',
  'http://meeting.example.org/program',
  'http://192.168.1.5:4680',
  'http://meeting.internal',
])('the desk of %s is open to nobody who has not signed in', async (site) => {
  expect(await isOpen({ site })).toBe(false);
});

test('what a trusted proxy passes on comes from somebody else, also when it says nothing', async () => {
  expect(await isOpen({ trustProxy: ['127.0.0.1'] })).toBe(false);
  expect(await isOpen({ trustProxy: ['127.0.0.0/8'] })).toBe(false);
  expect(await isOpen({ trustProxy: ['192.0.2.1'] })).toBe(true);
});

test.each([
  'Forwarded',
  'Via',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'X-Forwarded-Port',
  'X-Real-IP',
  'X-Client-IP',
  'X-Cluster-Client-IP',
  'True-Client-IP',
  'Fastly-Client-IP',
  'CF-Connecting-IP',
  'CDN-Loop',
])('what says %s was passed on', async (name) => {
  expect(await isOpen({ headers: { [name]: '203.0.113.5' } })).toBe(false);
});

test('another name than this machine’s is nobody here', async () => {
  for (const host of ['meeting.example.org', 'localhost.example.org', '192.0.2.1']) {
    expect([host, await isOpen({ headers: { host } })]).toEqual([host, false]);
  }
});

describe('the key of the process', () => {
  const site = 'https://meeting.example.org/program';
  type Headers = Readonly<Record<string, string>>;

  interface Answer {
    readonly status: number | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly text: string;
  }

  async function begin(settings: { readonly site?: string } = {}) {
    await web?.close();
    const fixture = webFixture({ site, ...settings });
    const { port, entrance } = (web = await startWeb(fixture.context, {
      host: '0.0.0.0',
      port: 0,
    }));
    if (entrance.kind !== 'key') throw new Error(`not a key: ${entrance.kind}`);
    const ask = (path: string, headers: Headers = {}, method = 'GET') =>
      new Promise<Answer>((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path, headers, method }, (answer) => {
          textOf(answer).then(
            (text) => resolve({ status: answer.statusCode, headers: answer.headers, text }),
            reject,
          );
        });
        asked.on('error', reject);
        asked.end();
      });
    return { ask, port, key: entrance.key, cookie: `callboard-key=${entrance.key}` };
  }

  test('opens the desk to the browser that came with it', async () => {
    const { ask, key, cookie } = await begin();
    expect((await ask('/program/preview')).status).toBe(404);
    const entered = await ask(`/program/preview?key=${key}`);
    expect([entered.status, entered.text]).toEqual([303, '']);
    expect(entered.headers).toMatchObject({
      location: '/program/preview',
      'set-cookie': [`${cookie}; Path=/program; HttpOnly; SameSite=Strict`],
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });
    for (const path of ['/program/preview', '/preview', '/program/handoffs']) {
      expect([path, (await ask(path, { cookie })).status]).toEqual([path, 200]);
    }
    expect((await ask('/program/preview', { cookie })).text).not.toContain(key);
  });

  test('alone is dropped from the address, which stands below the base path', async () => {
    const { ask, key } = await begin();
    const locationOf = async (path: string) => (await ask(path)).headers.location;
    expect(await locationOf(`/program/preview?network=x&key=${key}&before=7`)).toBe(
      '/program/preview?network=x&before=7',
    );
    expect(await locationOf(`/preview?key=${key}`)).toBe('/program/preview');
    expect(await locationOf(`/program/handoffs?key=${key}&done=a&key=b`)).toBe(
      '/program/handoffs?done=a',
    );
    const root = await begin({ site: 'https://meeting.example.org' });
    const { headers } = await root.ask(`/preview?key=${root.key}`);
    expect(headers.location).toBe('/preview');
    expect(headers['set-cookie']?.[0]).toContain('; Path=/;');
  });

  test('is as none when it is wrong, or another process’s', async () => {
    const { key: former } = await begin();
    const { ask, key } = await begin();
    for (const wrong of ['', 'x', former, key.slice(1), `${key}a`, `${key.slice(0, -1)}ä`]) {
      const { status, headers } = await ask(`/preview?key=${encodeURIComponent(wrong)}`);
      expect([wrong, status, headers['set-cookie']]).toEqual([wrong, 404, undefined]);
      const cookie = `callboard-key=${encodeURIComponent(wrong)}`;
      expect([wrong, (await ask('/preview', { cookie })).status]).toEqual([wrong, 404]);
    }
    expect((await ask(`/preview?key=${key}`, {}, 'POST')).status).toBe(404);
  });

  test('is nobody’s here when it was passed on or names another host, in the address as in the cookie', async () => {
    const { ask, port, key, cookie } = await begin();
    for (const header of [
      { 'X-Forwarded-For': '127.0.0.1' },
      { Via: '1.1 proxy' },
      { host: 'meeting.example.org' },
    ] as readonly Headers[]) {
      const { status, headers, text } = await ask(`/preview?key=${key}`, header);
      expect([header, status, headers['set-cookie']]).toEqual([header, 404, undefined]);
      expect(text).not.toContain(key);
      expect([header, (await ask('/preview', { ...header, cookie })).status]).toEqual([
        header,
        404,
      ]);
    }
    for (const [path, more] of [
      [`/preview?key=${key}`, ''],
      ['/preview', `Cookie: ${cookie}\r\n`],
    ] as const) {
      const socket = connect(port, '127.0.0.1');
      socket.end(`GET ${path} HTTP/1.0\r\nHost: localhost\r\n${more}\r\n`);
      expect((await textOf(socket)).split('\r\n')[0]).toBe('HTTP/1.1 404 Not Found');
    }
  });
});
