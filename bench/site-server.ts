// Serves a program in a process of its own, beside a bare Hono server that sends the same bytes; see site.ts.
import { createAdaptorServer } from '@hono/node-server';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Hono } from 'hono';
import { noPast } from '../src/program/history.js';
import { lookup } from '../src/program/lookup.js';
import { readProgram } from '../src/program/import.js';
import { catalogOf } from '../src/program/calendar/catalog.js';
import { startWeb } from '../src/site/web-server.js';
import { webFixture } from '../test/site/web-fixture.js';

/** What the process tells when it is ready. */
export interface SiteReady {
  readonly site: string;
  readonly bare: string;
  readonly sessions: number;
  readonly presentations: number;
  /** Milliseconds to arrange the program for browsing. */
  readonly arranging: number;
  /** Bytes of memory that the arranged program takes beside the program itself. */
  readonly arranged: number;
  readonly paths: Readonly<Record<string, string>>;
}

const [, , file = ''] = process.argv;
const { program } = readProgram([{ name: file, bytes: readFileSync(file) }], {
  address: file,
  edition: 'bench',
});
const busiest = program.sessions[Math.floor(program.sessions.length / 2)];
if (!busiest) throw new Error(`${file} holds no session`);
const indexed = lookup(program);

const before = memory();
const began = performance.now();
const catalog = catalogOf(indexed, program.zone);
const arranging = performance.now() - began;
const arranged = memory() - before;

const now = busiest.startsAt + 5 * 60_000;
const { context } = webFixture({
  site: 'http://localhost',
  clock: { now: () => now, sleep: () => Promise.resolve() },
  conference: () => ({
    name: program.title,
    zone: program.zone,
    language: 'en',
    unitLabel: program.unitLabel ?? 'Track',
  }),
  program: () => Promise.resolve({ lookup: indexed, version: 1, past: noPast }),
});
const web = await startWeb(context, { port: 0 });
const bare = await startBare(web.address);
const day = catalog.days.reduce((most, one) =>
  one.sessions.length > most.sessions.length ? one : most,
);
const ready: SiteReady = {
  site: web.address,
  bare,
  sessions: program.sessions.length,
  presentations: program.sessions.reduce((sum, one) => sum + one.presentations.length, 0),
  arranging,
  arranged,
  paths: {
    home: '/',
    day: `/days/${day.name}`,
    grid: `/days/${day.name}?view=grid`,
    browse: `/rooms/${String(busiest.room)}`,
    people: '/people',
    session: `/sessions/${busiest.key}`,
    search: `/search?q=${encodeURIComponent('politics of coast')}`,
  },
};
process.send?.(ready);

/** The least that Hono can do: one route that sends what it was once given, compressed already. */
async function startBare(site: string): Promise<string> {
  const kept = new Map<string, { readonly body: Uint8Array<ArrayBuffer>; readonly type: string }>();
  const app = new Hono();
  app.get('/keep', async (c) => {
    const path = c.req.query('path') ?? '/';
    const answer = await onTheWire(site + path);
    kept.set('/page', answer);
    return c.text(String(answer.body.length));
  });
  app.get('/page', (c) => {
    const page = kept.get('/page');
    if (!page) return c.notFound();
    return c.body(page.body, 200, { 'Content-Type': page.type, 'Content-Encoding': 'br' });
  });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** A page as it is sent, compressed. */
async function onTheWire(address: string) {
  const [answer] = (await once(
    get(address, { headers: { 'accept-encoding': 'br' } }),
    'response',
  )) as [IncomingMessage];
  const body = new Uint8Array(await buffer(answer));
  return { body, type: answer.headers['content-type'] ?? '' };
}

function memory(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
