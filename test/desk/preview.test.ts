import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { networks } from '../../src/campaign/network.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { content, deskFixture, now, put, type Fixture } from '../site/web-fixture.js';

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((web) => web.close()));
});

async function start(fixture: Fixture) {
  const web = await startWeb(fixture.context, { port: 0 });
  running.push(web);
  return web.address;
}

async function page(fixture: Fixture, query = ''): Promise<string> {
  return (await fetch(`${await start(fixture)}/preview${query}`)).text();
}

const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',');

/** The part of the page for one network. */
const columnOf = (html: string, network: string) =>
  html.split('<section ').find((part) => part.includes(`data-network="${network}"`)) ?? '';

test('a post shows its text, link card, picture with alt text, time, lead time and counted length', async () => {
  const fixture = deskFixture();
  const post = await put(
    fixture.timeline,
    'bluesky',
    content('Soon:\nRumour and evidence\n\nhttps://program.example.org/sessions/s1 #NM26', {
      length: { used: 214, limit: 300, unit: 'graphemes' },
    }),
  );
  fixture.due.set(post.announcement, { leadTime: 'PT15M', dueAt: post.acceptedAt - 400 });
  const column = columnOf(await page(fixture), 'bluesky');
  expect(column).toContain('Soon:\nRumour and evidence\n\n<a href="https://program.example.org/');
  expect(column).toContain('<a href="https://bsky.app/hashtag/NM26"');
  expect(column).toContain(
    '<img src="/cards/abc123.png" alt="Card: Rumour and evidence, 14:15, Hall 2" width="1200" height="630" loading="lazy"',
  );
  expect(column).toContain('<time datetime="2026-11-24T12:59:59Z"');
  const said = words(column);
  expect(said).toContain('15 minutes before');
  expect(said).toContain('214 / 300 graphemes');
  expect(said).toContain('Tue 24 Nov, 13:59:59 CET 0.4 s after due');
  expect(said).toContain('ALT text of the picture');
  expect(said).toContain('Tue 24 Nov, 14:15 CET · Hall 2');
});

test('each network has its own column, newest post first', async () => {
  const fixture = deskFixture();
  for (const network of networks) {
    await put(fixture.timeline, network, content(`${network} old`));
    await put(fixture.timeline, network, content(`${network} new`));
  }
  const html = await page(fixture);
  for (const network of networks) {
    const texts = [...columnOf(html, network).matchAll(/<p class="text"[^>]*>([^<]*)/g)];
    expect(texts.map(([, text]) => text)).toEqual([`${network} new`, `${network} old`]);
  }
});

test('a page without posts says what is going to happen and when', async () => {
  const said = words(columnOf(await page(deskFixture()), 'bluesky'));
  expect(said).toContain('The first post is due at 14:12, in 12 minutes Rumour and evidence');
});

test('a page on which nothing is going to happen says why', async () => {
  const fixture = deskFixture();
  fixture.status = { counts: {}, heldOn: [], next: [] };
  expect(words(await page(fixture))).toContain('Nothing is planned here.');
  fixture.status = { counts: { held: 4 }, heldOn: ['x'], next: [] };
  const html = await page(fixture);
  expect(words(columnOf(html, 'x'))).toContain('they wait for a person to release them');
  expect(words(columnOf(html, 'threads'))).toContain('Nothing is planned here.');
});

test('the head has counts by state, the next due with its networks, and the clock of the conference', async () => {
  const fixture = deskFixture();
  const next = (network: 'x' | 'threads' | 'bluesky', minutes: number) => ({
    network,
    at: now + minutes * 60_000,
    title: 'Rumour',
  });
  fixture.status = {
    counts: { planned: 1_234, held: 2, expired: 0 },
    heldOn: ['x'],
    next: [next('bluesky', 5), next('threads', 5), next('x', 9)],
  };
  const head = words((await page(fixture)).split('<main')[0] ?? '');
  expect(head).toContain('1,234 planned 2 held 0 published');
  expect(head).not.toContain('expired');
  expect(head).toContain('14:05, in 5 minutes Rumour Bluesky and Threads');
  expect(head).toContain('14:00 CET');
});

test('a due moment of another day names the day', async () => {
  const fixture = deskFixture();
  fixture.status = {
    counts: {},
    heldOn: [],
    next: [{ network: 'x', at: now + 86_400_000, title: 'Far' }],
  };
  expect(words(await page(fixture))).toContain('Wed 25 Nov, 14:00, in 24 hours');
});

test('while everything is paused the page says so, and why', async () => {
  const fixture = deskFixture();
  fixture.status = { ...fixture.status, paused: { reason: 'Fire <alarm>', since: now - 240_000 } };
  const html = await page(fixture);
  expect(html).toContain('<span dir="auto">Fire &lt;alarm&gt;</span>');
  expect(words(html)).toContain('Paused 4 minutes ago');
});

test('without JavaScript the page looks again by itself, and older posts are a link away', async () => {
  const fixture = deskFixture();
  for (let i = 1; i <= 120; i++) await put(fixture.timeline, 'x', content(`post ${i}`));
  const address = await start(fixture);
  const newest = await (await fetch(`${address}/preview`)).text();
  expect(newest).toContain('<noscript><meta http-equiv="refresh" content="20"/></noscript>');
  const older = /href="(\/preview\?network=x&amp;before=\d+)"/.exec(columnOf(newest, 'x'))?.[1];
  expect(older).toBe('/preview?network=x&amp;before=71');
  const then = await (await fetch(`${address}/preview?network=x&before=71`)).text();
  expect(then).toContain('post 70<');
  expect(then).toContain('post 21<');
  expect(then).not.toMatch(/post (71|20)</);
  // What is old does not move.
  expect(then).not.toContain('http-equiv="refresh"');
  expect(then).not.toContain('data-after');
  const last = await (await fetch(`${address}/preview?network=x&before=21`)).text();
  expect(last).toMatch(/class="older" hidden/);
});

test('a senseless query shows the newest posts', async () => {
  const fixture = deskFixture();
  await put(fixture.timeline, 'x', content('here'));
  expect(await page(fixture, '?before=-1&network=myspace')).toContain('here<');
});

test('fifty posts on each network weigh less than 60 kB compressed', async () => {
  const fixture = deskFixture();
  for (const network of networks) {
    for (let i = 0; i < 50; i++) {
      // Random letters do not compress as well as real words do: an upper bound.
      const random = () => Math.random().toString(36).slice(2, 12);
      const title = `${random()} ${random()} ${random()}`;
      const url = `https://program.example.org/sessions/${random()}`;
      await put(
        fixture.timeline,
        network,
        content(`In 15 minutes, 14:15 CET / 13:15 UTC, Hall ${i}:\n\n${title}\n\n${url} #NM26`, {
          link: { url, title, description: `Tue 24 Nov, 14:15–15:30 CET · ${random()}` },
          picture: {
            digest: random() + random(),
            alt: `Card: ${title}`,
            card: { conference: '', title, people: [], time: '', layout: '' },
          },
        }),
      );
    }
  }
  expect(gzipSync(await page(fixture)).length).toBeLessThan(60_000);
});

describe('untrusted text', () => {
  const attack = `"><img src=x onerror=alert(1)><script>alert(2)</script>'`;

  test('in any field of a post it stays text', async () => {
    const fixture = deskFixture();
    for (const network of networks) {
      await put(
        fixture.timeline,
        network,
        content(`${attack} https://a.example/"><script> #${attack}`, {
          link: { url: `https://a.example/${attack}`, title: attack, description: attack },
          languages: [attack],
          picture: {
            digest: attack,
            alt: attack,
            card: { conference: '', title: '', people: [], time: '', layout: '' },
          },
        }),
      );
    }
    fixture.status = {
      counts: {},
      heldOn: [],
      next: [{ network: 'x', at: now, title: attack }],
      paused: { reason: attack, since: now },
    };
    const html = await page(fixture);
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain('<script>');
    const withoutValues = html.replaceAll(/"[^"]*"/g, '""');
    expect(withoutValues).not.toMatch(/<[^>]*onerror/);
  });

  test('a link that is no web address is shown, but leads nowhere', async () => {
    const fixture = deskFixture();
    const link = { url: 'javascript:alert(1)', title: 'Click', description: '' };
    await put(fixture.timeline, 'x', content('javascript:alert(1)', { link }));
    const html = await page(fixture);
    expect(html).not.toMatch(/href="javascript/i);
    expect(html).toContain('<p class="title" dir="auto">Click</p>');
  });
});

describe('live events', () => {
  /** Reads events until one of this kind has come. */
  async function event(
    address: string,
    kind: string,
    query: string,
    then?: () => Promise<unknown>,
  ) {
    const quit = new AbortController();
    const answer = await fetch(`${address}/preview/events${query}`, { signal: quit.signal });
    let text = '';
    try {
      const timer = setTimeout(() => quit.abort(), 20_000);
      let acted = false;
      for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        if (!acted && text.includes('event: status')) {
          acted = true;
          await then?.();
        }
        const found = text.split('\n\n').find((part) => part.startsWith(`event: ${kind}\n`));
        if (found !== undefined && text.endsWith('\n\n')) {
          clearTimeout(timer);
          return { found, answer };
        }
      }
    } finally {
      quit.abort();
    }
    throw new Error(`no event ${kind} in ${text}`);
  }

  test('a new post reaches an open page soon, as HTML', async () => {
    const fixture = deskFixture();
    const address = await start(fixture);
    const { found, answer } = await event(address, 'post', '?after=0', () =>
      put(fixture.timeline, 'threads', content('Hello <b>')),
    );
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    expect(answer.headers.get('content-encoding')).toBeNull();
    const data = JSON.parse(/^data: (.*)$/m.exec(found)?.[1] ?? '') as Record<string, string>;
    expect([data.id, data.network, data.title]).toEqual([
      'post-1',
      'threads',
      'Rumour and evidence',
    ]);
    expect(data.html).toContain('Hello &lt;b&gt;');
    expect(found).toContain('\nid: 1');
  });

  test('a page that lost its line hears what it missed', async () => {
    const fixture = deskFixture();
    await put(fixture.timeline, 'x', content('seen'));
    await put(fixture.timeline, 'x', content('missed'));
    const { found } = await event(await start(fixture), 'post', '?after=1');
    expect(found).toContain('missed');
  });

  test('the head of the page comes anew when it changed', async () => {
    const fixture = deskFixture();
    const { found } = await event(await start(fixture), 'status', '');
    expect(found).toContain('id=\\"status\\"');
    expect(found).toContain('id=\\"awaited-youtube\\"');
  });
});
