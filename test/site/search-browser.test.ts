import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noPast } from '../../src/program/history.js';
import { lookup } from '../../src/program/lookup.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { accessibilityFaults } from '../support/axe.js';
import { chromiumNote, chromiumPath, launchChromium } from '../support/chromium.js';
import { buildProgram } from '../support/programs.js';
import { now, webFixture } from './web-fixture.js';

const program = buildProgram([
  {
    title: 'Climate politics',
    start: new Date(now - 900_000).toISOString(),
    room: { name: 'Hall 2', building: 'Main building' },
    unit: 'Methods',
    type: 'Panel',
    people: ['Tobias Böhmelt'],
    presentations: [{ title: 'Flood insurance', people: ['Ana Silva'] }],
  },
  { title: 'Climate again', room: 'Hall 20', unit: 'Data', type: 'Lecture', cancelled: true },
]);

describe.skipIf(chromiumPath === undefined)(`the search in a browser${chromiumNote}`, () => {
  let browser: Browser;
  let web: WebServer;

  beforeAll(async () => {
    const inForce = { lookup: lookup(program), version: 7, past: noPast };
    const { context } = webFixture({ program: () => Promise.resolve(inForce) });
    [browser, web] = await Promise.all([launchChromium(), startWeb(context, { port: 0 })]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await web.close();
  });

  async function open(
    path: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1100, height: 900 },
      ...options,
    });
    const page = await context.newPage();
    await page.goto(web.address + path);
    return page;
  }

  test('a suggestion is reached by the keyboard and leads to its page', async () => {
    const page = await open('/search/tips');
    await page.locator('#q').pressSequentially('boehm');
    const option = page.getByRole('option', { name: 'Tobias Böhmelt' });
    await option.waitFor();
    expect(await page.locator('#q').getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await option.getAttribute('aria-selected')).toBe('true');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/people/person000000');
    await page.context().close();
  }, 60_000);

  test('words that are typed are searched for, with and without scripts', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await open('/search', { javaScriptEnabled });
      await page.locator('#words').fill('climate -again');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?q=climate*');
      expect(await page.locator('.hits mark').allTextContents()).toEqual(['Climate']);
      await page.context().close();
    }
  }, 60_000);

  test.each([
    ['/search'],
    ['/search?q=climate+OR+silva'],
    ['/search?q=climate+type:panel+day:monday'],
    ['/search?q=glaicer&kind=person'],
    ['/search/tips'],
  ])(
    'axe finds nothing on %s, on a phone and in the dark',
    async (path) => {
      for (const options of [
        { viewport: { width: 360, height: 740 } },
        { colorScheme: 'dark' as const },
      ]) {
        const page = await open(path, options);
        for (const summary of await page.locator('main summary').all()) await summary.click();
        expect(await accessibilityFaults(page)).toEqual([]);
        const wide = await page.evaluate(
          'document.documentElement.scrollWidth > window.innerWidth',
        );
        expect(wide).toBe(false);
        await page.context().close();
      }
    },
    120_000,
  );
});
