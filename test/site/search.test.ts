import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noPast } from '../../src/program/history.js';
import { lookup } from '../../src/program/lookup.js';
import type { ProgramOfPages } from '../../src/site/web-context.js';
import type { Program } from '../../src/program/model.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { buildProgram } from '../support/programs.js';
import { now, webFixture } from './web-fixture.js';

let web: WebServer;
let shown: { readonly program: Program; readonly version: number };
let inForce: ProgramOfPages | undefined;

const start = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const many = Array.from({ length: 40 }, (_, index) => ({
  title: `Workshop number ${index}`,
  start: start(24 * 60),
}));
const sketches = [
  {
    title: 'Climate <script>alert(1)</script> politics',
    start: start(-15),
    room: { name: 'Hall 2', building: 'Main building' },
    unit: 'Methods & more',
    type: 'Panel',
    people: ['Tobias Böhmelt'],
    presentations: [{ title: 'Flood insurance', people: ['Ana "Anita" Silva'] }],
  },
  {
    title: 'Climate politics again',
    start: start(120),
    room: 'Hall 20',
    unit: 'Data',
    type: 'Lecture',
    abstract: `${'Nothing to see here. '.repeat(20)}Finally a glacier & its “lake”.`,
    cancelled: true,
  },
  ...many,
];

beforeEach(async () => {
  show(buildProgram(sketches), 7);
  const { context } = webFixture({ program: () => Promise.resolve(inForce) });
  web = await startWeb(context, { port: 0 });
});
afterEach(() => web.close());

function show(program: Program, version: number) {
  shown = { program, version };
  inForce = { lookup: lookup(shown.program), version: shown.version, past: noPast };
}

async function get(path: string): Promise<string> {
  const answer = await fetch(web.address + path);
  expect(answer.status).toBe(200);
  return answer.text();
}

const search = (text: string, more = '') => get(`/search?q=${encodeURIComponent(text)}${more}`);

/** What a reader reads in the content, roughly. */
const words = (html: string) =>
  (/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('the search page', () => {
  test('shows what was found, marked, with when and where', async () => {
    const html = await search('climate');
    expect(html).toContain('<mark>Climate</mark> politics again');
    const said = words(html);
    expect(said).toContain('2 finds');
    expect(said).toMatch(/Climate &lt;script&gt;.* politics Now Tue 24 Nov, 13:45–14:45/);
    expect(said).toMatch(/Climate politics again Cancelled/);
    expect(html).not.toContain('<script>alert');
  });

  test('shows people and rooms apart, and a presentation with its session', async () => {
    const said = words(await search('boehmelt OR insurance'));
    expect(said).toContain('People, rooms and more Person: Tobias Böhmelt');
    expect(said).toMatch(/Presentation Flood insurance .* In Climate &lt;script&gt;/);
    expect(said).toContain('With: Tobias Böhmelt');
  });

  test('shows the place in a long abstract that matched', async () => {
    const html = await search('glacier');
    expect(html).toMatch(/… [^<]*Finally a <mark>glacier<\/mark> &amp; its “lake”\./);
  });

  test('narrows by links that add an operator, and takes it off again', async () => {
    const html = await search('climate');
    const link = /href="(\/search\?q=climate\+unit:[^"]*)"/
      .exec(html)?.[1]
      ?.replaceAll('&amp;', '&');
    expect(link).toBe('/search?q=climate+unit:%22Methods+%26+more%22');
    const narrowed = await get(link ?? '');
    expect(words(narrowed)).toContain('1 find');
    expect(narrowed).toContain('href="/search?q=climate"');
    expect(words(narrowed)).toContain('Remove: unit:&quot;Methods &amp; more&quot;');
  });

  test('pages through what was found', async () => {
    const first = await search('workshop');
    expect(words(first)).toContain('40 finds');
    expect(first.match(/<li class="row"/g)?.length).toBe(30);
    expect(first).toContain('href="/search?q=workshop&amp;page=2"');
    const second = await search('workshop', '&page=2');
    expect(second.match(/<li class="row"/g)?.length).toBe(10);
    expect(second).toContain('start="31"');
    const beyond = await search('workshop', '&page=99');
    expect(beyond.match(/<li class="row"/g)?.length).toBe(10);
  });

  test('shows one kind alone', async () => {
    const html = await search('hall', '&kind=room');
    expect(html.match(/href="\/rooms\/[^"]*" dir="auto"/g)?.length).toBe(2);
    expect(words(html)).toContain('Rooms');
  });

  test('says what to relax, and what may have been meant', async () => {
    const html = await search('glacier type:panel');
    expect(words(html)).toContain('Nothing in the program has all of this.');
    expect(html).toContain('href="/search?q=glacier"');
    expect(words(html)).toContain('Without type:panel : 1 find');
    const mistyped = words(await search('glaicer'));
    expect(mistyped).toContain('Nothing in the program says “ glaicer ”');
    expect(mistyped).toContain('Did you mean glacier ?');
  });

  test('says what it did not understand, without making it part of the page', async () => {
    const html = await search('day:<img/src=x> "climate');
    expect(html).toContain('“&lt;img/src=x&gt;” names no day');
    expect(html).toContain('A quotation mark was not closed');
    expect(html).not.toContain('<img');
  });

  test('begins with what can be typed, each example with what it finds', async () => {
    const html = await get('/search');
    expect(words(html)).toContain('What you can type');
    expect(html).toContain('action="/search"');
  });

  test.each([
    ['x'.repeat(10_000)],
    ['"'.repeat(3_000)],
    ['../../etc/passwd'],
    ['"><script>alert(1)</script>'],
    ['.*+?^${}()|[]\\'],
    ['\u0000'],
  ])('answers %s', async (text) => {
    const html = await search(text);
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('</html>');
  });

  test('answers half a letter and a broken address', async () => {
    expect(await get('/search?q=%ED%A0%80%')).toContain('</html>');
  });

  test('two long queries that begin alike are two pages', async () => {
    const long = 'ü'.repeat(400);
    const one = await search(`${long} OR glacier`);
    const other = await search(`${long} OR insurance`);
    expect(one).toContain('<mark>glacier</mark>');
    expect(other).toContain('<mark>insurance</mark>');
  });

  test('says that signs alone are not searched for', async () => {
    expect(words(await search('🐚 %'))).toContain('Signs alone are not searched for; type a word.');
    expect(words(await search(''))).not.toContain('Signs alone');
  });

  test('says so where the program is empty', async () => {
    inForce = undefined;
    expect(words(await get('/search'))).toContain('The program holds no session yet.');
    expect(words(await search('climate'))).toContain('Nothing in the program has all of this.');
    expect(words(await get('/search/tips'))).toContain('Search tips');
  });

  test('answers from the version before until the new one is indexed', async () => {
    expect(words(await search('glacier'))).toContain('1 find');
    show(
      buildProgram([
        { title: 'A glacier and another glacier', start: start(5) },
        { title: 'Glacier' },
      ]),
      8,
    );
    let said = '';
    for (let tries = 0; tries < 200 && !said.includes('2 finds'); tries += 1) {
      // A finished answer is given again for a second; each try has an address of its own.
      said = words(await search('glacier', `&try=${tries}`));
      expect(said).toMatch(/[12] finds?/);
    }
    expect(said).toContain('2 finds');
  });
});

test('the search tips take their examples from the program, and each finds what it says', async () => {
  const html = await get('/search/tips');
  const examples = [
    ...html.matchAll(
      /<dt><a href="([^"]*)" dir="auto">.*?<\/dt><dd>.*?<span class="count">(\d+) finds?/g,
    ),
  ].map(([, path = '', count]) => [path.replaceAll('&amp;', '&'), Number(count)] as const);
  expect(examples.length).toBeGreaterThan(8);
  for (const [path, count] of examples) {
    expect(words(await get(path))).toContain(count === 1 ? '1 find' : `${count} finds`);
  }
  const texts = examples.map(([path]) => new URL(path, 'http://x').searchParams.get('q') ?? '');
  expect(texts).toContain('tobias bohmelt');
  expect(texts).toContain('type:"Lecture"');
  expect(texts.some((text) => text.startsWith('division:'))).toBe(true);
  for (const [path, count] of examples) {
    const text = new URL(path, 'http://x').searchParams.get('q') ?? '';
    const [word = '', without] = text.split(' -');
    if (without === undefined) continue;
    const all = Number(/(\d+) finds?/.exec(words(await search(word)))?.[1]);
    expect(count).toBeLessThan(all);
  }
});

describe('suggestions', () => {
  const suggest = (text: string) => get(`/search/suggest?q=${encodeURIComponent(text)}`);

  test('are options that lead to their pages', async () => {
    const html = await suggest('boehm');
    expect(html).toMatch(
      /^<li role="presentation"><a role="option" tabindex="-1" href="\/people\/person000000">/,
    );
    expect(html).toContain('Tobias <mark>Böhmelt</mark>');
    expect(html.match(/role="option"/g)?.length).toBe(1);
  });

  test('say when a session is, and run nothing', async () => {
    const html = await suggest('clim');
    expect(words(html)).toContain('Climate politics again Tue 24 Nov, 16:00');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script>');
  });

  test('say that there is nothing by an item that is no option', async () => {
    expect(await suggest('qwertz')).toBe(
      '<li role="presentation" aria-hidden="true" data-no-result-found="true" class="note">No name or title has this</li>',
    );
  });
});

describe('the feeds of a search', () => {
  const feed = async (query: string) => {
    const document = JSON.parse(await get(`/search.json?${query}`)) as {
      title: string;
      home_page_url: string;
      feed_url: string;
      items: { title: string }[];
    };
    return { ...document, titles: document.items.map(({ title }) => title).sort() };
  };
  const hrefs = (html: string, pattern: RegExp) =>
    [...html.matchAll(pattern)].map(([, href]) => href?.replaceAll('&amp;', '&'));

  test('stand in the head and at the foot of its page, and are there', async () => {
    const html = await search('climate day:2026-11-24');
    const feeds = ['ics', 'atom', 'json'].map(
      (ending) => `/search.${ending}?q=climate+day:2026-11-24`,
    );
    expect(hrefs(html, /<link rel="alternate"[^>]* href="([^"]*)"/g)).toEqual(feeds);
    const foot = /<p class="feeds">.*?<\/p>/.exec(html)?.[0] ?? '';
    expect(hrefs(foot, /<a href="([^"]*)"/g)).toEqual(feeds);
    const types = ['text/calendar', 'application/atom+xml', 'application/feed+json'];
    for (const [index, path] of feeds.entries()) {
      const answer = await fetch(web.address + path);
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
        200,
        `${types[index] ?? ''}; charset=utf-8`,
      ]);
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
      const known = { 'If-None-Match': answer.headers.get('ETag') ?? '' };
      expect((await fetch(web.address + path, { headers: known })).status).toBe(304);
      expect(await answer.text()).toContain('Climate politics again');
    }
  });

  test('hold all sessions that were found, and those of presentations, however many', async () => {
    expect((await feed('q=workshop')).titles.length).toBe(40);
    const insurance = await feed('q=insurance');
    expect(insurance.titles).toEqual(['Climate <script>alert(1)</script> politics']);
    expect((await feed('q=insurance&kind=session')).titles).toEqual([]);
    expect((await feed('q=insurance&kind=presentation')).titles).toEqual(insurance.titles);
    expect(await feed('q=insurance&page=2&x=1')).toMatchObject({
      title: 'Search: insurance · Northern Meeting 2026',
      home_page_url: 'https://program.example.org/search?q=insurance',
      feed_url: 'https://program.example.org/search.json?q=insurance',
    });
  });

  test('pass over what was not understood, as the page does', async () => {
    for (const text of [
      'climate day:nonsense',
      '"climate',
      'climate -',
      'kind: (',
      '',
      '-workshop',
    ]) {
      const query = encodeURIComponent(text);
      const onPage = [
        ...(await search(text)).matchAll(/<li class="row[^"]*" data-session="([^"]*)"/g),
      ].map(([, key]) => key);
      const { items } = await feed(`q=${query}&kind=session`);
      const addresses = (items as unknown as { url: string }[]).map(({ url }) => url);
      expect([text, addresses.sort()]).toEqual([
        text,
        onPage.map((key) => `https://program.example.org/sessions/${key ?? ''}`).sort(),
      ]);
    }
  });

  test('are not offered where no session was found', async () => {
    expect(await search('nothingofthekind')).not.toContain('/search.ics');
    expect(await get('/search')).not.toContain('/search.ics');
  });

  test('say what is in force of a session, also while its version is being indexed', async () => {
    await get('/search.ics?q=glacier');
    show(buildProgram([{ title: 'Another', start: start(60) }]), 8);
    const { titles } = await feed('q=glacier');
    expect(titles).toEqual([]);
  });

  test('answer 503 before the first import, so that no calendar is emptied', async () => {
    inForce = undefined;
    const answer = await fetch(`${web.address}/search.ics?q=climate`);
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '60']);
  });
});
