import { describe, expect, it } from 'vitest';

import { brokenPromises, codes, read, titled } from '../support/program-readings.js';
import { readOpened, workbook } from '../support/workbook.js';

const headings = [
  ...[
    'session_ID',
    'session_short',
    'session_title',
    'session_start',
    'session_end',
    'session_room',
    'session_info',
  ],
  ...['chair1', 'chair1_organisation', 'chair2', 'chair2_organisation'],
  ...[1, 2, 3].flatMap((number) =>
    [
      'paperID',
      'title',
      'authors',
      'organisations',
      'presenting_author',
      'abstract',
      'start',
      'end',
    ].map((field) => `p${number}_${field}`),
  ),
];

const first: Readonly<Record<string, string>> = {
  session_ID: '7',
  session_short: 'A1',
  session_title: 'Tides &amp; Time',
  session_start: '2026-09-03 09:00',
  session_end: '2026-09-03 10:30',
  session_room: 'Pier Room',
  chair1: 'Roe, Ada',
  chair1_organisation: 'Delta College',
  chair2: 'Lind, Bo',
  p1_paperID: '101',
  p1_title: 'Gauges before clocks',
  p1_authors: 'Marsh, Cy (1,2); Ford, Dee (2)',
  p1_organisations: '1: Delta College, Portugal; 2: Harbour Institute',
  p1_presenting_author: 'Marsh, Cy',
  p1_abstract: '<p>One.</p><p>Two.</p>',
  p1_start: '2026-09-03 09:00',
  p1_end: '2026-09-03 09:20',
  p3_title: 'A harbour in numbers',
  p3_authors: 'Eve Strand',
  p3_organisations: 'Shoreline University',
  p3_start: '2026-09-03 09:40',
};

const second = {
  session_ID: '8',
  session_title: 'Coffee',
  session_start: '2026-09-03 10:30',
  session_end: '2026-09-03 11:00',
};

const rows = [
  headings,
  ...[first, second].map((row: Readonly<Record<string, string>>) =>
    headings.map((name) => row[name] ?? ''),
  ),
];
const csv = (sign: string) =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sign)).join('\r\n');

describe('ConfTool’s export of sessions', () => {
  it('is read with its numbered presentations, chairs, authors and affiliations', () => {
    const { program, report } = read(csv(';'), { zone: 'Europe/Lisbon' });
    expect(report.format).toBe('conftool');
    expect(report.counts).toMatchObject({ sessions: 2, presentations: 2, people: 5, rooms: 1 });
    expect(codes(report.problems)).toEqual([]);
    const person = (key: string) => program.people.find((one) => one.key === key)?.name;
    const session = titled(program, 'Tides & Time');
    expect(session.aliases).toEqual(['id:7']);
    expect(new Date(session.startsAt).toISOString()).toBe('2026-09-03T08:00:00.000Z');
    expect(session.people.map((one) => [one.role, person(one.person), one.affiliation])).toEqual([
      ['chair', 'Ada Roe', 'Delta College'],
      ['chair', 'Bo Lind', undefined],
    ]);
    const [one, other] = session.presentations;
    expect(one).toMatchObject({
      title: 'Gauges before clocks',
      aliases: ['id:101'],
      abstract: 'One.\n\nTwo.',
      startsAt: session.startsAt,
      endsAt: session.startsAt + 20 * 60_000,
    });
    expect(one?.people.map((part) => [part.role, person(part.person), part.affiliation])).toEqual([
      ['presenter', 'Cy Marsh', undefined],
      ['author', 'Cy Marsh', 'Delta College, Portugal; Harbour Institute'],
      ['author', 'Dee Ford', 'Harbour Institute'],
    ]);
    expect(other?.people.map((part) => [part.role, person(part.person), part.affiliation])).toEqual(
      [['author', 'Eve Strand', 'Shoreline University']],
    );
    expect(brokenPromises(program)).toEqual([]);
  });

  it('is the same as a workbook, with any separator, and with commas between authors', async () => {
    const whole = read(csv(';'), { zone: 'Europe/Lisbon' }).program;
    expect(read(csv(','), { zone: 'Europe/Lisbon' }).program).toEqual(whole);
    const bytes = await workbook({ sessions: rows });
    expect((await readOpened([{ name: 'sessions.xlsx', bytes }])).program).toEqual(whole);
    const commas = csv(';').replace(
      'Marsh, Cy (1,2); Ford, Dee (2)',
      'Cy Marsh (1,2), Dee Ford (2)',
    );
    expect(
      read(commas, { zone: 'Europe/Lisbon' }).program.sessions[0]?.presentations[0]?.people.length,
    ).toBe(3);
  });

  it('may be without presentations, and with single columns named otherwise in the config', () => {
    const text = 'session_ID;session_title;session_start;Saal\n1;Tides;2026-09-03 09:00;Pier\n';
    const { program } = read(text, { zone: 'Europe/Lisbon', columns: { room: 'Saal' } });
    expect(program.rooms).toMatchObject([{ name: 'Pier' }]);
    expect(program.sessions[0]?.presentations).toEqual([]);
  });
});
