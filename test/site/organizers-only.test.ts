import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
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
