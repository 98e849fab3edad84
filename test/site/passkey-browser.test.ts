import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webContextOf } from '../../src/operations/web-context.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { accessibilityFaults } from '../support/axe.js';
import { chromiumNote, chromiumPath, launchChromium } from '../support/chromium.js';
import { freePort } from './free-port.js';
import { openVisitorStage, type VisitorStage } from './visitor-stage.js';

describe.skipIf(chromiumPath === undefined)(
  `an account in a browser${chromiumNote}`,
  { timeout: 120_000 },
  () => {
    let browser: Browser;
    let stage: VisitorStage;
    let web: WebServer;
    let at = '';
    beforeAll(async () => {
      const port = await freePort();
      at = `http://localhost:${String(port)}`;
      stage = await openVisitorStage({ at });
      const context = await webContextOf(stage.edition.context, (error) => {
        stage.reported.push(error);
      });
      web = await startWeb(context, { port });
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser.close();
      await web.close();
      await stage.close();
    });

    test('a passkey is added, signs in without mail, and is refused once it was removed', async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const client = await context.newCDPSession(page);
      await client.send('WebAuthn.enable');
      await client.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
        },
      });
      const strangers: string[] = [];
      page.on('request', (asked) => {
        if (!asked.url().startsWith(at)) strangers.push(asked.url());
      });

      await page.goto(`${at}/sign-in?back=/schedule`);
      expect(await accessibilityFaults(page)).toEqual([]);
      const count = stage.mailbox.mails.length + 1;
      await page.fill('#email', 'ada@example.org');
      await page.click('text=Send me a link');
      await stage.mailbox.until(count);
      const link = /http:\/\/localhost:\d+\/sign-in\/link\S+/.exec(
        stage.mailbox.mails.at(-1) ?? '',
      );
      await page.goto(link?.[0] ?? '');
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.click('text=Sign me in');
      await page.waitForURL(`${at}/schedule`);
      expect(await accessibilityFaults(page)).toEqual([]);

      await page.goto(`${at}/account`);
      await page.fill('#passkey-name', 'My phone');
      await page.click('text=Add a passkey');
      await page.waitForSelector('text=The passkey is added.');
      expect(await page.textContent('.passkeys')).toContain('My phone');
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.click('text=Sign out here');

      await page.goto(`${at}/sign-in?back=/account`);
      await page.click('text=Use a passkey');
      await page.waitForURL(`${at}/account`);
      expect(await page.textContent('main')).toContain('ada@example.org');
      await page.click('.passkeys button');
      await page.waitForSelector('text=The passkey is removed.');
      await page.click('text=Sign out here');

      await page.goto(`${at}/sign-in`);
      await page.click('text=Use a passkey');
      await page.waitForSelector('text=This passkey is not known here.');
      expect(strangers).toEqual([]);
      await context.close();
    });

    test('a device that does not check who holds it adds no passkey', async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const client = await context.newCDPSession(page);
      await client.send('WebAuthn.enable');
      await client.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: false,
        },
      });
      const count = stage.mailbox.mails.length + 1;
      await page.goto(`${at}/sign-in`);
      await page.fill('#email', 'bo@example.org');
      await page.click('text=Send me a link');
      await stage.mailbox.until(count);
      const link = /http:\/\/localhost:\d+\/sign-in\/link\S+/.exec(
        stage.mailbox.mails.at(-1) ?? '',
      );
      await page.goto(link?.[0] ?? '');
      await page.click('text=Sign me in');
      await page.goto(`${at}/account`);
      await page.click('text=Add a passkey');
      await page.waitForSelector('#new-passkey .problem:not(:empty)');
      await page.reload();
      expect(await page.textContent('main')).toContain('None yet.');
      await context.close();
    });

    test('without JavaScript mail alone is offered, and stars are forms', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(`${at}/sign-in`);
      expect(await page.isVisible('#passkey')).toBe(false);
      expect(await page.isVisible('text=Send me a link')).toBe(true);
      const key = await stage.key('a');
      await context.addCookies([{ name: 'callboard-stars', value: key, url: at }]);
      await page.goto(`${at}/schedule`);
      await page.click('.star-button');
      await page.waitForSelector('text=Nothing is starred yet.');
      expect(stage.reported).toEqual([]);
      await context.close();
    });
  },
);
