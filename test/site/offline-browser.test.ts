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

    /** A site, a visitor of it, and the worker that has kept the program for them. */
    const visited = async (fixture = webFixture({ site: 'http://localhost' })) => {
      const web = await startWeb(fixture.context, { port: 0 });
      webs.push(web);
      const page = await openPage();
      await page.goto(web.address);
      await working(page);
      await expect.poll(() => kept(page, day)).toBe('7');
      return { fixture, web, page };
    };
    /** A visitor of other pages than ours, for whom the worker stands before them. */
    const visitedPages = async (at: string) => {
      const page = await openPage();
      await page.goto(at);
      await page.evaluate(`navigator.serviceWorker.register('/service-worker.js')`);
      await working(page);
      return page;
    };

    const listed = (page: Page) =>
      page.evaluate<number>(
        `caches.match('/offline.json').then((list) => list.json()).then(({ version }) => version)`,
      );
    /** Assets that a kept page names and that are not kept. */
    const lostAssets = (page: Page) =>
      page.evaluate<string[]>(`(async () => {
        const shelf = await caches.open('callboard-pages-1');
        const lost = [];
        for (const request of await shelf.keys()) {
          const text = await (await shelf.match(request)).text();
          for (const [asset] of text.matchAll(/\\/assets\\/[\\w.-]+/g)) {
            if (!(await caches.match(asset))) lost.push(new URL(request.url).pathname + ' ' + asset);
          }
        }
        return lost;
      })()`);

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
      const page = await visitedPages(at);
      await page.goto(`${at}/late`, { timeout: 20_000 });
      expect(await page.textContent('body')).toBe('The beginning.The end.');
      await page.context().close();
    });

    test('a new version is kept whole, also when the browser ended the worker meanwhile', async () => {
      const { fixture, web, page } = await visited();
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
      const { web, page } = await visited();
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

    test('what is kept is renewed when preferences are saved, also a page that was only visited', async () => {
      const { web, page } = await visited();
      await page.goto(`${web.address}/sessions/s1`);
      await expect.poll(() => kept(page, '/sessions/s1')).toBe('7');
      await page.goto(`${web.address}/preferences`);
      await page.check('input[name=clock][value="12"]');
      await page.check('input[name=theme][value=dark]');
      await page.click('text=Save');
      await page.waitForURL(`${web.address}/preferences?saved=1`);
      const text = (path: string) =>
        page.evaluate<string>(`caches.match('${path}').then((kept) => kept.text())`);
      const theme = async (path: string) => /<html[^>]*>/.exec(await text(path))?.[0];
      for (const path of [day, '/sessions/s1']) {
        await expect
          .poll(() => theme(path), { timeout: 10_000 })
          .toBe('<html lang="en" data-theme="dark">');
        expect(await text(path)).toMatch(/2:15(?:\s|&nbsp;)?PM/i);
      }
      await page.context().setOffline(true);
      await page.goto(web.address + day);
      expect(await page.getAttribute('html', 'data-theme')).toBe('dark');
      await page.context().close();
    });

    test('a kept page has its styles also when a new version has come, which does not list them', async () => {
      const { fixture, web, page } = await visited();
      await page.goto(`${web.address}/search?q=rumour`);
      await expect.poll(() => kept(page, '/search?q=rumour')).toBe('7');
      fixture.version = 8;
      await page.waitForTimeout(1_100);
      await page.goto(`${web.address}/people`);
      await expect.poll(() => listed(page), { timeout: 10_000 }).toBe(8);
      await page.waitForTimeout(300);
      expect(await lostAssets(page)).toEqual([]);
      await page.context().close();
    });

    test('pages that were kept before a deploy have the assets that they name, and so have those that were renewed after it', async () => {
      const worker = readFileSync(new URL('../../src/site/service-worker.js', import.meta.url));
      let deploy = 1;
      let version = 1;
      const at = await servers.serve((request, response) => {
        const { url = '' } = request;
        const asset = (name: string) => `/assets/${name}.${String(deploy)}.css`;
        if (url === '/service-worker.js') {
          response.writeHead(200, { 'Content-Type': 'text/javascript' });
          response.end(`${worker.toString()}\n// ${String(deploy)}`);
        } else if (url === '/offline.json') {
          response.end(JSON.stringify({ version, pages: ['/days'], files: [asset('site')] }));
        } else if (url.startsWith('/assets/')) {
          // What was deployed before is gone.
          const isThere = url.endsWith(`.${String(deploy)}.css`);
          response.writeHead(isThere ? 200 : 404, { 'Content-Type': 'text/css' }).end('p{}');
        } else {
          response.writeHead(200, {
            'Content-Type': 'text/html',
            'X-Program-Version': String(version),
          });
          const own = url === '/days' ? 'day' : 'session';
          const sheets = [asset('site'), asset(own)].map(
            (href) => `<link rel="stylesheet" href="${href}">`,
          );
          response.end(`<!doctype html>${sheets.join('')}<p>${url}</p>`);
        }
      });
      const page = await visitedPages(at);
      await page.goto(`${at}/visited`);
      await expect.poll(() => kept(page, '/visited')).toBe('1');
      expect(await lostAssets(page)).toEqual([]);

      deploy = 2;
      version = 2;
      await page.goto(`${at}/other`);
      await expect.poll(() => listed(page), { timeout: 10_000 }).toBe(2);
      await page.waitForTimeout(300);
      expect(await lostAssets(page)).toEqual([]);
      await page.evaluate('navigator.serviceWorker.getRegistration().then((one) => one.update())');
      await page.waitForTimeout(1_000);
      expect(await lostAssets(page)).toEqual([]);

      // What no kept page names any more makes room.
      await page.goto(`${at}/visited`);
      await expect.poll(() => kept(page, '/visited')).toBe('2');
      version = 3;
      await page.goto(`${at}/`);
      await expect.poll(() => listed(page), { timeout: 10_000 }).toBe(3);
      await expect
        .poll(() => page.evaluate(`caches.match('/assets/session.1.css').then((one) => !one)`))
        .toBe(true);
      expect(await lostAssets(page)).toEqual([]);
      await page.context().close();
    });

    test('what changes again while all is being renewed is renewed after it', async () => {
      const worker = readFileSync(new URL('../../src/site/service-worker.js', import.meta.url));
      let version = 1;
      const at = await servers.serve((request, response) => {
        if (request.url === '/service-worker.js') {
          response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(worker);
        } else if (request.url === '/offline.json') {
          response.end(JSON.stringify({ version, pages: ['/late'], files: [] }));
        } else {
          response.writeHead(200, {
            'Content-Type': 'text/html',
            'X-Program-Version': String(version),
          });
          setTimeout(() => response.end('<p>A page.</p>'), request.url === '/late' ? 1_500 : 0);
        }
      });
      const page = await visitedPages(at);
      version = 2;
      await page.goto(`${at}/one`);
      await page.waitForTimeout(300);
      version = 3;
      await page.goto(`${at}/other`);
      await expect.poll(() => listed(page), { timeout: 8_000 }).toBe(3);
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

      test('the home without its slash opens without a connection, once it was visited', async () => {
        const page = await openPage();
        await page.goto(at);
        expect(page.url()).toBe(`${at}/`);
        await working(page);
        expect(await page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
        await expect.poll(() => kept(page, '/program/')).not.toBe(null);
        await page.context().setOffline(true);
        await page.goto(at);
        expect(await page.textContent('#offline')).toContain('No connection');
        await page.context().close();
      });

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

      test('what was starred stands in the schedule without a connection, though nobody opened it before', async () => {
        const page = await openPage();
        await page.goto(`${at}/`);
        await working(page);
        await page.locator('main .title').first().click();
        const title = await page.getByRole('heading', { level: 1 }).innerText();
        const star = page.getByRole('button', { name: /^Star/ });
        await star.click();
        await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true');
        const kept = () =>
          page.evaluate<string | undefined>(
            `caches.match('/program/schedule').then((kept) => kept?.text())`,
          );
        await expect.poll(kept).toContain(title);
        await page.context().setOffline(true);
        await page.goto(`${at}/schedule`);
        await page.getByRole('heading', { level: 1, name: 'My schedule' }).waitFor();
        await page.locator('[data-schedule]').getByRole('link', { name: title }).waitFor();
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
