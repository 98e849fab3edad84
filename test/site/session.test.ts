import type { Network } from '../../src/campaign/network.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { Session } from '../../src/program/model.js';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import { now, program, session, webFixture, type Fixture } from './web-fixture.js';

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((web) => web.close()));
});

async function page(
  over: Partial<Session>,
  fixture: Fixture = webFixture(),
  cookie = '',
): Promise<string> {
  fixture.program = { ...program([]), ...fixture.program, sessions: [session(over)] };
  const web = await startWeb(fixture.context, { port: 0 });
  running.push(web);
  return (await fetch(`${web.address}/sessions/s1`, { headers: { cookie } })).text();
}

/** What a reader reads, roughly: the page without its tags. */
const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

test('a session page says what, when, where, and of which unit', async () => {
  const html = await page({ room: 'r1', unit: 'u1', type: 'Panel', subtitle: 'A closer look' });
  const said = words(html);
  expect(said).toContain('Division: Methods');
  expect(said).toContain('Panel');
  expect(html).toContain('<h1 dir="auto">Rumour and evidence</h1>');
  expect(said).toContain('Tuesday, 24 November 2026 14:15 – 15:30 CET 13:15–14:30 UTC');
  expect(said).toContain('Hall 2 Main building, Floor 1');
  expect(said).toContain('A closer look');
});

test('a session past midnight names the day on which it ends', async () => {
  const startsAt = Date.UTC(2026, 10, 24, 22, 30);
  const said = words(await page({ startsAt, endsAt: startsAt + 90 * 60_000 }));
  expect(said).toContain('23:30 – Wed 25 Nov 01:00 CET 22:30–Wed 25 Nov 00:00 UTC');
});

test('hours in UTC are said as the visitor likes hours, with the day only where it is another, and not beside the same', async () => {
  const seen = async (cookie: string, over: Partial<Session> = {}, zone?: string) => {
    const fixture = webFixture(
      zone === undefined
        ? {}
        : { conference: () => ({ name: 'NM', zone, language: 'en', unitLabel: 'Track' }) },
    );
    return words(await page(over, fixture, `callboard-preferences=${cookie}`));
  };
  expect(await seen('language%3Dfr%26clock%3D12')).toMatch(/mardi 24.* CET 1:15 PM–2:30 PM UTC/);
  const startsAt = Date.UTC(2026, 10, 24, 23, 30);
  const late = { startsAt, endsAt: startsAt + 3_600_000 };
  expect(await seen('language%3Dde', late)).toMatch(
    /Mittwoch, 25\. November 2026 .* Di\.?, 24\. Nov\.?, 23:30–Mi/,
  );
  expect(await seen('', {}, 'Atlantic/Reykjavik')).not.toContain('UTC');
});

test('words of a session are marked as its language, or the program’s, where that is not English', async () => {
  const fixture = webFixture();
  fixture.program = { ...program([]), language: 'ja' };
  const japanese = await page({ languages: [], subtitle: '光' }, fixture);
  expect(japanese).toContain('<h1 dir="auto" lang="ja">');
  expect(japanese).toContain('<p class="subtitle" dir="auto" lang="ja">');
  const list = await (await fetch(`${running.at(-1)?.address ?? ''}/sessions`)).text();
  expect(list).toMatch(/<a class="title" href="[^"]*" dir="auto" lang="ja">/);
  expect(await page({ languages: ['ar'] }, fixture)).toContain('<h1 dir="auto" lang="ar">');
});

test('sharing a presentation shares that presentation: its title, people, own start and address', async () => {
  const fixture = webFixture();
  const one = { key: 'c1', aliases: [], links: [], cancelled: false, startsAt: now + 3_600_000 };
  const people = [{ person: 'p1', role: 'author' as const }];
  const long = { ...one, key: 'c2', title: 'Paraffin '.repeat(60), people: [] };
  const presentations = [{ ...one, title: 'Paid in Paraffin', people }, long];
  await page({ presentations }, fixture);
  const shared = async (key: string, origin: string) => {
    const html = await (
      await fetch(`${running.at(-1)?.address ?? ''}/presentations/${key}`)
    ).text();
    const [, text = ''] = new RegExp(`href="${origin}[^"]*text=([^"]*)"`).exec(html) ?? [];
    return decodeURIComponent(text);
  };
  for (const origin of ['https://bsky.app', 'https://www.threads.com', 'https://x.com']) {
    expect(await shared('c1', origin)).toBe(
      'Paid in Paraffin\nAda Example\nTue 24 Nov, 15:00 CET\nhttps://program.example.org/presentations/c1',
    );
    const cut = await shared('c2', origin);
    expect(cut).toMatch(/^Paraffin .*…\nTue 24 Nov, 15:00 CET\nhttps:\S+\/presentations\/c2$/);
    expect(cut.length).toBeLessThan(480);
  }
});

test('people stand under their roles, in the order of the roles', async () => {
  const said = words(
    await page({
      people: [
        { person: 'p3', role: 'discussant' },
        { person: 'p1', role: 'chair' },
        { person: 'p2', role: 'chair', affiliation: 'Elsewhere' },
      ],
    }),
  );
  expect(said).toContain(
    'Chairs Ada Example University of Somewhere Bo Sample Elsewhere Discussant Chi Specimen',
  );
});

test('presentations stand in their order with times, and a cancelled one is marked', async () => {
  const one = (key: string, title: string, minutes: number, cancelled = false) => ({
    key,
    aliases: [],
    title,
    startsAt: now + minutes * 60_000,
    people: [{ person: 'p1', role: 'author' as const }],
    links: [],
    cancelled,
  });
  const said = words(
    await page({ presentations: [one('a', 'First', 15), one('b', 'Second', 35, true)] }),
  );
  expect(said).toMatch(/Presentations 14:15 First Author Ada Example .* 14:35 Second Cancelled/);
});

test('a presentation begins on both clocks, each by its name, where the visitor chose a zone', async () => {
  const one = { key: 'a', aliases: [], title: 'First', people: [], links: [], cancelled: false };
  const begin = async (zone: string, startsAt: number) => {
    const cookie = `callboard-preferences=zone%3D${encodeURIComponent(zone)}`;
    const html = await page({ presentations: [{ ...one, startsAt }] }, webFixture(), cookie);
    return words(/<p class="begin"[^]*?<\/p>/.exec(html)?.[0] ?? '');
  };
  expect(await begin('Europe/Berlin', now)).toBe('14:00');
  expect(await begin('Asia/Tokyo', now)).toBe('14:00 CET 22:00 GMT+9');
  expect(await begin('Asia/Tokyo', now + 3 * 3_600_000)).toBe('17:00 CET Wed 25 Nov, 01:00 GMT+9');
});

test('posts stand in the fixed order of the networks, those of one network the oldest first', async () => {
  const post = (network: Network, id: number) => ({
    announcement: String(id),
    session: 's1',
    network,
    address: `https://posts.example.org/${String(id)}`,
    at: now + id * 60_000,
    isPreview: false,
  });
  const posts = [post('youtube', 1), post('x', 2), post('bluesky', 3), post('bluesky', 4)];
  const fixture = webFixture({ postsAbout: () => Promise.resolve(posts) });
  const found = (await page({}, fixture)).matchAll(/https:\/\/posts\.example\.org\/(\d)/g);
  expect([...found].map(([, id]) => id)).toEqual(['3', '4', '2', '1']);
});

test.for([
  [
    'the broadcast',
    'https://youtu.be/abc',
    'https://www.youtube.com/@nm26',
    'https://youtu.be/abc',
  ],
  ['the live channel', undefined, 'https://www.youtube.com/@nm26', 'https://www.youtube.com/@nm26'],
  ['nothing', 'https://stream.example.org/', undefined, undefined],
] as const)('on YouTube there is to share: %s', async ([, stream, address, shared]) => {
  const fixture = webFixture({
    social: [{ network: 'youtube', name: 'YouTube', ...(address !== undefined && { address }) }],
  });
  const html = await page(stream === undefined ? {} : { stream }, fixture);
  const menu = /<details class="share">[^]*?<\/details>/.exec(html)?.[0] ?? '';
  const entry = [...menu.matchAll(/<a href="([^"]*)"[^>]*>(?:(?!<\/a>)[^])*YouTube/g)].at(-1);
  expect(entry?.[1]).toBe(shared);
});

test('an abstract keeps its paragraphs', async () => {
  const html = await page({ abstract: 'One\nline.\n\n\nTwo.' });
  expect(html).toContain('<p dir="auto">One\nline.</p><p dir="auto">Two.</p>');
});

test('a cancelled session says so, on the page and in its link card', async () => {
  const html = await page({ cancelled: true });
  expect(words(html)).toContain('Cancelled. This session does not take place.');
  expect(html).toMatch(/<meta property="og:description" content="Cancelled · /);
});

test.for([
  [false, ''],
  [true, 'Cancelled · '],
])(
  'the link card of a presentation says its own start, and whether it is cancelled: %s',
  async ([cancelled, mark]) => {
    const fixture = webFixture();
    const startsAt = now + 35 * 60_000;
    const one = { key: 'a', aliases: [], title: 'Second', people: [], links: [] };
    fixture.program = program([
      session({ presentations: [{ ...one, startsAt, cancelled: cancelled === true }] }),
    ]);
    const web = await startWeb(fixture.context, { port: 0 });
    running.push(web);
    const html = await (await fetch(`${web.address}/presentations/a`)).text();
    const said = [...html.matchAll(/(?:name|property)="([a-z:]*)description" content="([^"]*)"/g)];
    expect(said.map(([, whose, text]) => [whose, text])).toEqual(
      ['', 'og:', 'twitter:'].map((whose) => [
        whose,
        `${String(mark)}Tuesday, 24 November 2026, 14:35 CET`,
      ]),
    );
  },
);

test('all that is on at the same time is on the page of a session, the first of it open', async () => {
  const fixture = webFixture();
  const own = session({ cancelled: true });
  const others = Array.from({ length: 11 }, (_, at) =>
    session({ key: `o${String(at)}`, startsAt: own.startsAt - 60_000 * at }),
  );
  fixture.program = program([own, ...others]);
  const web = await startWeb(fixture.context, { port: 0 });
  running.push(web);
  const html = await (await fetch(`${web.address}/sessions/s1`)).text();
  const section = /<section class="besides" id="besides">[^]*?<\/section>/.exec(html)?.[0] ?? '';
  const [open = '', folded = ''] = section.split('<summary>3 more sessions</summary>');
  const rows = (part: string) => part.split('data-session=').length - 1;
  expect([rows(open), rows(folded)]).toEqual([8, 3]);
  expect(html).toContain('<a href="#besides">See what else is on at that time</a>');
});

test('what lasts beside hundreds leads to the rest of them on their day', async () => {
  const fixture = webFixture();
  const own = session({ endsAt: session().startsAt + 8 * 3_600_000 });
  const others = Array.from({ length: 100 }, (_, at) => {
    const startsAt = own.startsAt + 60_000 * at;
    return session({ key: `o${String(at)}`, startsAt, endsAt: startsAt + 60_000 });
  });
  fixture.program = program([own, ...others]);
  const web = await startWeb(fixture.context, { port: 0 });
  running.push(web);
  const html = await (await fetch(`${web.address}/sessions/s1`)).text();
  expect(html.split('data-session=').length - 1).toBe(68);
  const [, path = '', anchor = ''] =
    /32 others from <a href="([^"#]*)#([^"]*)">Tue 24 Nov, 15:23<\/a>/.exec(html) ?? [];
  expect(await (await fetch(web.address + path)).text()).toContain(`id="${anchor}"`);
});

test('a cancelled session leads to nothing else where nothing else is on', async () => {
  expect(await page({ cancelled: true })).not.toContain('See what else is on');
});

test('networks find title, description, picture with alt text, and the canonical address', async () => {
  const fixture = webFixture({
    sessionCard: () =>
      Promise.resolve({
        digest: 'abc123',
        alt: 'A card',
        card: { conference: '', title: '', people: [], time: '', layout: '' },
      }),
  });
  const html = await page({ abstract: 'About it.' }, fixture);
  const site = 'https://program.example.org';
  expect(html).toContain(`<link rel="canonical" href="${site}/sessions/s1"/>`);
  expect(html).toContain('<meta property="og:title" content="Rumour and evidence"/>');
  expect(html).toContain(`<meta property="og:image" content="${site}/cards/abc123.png"/>`);
  expect(html).toContain('<meta property="og:image:alt" content="A card"/>');
  expect(html).toContain('<meta name="twitter:card" content="summary_large_image"/>');
  expect(html).toContain(
    '<meta name="description" content="Tuesday, 24 November 2026, 14:15 CET. About it."/>',
  );
});

test('a long description is cut at a word and never inside a character', async () => {
  const html = await page({ abstract: '🎭'.repeat(400) });
  const description = /name="description" content="([^"]*)"/.exec(html)?.[1] ?? '';
  expect(Array.from(description).length).toBeLessThanOrEqual(200);
  expect(description).not.toMatch(/\p{Surrogate}/u);
});

test('an unknown session answers 404 with a sentence', async () => {
  const web = await startWeb(webFixture().context, { port: 0 });
  running.push(web);
  const answer = await fetch(`${web.address}/sessions/none`);
  expect(answer.status).toBe(404);
  expect(words(await answer.text())).toContain('The program has no session under this address.');
});

test('before the first import, a session page says that the program is not read yet', async () => {
  const fixture = webFixture();
  fixture.program = undefined;
  const web = await startWeb(fixture.context, { port: 0 });
  running.push(web);
  const answer = await fetch(`${web.address}/sessions/s1`);
  expect(answer.status).toBe(404);
  expect(words(await answer.text())).toContain('The program has not been read yet.');
});

describe('untrusted text', () => {
  const attack = `"><img src=x onerror=alert(1)><script>alert(2)</script>'`;

  test('in any field of the program it stays text', async () => {
    const fixture = webFixture();
    fixture.program = program([], {
      title: attack,
      people: [{ key: 'p1', aliases: [], name: attack, affiliation: attack }],
      rooms: [{ key: 'r1', name: attack, building: attack, floor: attack }],
      units: [{ key: 'u1', name: attack }],
    });
    const html = await page(
      {
        title: attack,
        subtitle: attack,
        type: attack,
        abstract: attack,
        room: 'r1',
        unit: 'u1',
        languages: [attack],
        links: [{ url: 'https://example.org/?q="><b>', title: attack }],
        people: [{ person: 'p1', role: 'chair', affiliation: attack }],
        presentations: [
          {
            key: 'a',
            aliases: [],
            title: attack,
            abstract: attack,
            people: [{ person: 'p1', role: 'author' }],
            links: [{ url: 'https://example.org/', title: attack }],
            cancelled: true,
          },
        ],
      },
      fixture,
    );
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<b>');
    expect(html.split('alert(2)').length - 1).toBeGreaterThan(14);
  });

  test('only web addresses become links', async () => {
    const evil = ['javascript:alert(1)', 'data:text/html,x', ' JAVASCRIPT:alert(1)', 'vbscript:x'];
    const fixture = webFixture();
    fixture.program = program([], {
      people: [{ key: 'p1', aliases: [], name: 'Ada', url: evil[0] ?? '' }],
    });
    const html = await page(
      {
        people: [{ person: 'p1', role: 'chair' }],
        links: evil.map((url) => ({ url, title: 'click' })),
        url: 'javascript:alert(1)',
        stream: 'javascript:alert(1)',
        recording: 'data:text/html,x',
      },
      fixture,
    );
    const targets = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);
    expect(targets.length).toBeGreaterThan(10);
    expect(targets.filter((target) => !/^(?:[#/]|https:\/\/)/.test(target ?? ''))).toEqual([]);
    expect(html).not.toMatch(/(?:javascript|vbscript|data):/i);
  });
});
