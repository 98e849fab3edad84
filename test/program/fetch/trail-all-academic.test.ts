import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchProgram } from '../../../src/program/fetch/fetch-program.js';
import type { FetchedProgram } from '../../../src/program/fetch/fetched-program.js';
import { allAcademicTrail } from '../../../src/program/fetch/trails/all-academic.js';
import { readProgram } from '../../../src/program/import.js';
import { academicAddress } from '../../../src/program/all-academic-address.js';
import {
  dayPage,
  heading,
  origin,
  page,
  presentationEntry,
  presentationPage,
  sessionPage,
} from '../../support/academic-pages.js';

const meeting = '/one/harbour/harbour26';
const direct = (what: string, id: number) =>
  `${meeting}/online_program_direct_link/view_${what}/${id}/`;
const dayLink = (day: string, session: number) =>
  `<a href="${origin}//one/harbour/harbour26/index.php?cmd=Online+Program+View+Selected+Day+Submissions&selected_day=${day}&program_focus=browse_by_day_submissions&PHPSESSID=${session}">${day}</a>`;

describe('the trail through an All Academic program', () => {
  let server: Server;
  let address = '';
  let folder = '';
  /** Paths that were asked for, in order, and how they were answered. */
  let asked: string[] = [];
  let refuse: (path: string) => number | undefined = () => undefined;
  let visits = 0;
  let robots: string | undefined;

  /** What stands at a path; every page has links with an id of the browser's session of its own. */
  const pageAt = (path: string): string | undefined => {
    const url = new URL(path.replace(/^\/{2,}/, '/'), 'http://x');
    const { searchParams: parameters, pathname } = url;
    const focus = parameters.get('program_focus');
    visits += 1;
    if (pathname === `${meeting}/` || pathname === meeting) return page('<h2>Welcome</h2>');
    if (focus === 'browse_by_day_submissions' && !parameters.has('selected_day')) {
      return page(['2026-06-15', '2026-06-16'].map((day) => dayLink(day, visits)).join(''));
    }
    const day = parameters.get('selected_day');
    if (day !== null) {
      const next = dayLink(
        new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10),
        visits,
      );
      const ids = { '2026-06-15': [1, 2], '2026-06-16': [2, 3] }[day] ?? [];
      return dayPage('Monday, June 15, 2026', ids, String(visits)).replace('</ul>', `</ul>${next}`);
    }
    const session = /view_session\/(\d+)\/$/.exec(pathname)?.[1];
    if (session !== undefined) {
      const id = Number(session);
      return sessionPage({
        id,
        title: `Session ${id}`,
        when: `Mon, June 15, ${8 + id}:00 to ${9 + id}:30am CEST, Pier ${id}`,
        body: heading('Papers', presentationEntry(id * 10, `Paper ${id}`, [['A B', 'C']])),
      });
    }
    const paper = /view_paper\/(\d+)\/$/.exec(pathname)?.[1];
    return paper && presentationPage(Number(paper), `Paper ${paper}`, `Abstract ${paper}`);
  };
  const answer = ({ url: path = '/', headers }: IncomingMessage, response: ServerResponse) => {
    const refused = refuse(path);
    const text =
      path === '/robots.txt' ? robots : pageAt(path)?.replaceAll(origin, new URL(address).origin);
    const etag = `"${text?.length ?? 0}"`;
    const status =
      refused ?? (text === undefined ? 404 : headers['if-none-match'] === etag ? 304 : 200);
    asked.push(`${status} ${path}`);
    response.writeHead(status, { etag }).end(status === 200 ? text : undefined);
  };
  let now = Date.parse('2026-05-01T00:00:00Z');
  const crawl = () =>
    fetchProgram(address, { cacheFolder: join(folder, 'pages'), paceMs: 0, now: () => now });
  const titles = (fetched: FetchedProgram) =>
    readProgram(fetched.documents, {
      address,
      edition: 'test',
      zone: 'Europe/Berlin',
    }).program.sessions.map(({ title, presentations }) => [title, presentations[0]?.abstract]);
  const whole = [1, 2, 3].map((id) => [`Session ${id}`, `Abstract ${id * 10}`]);

  beforeEach(async () => {
    [asked, refuse, robots, visits] = [[], () => undefined, undefined, 0];
    folder = mkdtempSync(join(tmpdir(), 'callboard-trail-'));
    server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}${meeting}/`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('tells of every page, and how many are known by then', async () => {
    const told: [number, number][] = [];
    const { documents } = await fetchProgram(address, {
      paceMs: 0,
      onPage: (here, known) => told.push([here, known]),
    });
    expect(told.map(([here]) => here)).toEqual(documents.map((_, index) => index + 1).slice(1));
    expect(told.every(([here, known]) => here <= known)).toBe(true);
    expect(told.at(-1)).toEqual([documents.length, documents.length]);
  });

  it('goes over the days to every session and presentation, each once, and nowhere else', async () => {
    const fetched = await crawl();
    expect(fetched.left).toEqual({ forbidden: 0, missing: 0, beyondMost: 0 });
    expect(titles(fetched)).toEqual(whole);
    const paths = asked.map((line) => line.replace(/PHPSESSID=\d+/, 'PHPSESSID=…'));
    const list = `${meeting}/index.php?cmd=Online+Program+View+Selected+Day+Submissions&selected_day=`;
    const behind = '&program_focus=browse_by_day_submissions&PHPSESSID=…';
    expect(paths).toEqual([
      `200 ${meeting}/`,
      '404 /robots.txt',
      `200 /${meeting}/index.php?cmd=Online+Program+Load+Focus&program_focus=browse_by_day_submissions&PHPSESSID=…`,
      `200 /${list}2026-06-15${behind}`,
      `200 /${list}2026-06-16${behind}`,
      `200 ${direct('session', 1)}`,
      `200 ${direct('session', 2)}`,
      // The day after the last is empty: the calendar ends there.
      `200 /${list}2026-06-17${behind}`,
      `200 ${direct('session', 3)}`,
      `200 ${direct('paper', 10)}`,
      `200 ${direct('paper', 20)}`,
      `200 ${direct('paper', 30)}`,
    ]);
  });

  it('keeps to what robots.txt allows', async () => {
    robots =
      'User-agent: *\nDisallow: /one/harbour/harbour26/online_program_direct_link/view_paper/\n';
    const fetched = await crawl();
    expect(fetched.left).toEqual({ forbidden: 3, missing: 0, beyondMost: 0 });
    expect(titles(fetched).map(([, abstract]) => abstract)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(asked.filter((line) => line.includes('view_paper'))).toEqual([]);
  });

  it('follows nothing where robots.txt forbids all, or cannot be got', async () => {
    robots = 'User-agent: callboard\nDisallow: /\n';
    expect((await crawl()).documents).toHaveLength(1);
    expect(asked).toHaveLength(2);
    refuse = (path) => (path === '/robots.txt' ? 503 : undefined);
    await expect(crawl()).rejects.toMatchObject({ code: 'program-unreachable' });
  });

  it('goes on past a page that is gone', async () => {
    refuse = (path) => (path === direct('session', 2) ? 404 : undefined);
    const fetched = await crawl();
    expect(fetched.left).toEqual({ forbidden: 0, missing: 1, beyondMost: 0 });
    expect(titles(fetched)).toEqual([whole[0], whole[2]]);
  });

  it('goes on where it broke off: no page that is fresh is asked for again', async () => {
    refuse = (path) => (path === direct('paper', 20) ? 503 : undefined);
    await expect(crawl()).rejects.toMatchObject({ code: 'program-unreachable' });
    const before = asked.length;
    refuse = () => undefined;
    now += 59 * 60_000;
    expect(titles(await crawl())).toEqual(whole);
    expect(asked.slice(before)).toEqual([
      `200 ${meeting}/`,
      '404 /robots.txt',
      `200 ${direct('paper', 20)}`,
      `200 ${direct('paper', 30)}`,
    ]);
  });

  it('asks, an hour later, only whether a page changed, and a day later of presentations, too', async () => {
    const first = titles(await crawl());
    asked = [];
    now += 61 * 60_000;
    expect(titles(await crawl())).toEqual(first);
    const again = asked.filter((line) => line.includes('direct_link'));
    expect(again).toEqual([1, 2, 3].map((id) => `304 ${direct('session', id)}`));
    asked = [];
    now += 24 * 60 * 60_000;
    expect(titles(await crawl())).toEqual(first);
    expect(
      asked.filter((line) => line.startsWith('304') && line.includes('view_paper')),
    ).toHaveLength(3);
    asked = [];
    await crawl();
    expect(asked.map((line) => line.slice(4))).toEqual([`${meeting}/`, '/robots.txt']);
  });

  it('stops at the number of pages that is allowed', async () => {
    const fetched = await fetchProgram(address, { paceMs: 0, maxDocuments: 5 });
    expect(fetched.documents.length).toBeLessThanOrEqual(5);
    expect(fetched.left?.beyondMost).toBeGreaterThan(0);
  });

  it('asks for one page at a time, at a pace of one a second', async () => {
    expect(allAcademicTrail.paceMs).toBe(1000);
    let open = 0;
    let most = 0;
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      open += 1;
      most = Math.max(most, open);
      response.on('close', () => (open -= 1));
      setImmediate(() => answer(request, response));
    });
    expect(titles(await crawl())).toEqual(whole);
    expect(most).toBe(1);
  });

  it('is not begun by the address of one session: that is the page itself', async () => {
    const fetched = await fetchProgram(new URL(direct('session', 1), address).href, { paceMs: 0 });
    expect(fetched.documents).toHaveLength(1);
    expect(asked).toEqual([`200 ${direct('session', 1)}`]);
  });
});

describe('an address of an All Academic program', () => {
  const at = (rest: string) => academicAddress(new URL(`https://c.example//one/m/m26/${rest}`));
  it.each([
    [
      'index.php?cmd=Online+Program+View+Session&selected_session_id=7&PHPSESSID=x',
      { kind: 'session', id: '7' },
    ],
    [
      'index.php?program_focus=view_session&selected_session_id=7&cmd=online_program_direct_link',
      { kind: 'session', id: '7' },
    ],
    ['online_program_direct_link/view_session/7/', { kind: 'session', id: '7' }],
    [
      'index.php?cmd=Online+Program+View+Paper&selected_paper_id=8',
      { kind: 'presentation', id: '8' },
    ],
    [
      'index.php?cmd=Online+Program+Load+Focus&program_focus=browse_by_day_submissions',
      { kind: 'list' },
    ],
    [
      'index.php?cmd=Online+Program+Load+Focus&program_focus=onsite_program_calendar',
      { kind: 'list' },
    ],
    [
      'index.php?cmd=Online+Program+View+Selected+Session+Type+Submissions&selected_session_type_id=1',
      { kind: 'list' },
    ],
    ['index.php?cmd=Online+Program+Load+Focus&program_focus=search', { kind: 'other' }],
    ['index.php?cmd=Online+Program+Load+Focus&program_focus=browse_by_people', { kind: 'other' }],
    [
      'index.php?cmd=Online+Program+View+Personal+Schedule&program_focus=personal_schedule',
      { kind: 'other' },
    ],
    ['index.php?cmd=Online+Program+Launch+External+Promo&selected_promo_id=3', { kind: 'other' }],
    ['index.php?cmd=Online+Program+View+Session&selected_session_id=7e9', { kind: 'other' }],
    ['', { kind: 'other' }],
  ])('%s is told for what it is', (rest, place) => {
    expect(at(rest)).toEqual({ meeting: 'https://c.example/one/m/m26', place });
  });
});
