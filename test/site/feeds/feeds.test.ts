import fc from 'fast-check';
import { parseFeed } from 'feedsmith';
import { convertIcsCalendar } from 'ts-ics';
import { describe, expect, it, test } from 'vitest';
import { offsetAt } from '../../../src/program/calendar/day.js';
import { anyProgram } from '../../support/any-program.js';
import { read } from '../../support/program-readings.js';
import { machineFixture } from '../machine-fixture.js';
import { now, program, session } from '../web-fixture.js';

const hour = 3_600_000;
const two = program([
  session({ room: 'r1', unit: 'u1', type: 'Panel', people: [{ person: 'p1', role: 'chair' }] }),
  session({
    key: 's2',
    title: 'Another day',
    startsAt: now + 86_400_000,
    endsAt: now + 90_000_000,
  }),
]);

describe('addresses', () => {
  it.each([
    ['/program.ics', 'text/calendar; charset=utf-8', 'northern-meeting-2026.ics'],
    ['/program.atom', 'application/atom+xml; charset=utf-8', 'northern-meeting-2026.atom'],
    [
      '/program.feed.json',
      'application/feed+json; charset=utf-8',
      'northern-meeting-2026.feed.json',
    ],
    ['/program.frab.json', 'application/json; charset=utf-8', 'northern-meeting-2026.frab.json'],
    ['/program.frab.xml', 'application/xml; charset=utf-8', 'northern-meeting-2026.frab.xml'],
    ['/program.jsonld', 'application/ld+json; charset=utf-8', 'northern-meeting-2026.jsonld'],
    ['/program.json', 'application/json; charset=utf-8', 'northern-meeting-2026.json'],
    ['/rooms/r1.ics', 'text/calendar; charset=utf-8', 'hall-2-northern-meeting-2026.ics'],
  ])('%s is served as %s', async (path, type, name) => {
    const answer = await machineFixture(two).ask(path);
    expect([
      answer.status,
      answer.headers.get('Content-Type'),
      answer.headers.get('Content-Disposition'),
      answer.headers.get('Access-Control-Allow-Origin'),
      answer.headers.get('Cache-Control'),
      answer.headers.get('Vary'),
    ]).toEqual([
      200,
      type,
      `inline; filename="${name}"`,
      '*',
      'public, max-age=60',
      'Accept-Encoding',
    ]);
  });

  const titles = async (path: string) => {
    const answer = await machineFixture(two).ask(path);
    const { items = [] } = (await answer.json()) as { items?: { title: string }[] };
    return items.map(({ title }) => title).sort();
  };

  it.each([
    ['/sessions', ['Another day', 'Rumour and evidence']],
    ['/sessions', ['Rumour and evidence'], 'room=r1'],
    ['/sessions', [], 'room=r1&day=2026-11-25'],
    ['/days', ['Another day', 'Rumour and evidence']],
    ['/days/2026-11-25', ['Another day']],
    ['/times/2026-11-24T13:15Z', ['Rumour and evidence']],
    ['/people/p1', ['Rumour and evidence']],
    ['/people/p2', []],
    ['/rooms/r1', ['Rumour and evidence']],
    ['/units/u1', ['Rumour and evidence']],
    ['/types/panel', ['Rumour and evidence']],
    ['/types/panel', [], 'day=2026-11-25'],
    ['/sessions/s2', ['Another day']],
  ])('%s gives the sessions of its page', async (path, expected, query = '') => {
    expect(await titles(`${path}.json${query === '' ? '' : `?${query}`}`)).toEqual(expected);
  });

  it('of pages that there are not lead nowhere', async () => {
    const paths = ['/rooms/none', '/sessions/none', '/nothing', '/rooms/r1/more', '/constructor/x'];
    for (const path of paths) {
      expect((await machineFixture(two).ask(`${path}.ics`)).status).toBe(404);
    }
  });

  it('say in the feed where its page is, in one form whatever the order of filters', async () => {
    const feed = await machineFixture(two).json('/sessions.json?room=r1&x=1&day=2026-11-24');
    expect(feed).toMatchObject({
      home_page_url: 'https://program.example.org/sessions?day=2026-11-24&room=r1',
      feed_url: 'https://program.example.org/sessions.json?day=2026-11-24&room=r1',
    });
  });

  it('stand below the base path of the site', async () => {
    const fixture = machineFixture(two, { site: 'https://example.org/program' });
    const feed = await fixture.json('/program/rooms/r1.json');
    expect(feed).toMatchObject({
      home_page_url: 'https://example.org/program/rooms/r1',
      items: [{ url: 'https://example.org/program/sessions/s1' }],
    });
  });

  it('answer 503 before the first import, so that no calendar is emptied', async () => {
    const fixture = machineFixture();
    fixture.web.program = undefined;
    const answer = await fixture.ask('/program.ics');
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '60']);
    // What is no feed of the program stands before it is read, too.
    for (const path of ['/api/openapi.json', '/.well-known/did.json', '/changes.atom']) {
      expect((await fixture.ask(path)).status).toBe(200);
    }
  });
});

test('what has not changed is answered with 304, and a new version with new bytes', async () => {
  const fixture = machineFixture(two);
  const first = await fixture.ask('/program.ics');
  const tag = first.headers.get('ETag') ?? '';
  const again = await fixture.ask('/program.ics', { 'If-None-Match': tag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  const other = machineFixture(program([session({ title: 'Moved' })]));
  expect((await other.ask('/program.ics', { 'If-None-Match': tag })).status).toBe(200);
});

describe('iCalendar for an independent reader', () => {
  const calendar = async (fixture = machineFixture(two)) =>
    convertIcsCalendar(undefined, await (await fixture.ask('/program.ics')).text());

  it('has permanent ids, sequence, times in the zone and the state of each session', async () => {
    const fixture = machineFixture(program([session({ cancelled: true, room: 'r1' })]));
    const [event] = (await calendar(fixture)).events ?? [];
    expect(event).toMatchObject({
      uid: 's1@callboard',
      sequence: 2,
      status: 'CANCELLED',
      summary: 'Rumour and evidence',
      location: 'Hall 2, Floor 1, Main building',
      url: 'https://program.example.org/sessions/s1',
      start: {
        date: new Date(now + 15 * 60_000),
        local: { timezone: 'Europe/Berlin', tzoffset: '+0100' },
      },
      end: { date: new Date(now + 90 * 60_000) },
      lastModified: { date: new Date(now - 60_000) },
    });
  });

  it('says how often to look again', async () => {
    const text = await (await machineFixture(two).ask('/program.ics')).text();
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n');
    expect(text).not.toMatch(/^METHOD|^ATTENDEE/m);
    expect(text.slice(-17)).toBe('\r\nEND:VCALENDAR\r\n'.slice(-17));
  });

  it('has each session once, at its times, whatever the texts, in lines of at most 75 bytes', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, async (drawn) => {
        // This reader takes the words for a component wherever they stand; ours is tested with them.
        const any = JSON.parse(
          JSON.stringify(drawn).replaceAll('BEGIN:', 'BEGIN '),
        ) as typeof drawn;
        const fixture = machineFixture(any, {
          conference: () => ({
            name: any.title,
            zone: any.zone,
            language: 'en',
            unitLabel: 'Unit',
          }),
        });
        const text = await (await fixture.ask('/program.ics')).text();
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[^\P{Cc}\t]/u);
        }
        const read = convertIcsCalendar(undefined, text).events ?? [];
        expect(read).toHaveLength(any.sessions.length);
        // Those that start together stand in the order of the pages, which is not that of the program.
        const byUid = new Map(read.map((event) => [event.uid, event]));
        const times = any.sessions.map(({ key }) => {
          const event = byUid.get(`${key}@callboard`);
          const start = event?.start.date.getTime();
          return [event?.uid, start, event?.end?.date.getTime() ?? start];
        });
        const expected = any.sessions.map(({ key, startsAt, endsAt }) => [
          `${key}@callboard`,
          startsAt,
          endsAt,
        ]);
        expect(times.map(([uid]) => uid)).toEqual(expected.map(([uid]) => uid));
        // It takes the wrong offset within hours of a change of the clock; ical.js and Temporal are asked about those in icalendar-zone.test.ts.
        const isFar = (_: unknown, index: number) =>
          [any.sessions[index]?.startsAt ?? 0, any.sessions[index]?.endsAt ?? 0].every(
            (at) => offsetAt(at - 14 * hour, any.zone) === offsetAt(at + 14 * hour, any.zone),
          );
        expect(times.filter(isFar)).toEqual(expected.filter(isFar));
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

describe('Atom and JSON Feed for an independent reader', () => {
  it('say the same', async () => {
    const fixture = machineFixture(two);
    const atom = parseFeed(await (await fixture.ask('/program.atom')).text());
    const json = parseFeed(await (await fixture.ask('/program.feed.json')).text());
    if (atom.format !== 'atom' || json.format !== 'json') throw new Error(atom.format);
    expect(atom.feed.entries?.map(({ id, title, updated }) => [id, title, updated])).toEqual(
      json.feed.items?.map(({ id, title, date_modified }) => [
        id,
        title === undefined ? undefined : { value: title },
        date_modified,
      ]),
    );
    expect(atom.feed.entries?.[0]).toMatchObject({
      title: { value: 'Rumour and evidence' },
      updated: '2026-11-24T12:59:00Z',
      links: [{ href: 'https://program.example.org/sessions/s1', rel: 'alternate' }],
      summary: {
        value: 'Tuesday, 24 November 2026, 14:15–15:30 CET · Hall 2, Floor 1, Main building',
      },
      authors: [{ name: 'Ada Example' }],
      categories: [{ term: 'Panel' }, { term: 'Methods' }],
    });
  });

  it('hold any text as it is', async () => {
    await fc.assert(
      fc.asyncProperty(anyProgram, async (any) => {
        const fixture = machineFixture(any);
        const atom = parseFeed(await (await fixture.ask('/program.atom')).text());
        const json = parseFeed(await (await fixture.ask('/program.feed.json')).text());
        if (atom.format !== 'atom' || json.format !== 'json') throw new Error(atom.format);
        const expected = any.sessions
          .map(({ title, cancelled }) => (cancelled ? `Cancelled: ${title}` : title))
          .sort();
        expect(json.feed.items?.map(({ title }) => title).sort()).toEqual(expected);
        expect(atom.feed.entries?.map(({ title }) => title?.value).sort()).toEqual(expected);
      }),
      { numRuns: 30, endOnFailure: true },
    );
  });

  it('run no markup of the program', async () => {
    const attack = '<img src=x onerror=alert(1)>';
    const fixture = machineFixture(program([session({ abstract: attack })]));
    const { items } = (await fixture.json('/program.feed.json')) as {
      items: { content_html: string }[];
    };
    expect(items[0]?.content_html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(items[0]?.content_html).not.toContain('<img');
  });
});

describe('changes', () => {
  const said = { start: '2026-11-24T13:15:00Z', end: '2026-11-24T14:30:00Z' };
  const later = { start: '2026-11-24T14:15:00Z', end: '2026-11-24T15:30:00Z' };
  const about = { session: 's1', title: 'Rumour and evidence' };
  const versions = [
    {
      version: 3,
      at: now,
      changes: [
        { ...about, kind: 'moved' as const, from: said, to: later },
        { ...about, kind: 'new-room' as const, from: 'Hall 1', to: 'Hall 2' },
        { ...about, kind: 'cancelled' as const },
      ],
    },
    {
      version: 2,
      at: now - 60_000,
      changes: [{ ...about, kind: 'vanished' as const, at: said, room: 'Hall 1' }],
    },
  ];
  const fixture = () => machineFixture(two, { changes: () => Promise.resolve(versions) });

  it('are a feed, the newest first, each with an id of its own that stays', async () => {
    const feed = parseFeed(await (await fixture().ask('/changes.atom')).text());
    if (feed.format !== 'atom') throw new Error(feed.format);
    const entries = feed.feed.entries ?? [];
    expect(entries.map(({ title, summary }) => [title?.value, summary?.value])).toEqual([
      [
        'Moved: Rumour and evidence',
        'Now Tuesday, 24 November 2026, 15:15–16:30 CET; before, Tuesday, 24 November 2026, 14:15–15:30 CET.',
      ],
      ['New room: Rumour and evidence', 'Now in Hall 2; before, in Hall 1.'],
      ['Cancelled: Rumour and evidence', 'This session does not take place.'],
      [
        'Gone from the program: Rumour and evidence',
        'No longer in the program; it was to be Tuesday, 24 November 2026, 14:15–15:30 CET, in Hall 1.',
      ],
    ]);
    const ids = entries.map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    const again = (await fixture().json('/changes.json')) as { items: { id: string }[] };
    expect(again.items.map(({ id }) => id)).toEqual(ids);
  });
});

test('the whole program in our own format is the program', async () => {
  const [any] = fc.sample(anyProgram, { numRuns: 1, seed: 3 });
  const text = await (await machineFixture(any).ask('/program.json')).text();
  expect(read(text).program).toEqual(any);
});
