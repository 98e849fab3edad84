import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { sampleSite } from './sample.js';
import { webFixture } from './web-fixture.js';

let web: WebServer;
beforeAll(async () => {
  web = await startWeb(sampleSite().context, { port: 0 });
});
afterAll(() => web.close());

/** What a browser asks before a page of another origin sends a conditional request. */
const preflight = (path: string) =>
  fetch(web.address + path, {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://elsewhere.example',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'if-none-match',
    },
  });

const allowed = (answer: Response) =>
  ['Origin', 'Methods', 'Headers'].map((what) =>
    answer.headers.get(`Access-Control-Allow-${what}`),
  );

describe('a page of another origin', () => {
  test.for([
    '/api/v1/sessions',
    '/api/v1/sessions/none/posts',
    '/api/openapi.json',
    '/program.json',
    '/program.frab.xml',
    '/program.ics',
    '/changes.atom',
    '/rooms.json',
    '/sessions/none.ics',
    '/sitemap.xml',
  ])('may ask for %s with If-None-Match, and for nothing else', async (path) => {
    const answer = await preflight(path);
    expect([answer.status, ...allowed(answer)]).toEqual([204, '*', 'GET,HEAD', 'If-None-Match']);
  });

  test.for([
    '/',
    '/api',
    '/sessions/none',
    '/preview/events',
    '/search/suggest',
    '/offline.json',
    `/schedule/${'x'.repeat(43)}.ics`,
  ])('is not let at %s', async (path) => {
    expect(allowed(await preflight(path))).toEqual([null, null, null]);
  });

  test('reads the ETag, of what has not changed too', async () => {
    for (const path of ['/api/v1/days', '/program.ics']) {
      const first = await fetch(web.address + path);
      const etag = first.headers.get('ETag') ?? '';
      const again = await fetch(web.address + path, { headers: { 'If-None-Match': etag } });
      expect(again.status).toBe(304);
      for (const answer of [first, again]) {
        expect(answer.headers.get('Access-Control-Expose-Headers')).toBe('ETag');
        expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
      }
    }
  });

  test('hears that there is no program yet', async () => {
    const fixture = webFixture();
    fixture.program = undefined;
    const empty = await startWeb(fixture.context, { port: 0 });
    try {
      for (const path of ['/api/v1/days', '/program.ics']) {
        const answer = await fetch(empty.address + path);
        expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([
          503,
          '*',
        ]);
      }
    } finally {
      await empty.close();
    }
  });
});
