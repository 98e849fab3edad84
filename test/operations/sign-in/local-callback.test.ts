import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  openLocalCallback,
  type LocalCallback,
} from '../../../src/operations/sign-in/local-callback.js';

const state = 'the-right-state';
let callback: LocalCallback;
let over: AbortController;
beforeEach(async () => {
  over = new AbortController();
  callback = await openLocalCallback({ port: 0 });
});
afterEach(() => callback.close());

const back = (query: string) => `${callback.redirectUri}?${query}`;
const right = `state=${state}&code=c0de`;

describe('the local callback', () => {
  test('takes the address with the right state, once, and answers the whole of it', async () => {
    const waiting = callback.wait(state, over.signal);
    const page = await fetch(back(right));
    expect(page.status).toBe(200);
    expect(await waiting).toBe(back(right));
    expect((await fetch(back(right))).status).toBe(404);
  });

  test.each([
    ['another state', 'state=other&code=c0de'],
    ['a state of the same length', `state=${'x'.repeat(state.length)}&code=c0de`],
    ['none', 'code=c0de'],
    ['two', `state=${state}&state=${state}&code=c0de`],
  ])('with %s nothing is taken, and the right one still is', async (_what, query) => {
    const waiting = callback.wait(state, over.signal);
    const page = await fetch(back(query));
    expect(page.status).toBe(400);
    await fetch(back(right));
    expect(await waiting).toBe(back(right));
  });

  test('nobody is expected before it waits, elsewhere, or by another method', async () => {
    expect((await fetch(back(right))).status).toBe(404);
    const waiting = callback.wait(state, over.signal);
    const elsewhere = new URL(back(right));
    elsewhere.pathname = '/';
    expect((await fetch(elsewhere)).status).toBe(404);
    for (const method of ['POST', 'HEAD', 'PUT', 'OPTIONS']) {
      const answer = await fetch(back(right), { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET');
    }
    await fetch(back(right));
    await waiting;
  });

  test('a name that was bent to this machine is not let in', async () => {
    const waiting = callback.wait(state, over.signal);
    const { port } = new URL(callback.redirectUri);
    for (const host of ['rebound.example', `localhost:${port}`, `rebound.example:${port}`]) {
      expect(await statusWith(host, port)).toBe(404);
    }
    await fetch(back(right));
    await waiting;
  });

  test('it listens on 127.0.0.1 and nowhere else', async () => {
    const { hostname, port } = new URL(callback.redirectUri);
    expect(hostname).toBe('127.0.0.1');
    const others = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
      .map(({ address }) => address);
    for (const other of others) expect(await isOpen(other, Number(port))).toBe(false);
  });

  test('the page is fixed, is shown in light and dark, and may do nothing', async () => {
    const waiting = callback.wait(state, over.signal);
    const evil = encodeURIComponent('<script>alert(1)</script>');
    for (const query of [`state=${evil}&error=${evil}`, `${right}&error=${evil}`]) {
      const page = await fetch(back(query));
      const html = await page.text();
      expect(html).not.toMatch(/alert|c0de|the-right-state/);
      expect(html).toContain('<html lang="en">');
      expect(html).toContain('prefers-color-scheme:dark');
      expect(html).toMatch(/<main><h1>[^<]+<\/h1>/);
      expect(page.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[^']+'; .*frame-ancestors 'none'$/,
      );
      expect(Object.fromEntries(page.headers)).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-type': 'text/html; charset=utf-8',
      });
    }
    await waiting;
  });

  test('a browser that does not come is waited for only so long', async () => {
    const hasty = await openLocalCallback({ port: 0, waitMs: 20 });
    await expect(hasty.wait(state, over.signal)).rejects.toMatchObject({
      code: 'callback-late',
      message: expect.stringMatching(/nothing was stored\. Run it again.*--paste\.$/) as string,
    });
    await hasty.close();
  });

  test('waiting can be broken off', async () => {
    const waiting = callback.wait(state, over.signal);
    over.abort(new Error('broken off'));
    await expect(waiting).rejects.toThrow('broken off');
    expect((await fetch(back(right))).status).toBe(404);
  });

  test('a port that is taken is told', async () => {
    const port = Number(new URL(callback.redirectUri).port);
    await expect(openLocalCallback({ port })).rejects.toMatchObject({
      code: 'callback-port-taken',
    });
  });
});

function statusWith(host: string, port: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path: `/callback?${right}`, headers: { host } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    )
      .once('error', reject)
      .end();
  });
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const end = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
