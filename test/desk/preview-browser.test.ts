import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networks } from '../../src/campaign/network.js';
import { CallboardError } from '../../src/errors.js';
import type { WaitingHandOff } from '../../src/site/web-context.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { content, deskFixture, now, program, put, session } from '../site/web-fixture.js';
import { accessibilityFaults } from '../support/axe.js';
import { chromiumNote, chromiumPath, launchChromium } from '../support/chromium.js';

const desktop = { viewport: { width: 1440, height: 900 } };
const browserTime = { timeout: 120_000 };
const phone = { viewport: { width: 390, height: 844 } };

describe.skipIf(chromiumPath === undefined)(
  `pages in a browser${chromiumNote}`,
  browserTime,
  () => {
    let browser: Browser;
    let web: WebServer;
    const given: string[] = [];
    const handOff = {
      network: 'youtube' as const,
      text: 'Soon: Rumour\nhttps://program.example.org/sessions/s1',
      picture: { digest: 'abc123', alt: 'Card: Rumour' },
      address: 'https://www.youtube.com/@m/posts',
      instruction: 'Choose Create, then Create post.',
    };
    const handOffs: readonly WaitingHandOff[] = [
      { ...handOff, id: 'late', title: 'مقدمة في الأدلة', until: now - 60_000, overdue: true },
      { ...handOff, id: 'next', title: 'Rumour and evidence', until: now + 60_000, overdue: false },
    ];
    const fixture = deskFixture({
      handOffs: () => Promise.resolve(handOffs.filter(({ id }) => !given.includes(id))),
      putUp: () =>
        Promise.resolve(
          handOffs.flatMap(({ id, network, title }) =>
            given.includes(id)
              ? [{ id, network, title, permalink: 'https://www.youtube.com/post/Ugkx1', at: now }]
              : [],
          ),
        ),
      handOffDone: (id, address) => {
        if (address.includes('youtube.com/post/')) return Promise.resolve(void given.push(id));
        const complaint = { place: id, problem: 'this is no post', remedy: 'Copy it again' };
        return Promise.reject(new CallboardError('post-address-unknown', complaint));
      },
    });

    beforeAll(async () => {
      fixture.program = program([
        session({
          room: 'r1',
          unit: 'u1',
          type: 'Panel',
          abstract: 'One.\n\nTwo.',
          stream: 'https://live.example.org/',
          people: [{ person: 'p1', role: 'chair' }],
          links: [{ url: 'https://example.org/' }],
          presentations: [
            {
              key: 'a',
              aliases: [],
              title: 'A',
              startsAt: now,
              people: [],
              links: [],
              cancelled: true,
            },
          ],
        }),
      ]);
      for (let i = 0; i < 60; i++) {
        for (const network of networks) {
          const post = await put(
            fixture.timeline,
            network,
            content(`Post ${i} https://a.example/ #NM26`),
          );
          fixture.due.set(post.announcement, { leadTime: 'PT15M', dueAt: post.acceptedAt });
        }
      }
      browser = await launchChromium();
      web = await startWeb(fixture.context, { port: 0 });
    });
    afterAll(async () => {
      await browser.close();
      await web.close();
    });

    /** Opens a page, uses it, and expects that nothing in it failed or asked another host. */
    async function visit(
      path: string,
      how: BrowserContextOptions,
      use: (page: Page) => Promise<void>,
    ) {
      const context = await browser.newContext(how);
      const page = await context.newPage();
      const faults: string[] = [];
      const hosts = new Set<string>();
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => {
        // A form that is refused is answered with 422, which browsers note.
        if (message.type() === 'error' && !message.text().includes('422')) {
          faults.push(message.text());
        }
      });
      page.on('request', (request) => hosts.add(new URL(request.url()).origin));
      await page.goto(web.address + path);
      await use(page);
      await context.close();
      expect(faults).toEqual([]);
      expect([...hosts]).toEqual([web.address]);
    }

    const first = (page: Page, network: string) =>
      page.locator(`.column[data-network=${network}] .post`).first();

    test('a new post slides in at the top of its column and is told to screen readers', () =>
      visit('/preview', desktop, async (page) => {
        await page.getByText('Live', { exact: true }).waitFor();
        await put(fixture.timeline, 'x', content('Brand new <i>post</i>'));
        await first(page, 'x').getByText('Brand new <i>post</i>').waitFor({ timeout: 15_000 });
        await page.locator('#news').getByText('New on X: Rumour and evidence').waitFor();
        expect(await page.locator('#news').getAttribute('role')).toBe('status');
      }));

    test('whoever reads further down stays where they are, and is told of the new post', () =>
      visit('/preview', desktop, async (page) => {
        await page.getByText('Live', { exact: true }).waitFor();
        const column = page.locator('.column[data-network=bluesky]');
        await page.evaluate(
          "document.querySelector('[data-network=bluesky] .scroll').scrollTo(0, 2000)",
        );
        const read = column.locator('.post').nth(4);
        const before = await read.boundingBox();
        await put(fixture.timeline, 'bluesky', content('Above'));
        await column.getByRole('button', { name: '1 new' }).click();
        await first(page, 'bluesky').getByText('Above').waitFor();
        expect(before).not.toBeNull();
        await expect
          .poll(() =>
            page.evaluate("document.querySelector('[data-network=bluesky] .scroll').scrollTop"),
          )
          .toBe(0);
        expect(await column.getByRole('button').count()).toBe(0);
      }));

    test('older posts join their column', () =>
      visit('/preview', desktop, async (page) => {
        const column = page.locator('.column[data-network=youtube]');
        expect(await column.locator('.post').count()).toBe(50);
        await column.getByRole('link', { name: 'Older posts' }).click();
        await column.getByText('Post 0 ').waitFor();
        expect(await column.locator('.post').count()).toBe(60);
      }));

    test('the status of the campaign changes on an open page', () =>
      visit('/preview', desktop, async (page) => {
        await page.getByText('Live', { exact: true }).waitFor();
        const status = fixture.status;
        fixture.status = { ...status, paused: { reason: 'Fire alarm', since: now } };
        await page.locator('.paused').getByText('Fire alarm').waitFor({ timeout: 20_000 });
        fixture.status = status;
      }));

    test('the ALT badge reveals the description of a picture, by keyboard too', () =>
      visit('/preview', desktop, async (page) => {
        const text = first(page, 'threads').locator('details p');
        expect(await text.isVisible()).toBe(false);
        await first(page, 'threads').locator('summary').focus();
        await page.keyboard.press('Enter');
        expect(await text.isVisible()).toBe(true);
        expect(await text.textContent()).toBe('Card: Rumour and evidence, 14:15, Hall 2');
      }));

    test('a phone shows one network at a time, chosen without JavaScript', () =>
      visit('/preview', { ...phone, javaScriptEnabled: false }, async (page) => {
        const shown = () => page.locator('.column:visible').getAttribute('data-network');
        expect(await shown()).toBe('bluesky');
        await page.locator('.tabs label', { hasText: 'Threads' }).click();
        expect(await shown()).toBe('threads');
      }));

    test('a hand-off is done by keyboard alone, and a wrong address is said beside its field', () =>
      visit('/handoffs', phone, async (page) => {
        const field = page.getByLabel('Address of the post').first();
        await field.focus();
        await page.keyboard.type('https://x.com/nope');
        await page.keyboard.press('Enter');
        await page.getByText('late: this is no post. Copy it again.').waitFor();
        expect(await field.inputValue()).toBe('https://x.com/nope');
        await field.fill('https://www.youtube.com/post/Ugkx1');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'مقدمة في الأدلة' }).waitFor({ state: 'detached' });
        expect(given).toEqual(['late']);
        await page.getByText('Recorded: مقدمة في الأدلة').waitFor();
        expect(await page.getByLabel('Address of the post').count()).toBe(1);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
      }));

    test('the key of a public site leads to live pages whose forms are taken, by an address without it', async () => {
      const done: string[] = [];
      const own = deskFixture({
        site: 'https://meeting.example.org/program',
        handOffs: () =>
          Promise.resolve([{ ...handOff, id: 'one', title: 'One', until: now, overdue: false }]),
        handOffDone: (_id, address) => Promise.resolve(void done.push(address)),
      });
      const server = await startWeb(own.context, { port: 0 });
      const context = await browser.newContext(desktop);
      try {
        const { entrance, address } = server;
        const page = await context.newPage();
        await page.goto(
          `${address}/preview?key=${entrance.kind === 'key' ? entrance.key : entrance.kind}`,
        );
        expect(page.url()).toBe(`${address}/program/preview`);
        expect(await page.evaluate('document.cookie')).not.toContain('callboard-key');
        await put(own.timeline, 'x', content('Only just now'));
        await page.getByText('Only just now').waitFor();
        await page.goto(`${address}/program/handoffs`);
        await page.getByRole('textbox').fill('https://www.youtube.com/post/Ugkx1');
        await page.keyboard.press('Enter');
        await page.waitForURL(/done=one/);
        expect(done).toEqual(['https://www.youtube.com/post/Ugkx1']);
      } finally {
        await context.close();
        await server.close();
      }
    });

    test('no page is wider than a phone, nor than a fifth of a screen at 400 % zoom', async () => {
      for (const width of [390, 320]) {
        for (const path of ['/preview', '/sessions/s1']) {
          await visit(path, { viewport: { width, height: 800 } }, async (page) => {
            const wide = await page.evaluate('document.documentElement.scrollWidth');
            expect([path, wide]).toEqual([path, width]);
          });
        }
      }
    });

    describe('accessibility', () => {
      const small = deskFixture({
        handOffs: () => Promise.resolve(handOffs),
        putUp: () => fixture.context.putUp(),
      });
      const empty = deskFixture();
      let servers: readonly WebServer[];
      beforeAll(async () => {
        small.program = fixture.program;
        small.status = {
          ...small.status,
          counts: { planned: 1, held: 1, published: 8, rejected: 1 },
          paused: { reason: 'Fire alarm', since: now },
        };
        for (const network of networks) {
          for (const used of [200, 299]) {
            const length = { used, limit: 300, unit: 'graphemes' } as const;
            const text = `Soon ${used} https://a.example/ #NM26`;
            const post = await put(small.timeline, network, content(text, { length }));
            small.due.set(post.announcement, { leadTime: 'PT15M', dueAt: post.acceptedAt - 400 });
          }
        }
        servers = await Promise.all(
          [small, empty].map(({ context }) => startWeb(context, { port: 0 })),
        );
      });
      afterAll(() => Promise.all(servers.map((server) => server.close())));

      async function violations(path: string, how: BrowserContextOptions, of = 0) {
        const context = await browser.newContext(how);
        const page = await context.newPage();
        await page.goto(`${servers[of]?.address ?? ''}${path}`);
        const found = await accessibilityFaults(page);
        await context.close();
        return found;
      }

      // One page per test: axe is slow on a busy machine.
      for (const [name, path, how, of] of [
        ['the preview', '/preview', desktop, 0],
        ['the preview in the dark', '/preview', { ...desktop, colorScheme: 'dark' }, 0],
        ['the preview on a phone', '/preview', phone, 0],
        ['older posts', '/preview?network=x&before=9', desktop, 0],
        ['the preview before its first post', '/preview', { ...phone, colorScheme: 'dark' }, 1],
        ['the hand-offs', '/handoffs', phone, 0],
        ['the hand-offs in the dark', '/handoffs', { ...desktop, colorScheme: 'dark' }, 0],
        ['no hand-off', '/handoffs', desktop, 1],
        ['a session', '/sessions/s1', desktop, 0],
        ['a session in the dark', '/sessions/s1', { ...phone, colorScheme: 'dark' }, 0],
        ['the page that says that nothing is there', '/nowhere', desktop, 0],
      ] as const) {
        test(`axe finds nothing against WCAG 2.2 AA in ${name}`, async () => {
          expect(await violations(path, how, of)).toEqual([]);
        });
      }
    });
  },
);
