import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { accessibilityFaults } from '../support/axe.js';
import { chromiumNote, chromiumPath, launchChromium } from '../support/chromium.js';
import { panel, sample, sampleLookup, sampleSite } from './sample.js';
import { now, program, session, webFixture } from './web-fixture.js';

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 } };
const pictures = 'test-artifacts/site';

const day = new Intl.DateTimeFormat('sv-SE', { timeZone: sample.zone }).format(panel.startsAt);
const person = panel.presentations[0]?.people[0]?.person ?? '';

/** One page of each type, by the name of its picture. */
const pageTypes: Readonly<Record<string, string>> = {
  calendar: '/',
  days: '/days',
  day: `/days/${day}`,
  'day-grid': `/days/${day}?view=grid`,
  times: '/times',
  time: `/times/${new Date(panel.startsAt).toISOString().slice(0, 16)}Z`,
  people: '/people',
  person: `/people/${person}`,
  rooms: '/rooms',
  room: `/rooms/${panel.room ?? ''}`,
  units: '/units',
  unit: `/units/${panel.unit ?? ''}`,
  types: '/types',
  filtered: `/sessions?day=${day}&unit=${panel.unit ?? ''}`,
  nothing: '/sessions?after=23:59&type=panel',
  session: `/sessions/${panel.key}`,
  presentation: `/presentations/${panel.presentations[0]?.key ?? ''}`,
  share: `/sessions/${panel.key}/share`,
  search: '/search?q=light',
  'search-nothing': '/search?q=zzzzzz',
  tips: '/search/tips',
  preferences: '/preferences',
  changes: '/changes',
  network: '/networks/bluesky',
  schedule: '/schedule',
  feeds: '/feeds',
  api: '/api',
  missing: '/sessions/none',
  offline: '/offline',
};

describe.skipIf(chromiumPath === undefined)(
  `the program site in a browser${chromiumNote}`,
  { timeout: 180_000 },
  () => {
    let browser: Browser;
    let web: WebServer;
    beforeAll(async () => {
      mkdirSync(pictures, { recursive: true });
      browser = await launchChromium();
      web = await startWeb(sampleSite({ site: 'http://localhost' }).context, { port: 0 });
    });
    afterAll(async () => {
      await browser.close();
      await web.close();
    });

    /** Opens the site in a window of its own, and expects that nothing in it failed or asked another host. */
    async function visit(how: BrowserContextOptions, use: (page: Page) => Promise<void>) {
      const context = await browser.newContext(how);
      const page = await context.newPage();
      const faults: string[] = [];
      const hosts = new Set<string>();
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // An address that leads nowhere answers 404, a page that was not kept 503, no connection none, and the browser says so.
        if (
          message.type() === 'error' &&
          !/status of (?:404|503)|ERR_INTERNET_DISCONNECTED/.test(message.text())
        ) {
          faults.push(message.text());
        }
      });
      page.on('request', (request) => hosts.add(new URL(request.url()).origin));
      await use(page);
      await context.close();
      expect(faults).toEqual([]);
      expect([...hosts]).toEqual([web.address]);
    }
    const open = (page: Page, path: string) => page.goto(web.address + path);

    test.for([
      ['phone', phone],
      ['dark desktop', { ...desktop, colorScheme: 'dark' }],
    ] as const)('axe finds nothing on any page, on a %s', ([name, how]) =>
      visit(how, async (page) => {
        const found: unknown[] = [];
        for (const [type, path] of Object.entries(pageTypes)) {
          await open(page, path);
          found.push(...(await accessibilityFaults(page)).map((fault) => [type, ...fault]));
          await page.screenshot({ path: `${pictures}/${name.replace(' ', '-')}-${type}.png` });
          const isWider = await page.evaluate(
            'document.documentElement.scrollWidth > document.documentElement.clientWidth',
          );
          if (isWider === true) found.push([type, 'scrolls sideways']);
        }
        expect(found).toEqual([]);
      }),
    );

    test('a visitor walks the whole menu', () =>
      visit(desktop, async (page) => {
        for (const [entry, title] of [
          ['Search', 'Search'],
          ['On-Site Program Calendar', sample.title],
          ['Browse By Day', 'Browse by day'],
          ['Browse By Time', 'Browse by time'],
          ['Browse By Person', 'Browse by person'],
          ['Browse By Room', 'Browse by room'],
          [`Browse By ${sample.unitLabel ?? ''}`, `Browse by ${sample.unitLabel ?? ''}`],
          ['Browse By Session Type', 'Browse by session type'],
          ['Search Tips', 'Search tips'],
          ['Change Preferences / Time Zone', 'Preferences and time zone'],
          ['Bluesky', `${sample.title} on Bluesky`],
          ['Threads', `${sample.title} on Threads`],
          ['X (Twitter)', `${sample.title} on X (Twitter)`],
          ['YouTube', `${sample.title} on YouTube`],
        ] as const) {
          await open(page, '/');
          await page
            .getByRole('navigation', { name: 'Main menu' })
            .getByRole('link', { name: entry, exact: true })
            .click();
          await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
        }
      }));

    test('on a phone the menu opens, leads on, and closes by Escape', () =>
      visit(phone, async (page) => {
        await open(page, '/');
        const menu = page.getByRole('navigation', { name: 'Main menu' });
        expect(await menu.isVisible()).toBe(false);
        await page.getByRole('button', { name: 'Menu' }).click();
        await menu.waitFor();
        await page.keyboard.press('Escape');
        await menu.waitFor({ state: 'hidden' });
        await page.getByRole('button', { name: 'Menu' }).click();
        await menu.getByRole('link', { name: 'Browse By Room' }).click();
        await page.getByRole('heading', { level: 1, name: 'Browse by room' }).waitFor();
      }));

    test('on a phone the menu closes when the focus leaves it, and the focus goes on', () =>
      visit(phone, async (page) => {
        await open(page, '/');
        const menu = page.getByRole('navigation', { name: 'Main menu' });
        await page.getByRole('button', { name: 'Menu' }).click();
        await menu.getByRole('link').last().focus();
        await page.keyboard.press('Shift+Tab');
        expect(await menu.isVisible()).toBe(true);
        await menu.getByRole('link').last().focus();
        await page.keyboard.press('Tab');
        await menu.waitFor({ state: 'hidden' });
        expect(await page.evaluate('document.activeElement.className')).toBe('conference');
      }));

    test('by keyboard alone a visitor skips to the content, searches, and opens what is suggested', () =>
      visit(desktop, async (page) => {
        await open(page, '/');
        await page.keyboard.press('Tab');
        expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe(
          'Skip to the content',
        );
        await page.keyboard.press('Enter');
        expect(await page.evaluate('document.activeElement.id')).toBe('content');
        await open(page, '/');
        const focused = () => page.evaluate('document.activeElement.id');
        for (let press = 0; press < 5 && (await focused()) !== 'q'; press += 1) {
          await page.keyboard.press('Tab');
        }
        expect(await focused()).toBe('q');
        const name = sampleLookup.person(person)?.name ?? '';
        await page.keyboard.type(name.slice(0, 6));
        await page.locator('#suggestions [role=option]').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\/(?:people|search|sessions)/);
      }));

    test('a text can be shared and copied, and a session starred, which its list shows', () =>
      visit({ ...desktop, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
        await open(page, `/sessions/${panel.key}`);
        await page.getByText('Share', { exact: true }).click();
        const intent = await page
          .getByRole('link', { name: 'X (Twitter)' })
          .last()
          .getAttribute('href');
        expect(intent).toBe(`https://x.com/intent/post?text=About%20${panel.key}`);
        await page.getByText('Copy the link').click();
        expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
          `http://localhost/sessions/${panel.key}`,
        );
        await page.keyboard.press('Escape');
        const star = page.getByRole('button', { name: /^Star/ });
        expect(await star.getAttribute('aria-pressed')).toBe('false');
        await star.click();
        await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true');
        await open(page, `/days/${day}`);
        await page.locator(`li.starred[data-session="${panel.key}"]`).waitFor();
        await open(page, '/schedule');
        await page.getByRole('link', { name: panel.title }).first().waitFor();
      }));

    test('a button that copies says so, and then what it said before, also when pressed twice', () =>
      visit({ ...desktop, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
        await open(page, `/sessions/${panel.key}/share`);
        const button = page.locator('clipboard-copy').first();
        const words = await button.innerHTML();
        const said = page.locator('body > [role=status]');
        expect(await said.textContent()).toBe('');
        await button.click();
        expect(await button.textContent()).toBe('Copied');
        expect(await said.textContent()).toBe('Copied');
        await button.click();
        // Two seconds after the last press, and then for good.
        await page.waitForTimeout(3_000);
        expect(await button.innerHTML()).toBe(words);
      }));

    test('what has the focus is never hidden, also on the way back up', () =>
      visit({ viewport: { width: 1280, height: 720 } }, async (page) => {
        await open(page, '/sessions');
        await page.locator('main .row .title').last().focus();
        const hidden: unknown[] = [];
        for (let stop = 0; stop < 45; stop += 1) {
          await page.keyboard.press('Shift+Tab');
          hidden.push(
            await page.evaluate(`(() => {
              const { left, top, height } = document.activeElement.getBoundingClientRect();
              const seen = document.elementFromPoint(left + 4, top + height / 2);
              const isSeen = document.activeElement.contains(seen) || seen?.contains(document.activeElement);
              return isSeen ? undefined : document.activeElement.textContent;
            })()`),
          );
        }
        expect(hidden.filter((one) => one !== undefined)).toEqual([]);
      }));

    test('a single key is no shortcut', () =>
      visit(desktop, async (page) => {
        await open(page, '/');
        await page.keyboard.press('/');
        expect(await page.evaluate('document.activeElement.tagName')).toBe('BODY');
      }));

    test('a star without a connection is said not to be kept, and the page stays', () =>
      visit({ ...desktop, serviceWorkers: 'block' }, async (page) => {
        for (const path of [`/sessions/${panel.key}`, '/schedule']) {
          await open(page, path);
          await page.context().setOffline(true);
          const star = page.getByRole('button', { name: /^Star/ });
          await star.click();
          await page
            .getByRole('status')
            .filter({ hasText: 'There is no connection. Press again when there is one.' })
            .waitFor();
          expect(page.url()).toBe(web.address + path);
          await page.context().setOffline(false);
          await star.click();
          if (path === '/schedule') await page.getByText('Nothing is starred yet.').waitFor();
          else await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true');
          expect(await page.getByText('There is no connection').count()).toBe(0);
        }
      }));

    test('taking a star out of the schedule is said, and the keyboard goes on where it was', () =>
      visit(desktop, async (page) => {
        const starred = sample.sessions.slice(0, 3);
        for (const { key } of starred) {
          await open(page, `/sessions/${key}`);
          const star = page.getByRole('button', { name: /^Star/ });
          await star.click();
          await expect.poll(() => star.getAttribute('aria-pressed')).toBe('true');
        }
        await open(page, '/schedule');
        const entries = page.locator('[data-schedule] li');
        const titles = await entries.locator('h3').allTextContents();
        const focused = () => page.evaluate('document.activeElement.textContent');
        const takeOut = async (at: number, title = '') => {
          await entries.nth(at).getByRole('button').focus();
          await page.keyboard.press('Enter');
          await page.getByRole('status').filter({ hasText: title }).waitFor();
          expect(await page.getByRole('status').filter({ hasText: title }).textContent()).toBe(
            `Taken out of your schedule: ${title}`,
          );
        };
        await takeOut(1, titles[1]);
        expect(await entries.count()).toBe(2);
        expect(await page.locator('.lead').textContent()).toMatch(/^2 sessions/);
        expect(await focused()).toContain(titles[2]);
        await takeOut(1, titles[2]);
        expect(await focused()).toContain(titles[0]);
        await takeOut(0, titles[0]);
        expect(await page.evaluate('document.activeElement.id')).toBe('content');
        await page.getByText('Nothing is starred yet.').waitFor();
        // It is said once.
        await page.reload();
        expect(await page.getByText('Taken out of your schedule').count()).toBe(0);
      }));

    test('choosing a time zone in the list presses its button, and a button pressed after it counts', () =>
      visit(desktop, async (page) => {
        await open(page, '/preferences');
        const list = page.getByLabel('Another time zone');
        const ofTheMeeting = page.getByLabel('Of the meeting');
        await list.selectOption('UTC');
        expect(await page.getByLabel('Another:').isChecked()).toBe(true);
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Saved.').waitFor();
        expect(await list.inputValue()).toBe('UTC');
        await ofTheMeeting.check();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.waitForLoadState();
        expect(await ofTheMeeting.isChecked()).toBe(true);
        await list.selectOption('Asia/Tokyo');
        await ofTheMeeting.check();
        await page.getByRole('button', { name: 'Save' }).click();
        await page.waitForLoadState();
        expect(await ofTheMeeting.isChecked()).toBe(true);
      }));

    test('without JavaScript pages, filters, search, stars and preferences work', () =>
      visit({ ...desktop, javaScriptEnabled: false }, async (page) => {
        await open(page, `/days/${day}`);
        await page.getByText('Filter', { exact: true }).click();
        await page.getByLabel('Room').selectOption({ value: panel.room ?? '' });
        await page.getByRole('button', { name: 'Show' }).click();
        expect(new URL(page.url()).searchParams.get('room')).toBe(panel.room);
        await page.getByRole('searchbox', { name: 'Search the program' }).fill(panel.title);
        await page.getByRole('button', { name: 'Search' }).first().click();
        await page.getByRole('link', { name: panel.title }).first().click();
        await page.getByRole('button', { name: /^Star/ }).click();
        await open(page, '/schedule');
        await page.getByRole('link', { name: panel.title }).first().waitFor();
        await open(page, '/preferences');
        await page.getByLabel('12 hours (2:30 PM)').check();
        await page.getByLabel('Another time zone').selectOption('Asia/Tokyo');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByText('Saved.').waitFor();
        expect(await page.getByLabel('Another:').isChecked()).toBe(true);
        expect(await page.getByLabel('Another time zone').inputValue()).toBe('Asia/Tokyo');
        await open(page, `/sessions/${panel.key}`);
        expect(await page.locator('.hours').first().textContent()).toMatch(/[AP]M/);
      }));

    test('a page of another origin asks again with the ETag, and is told that nothing changed', async () => {
      const elsewhere = createServer((_, answer) => {
        answer.setHeader('Content-Type', 'text/html').end('<title>Elsewhere</title>');
      });
      await new Promise<void>((done) => elsewhere.listen(0, '127.0.0.1', done));
      const { port } = elsewhere.address() as AddressInfo;
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        await page.goto(`http://127.0.0.1:${String(port)}/`);
        for (const path of ['/api/v1/days', '/api/openapi.json', '/program.json', '/days.ics']) {
          const statuses = await page.evaluate(`(async () => {
            const first = await fetch('${web.address}${path}');
            const headers = { 'If-None-Match': first.headers.get('etag') };
            const again = await fetch('${web.address}${path}', { headers, cache: 'no-store' });
            return [first.status, again.status];
          })()`);
          expect([path, statuses]).toEqual([path, [200, 304]]);
        }
      } finally {
        await context.close();
        elsewhere.close();
      }
    });

    test.for([
      ['24', /^Your clock: Wed,? 02:15\W+(?:Wed,? )?03:30/],
      ['12', /^Your clock: Wed,? 0?2:15\W+(?:Wed,? )?0?3:30\WAM/],
    ] as const)('the hours by one’s own clock are said on %s hours', async ([clock, said]) => {
      const fixture = webFixture({ site: 'http://localhost' });
      const startsAt = now + 4.25 * 3_600_000;
      fixture.program = program([session({ startsAt, endsAt: startsAt + 75 * 60_000 })]);
      const own = await startWeb(fixture.context, { port: 0 });
      try {
        const context = await browser.newContext({ ...desktop, timezoneId: 'Asia/Tokyo' });
        await context.addCookies([
          { name: 'callboard-preferences', value: `clock%3D${clock}`, url: own.address },
        ]);
        const page = await context.newPage();
        await page.goto(`${own.address}/sessions/s1`);
        expect(await page.getByText('Your clock:').textContent()).toMatch(said);
        await context.close();
      } finally {
        await own.close();
      }
    });

    test('a list is drawn no earlier than its first screen is there, and then before its end', async () => {
      const html = await (await fetch(`${web.address}/days/${day}`)).text();
      const [head = '', fold = ''] = html.split(/(?<=<[^>]* id="fold")/);
      let proceed: (more: string) => void = () => undefined;
      const slow = createServer((request, answer) => {
        void (async () => {
          if (request.url === '/') {
            answer.setHeader('Content-Type', 'text/html').write(head);
            proceed = (more) => answer.write(more);
            return;
          }
          const { headers, body } = await fetch(web.address + (request.url ?? ''));
          answer.setHeader('Content-Type', headers.get('Content-Type') ?? '');
          for await (const part of body ?? []) answer.write(part);
          answer.end();
        })();
      });
      await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done));
      const { port } = slow.address() as AddressInfo;
      const context = await browser.newContext(phone);
      try {
        const page = await context.newPage();
        const styled = page.waitForResponse(/program\.[0-9a-f]+\.css$/);
        await page.goto(`http://127.0.0.1:${String(port)}/`, { waitUntil: 'commit' });
        await (await styled).finished();
        const painted = () =>
          page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint').length`);
        await page.waitForTimeout(1_000);
        expect(await painted()).toBe(0);
        proceed(fold.slice(0, -100));
        await expect.poll(painted).toBe(1);
      } finally {
        await context.close();
        slow.closeAllConnections();
        slow.close();
      }
    });

    describe('of a program of many rooms and long words', () => {
      const hour = 3_600_000;
      const long =
        'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
      const part = { aliases: [], links: [], cancelled: false, startsAt: now + hour };
      const fixture = webFixture({ site: 'http://localhost' });
      const rooms = Array.from({ length: 30 }, (_, at) => `r${String(at + 1)}`);
      fixture.program = program(
        [
          // Something at every hour of two days, each in one of the last rooms.
          ...Array.from({ length: 34 }, (_, at) =>
            session({
              key: `h${String(at)}`,
              title: `Hour ${String(at)} ${long}`,
              room: `r${String(20 + (at % 11))}`,
              startsAt: now + (at - 10) * hour,
              endsAt: now + (at - 9) * hour,
            }),
          ),
          session({
            key: 'words',
            title: long,
            subtitle: long,
            room: 'r1',
            unit: 'u1',
            type: long,
            startsAt: now + 8 * hour,
            endsAt: now + 9 * hour,
            people: [{ person: 'p1', role: 'chair', affiliation: long }],
            presentations: [
              {
                ...part,
                key: 'part',
                title: long,
                people: [{ person: 'p1', role: 'author', affiliation: long }],
                abstract: `The abstract. ${long}`,
              },
            ],
          }),
        ],
        {
          people: [{ key: 'p1', aliases: [], name: long }],
          rooms: rooms.map((key) => ({ key, name: `${key} ${long}` })),
          units: [{ key: 'u1', name: long }],
        },
      );
      let many: WebServer;
      beforeAll(async () => {
        many = await startWeb(fixture.context, { port: 0 });
      });
      afterAll(() => many.close());

      async function look(how: BrowserContextOptions, use: (page: Page) => Promise<void>) {
        const context = await browser.newContext(how);
        await use(await context.newPage());
        await context.close();
      }

      test.for([
        ['what is on', 'today', '2026-11-24', 'Hour 10'],
        ['what begins first', 'another day', '2026-11-25', 'Hour 20'],
      ])('the table of rooms opens on %s %s, and the page stays', ([, , name, title]) =>
        look(desktop, async (page) => {
          await page.goto(`${many.address}/days/${name}?view=grid`);
          const box = async (of: string) =>
            (await page.locator(of).first().boundingBox()) ?? raise();
          const [frame, corner] = [await box('.grid-frame'), await box('.grid th')];
          const cell = await box(`.grid td:has-text("${title} ")`);
          expect(cell.x).toBeGreaterThan(corner.x + corner.width - 1);
          expect(cell.x + 100).toBeLessThan(frame.x + frame.width);
          expect(cell.y).toBeGreaterThan(corner.y + corner.height - 1);
          expect(cell.y + cell.height).toBeLessThan(frame.y + frame.height);
          expect(await page.evaluate('[scrollX, scrollY, document.activeElement.tagName]')).toEqual(
            [0, 0, 'BODY'],
          );
        }),
      );

      test('what gets the focus in the table is not hidden by its rooms, also backwards', () =>
        look(desktop, async (page) => {
          await page.goto(`${many.address}/days/2026-11-24?view=grid`);
          await page.locator('.grid td a').last().focus();
          const seen: unknown[] = [];
          for (let press = 0; press < 18; press += 1) {
            await page.keyboard.press('Shift+Tab');
            seen.push(
              await page.evaluate(`(() => {
                const cell = document.activeElement.closest('td');
                const room = document.querySelector('.grid th').getBoundingClientRect().right;
                return !cell || document.activeElement.getBoundingClientRect().right > room + 20;
              })()`),
            );
          }
          expect(seen).not.toContain(false);
        }));

      test('no page scrolls sideways in a narrow window', () =>
        look({ viewport: { width: 320, height: 640 } }, async (page) => {
          const wide: unknown[] = [];
          for (const path of [
            '/',
            '/days/2026-11-24',
            '/days/2026-11-24?view=grid',
            '/sessions/words',
            '/sessions/words/share',
            '/presentations/part',
            '/people',
            '/people/p1',
            '/rooms',
            '/units',
            '/types',
            '/search?q=donau',
          ]) {
            await page.goto(many.address + path);
            const root = 'document.documentElement';
            const by = await page.evaluate(`${root}.scrollWidth - ${root}.clientWidth`);
            if (by !== 0) wide.push([path, by]);
          }
          expect(wide).toEqual([]);
        }));

      test('on paper the table of rooms is whole, and abstracts stand open', () =>
        look({ viewport: { width: 720, height: 1_000 } }, async (page) => {
          await page.emulateMedia({ media: 'print' });
          await page.goto(`${many.address}/days/2026-11-24?view=grid`);
          const outside = await page.evaluate(`[...document.querySelectorAll('.grid a')]
            .filter((one) => one.getBoundingClientRect().right > innerWidth).length`);
          expect(outside).toBe(0);
          const frame = 'document.querySelector(".grid-frame")';
          expect(await page.evaluate(`${frame}.scrollHeight - ${frame}.clientHeight`)).toBe(0);
          await page.goto(`${many.address}/sessions/words`);
          expect(await page.getByText('The abstract.').isVisible()).toBe(true);
        }));

      test('after Back the fields of a filter say what is filtered', () =>
        look(desktop, async (page) => {
          await page.goto(`${many.address}/days/2026-11-24`);
          await page.getByText('Filter', { exact: true }).click();
          await page.getByLabel('Room').selectOption('r20');
          await page.getByRole('button', { name: 'Show' }).click();
          await page.waitForURL(/room=r20/);
          await page.goBack();
          expect(await page.getByLabel('Room').inputValue()).toBe('');
          // Also where the browser kept the page itself.
          await page.getByText('Filter', { exact: true }).click();
          await page.getByLabel('Room').selectOption('r20');
          await page.evaluate(
            `dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))`,
          );
          expect(await page.getByLabel('Room').inputValue()).toBe('');
        }));
    });

    test('a link to a time leads there, however long the day is', async () => {
      const hour = 3_600_000;
      const dense = webFixture({ site: 'http://localhost' });
      dense.program = program(
        Array.from({ length: 192 }, (_, at) => {
          const startsAt = now + (Math.floor(at / 24) - 5) * hour;
          const title = `${String(at)}: rumour and evidence ${'once more '.repeat(at % 12)}`;
          return session({ key: `s${String(at)}`, title, startsAt, endsAt: startsAt + hour });
        }),
      );
      const long = await startWeb(dense.context, { port: 0 });
      try {
        for (const how of [phone, desktop, { viewport: { width: 1280, height: 600 } }]) {
          const context = await browser.newContext(how);
          const page = await context.newPage();
          const top = (id: string) =>
            page.evaluate<number>(`document.getElementById('${id}').getBoundingClientRect().top`);
          for (const time of ['t1600', 't0900', 't1300', 'now']) {
            await page.goto('about:blank');
            await page.goto(`${long.address}/days/2026-11-24#${time}`);
            await expect.poll(() => top(time), { timeout: 5_000 }).toBeLessThan(90);
            expect(await top(time)).toBeGreaterThan(10);
            await page.goto(`${long.address}/days/2026-11-24`);
            await page.locator(`.strip a[href="#${time}"]`).click();
            await expect.poll(() => top(time), { timeout: 5_000 }).toBeLessThan(90);
            expect(await top(time)).toBeGreaterThan(10);
          }
          await context.close();
        }
      } finally {
        await long.close();
      }
    });

    test('without a connection the days and what was visited stay readable, and say how old they are', () =>
      visit(phone, async (page) => {
        await open(page, `/sessions/${panel.key}`);
        await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
        // The pages are kept one after the other; the last of them is the last day.
        await expect
          .poll(
            () =>
              page.evaluate(
                `caches.open('callboard-pages-1').then((shelf) => shelf.match('/days/${day}')).then((kept) => kept !== undefined)`,
              ),
            { timeout: 60_000 },
          )
          .toBe(true);
        await open(page, `/sessions/${panel.key}`);
        await page.waitForTimeout(500);
        await page.context().setOffline(true);
        await open(page, `/days/${day}`);
        await page.getByText('No connection: this is the program as of').waitFor();
        await page.getByRole('link', { name: panel.title }).first().waitFor();
        await open(page, `/sessions/${panel.key}`);
        await page.getByRole('heading', { level: 1, name: panel.title }).waitFor();
        await open(page, '/units/none');
        await page.getByRole('heading', { level: 1, name: 'No connection' }).waitFor();
      }));

    test('untrusted text in every parameter stays text', () =>
      visit(desktop, async (page) => {
        const attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
        page.on('dialog', () => {
          throw new Error('a script of a parameter ran');
        });
        for (const path of [
          '/search?q=',
          '/people?letter=',
          '/sessions?day=',
          '/days/',
          '/search/suggest?q=',
        ]) {
          await open(page, path + encodeURIComponent(attack));
          expect(await page.locator('img[src=x]').count()).toBe(0);
        }
      }));
  },
);

function raise(): never {
  throw new Error('it is not drawn');
}
