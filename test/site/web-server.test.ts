import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { CallboardError } from '../../src/errors.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import type { WebContext } from '../../src/site/web-context.js';
import { content, deskFixture, put, webFixture } from './web-fixture.js';

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((web) => web.close()));
});

async function start(context: WebContext = deskFixture().context, host?: string) {
  const web = await startWeb(context, { port: 0, ...(host === undefined ? {} : { host }) });
  running.push(web);
  return web;
}

/** A request with a Host header of our choice, which fetch does not allow. */
function statusFor(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/health', headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

test('the root is the calendar', async () => {
  const { address } = await start();
  const answer = await fetch(`${address}/`);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<h1 dir="auto">Northern Meeting 2026</h1>');
});

test('below a path, the home without its slash leads to the one with it, where the service worker reaches', async () => {
  const { address } = await start(webFixture({ site: 'https://example.org/program' }).context);
  const ask = (path: string) => fetch(address + path, { redirect: 'manual' });
  for (const [path, to] of [
    ['/program', '/program/'],
    ['/program?view=grid', '/program/?view=grid'],
  ] as const) {
    const answer = await ask(path);
    expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 308, to]);
  }
  // A proxy may have taken the path off.
  for (const path of ['/program/', '/', '/program/days', '/days']) {
    expect([path, (await ask(path)).status]).toEqual([path, 200]);
  }
  expect(await (await ask('/program/')).text()).toContain(
    '<link rel="canonical" href="https://example.org/program/"',
  );
});

test('a browser may use nothing but our own server, on every kind of page', async () => {
  const { address } = await start();
  for (const path of ['/preview', '/sessions/s1', '/sessions/none', '/nowhere', '/health']) {
    const { headers } = await fetch(`${address}${path}`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
        "connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('pages refer to no other host, but where their links lead', async () => {
  const { timeline, context } = deskFixture();
  await put(timeline, 'bluesky', content('Hello https://program.example.org/sessions/s1'));
  const { address } = await start(context);
  for (const path of ['/preview', '/sessions/s1']) {
    const html = await (await fetch(address + path)).text();
    const loaded = [
      ...html.matchAll(
        /<(?:script(?! type="application\/ld)|img|link rel="(?:stylesheet|icon)")[^>]*>/g,
      ),
    ];
    expect(loaded.length).toBeGreaterThan(1);
    for (const [tag] of loaded) expect(tag).toMatch(/(?:src|href)="\/(?!\/)/);
    expect(html).not.toMatch(/style="/);
  }
});

test('styles and scripts are there under their digest, to be kept for ever', async () => {
  const { address } = await start();
  const html = await (await fetch(`${address}/preview`)).text();
  const assets = [...html.matchAll(/\/assets\/[^"]+/g)].map(([path]) => path);
  expect(assets.length).toBe(4);
  for (const path of assets) {
    const answer = await fetch(address + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  }
});

test('pages are compressed where the browser takes it', async () => {
  const { address } = await start();
  const answer = await fetch(`${address}/preview`, { headers: { 'accept-encoding': 'gzip' } });
  expect(answer.headers.get('content-encoding')).toBe('gzip');
});

test('an address without a page answers with a page that says so', async () => {
  const { address } = await start();
  const answer = await fetch(`${address}/nowhere`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).toContain('<h1 dir="auto">No such page</h1>');
});

test('a broken page tells the log what happened and the reader nothing of it', async () => {
  const secret = new Error('connect postgres://user:hunter2@db');
  const { context, reported } = webFixture({ program: () => Promise.reject(secret) });
  const { address } = await start(context);
  const answer = await fetch(`${address}/sessions/s1`);
  const html = await answer.text();
  expect(answer.status).toBe(500);
  expect(html).toContain('<h1>Something broke</h1>');
  expect(html).not.toMatch(/hunter2|\.ts:|at /);
  expect(reported).toEqual([secret]);
});

test('an error that was written for a person is shown, escaped', async () => {
  const complaint = { place: 'data <b>', problem: 'it is in use', remedy: 'Stop the other' };
  const { context } = webFixture({
    program: () => Promise.reject(new CallboardError('data-folder-in-use', complaint)),
  });
  const { address } = await start(context);
  const html = await (await fetch(`${address}/sessions/s1`)).text();
  expect(html).toContain('data &lt;b&gt;: it is in use. Stop the other.');
});

test('health answers 200 when all is well and 503 when it is not', async () => {
  const well = await start();
  expect((await fetch(`${well.address}/health`)).status).toBe(200);
  const health = { ok: false, checks: { database: { ok: false, detail: 'no answer' } } };
  const ill = await start(webFixture({ health: () => Promise.resolve(health) }).context);
  const answer = await fetch(`${ill.address}/health`);
  expect([answer.status, await answer.json()]).toEqual([503, health]);
});

test('a card is served to be kept for ever, and an unknown one is not there', async () => {
  const { address } = await start();
  const card = await fetch(`${address}/cards/abc123.png`);
  expect(card.headers.get('content-type')).toBe('image/png');
  expect(card.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(new Uint8Array(await card.arrayBuffer())).toEqual(Uint8Array.of(137, 80, 78, 71));
  const again = await fetch(`${address}/cards/abc123.png`, {
    headers: { 'if-none-match': '"abc123"' },
  });
  expect(again.status).toBe(304);
  expect((await fetch(`${address}/cards/zzz.png`)).status).toBe(404);
  expect((await fetch(`${address}/cards/..%2Fsecret.png`)).status).toBe(404);
});

test('a taken port is an error that names the port and what to do', async () => {
  const { port } = await start();
  const second = startWeb(webFixture().context, { port });
  await expect(second).rejects.toMatchObject({
    code: 'port-taken',
    exit: 'usage',
    message: `port ${port}: another program listens on it. Choose another with --port or CALLBOARD_PORT.`,
  });
});

test('an address that is not of this machine is an error that says where to bind', async () => {
  const elsewhere = startWeb(webFixture().context, { host: '192.0.2.1', port: 0 });
  await expect(elsewhere).rejects.toMatchObject({ code: 'host-unknown', exit: 'usage' });
});

test('on loopback, a request for a foreign host name is refused', async () => {
  const { port } = await start(webFixture().context);
  expect(await statusFor(port, 'evil.example')).toBe(421);
  expect(await statusFor(port, '127.0.0.1.evil.example')).toBe(421);
  expect(await statusFor(port, `localhost:${port}`)).toBe(200);
  expect(await statusFor(port, `[::1]:${port}`)).toBe(200);
  expect(await statusFor(port, 'program.example.org')).toBe(200);
});

test('bound to every address, any host name is answered', async () => {
  const { port } = await start(webFixture().context, '0.0.0.0');
  expect(await statusFor(port, 'callboard.internal')).toBe(200);
});

test('closing ends live pages at once', async () => {
  const web = await startWeb(deskFixture().context, { port: 0 });
  const live = await fetch(`${web.address}/preview/events`);
  const began = performance.now();
  const read = live.text();
  await web.close();
  await read;
  expect(performance.now() - began).toBeLessThan(1_900);
});
