import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noPast } from '../../src/program/history.js';
import { lookup } from '../../src/program/lookup.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { deskFixture, program, session, type Fixture } from './web-fixture.js';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let fixture: Fixture;
let web: WebServer;
/** How often anybody asked for the program in force. */
let asked: number;
/** Holds up the page of a session in the midst of its making, while it is set. */
let heldUp: Promise<void> | undefined;
/** How many are held up. */
let waiting: number;

beforeEach(async () => {
  asked = 0;
  waiting = 0;
  heldUp = undefined;
  fixture = deskFixture({
    program: () => {
      asked += 1;
      const { program: current, version } = fixture;
      return Promise.resolve(current && { lookup: lookup(current), version, past: noPast });
    },
    shareTexts: async () => {
      waiting += 1;
      await heldUp;
      return new Map();
    },
  });
  web = await startWeb(fixture.context, { port: 0 });
});
afterEach(() => web.close());

function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = web;
    request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (answer) => {
      const { statusCode: status, headers: given } = answer;
      buffer(answer).then((body) => resolve({ status, headers: given, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}

/** All but the moment. */
const still = ({ headers: { date: _date, ...headers }, status, body }: Answer) => ({
  status,
  headers,
  body: body.toString('base64'),
});

describe('a page that was just made', () => {
  test('is given again to the byte, headers and all, without a look at the program', async () => {
    const first = await ask('/sessions/s1', { 'accept-encoding': 'br' });
    expect(first.status).toBe(200);
    expect(first.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(first.body).toString()).toContain('Rumour and evidence');
    const before = asked;
    const again = await ask('/sessions/s1', { 'accept-encoding': 'br' });
    expect(still(again)).toEqual(still(first));
    expect(asked).toBe(before);
  });

  test('is not sent to whoever has it', async () => {
    const { headers } = await ask('/rooms');
    const etag = headers.etag ?? '';
    const known = await ask('/rooms', { 'if-none-match': etag });
    expect([known.status, known.body.length, known.headers.etag]).toEqual([304, 0, etag]);
    expect((await ask('/rooms', { 'if-none-match': '"another"' })).status).toBe(200);
  });

  test.each([
    ['another cookie', '/rooms', { cookie: 'callboard-preferences=clock=12' }, 'GET'],
    ['another coding', '/rooms', { 'accept-encoding': 'gzip' }, 'GET'],
    ['another query', '/rooms?day=2026-11-24', {}, 'GET'],
    ['only its head', '/rooms', {}, 'HEAD'],
  ] as const)('is made anew for %s', async (_, path, headers, method) => {
    await ask('/rooms');
    const before = asked;
    expect((await ask(path, headers, method)).status).toBe(200);
    expect(asked).toBeGreaterThan(before);
  });

  test('opens no door to a foreign host', async () => {
    await ask('/rooms');
    expect((await ask('/rooms', { host: 'evil.example' })).status).toBe(421);
    expect((await ask('/rooms', { host: 'evil.example' })).status).toBe(421);
  });

  test('stays away from what is not a page of the program', async () => {
    const before = (await ask('/health')).headers;
    expect(before['cache-control']).toBe('no-store');
    fixture.status = { counts: { planned: 99 }, heldOn: [], next: [] };
    expect((await ask('/preview')).body.toString()).toContain('99');
  });
});

describe('a version that arrives in mid-request', () => {
  const moved = program([session({ title: 'Rumour, revised' })]);

  test('leaves the page that was begun whole, under the old version, and the next one is new', async () => {
    let go: () => void = () => undefined;
    heldUp = new Promise((resolve) => {
      go = resolve;
    });
    const begun = ask('/sessions/s1');
    while (waiting === 0) await sleep(5);
    fixture.program = moved;
    fixture.version = 8;
    go();
    const old = await begun;
    expect(old.headers['x-program-version']).toBe('7');
    expect(old.body.toString()).toContain('Rumour and evidence');
    expect(old.body.toString()).not.toContain('Rumour, revised');
    await sleep(1_100);
    const fresh = await ask('/sessions/s1', { 'if-none-match': old.headers.etag });
    expect([fresh.status, fresh.headers['x-program-version']]).toEqual([200, '8']);
    expect(fresh.body.toString()).toContain('Rumour, revised');
  });

  test('answers a search from one version, the old or the new', async () => {
    const search = () => ask(`/search?q=rumour&turn=${String((turn += 1))}`);
    let turn = 0;
    await search();
    const answers = [search(), search()];
    fixture.program = moved;
    fixture.version = 8;
    answers.push(search(), search());
    for (const answer of await Promise.all(answers)) {
      const html = answer.body.toString().replaceAll(/<\/?mark>/g, '');
      const title = answer.headers['x-program-version'] === '8' ? 'revised' : 'evidence';
      expect(answer.status).toBe(200);
      expect(html).toContain(title);
      expect(html).not.toContain(title === 'revised' ? 'Rumour and evidence' : 'Rumour, revised');
    }
    await expect.poll(async () => (await search()).headers['x-program-version']).toBe('8');
  });
});
