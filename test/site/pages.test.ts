import { noPast } from '../../src/program/history.js';
import { afterEach, describe, expect, test } from 'vitest';
import { brotliDecompressSync } from 'node:zlib';
import { request } from 'node:http';
import { startWeb, type WebServer } from '../../src/site/web-server.js';
import type { WebContext } from '../../src/site/web-context.js';
import {
  chosenZone,
  parsePreferences,
  usualPreferences,
  zoneFor,
} from '../../src/site/preferences.js';
import { now, program, session, webFixture } from './web-fixture.js';
import { panel, sample, sampleSite } from './sample.js';

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((web) => web.close()));
});

async function start(context: WebContext): Promise<string> {
  const web = await startWeb(context, { port: 0 });
  running.push(web);
  return web.address;
}

const words = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The page as it goes over the wire, without a client that unpacks it. */
function raw(address: string, headers: Record<string, string>) {
  return new Promise<{ body: Buffer; headers: NodeJS.Dict<string | string[]>; status: number }>(
    (resolve, reject) => {
      request(address, { headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          resolve({
            body: Buffer.concat(parts),
            headers: answer.headers,
            status: answer.statusCode ?? 0,
          });
        });
      })
        .on('error', reject)
        .end();
    },
  );
}

describe('the feeds of a list', () => {
  const one = session({
    room: 'r1',
    unit: 'u1',
    type: 'Panel',
    people: [{ person: 'p1', role: 'chair' }],
  });

  test.for([
    '/',
    '/days/2026-11-24?unit=u1',
    '/times/2026-11-24T13:15Z',
    '/people/p1',
    '/rooms/r1?day=2026-11-24',
    '/units/u1',
    '/types/panel',
    '/sessions?room=r1',
    '/sessions/s1',
  ])('stand in the head of %s for feed readers, and answer', async (path) => {
    const fixture = webFixture();
    fixture.program = program([one]);
    const address = await start(fixture.context);
    const html = await (await fetch(address + path)).text();
    const types = ['text/calendar', 'application/atom+xml', 'application/feed+json'];
    for (const type of types) {
      const [, href = ''] =
        new RegExp(
          `<link rel="alternate" type="${type.replace('+', '[+]')}" [^>]*href="([^"]*)"`,
        ).exec(html) ?? [];
      const answer = await fetch(address + href.replaceAll('&amp;', '&'));
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
        200,
        `${type}; charset=utf-8`,
      ]);
      expect(await answer.text()).toContain('Rumour and evidence');
    }
  });
});

describe('every page that the menu leads to', () => {
  test.for([
    ['/', 'Lights at Sea'],
    ['/days', 'Browse by day'],
    ['/times', 'Browse by time'],
    ['/people', 'Browse by person'],
    ['/rooms', 'Farol House'],
    ['/units', 'Coastal Ecology'],
    ['/types', 'Browse by session type'],
    ['/search', 'Search'],
    ['/search/tips', 'Search tips'],
    ['/preferences', 'Time zone'],
    ['/changes', 'What changed'],
    ['/networks/bluesky', 'Open bsky.app'],
    ['/networks/threads', 'are being rehearsed'],
    ['/networks/x', 'X (Twitter)'],
    ['/networks/youtube', 'YouTube'],
    ['/feeds', 'iCalendar'],
  ])('%s stands', async ([path, text]) => {
    const answer = await fetch((await start(sampleSite().context)) + (path ?? ''));
    expect(answer.status).toBe(200);
    expect(words(await answer.text())).toContain(text);
  });
});

test('no link of the site leads nowhere', { timeout: 120_000 }, async () => {
  const address = await start(sampleSite({ site: 'http://localhost' }).context);
  const seen = new Set(['/']);
  const broken: string[] = [];
  for (const path of seen) {
    const answer = await fetch(address + path);
    if (answer.status !== 200) broken.push(`${path}: ${String(answer.status)}`);
    if (!(answer.headers.get('content-type') ?? '').includes('html')) {
      await answer.arrayBuffer();
      continue;
    }
    const html = await answer.text();
    const ids = [...html.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    if (new Set(ids).size < ids.length) broken.push(`${path}: the same id twice`);
    for (const [, link = ''] of html.matchAll(/<(?:a|link)\b[^>]* href="([^"]+)"/g)) {
      const onPage = /^#(.+)$/.exec(link)?.[1];
      if (onPage !== undefined && !ids.includes(onPage)) broken.push(`${path}${link}`);
      const to = link.replaceAll('&amp;', '&').split('#')[0] ?? '';
      // Filters combine without end; one of each is followed through the pages themselves.
      if (to.startsWith('/') && !to.startsWith('//') && !to.includes('?')) seen.add(to);
    }
  }
  expect(broken).toEqual([]);
  expect(seen.size).toBeGreaterThan(sample.sessions.length + 100);
});

test('below a path every link keeps it, whether the proxy takes it off or not', async () => {
  const address = await start(sampleSite({ site: 'https://meeting.example.org/program' }).context);
  for (const path of ['/days', '/program/days', '/program']) {
    const answer = await fetch(address + path);
    expect(answer.status).toBe(200);
    const html = await answer.text();
    const own = [...html.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)].map(([, link]) => link);
    expect(own.length).toBeGreaterThan(20);
    expect(own.filter((link) => !link?.startsWith('/program/'))).toEqual([]);
  }
});

describe('what browsers keep', () => {
  test('an unchanged page answers 304, a changed program a new page', async () => {
    const fixture = webFixture();
    const address = await start(fixture.context);
    const first = await fetch(`${address}/units`);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{20}"$/);
    expect(first.headers.get('vary')).toContain('Cookie');
    const again = await fetch(`${address}/units`, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    fixture.program = program([session({ unit: 'u1' })]);
    fixture.version = 8;
    await expect
      .poll(async () => (await fetch(`${address}/units`)).headers.get('etag'), { timeout: 5_000 })
      .not.toBe(etag);
  });

  test('a page is compressed once for all, and is the same page', async () => {
    const address = await start(sampleSite().context);
    const plain = await raw(`${address}/days`, {});
    const small = await raw(`${address}/days`, { 'accept-encoding': 'gzip;q=0.5, br' });
    expect([plain.headers['content-encoding'], small.headers['content-encoding']]).toEqual([
      undefined,
      'br',
    ]);
    expect(brotliDecompressSync(small.body)).toEqual(plain.body);
    expect(small.headers.etag).toBe(plain.headers.etag);
    expect(
      (await raw(`${address}/days`, { 'accept-encoding': 'br;q=0' })).headers,
    ).not.toHaveProperty('content-encoding');
  });

  test('two visitors with different wishes never see one another’s page', async () => {
    const address = await start(sampleSite().context);
    const seen = (cookie: string) =>
      fetch(`${address}/sessions/${panel.key}`, { headers: { cookie } }).then((one) => one.text());
    const [plain, tokyo, dark] = [
      await seen(''),
      await seen('callboard-preferences=zone%3DAsia%2FTokyo'),
      await seen('callboard-preferences=theme%3Ddark'),
    ];
    expect(plain).not.toContain('JST');
    expect(tokyo).toContain('GMT+9, your zone');
    expect(dark).toContain('data-theme="dark"');
    expect(plain).not.toContain('data-theme');
  });
});

describe('addresses that lead nowhere', () => {
  test.for([
    ['/sessions/none', 'No such session'],
    ['/people/none', 'No such person'],
    ['/rooms/none', 'No such room'],
    ['/units/none', 'No such Section'],
    ['/types/none', 'No such session type'],
    ['/days/2099-01-01', 'No such day'],
    ['/times/now', 'No such time'],
    ['/presentations/none', 'No such presentation'],
    ['/networks/none', 'No such page'],
    ['/..%2f..%2fetc%2fpasswd', 'No such page'],
  ])('%s answers 404 with a search', async ([path, title]) => {
    const answer = await fetch((await start(sampleSite().context)) + (path ?? ''));
    expect(answer.status).toBe(404);
    const html = await answer.text();
    expect(words(html)).toContain(title);
    expect(html).toContain('id="missing-q"');
  });

  test.for([
    ['https://program.example.org', '/days/?view=grid', '/days?view=grid'],
    ['https://program.example.org', '//evil.example/', '/'],
    ['https://meeting.example.org/program', '/program/rooms/', '/program/rooms'],
    ['https://meeting.example.org/program', '/rooms/', '/program/rooms'],
  ] as const)('with a slash too many, on %s %s leads to %s', async ([site, path, to]) => {
    const address = await start(sampleSite({ site }).context);
    const answer = await raw(address + path, {});
    expect([answer.status, answer.headers.location]).toEqual([308, to]);
  });

  test('a session that an earlier version had says so, and what it was', async () => {
    const at = { startsAt: now + 15 * 60_000, endsAt: now + 60 * 60_000 };
    const fixture = webFixture();
    const vanished = { title: 'Lost talk', ...at, since: now };
    fixture.past = { ...noPast, vanished: (key) => (key === 'gone' ? vanished : undefined) };
    const answer = await fetch(`${await start(fixture.context)}/sessions/gone`);
    expect(answer.status).toBe(410);
    expect(words(await answer.text())).toContain(
      'Lost talk This session is no longer in the program, since Tuesday, 24 November 2026, 14:00. It was to begin on Tuesday, 24 November 2026 at 14:15 CET.',
    );
  });
});

describe('programs of any shape make sense', () => {
  test.for([
    ['nothing read yet', undefined],
    ['no session', program([])],
    [
      'one session without room, unit, type and people',
      program([session()], { rooms: [], units: [], people: [] }),
    ],
  ] as const)('%s', async ([, given]) => {
    const fixture = webFixture();
    fixture.program = given;
    const address = await start(fixture.context);
    for (const path of [
      '/',
      '/days',
      '/times',
      '/people',
      '/rooms',
      '/units',
      '/types',
      '/sessions',
      '/search',
      '/search/tips',
      '/search?q=x',
      '/changes',
      '/offline',
      '/offline.json',
      '/feeds',
    ]) {
      expect([path, (await fetch(address + path)).status]).toEqual([path, 200]);
    }
    expect(fixture.reported).toEqual([]);
  });
});

describe('preferences', () => {
  test('are kept in a cookie that says only what is not as usual, and nothing when all is', async () => {
    const address = await start(sampleSite().context);
    const save = (form: Record<string, string>, headers = {}) =>
      fetch(`${address}/preferences`, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin: address, ...headers },
        body: new URLSearchParams(form),
      });
    const chosen = await save({
      zone: 'other',
      other: 'Asia/Tokyo',
      clock: '12',
      language: 'de',
      theme: 'dark',
    });
    expect(chosen.status).toBe(303);
    expect(chosen.headers.get('set-cookie')).toBe(
      'callboard-preferences=zone%3DAsia%2FTokyo%26clock%3D12%26language%3Dde%26theme%3Ddark; Max-Age=31536000; Path=/; Secure; SameSite=Lax',
    );
    const usual = await save({ zone: 'conference', clock: '24', language: 'en', theme: 'system' });
    expect(usual.headers.get('set-cookie')).toContain('callboard-preferences=; Max-Age=0');
    expect((await save({ zone: '<script>', theme: '"' })).headers.get('set-cookie')).not.toMatch(
      /[<"]|script/,
    );
    expect((await save({}, { origin: 'https://evil.example' })).status).toBe(403);
  });

  test('another zone is said where times are filtered, and days begin by it', async () => {
    const fixture = webFixture();
    fixture.program = program([session({})]);
    const address = await start(fixture.context);
    const seen = async (path: string, cookie: string) =>
      words(await (await fetch(address + path, { headers: { cookie } })).text());
    const abroad = 'callboard-preferences=zone%3DAmerica%2FNew_York%26clock%3D12';
    expect(await seen('/sessions?after=13:00', abroad)).toContain(
      'Remove: Begins at or after (CET): 1:00 PM',
    );
    expect(await seen('/sessions?after=13:00', '')).toContain('Begins at or after: 13:00');
    expect(await seen('/days', abroad)).toContain('1 session from 8:15 AM');
    expect(await seen('/days', '')).toContain('1 session from 14:15');
  });

  test('offer UTC, and the meeting’s own zone by the name that the meeting gives it', async () => {
    const fixture = webFixture({
      conference: () => ({
        name: 'Northern Meeting',
        zone: 'US/Eastern',
        language: 'en',
        unitLabel: 'Division',
      }),
    });
    const html = await (await fetch(`${await start(fixture.context)}/preferences`)).text();
    expect(html).toContain('<option value="UTC">UTC</option>');
    expect(html).toContain('<option value="US/Eastern" selected="">US/Eastern</option>');
  });

  test('offer a renamed zone by both names, and call the visitor’s own by the current one', async () => {
    const address = await start(sampleSite().context);
    const headers = { cookie: 'callboard-zone=Asia%2FCalcutta; callboard-preferences=zone%3Dmine' };
    const html = await (await fetch(`${address}/preferences`, { headers })).text();
    for (const zone of ['Europe/Kiev', 'Europe/Kyiv', 'Asia/Calcutta', 'Asia/Kolkata']) {
      expect(html).toContain(`<option value="${zone}">`);
    }
    expect(words(html)).toContain('Mine (Asia/Kolkata)');
    expect(words(html)).toContain('Times are those of Asia/Kolkata, as you chose');
  });

  test('the meeting’s zone by its older name is the meeting’s zone', () => {
    const usual = usualPreferences('en');
    for (const chosen of [
      parsePreferences('zone=Europe/Kiev', usual),
      parsePreferences('zone=mine', usual, 'Europe/Kiev'),
    ]) {
      expect(zoneFor(chosen, 'Europe/Kyiv')).toBe('Europe/Kyiv');
    }
    expect(zoneFor(parsePreferences('zone=Europe/Kyiv', usual), 'Europe/Paris')).toBe(
      'Europe/Kyiv',
    );
  });

  test.each([
    ['the list, whose button is pressed', 'other', 'Asia/Tokyo', 'conference', 'Asia/Tokyo'],
    [
      'the list, where no button was pressed',
      'conference',
      'Asia/Tokyo',
      'conference',
      'Asia/Tokyo',
    ],
    ['the list, where mine stood as before', 'mine', 'UTC', 'mine', 'UTC'],
    ['another button than before', 'mine', 'Asia/Tokyo', 'conference', 'mine'],
    ['the button, where the list stood as before', 'mine', 'Europe/Berlin', 'mine', 'mine'],
    [
      'a button, left from a zone of the list',
      'conference',
      'Asia/Tokyo',
      'Asia/Tokyo',
      'conference',
    ],
    ['the button, where a script watched', 'conference', 'Asia/Tokyo', '', 'conference'],
    ['the button, where the list says nonsense', 'mine', '<b>', 'mine', 'mine'],
  ])('the zone meant is that of %s', (_what, zone, other, shown, meant) => {
    expect(chosenZone({ zone, other, shown }, 'Europe/Berlin')).toBe(meant);
  });

  test.for([
    ['/days/2026-11-24', '05:00 Wed 25 Nov'],
    ['/days/2026-11-24?view=grid', '05:00 Wed 25 Nov'],
    ['/times', '05:00 Wed 25 Nov'],
    ['/schedule', '05:00 – 06:00 Wed 25 Nov'],
  ])('on %s say the day where it is another one in the visitor’s zone', async ([path, text]) => {
    const key = '6ihl4qtevrgh';
    const startsAt = Date.UTC(2026, 10, 24, 20);
    const fixture = webFixture();
    fixture.program = program([session({ key, startsAt, endsAt: startsAt + 3_600_000 })]);
    const address = (await start(fixture.context)) + (path ?? '');
    const seen = async (zone: string) => {
      const cookie = `callboard-stars=${key}; callboard-preferences=zone%3D${encodeURIComponent(zone)}`;
      return words(await (await fetch(address, { headers: { cookie } })).text());
    };
    expect(await seen('Asia/Tokyo')).toContain(text);
    const near = await seen('Europe/Lisbon');
    expect(near).toContain('20:00');
    expect(near).not.toMatch(/2[01]:00 \w{3} \d\d Nov/);
  });

  test('a change of the clocks during the meeting is said on its day', async () => {
    const fixture = webFixture();
    const startsAt = Date.UTC(2026, 9, 24, 23, 30);
    fixture.program = program([session({ startsAt, endsAt: startsAt + 4 * 3_600_000 })]);
    const address = await start(fixture.context);
    const html = await (await fetch(`${address}/days/2026-10-25`)).text();
    expect(words(html)).toContain('The clocks go back on this day: from CEST to CET.');
  });
});

test('a link to a time means the same to every reader, and no two starts share one', async () => {
  const fixture = webFixture();
  // Berlin's clocks go back at 01:00 UTC on 25 October 2026.
  const starts = [
    Date.UTC(2026, 9, 24, 18),
    Date.UTC(2026, 9, 25, 0, 30),
    Date.UTC(2026, 9, 25, 1, 30),
    Date.UTC(2026, 9, 25, 7),
    Date.UTC(2026, 9, 25, 19),
  ];
  fixture.program = program(
    starts.map((startsAt, at) =>
      session({ key: `s${String(at)}`, startsAt, endsAt: startsAt + 3_600_000 }),
    ),
  );
  const address = await start(fixture.context);
  const anchors = async (path: string, cookie: string) => {
    const html = await (await fetch(address + path, { headers: { cookie } })).text();
    const strip = [...html.matchAll(/href="#(t[^"]*)"/g)].map(([, to]) => to);
    return { ids: [...html.matchAll(/<h[23] id="([^"]*)"/g)].map(([, id]) => id), strip };
  };
  const ofDay = ['t0230', 't0230-2', 't0800', 't2000'];
  for (const cookie of ['', 'callboard-preferences=clock%3D12%26zone%3DAsia%2FTokyo']) {
    expect(await anchors('/days/2026-10-25', cookie)).toEqual({ ids: ofDay, strip: ofDay });
    expect((await anchors('/sessions', cookie)).ids).toEqual([
      'd2026-10-24-t2000',
      ...ofDay.map((one) => `d2026-10-25-${one}`),
    ]);
  }
});

test('the present moment is marked once, also where it falls between two pages of a list', async () => {
  const fixture = webFixture();
  const hour = 3_600_000;
  fixture.program = program(
    Array.from({ length: 320 }, (_, at) => {
      const startsAt = now + (Math.floor(at / 40) - 4) * hour;
      return session({ key: `s${String(at)}`, startsAt, endsAt: startsAt + hour });
    }),
  );
  const address = await start(fixture.context);
  const html = async (path: string) => (await fetch(address + path)).text();
  const [, link] = /<a class="now" href="([^"]*)"/.exec(await html('/days/2026-11-24')) ?? [];
  expect(link).toBe('/days/2026-11-24?page=2#now');
  const marks = async (path: string) => (await html(path)).split('id="now"').length - 1;
  expect(await marks('/days/2026-11-24')).toBe(0);
  expect(await marks('/days/2026-11-24?page=2')).toBe(1);
  expect(await marks('/sessions?page=2')).toBe(1);
});

test('every time of a long day, and the present moment, leads to where its sessions are, on whatever page of the list, and filtered too', async () => {
  const fixture = webFixture();
  const hour = 3_600_000;
  fixture.program = program(
    Array.from({ length: 480 }, (_, at) => {
      const startsAt = now + (Math.floor(at / 60) - 5) * hour;
      const unit = at >= 300 ? { unit: 'u1' } : {};
      return session({ key: `s${String(at)}`, startsAt, endsAt: startsAt + hour, ...unit });
    }),
  );
  const address = await start(fixture.context);
  const strip = async (path: string) => {
    const html = await (await fetch(address + path)).text();
    const nav = /<nav class="strip"[^]*?<\/nav>/.exec(html)?.[0] ?? '';
    return [...nav.matchAll(/href="([^"]*)"/g)].map(([, to]) => (to ?? '').replace('&amp;', '&'));
  };
  for (const [path, times] of [
    ['/days/2026-11-24', 9],
    ['/days/2026-11-24?page=3', 9],
    ['/days/2026-11-24?unit=u1', 4],
  ] as const) {
    const links = await strip(path);
    expect(links).toHaveLength(times);
    expect(links[0]).toMatch(/#now$/);
    for (const link of links) {
      const [to = '', anchor = ''] = link.split('#');
      const html = await (await fetch(address + (to === '' ? path : to))).text();
      expect([path, link, html.includes(`id="${anchor}"`)]).toEqual([path, link, true]);
    }
  }
});
