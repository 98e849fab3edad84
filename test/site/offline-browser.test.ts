import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { webContextOf } from '../../src/operations/web-context.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { chromiumNote, chromiumPath, launchChromium } from '../support/chromium.js';
import { localServers } from '../support/local-server.js';
import { freePort } from './free-port.js';
import { openVisitorStage, type VisitorStage } from './visitor-stage.js';
import { webFixture } from './web-fixture.js';

/** What a hasty visitor waits for an answer at most, in milliseconds, as the worker has it. */
const patienceMs = 6_000;
const day = '/days/2026-11-24';

describe.skipIf(chromiumPath === undefined)(
  `reading without a connection${chromiumNote}`,
  { timeout: 60_000 },
  () => {
    let browser: Browser;
    const servers = localServers();
    const webs: WebServer[] = [];
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterEach(async () => {
      servers.close();
      await Promise.all(webs.splice(0).map((web) => web.close()));
    });
    afterAll(() => browser.close());

    const openPage = async () => (await browser.newContext()).newPage();
    const kept = (page: Page, path: string) =>
      page.evaluate<string | null>(
        `caches.match('${path}').then((kept) => kept?.headers.get('X-Program-Version') ?? null)`,
      );
    const working = (page: Page) => page.evaluate('navigator.serviceWorker.ready.then(() => true)');

    test('a page whose rest comes late comes whole', async () => {
      const worker = readFileSync(new URL('../../src/site/service-worker.js', import.meta.url));
      const at = await servers.serve((request, response) => {
        if (request.url === '/service-worker.js') {
          response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(worker);
        } else if (request.url === '/offline.json') {
          response.end(JSON.stringify({ version: 1, pages: [], files: [] }));
        } else {
          response.writeHead(200, { 'Content-Type': 'text/html' }).write('<p>The beginning.</p>');
          const rest = () => response.end('<p>The end.</p>');
          if (request.url === '/late') setTimeout(rest, patienceMs + 2_000);
          else rest();
        }
      });
      const page = await openPage();
      await page.goto(at);
      await page.evaluate(`navigator.serviceWorker.register('/service-worker.js')`);
      await working(page);
      await page.goto(`${at}/late`, { timeout: 20_000 });
      expect(await page.textContent('body')).toBe('The beginning.The end.');
      await page.context().close();
    });

    test('a new version is kept whole, also when the browser ended the worker meanwhile', async () => {
      const fixture = webFixture({ site: 'http://localhost' });
      const web = await startWeb(fixture.context, { port: 0 });
      webs.push(web);
      const page = await openPage();
      await page.goto(web.address);
      await working(page);
      await expect.poll(() => kept(page, day)).toBe('7');
      fixture.version = 8;
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('ServiceWorker.enable');
      await devtools.send('ServiceWorker.stopAllWorkers');
      await page.waitForTimeout(1_100);
      await page.goto(`${web.address}/people`);
      await expect.poll(() => kept(page, day), { timeout: 10_000 }).toBe('8');
      await page.context().close();
    });

    test('of many pages the oldest make room, but never the days and the page that says that nothing is there', async () => {
      const web = await startWeb(webFixture({ site: 'http://localhost' }).context, { port: 0 });
      webs.push(web);
      const page = await openPage();
      await page.goto(web.address);
      await working(page);
      await expect.poll(() => kept(page, day)).toBe('7');
      await page.evaluate(`(async () => {
        const shelf = await caches.open('callboard-pages-1');
        for (let at = 0; at < 310; at += 1) await shelf.put('/people?q=' + at, new Response('old'));
      })()`);
      await page.goto(`${web.address}/sessions/s1`);
      const isKept = (path: string) =>
        page.evaluate<boolean>(`caches.match('${path}').then((kept) => kept !== undefined)`);
      await expect.poll(() => isKept('/people?q=0'), { timeout: 10_000 }).toBe(false);
      await expect.poll(() => isKept('/sessions/s1')).toBe(true);
      for (const path of ['/', day, '/offline', '/people?q=309']) {
        expect([path, await isKept(path)]).toEqual([path, true]);
      }
      await page.context().close();
    });

    describe('with an account, below a path', () => {
      let stage: VisitorStage;
      let web: WebServer;
      let at = '';
      beforeAll(async () => {
        const port = await freePort();
        at = `http://localhost:${String(port)}/program`;
        stage = await openVisitorStage({ at });
        const context = await webContextOf(stage.edition.context, (error) => {
          stage.reported.push(error);
        });
        web = await startWeb(context, { port });
      });
      afterAll(async () => {
        await web.close();
        await stage.close();
        expect(stage.reported).toEqual([]);
      });

      async function signIn(page: Page, email: string): Promise<void> {
        const count = stage.mailbox.mails.length + 1;
        await page.goto(`${at}/sign-in?back=/schedule`);
        await page.fill('#email', email);
        await page.click('text=Send me a link');
        await stage.mailbox.until(count);
        const mail = stage.mailbox.mails.at(-1) ?? '';
        await page.goto(/http:\/\/localhost:\d+\/program\/sign-in\/link\S+/.exec(mail)?.[0] ?? '');
        await page.click('text=Sign me in');
        await page.waitForURL(`${at}/schedule`);
      }

      test('who signs out leaves nothing that was kept for them, and what is others’ on the host stays', async () => {
        const page = await openPage();
        await page.goto(`${at}/`);
        await working(page);
        await signIn(page, 'ada@example.org');
        await page.evaluate(`localStorage.setItem('wiki', 'draft')`);
        const session = `/program/sessions/${await stage.key('a')}`;
        await page.goto(new URL(session, at).href);
        await expect.poll(() => kept(page, session)).not.toBe(null);
        await page.goto(`${at}/account`);
        await page.click('text=Sign out here');
        await page.waitForURL(`${at}/`);
        expect(await page.evaluate(`localStorage.getItem('wiki')`)).toBe('draft');
        await expect.poll(() => kept(page, '/program/offline')).not.toBe(null);
        expect(await kept(page, session)).toBe(null);
        await page.context().setOffline(true);
        await page.goto(new URL(session, at).href);
        await page.getByRole('heading', { level: 1, name: 'No connection' }).waitFor();
        await page.context().close();
      });

      test('what was kept before there was a worker is not shown by one', async () => {
        const page = await openPage();
        await page.goto(`${at}/service-worker.js`);
        await page.evaluate(
          `caches.open('callboard-pages-1/program').then((shelf) => shelf.put('/program/schedule', new Response('Of the one before.')))`,
        );
        await page.goto(`${at}/`);
        await working(page);
        await page.context().setOffline(true);
        await page.goto(`${at}/schedule`);
        await page.getByRole('heading', { level: 1, name: 'No connection' }).waitFor();
        await page.context().close();
      });

      test('a schedule of the browser alone is kept, one with a private address is not', async () => {
        const page = await openPage();
        await page.goto(`${at}/`);
        await working(page);
        await page.goto(`${at}/schedule`);
        const isKept = () =>
          page.evaluate<boolean>(
            `caches.match('/program/schedule').then((kept) => kept !== undefined)`,
          );
        await expect.poll(isKept).toBe(true);
        await signIn(page, 'bo@example.org');
        await expect.poll(isKept).toBe(false);
        await page.context().setOffline(true);
        await page.goto(`${at}/schedule`);
        await page.getByRole('heading', { level: 1, name: 'No connection' }).waitFor();
        await page.context().close();
      });
    });
  },
);
