import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from '../test/support/chromium.js';
import { mpsaProgram } from '../test/support/mpsa.js';
import { realPrograms } from '../test/support/real-programs.js';
import { callboardJsonOf } from './inputs.js';
import { median, ms, times, type Row } from './row.js';
import type { SiteReady } from './site-server.js';

const seconds = 4;
const connections = 20;
/** The densest page may take so much on the wire. */
const largestPage = 60_000;
/** Pages whose rate has a goal. */
const goals: Readonly<Record<string, string>> = { session: '≥ 0.5 ×', browse: '≥ 0.5 ×' };

/** The program site under load, beside a bare Hono page that sends the same bytes compressed beforehand; and how soon it is to be read on a slow phone. */
export async function site(): Promise<readonly Row[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callboard-bench-'));
  const rows: Row[] = [];
  try {
    for (const [what, text] of programs()) {
      const file = path.join(folder, 'program.json');
      writeFileSync(file, text);
      rows.push(...(await measure(what, file)));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}

function programs(): readonly (readonly [what: string, text: string])[] {
  const gathered = realPrograms && path.join(realPrograms, 'mpsa2026.json');
  const mpsa =
    gathered !== undefined && existsSync(gathered)
      ? ([['MPSA size', JSON.stringify(mpsaProgram(readFileSync(gathered, 'utf8')))]] as const)
      : [];
  return [...mpsa, ['10,000 sessions', callboardJsonOf(10_000)]];
}

async function measure(what: string, file: string): Promise<readonly Row[]> {
  const child = fork(new URL('./site-server.ts', import.meta.url), [file], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  try {
    const ready = await told(child);
    const pages: Row[] = [];
    for (const [name, address] of Object.entries(ready.paths)) {
      pages.push(await page(what, ready, name, address));
    }
    const perThousand = ready.arranged / 1e6 / (ready.sessions / 1_000);
    return [
      ...pages,
      {
        what: `${what}: arranging ${String(ready.sessions)} sessions, ${String(ready.presentations)} presentations for browsing`,
        figure: ms(ready.arranging),
        beside: '—',
        ratio: '—',
        goal: '—',
        note: `${what}: browsing takes ${perThousand.toFixed(2)} MB of memory per 1,000 sessions beside the program itself.`,
      },
      ...(await onSlowPhone(what, ready)),
    ];
  } finally {
    child.kill();
  }
}

function told(child: ChildProcess): Promise<SiteReady> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      resolve(message as SiteReady);
    });
    child.once('exit', (code) => {
      reject(new Error(`the server of the bench ended with ${String(code)}`));
    });
  });
}

async function page(what: string, ready: SiteReady, name: string, address: string): Promise<Row> {
  const bytes = Number(
    await (await fetch(`${ready.bare}/keep?path=${encodeURIComponent(address)}`)).text(),
  );
  const uncached: number[] = [];
  for (let turn = 0; turn < 9; turn += 1) {
    const began = performance.now();
    const fresh = `${address}${address.includes('?') ? '&' : '?'}turn=${String(turn)}`;
    await (await fetch(ready.site + fresh)).arrayBuffer();
    uncached.push(performance.now() - began);
  }
  const ours = await load(ready.site + address);
  const bare = await load(`${ready.bare}/page`);
  const goal = [goals[name], `≤ ${String(largestPage / 1_000)} kB`].filter(Boolean).join('; ');
  return {
    what: `${what}: ${name}, ${(bytes / 1_000).toFixed(1)} kB`,
    figure: `${rate(ours)}; made anew in ${ms(median(uncached))}`,
    beside: `a bare Hono page: ${rate(bare)}`,
    ratio: times(ours.requests.average, bare.requests.average),
    goal,
  };
}

function load(url: string): Promise<autocannon.Result> {
  return autocannon({
    url,
    connections,
    duration: seconds,
    headers: { 'accept-encoding': 'br, gzip' },
  });
}

function rate({ requests, latency }: autocannon.Result): string {
  return `${String(Math.round(requests.average))}/s, p50 ${ms(latency.p50)}, p99 ${ms(latency.p99)}`;
}

/** How often each page is loaded, each time as by a new visitor. */
const loads = 7;

interface Load {
  /** First contentful paint, in milliseconds. */
  readonly paint: number;
  /** By how much tasks after it took longer than 50 ms, together: total blocking time, https://web.dev/articles/tbt */
  readonly blocked: number;
  readonly foreign: number;
}

/** What a new visitor waits for on a processor slowed down four times, and requests to other hosts. */
async function onSlowPhone(what: string, ready: SiteReady): Promise<readonly Row[]> {
  if (chromiumPath === undefined) return [];
  const browser = await launchChromium();
  const rows: Row[] = [];
  try {
    for (const name of ['home', 'day', 'session', 'search']) {
      const seen: Load[] = [];
      for (let turn = 0; turn < loads; turn += 1) {
        seen.push(await visit(browser, ready.site, ready.paths[name] ?? '/'));
      }
      const middle = (of: (load: Load) => number) => median(seen.map(of));
      rows.push({
        what: `${what}: ${name} on a processor slowed down four times`,
        figure: `first contentful paint ${ms(middle(({ paint }) => paint))}, total blocking time ${ms(middle(({ blocked }) => blocked))}`,
        beside: `${String(Math.max(...seen.map(({ foreign }) => foreign)))} requests to other hosts`,
        ratio: '—',
        goal: '≤ 1 s; ≤ 50 ms; 0',
      });
    }
  } finally {
    await browser.close();
  }
  return rows;
}

async function visit(browser: Browser, site: string, address: string): Promise<Load> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  try {
    const tab = await context.newPage();
    let foreign = 0;
    tab.on('request', (request) => {
      if (!request.url().startsWith(site)) foreign += 1;
    });
    const devtools = await context.newCDPSession(tab);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await tab.addInitScript(() => {
      const tasks: { from: number; to: number }[] = [];
      Object.assign(globalThis, { tasks });
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
          tasks.push({ from: startTime, to: startTime + duration });
        }
      }).observe({ type: 'longtask' as 'mark', buffered: true });
    });
    await tab.goto(site + address, { waitUntil: 'load' });
    await tab.waitForTimeout(2_000);
    const measured = await tab.evaluate(() => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
      const { tasks } = globalThis as unknown as { tasks: { from: number; to: number }[] };
      const blocked = tasks
        .map(({ from, to }) => to - Math.max(from, paint) - 50)
        .reduce((sum, ms) => sum + Math.max(0, ms), 0);
      return { paint, blocked };
    });
    return { ...measured, foreign };
  } finally {
    await context.close();
  }
}
