import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/config/package-root.js';
import { rehearse, type Rehearsal } from '../../src/operations/rehearsal/rehearse.js';
import { rehearsalReport } from '../../src/operations/rehearsal/report.js';
import { accessibilityFaults } from '../support/axe.js';
import { chromiumNote, chromiumPath, launchChromium } from '../support/chromium.js';
import { rehearsalFolder } from './rehearsal-stage.js';

const stage = rehearsalFolder();
const hostile = '</style><script>alert(1)</script> & "quoted"';
let rehearsal: Rehearsal;
let report: string;

beforeAll(async () => {
  const sessions = [
    { start: '10:00', title: 'A session with a long title & more', room: 'Quay' },
    { start: '10:00', title: 'A quiet session' },
    { start: '2030-09-15T10:00', title: 'Another' },
  ];
  const config = stage.config(sessions, [
    'leads: [P1D, PT15M]',
    'accounts: [{ account: preview:bluesky, pace: { posts: 1, per: PT5M } }, preview:youtube]',
  ]);
  rehearsal = await rehearse(config, { limits: true, samples: true });
  report = await rehearsalReport(rehearsal);
}, 60_000);

describe('the report of a rehearsal', () => {
  test('needs nothing but itself', () => {
    const references = [...report.matchAll(/\b(?:src|href)="([^"]*)"/g)].map(([, to]) => to);
    expect(references.filter((to) => to !== '#content' && to !== 'data:,')).toEqual([]);
    expect(report).not.toMatch(/<script|@import|url\(/);
    expect(report).toContain('default-src &#39;none&#39;');
  });

  test('shows texts of others as text', async () => {
    const { result, samples } = rehearsal;
    const said = await rehearsalReport({
      ...rehearsal,
      result: {
        ...result,
        program: { ...result.program, conference: hostile, address: hostile },
        notes: [hostile],
        findings: [hostile],
        reasons: result.reasons.map((reason) => ({ ...reason, reason: hostile })),
      },
      samples: samples.map((sample) => ({
        ...sample,
        content: { ...sample.content, text: hostile },
      })),
    });
    expect(said).not.toContain('<script');
    expect(said.match(/<\/style>/g)).toHaveLength(1);
    const escaped = '&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot;';
    // Title, heading, finding, reason, four samples, note, address.
    expect(said.split(escaped)).toHaveLength(11);
  });

  test('says what became of all, why not, and how long the longest texts are', () => {
    const text = report
      .replace(/<style>.*?<\/style>/s, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain('What became of 12 announcements');
    expect(text).toContain(
      '1 Bluesky 15 minutes before expired so many were due together that at the pace for Bluesky its turn came past its deadline',
    );
    for (const { content, file } of rehearsal.samples) {
      expect(text).toContain(
        `${content.length.used} of ${content.length.limit} ${content.length.unit}`,
      );
      // Each is one that is there: the network's own, or the default that stands in for it.
      expect(file).toMatch(/^templates\/.+\.liquid$/);
      expect(existsSync(join(packageRoot, file ?? ''))).toBe(true);
      expect(text).toContain(file);
    }
  });

  test('has the longest text of every template, also of what was never posted', () => {
    expect(rehearsal.samples.map(({ announcement: { template } }) => template)).toEqual([
      'bluesky/P1D',
      'bluesky/PT15M',
      'youtube/P1D',
      'youtube/PT15M',
    ]);
    for (const { announcement, content } of rehearsal.samples) {
      const alike = rehearsal.posts.filter(
        (post) => rehearsal.planned.get(post.announcement)?.template === announcement.template,
      );
      expect(alike.filter((post) => post.content.length.used > content.length.used)).toEqual([]);
      expect(content.facts.sessions[0]?.title).toBe('A session with a long title & more');
    }
  });

  test.skipIf(chromiumPath === undefined)(
    `asks nobody for anything and is accessible, in light, dark and on a phone${chromiumNote}`,
    { timeout: 120_000 },
    async () => {
      const file = join(stage.temporary, 'report.html');
      writeFileSync(file, report);
      const browser = await launchChromium();
      try {
        for (const how of [
          { colorScheme: 'light', viewport: { width: 1200, height: 900 } },
          { colorScheme: 'dark', viewport: { width: 1200, height: 900 } },
          { colorScheme: 'light', viewport: { width: 390, height: 844 } },
        ] as const) {
          const context = await browser.newContext(how);
          const page = await context.newPage();
          const asked: string[] = [];
          page.on('request', (request) => asked.push(request.url()));
          await page.goto(pathToFileURL(file).href);
          expect(await accessibilityFaults(page)).toEqual([]);
          expect(asked).toEqual([pathToFileURL(file).href]);
          const sideways = 'document.documentElement.scrollWidth - innerWidth';
          expect(await page.evaluate(sideways)).toBe(0);
          await context.close();
        }
      } finally {
        await browser.close();
      }
    },
  );
});
