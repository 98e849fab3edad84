import { XMLParser } from 'fast-xml-parser';
import robotsModule from 'robots-parser';
import { describe, expect, it, test } from 'vitest';
import { addressesOf } from '../../src/site/addresses.js';
import { robotsText } from '../../src/site/discovery/sitemap-routes.js';
import { machineFixture } from './machine-fixture.js';
import { program, session } from './web-fixture.js';

const xml = new XMLParser({ isArray: (name) => name === 'url' || name === 'sitemap' });
const picture = {
  digest: 'abc123',
  alt: 'A card',
  card: { conference: '', title: '', people: [], time: '', layout: '' },
};
const withCard = (title = 'Rumour and evidence') =>
  machineFixture(
    program([
      session({
        title,
        people: [{ person: 'p1', role: 'chair' }],
        presentations: [
          { key: 'a', aliases: [], title: 'First', people: [], links: [], cancelled: false },
        ],
      }),
    ]),
    { sessionCard: () => Promise.resolve(picture) },
  );

describe('oEmbed', () => {
  const link = {
    version: '1.0',
    type: 'link',
    title: 'Rumour and evidence',
    author_name: 'Ada Example',
    provider_name: 'Northern Meeting 2026',
    provider_url: 'https://program.example.org',
    cache_age: 3600,
    thumbnail_url: 'https://program.example.org/cards/abc123.png',
    thumbnail_width: 1200,
    thumbnail_height: 630,
  };
  const ask = (url: string, more = '') =>
    withCard().ask(`/oembed?url=${encodeURIComponent(url)}${more}`);

  it('says what the page of a session or presentation is', async () => {
    const answer = await ask('https://program.example.org/sessions/s1?day=1#x');
    expect([answer.status, await answer.json()]).toEqual([200, link]);
    const presentation = await ask('http://program.example.org/presentations/a');
    expect(await presentation.json()).toMatchObject({ title: 'First' });
  });

  it('leaves the picture out where it is larger than allowed', async () => {
    const answer = await ask('https://program.example.org/sessions/s1', '&maxwidth=600');
    expect(await answer.json()).not.toHaveProperty('thumbnail_url');
  });

  it('says the same in XML, whatever the title', async () => {
    const title = `]]><b>&"' \u{1F3AD}`;
    const answer = await withCard(title).ask(
      '/oembed?format=xml&url=https://program.example.org/sessions/s1',
    );
    expect(answer.headers.get('Content-Type')).toBe('text/xml; charset=utf-8');
    const read = xml.parse(await answer.text()) as { oembed: Record<string, unknown> };
    expect(read.oembed.title).toBe(title);
    expect(Object.keys(read.oembed)).toEqual(Object.keys(link));
  });

  it.each([
    ['https://program.example.org/sessions/none', ''],
    ['https://program.example.org/rooms/r1', ''],
    ['https://elsewhere.example/sessions/s1', ''],
    ['https://program.example.org.evil.example/sessions/s1', ''],
    ['javascript:alert(1)', ''],
    ['', ''],
  ])('has nothing for %s', async (url) => {
    expect((await ask(url)).status).toBe(404);
  });

  it('answers 501 for a format that it has not', async () => {
    expect((await ask('https://program.example.org/sessions/s1', '&format=yaml')).status).toBe(501);
  });
});

describe('the sitemap', () => {
  const read = async (made: ReturnType<typeof machineFixture>, path: string) =>
    xml.parse(await (await made.ask(path)).text()) as {
      urlset?: { url: { loc: string; lastmod?: string }[] };
      sitemapindex?: { sitemap: { loc: string }[] };
    };

  it('lists every page of the program, with the last change where it is known', async () => {
    const { urlset } = await read(withCard(), '/sitemap.xml');
    expect(urlset?.url.map(({ loc, lastmod }) => [loc.slice(27), lastmod])).toEqual([
      ...['/', '/days', '/times', '/people', '/rooms', '/units', '/types', '/sessions'].map(
        (one) => [one, undefined],
      ),
      ['/days/2026-11-24', undefined],
      ['/sessions/s1', '2026-11-24T12:59:00Z'],
      ['/presentations/a', '2026-11-24T12:59:00Z'],
      ['/people/p1', undefined],
    ]);
  });

  it('is a list of sitemaps beyond 50,000 pages', async () => {
    const sessions = Array.from({ length: 50_001 }, (_, index) => session({ key: `k${index}` }));
    const made = machineFixture(program(sessions));
    const { sitemapindex } = await read(made, '/sitemap.xml');
    expect(sitemapindex?.sitemap.map(({ loc }) => loc)).toEqual([
      'https://program.example.org/sitemap-1.xml',
      'https://program.example.org/sitemap-2.xml',
    ]);
    expect((await read(made, '/sitemap-1.xml')).urlset?.url).toHaveLength(50_000);
    expect((await read(made, '/sitemap-2.xml')).urlset?.url).toHaveLength(10);
    expect((await made.ask('/sitemap-3.xml')).status).toBe(404);
    expect((await withCard().ask('/sitemap-1.xml')).status).toBe(404);
  });
});

test('robots may read the program and not what is for organizers or one visitor', () => {
  const site = 'https://example.org/program';
  const robotsParser = robotsModule as unknown as typeof robotsModule.default;
  const robots = robotsParser('https://example.org/robots.txt', robotsText(addressesOf(site)));
  expect(robots.isAllowed(`${site}/sessions/s1`, 'Any')).toBe(true);
  expect(robots.isAllowed(`${site}/preview`, 'Any')).toBe(false);
  expect(robots.isAllowed(`${site}/search?q=x`, 'Any')).toBe(false);
  expect(robots.getSitemaps()).toEqual([`${site}/sitemap.xml`]);
});
