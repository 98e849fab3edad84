import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProgram, type ReadHints } from '../../src/program/import.js';
import { lookup } from '../../src/program/lookup.js';
import type { Program, Session } from '../../src/program/model.js';
import { toIso } from '../../src/program/time.js';
import { readClockSpan } from '../../src/program/sources/clock-span.js';
import {
  dayPage,
  heading,
  page,
  personEntry,
  presentationEntry,
  presentationPage,
  sessionPage,
  unitEntry,
} from '../support/academic-pages.js';
import { brokenPromises, codes, titled } from '../support/program-readings.js';
import { realPrograms } from '../support/real-programs.js';

const zone = 'Europe/Berlin';
const readPages = (pages: readonly string[], hints: Partial<ReadHints> = {}) =>
  readProgram(
    pages.map((text, index) => ({
      name: `page-${index + 1}.html`,
      bytes: new TextEncoder().encode(text),
    })),
    { address: 'pages', edition: 'test', zone, year: 2026, ...hints },
  );
const times = ({ startsAt, endsAt }: Session) => [toIso(startsAt), toIso(endsAt)];

/** Everybody of a session and its presentations, as `role: name, affiliation`. */
function everybody(program: Program, session: Session) {
  const found = lookup(program);
  const said = (people: Session['people']) =>
    people.map(({ person: key, role, affiliation }) => {
      const one = found.person(key);
      return `${role}: ${one?.name ?? ''}, ${affiliation ?? one?.affiliation ?? ''}`;
    });
  return {
    session: said(session.people),
    presentations: session.presentations.map(({ title, startsAt, people }) => [
      title,
      startsAt === undefined ? undefined : toIso(startsAt),
      said(people),
    ]),
  };
}

const when =
  'Mon, June 15, 9:00 to 10:30am CEST (9:00 to 10:30am CEST), Quay House, Floor: 2nd, Salon A, West';

describe('All Academic', () => {
  it('reads a session page: time, place, unit with its label, roles, presentations and their abstracts', () => {
    const { program, report } = readPages([
      sessionPage({
        id: 11,
        title: 'Tides &amp; Trade',
        when,
        body:
          '<h4>Brief Overview</h4><blockquote><p>First.</p><p>Second,<br />broken.</p><ul><li>a</li><li>b</li></ul></blockquote>' +
          heading('Policy Areas', unitEntry(5, '03. Docks & Quays')) +
          heading('Cosponsor', unitEntry(6, '04. Boats')) +
          heading(
            'Chairs',
            personEntry(1, 'Ada North', 'University of Sand, Dune Campus', '9:00am'),
          ) +
          heading('Co-Chair', personEntry(2, 'Bo South', '--')) +
          heading(
            'Individual Presentations',
            presentationEntry(
              21,
              'Salt: A History',
              [
                ['Cleo Hill, Hill', 'Shell College'],
                ['Ada North', 'University of Sand, Dune Campus'],
              ],
              '9:05am',
            ),
            presentationEntry(22, 'Rope', [['Dan Woods', 'Reed Institute; Sea Lab']], '9:20am'),
          ) +
          heading('Discussants', personEntry(3, 'Eve Field', 'Pier School', '10:00am')) +
          heading(
            'Audience Participation',
            '<div><p><strong>10:10am</strong> |</p></div><p><strong>Until the end.</strong></p>',
          ),
      }),
      presentationPage(21, 'Salt: A History', 'On salt.<br><br>And sea.', [
        personEntry(9, 'Cleo Hill', 'Shell College'),
      ]),
    ]);
    expect(brokenPromises(program)).toEqual([]);
    expect(codes(report.problems)).toEqual(['name-doubled']);
    expect([program.title, program.unitLabel, program.url]).toEqual([
      'Harbour Studies',
      'Policy Area',
      'https://pages.example/one/harbour/harbour26/',
    ]);
    const session = titled(program, 'Tides & Trade');
    expect(times(session)).toEqual(['2026-06-15T07:00:00Z', '2026-06-15T08:30:00Z']);
    expect(session).toMatchObject({
      aliases: ['allacademic:11'],
      type: 'Paper Session',
      abstract: 'First.\n\nSecond,\nbroken.\n• a\n• b',
      url: 'https://pages.example/one/harbour/harbour26/online_program_direct_link/view_session/11/',
    });
    expect(program.rooms).toEqual([
      { key: session.room, name: 'Salon A, West', building: 'Quay House', floor: '2nd' },
    ]);
    expect(program.units).toEqual([{ key: session.unit, name: '03. Docks & Quays' }]);
    expect(everybody(program, session)).toEqual({
      session: [
        'chair: Ada North, University of Sand, Dune Campus',
        'co-chair: Bo South, ',
        'discussant: Eve Field, Pier School',
      ],
      presentations: [
        [
          'Salt: A History',
          '2026-06-15T07:05:00Z',
          [
            'author: Cleo Hill, Shell College',
            'author: Ada North, University of Sand, Dune Campus',
          ],
        ],
        ['Rope', '2026-06-15T07:20:00Z', ['author: Dan Woods, Reed Institute; Sea Lab']],
        ['Audience Participation', '2026-06-15T08:10:00Z', []],
      ],
    });
    expect(session.presentations.map(({ abstract, aliases }) => [abstract, aliases])).toEqual([
      ['On salt.\n\nAnd sea.', ['allacademic:21']],
      [undefined, ['allacademic:22']],
      ['Until the end.', []],
    ]);
    // The chair who is an author is one person; the author's id is that of the presentation's own page.
    expect(program.people.map(({ name, aliases }) => [name, aliases])).toEqual([
      ['Ada North', ['allacademic:1']],
      ['Bo South', ['allacademic:2']],
      ['Eve Field', ['allacademic:3']],
      ['Cleo Hill', ['allacademic:9']],
      ['Dan Woods', []],
    ]);
  });

  it('knows every heading under which people stand, and says which one it does not', () => {
    const under = (title: string, id: number) => heading(title, personEntry(id, `Person ${id}`));
    const roles = [
      'Chair',
      'Moderators',
      'Speaker',
      'Presenters',
      'Lecturer',
      'Session Organizers',
    ];
    const more = ['Host', 'Panelists', 'Participants', 'Coordinator', 'Keynote Speaker', 'Ushers'];
    const { program, report } = readPages([
      sessionPage({
        id: 1,
        title: 'Many hats',
        when,
        body: [...roles, ...more].map((title, index) => under(title, index + 1)).join(''),
      }),
    ]);
    expect(titled(program, 'Many hats').people.map(({ role }) => role)).toEqual(
      'chair moderator presenter presenter lecturer organizer host panelist participant organizer presenter participant'.split(
        ' ',
      ),
    );
    expect(report.problems.map(({ code, problem }) => [code, problem])).toEqual([
      [
        'role-unknown',
        'what people do under the heading "Ushers" is not known, so they are participants',
      ],
    ]);
  });

  it.each([
    ['Mon, June 15, 8:00 to 9:30am CEST (2:00 to 3:30am EDT), TBA', 480, 570, 'CEST', 'TBA'],
    ['Monday, June 15, 2026, 2:00 to 3:30pm, Hall', 840, 930, undefined, 'Hall'],
    ['Mon, June 15, 11:30am to 1:00pm GMT+0200 (x), Hall', 690, 780, 'GMT+0200', 'Hall'],
    ['Mon, June 15, 11:30 to 1:00pm CEST, Hall', 690, 780, 'CEST', 'Hall'],
    ['Mon, June 15, 12:00 to 1:30pm CEST, Hall', 720, 810, 'CEST', 'Hall'],
    ['Mon, Jun. 15, 10:00pm to 12:30am CEST, Hall', 1320, 1470, 'CEST', 'Hall'],
    ['15 June, 13:15 – 14:00 CEST, Hall', 795, 840, 'CEST', 'Hall'],
    ['June 15, 9am to noon', 540, 720, undefined, ''],
  ])('reads the time line "%s"', (line, start, end, written, place) => {
    const span = readClockSpan(line);
    expect(span).toMatchObject({ start, end, place, on: { month: 6, day: 15 } });
    expect(span?.zone).toBe(written);
  });

  it.each([
    '',
    'Session Submission Type: Panel',
    'June 15',
    'June 31 to July 2',
    'Mon, June 15, 9:00 to tea',
    'June 99, 9:00 to 10:00am',
  ])('takes "%s" for no time line', (line) => expect(readClockSpan(line)).toBeUndefined());

  it('reads any time of day back as it was written', () => {
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    const said = (at: number) =>
      `${((Math.floor(at / 60) + 11) % 12) + 1}:${String(at % 60).padStart(2, '0')}`;
    const half = (at: number) => (at < 720 ? 'am' : 'pm');
    fc.assert(
      fc.property(clock, fc.integer({ min: 1, max: 600 }), ([hour, minute], length) => {
        const start = hour * 60 + minute;
        const end = start + length;
        const first = half(start) === half(end % 1440) && end < 1440 ? '' : half(start);
        const line = `June 15, ${said(start)}${first} to ${said(end % 1440)}${half(end % 1440)} CEST, Hall`;
        const span = readClockSpan(line);
        expect([span?.start, span?.end]).toEqual([start, end]);
      }),
    );
  });

  it('takes the year that fits the weekday and is nearest, and says so once', () => {
    const pages = [1, 2].map((id) => sessionPage({ id, title: `S${id}`, when }));
    const { year: _none, ...unsaid } = { year: 0 };
    const read = (asOf: string) =>
      readProgram(
        pages.map((text, index) => ({ name: `${index}`, bytes: new TextEncoder().encode(text) })),
        { address: 'pages', edition: 'test', zone, asOf: Date.parse(asOf), ...unsaid },
      );
    const { program, report } = read('2025-11-01');
    expect(program.sessions.map(({ startsAt }) => toIso(startsAt))).toEqual(
      Array(2).fill('2026-06-15T07:00:00Z'),
    );
    expect(report.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'repaired year-guessed',
    ]);
    expect(report.problems[0]?.problem).toContain(
      '2026 is taken, the nearest in which 06-15 is a Monday',
    );
    expect(report.problems[0]?.remedy).toMatch(/--year.*program\.year/);
    expect(toIso(read('2021-01-01').program.sessions[0]?.startsAt ?? 0)).toBe(
      '2020-06-15T07:00:00Z',
    );
  });

  it('takes the year from a list of the program that writes it, and that of a meeting over New Year', () => {
    const listed = readProgram(
      [sessionPage({ id: 1, title: 'S', when }), dayPage('Monday, June 15, 2020', [1])].map(
        (text, index) => ({ name: `${index}`, bytes: new TextEncoder().encode(text) }),
      ),
      { address: 'pages', edition: 'test', zone, asOf: Date.parse('2026-01-01') },
    );
    expect(listed.report.firstStart).toBe('2020-06-15T07:00:00Z');
    expect(codes(listed.report.problems)).toEqual(['all-past']);
    const over = readPages([
      sessionPage({ id: 1, title: 'Old', when: 'Wed, December 30, 9:00 to 9:30am CET, Hall' }),
      sessionPage({ id: 2, title: 'New', when: 'Sat, January 2, 9:00 to 9:30am CET, Hall' }),
    ]);
    expect(over.report.firstStart).toBe('2026-12-30T08:00:00Z');
    expect(over.report.lastStart).toBe('2027-01-02T08:00:00Z');
    const wrong = readPages([
      sessionPage({ id: 1, title: 'S', when: 'Tue, June 15, 9:00 to 9:30am CEST, Hall' }),
    ]);
    expect(codes(wrong.report.problems)).toEqual(['year-contradicts-weekday']);
  });

  it('says that it knows no year where nothing tells one', () => {
    const bytes = new TextEncoder().encode(sessionPage({ id: 1, title: 'S', when }));
    expect(() =>
      readProgram([{ name: 'p', bytes }], { address: 'pages', edition: 'test', zone }),
    ).toThrow(/without a year/);
  });

  it('trusts an abbreviation that means one offset, and asks the conference where it means several', () => {
    const at = (line: string, own = zone) => {
      const { report } = readPages(
        [sessionPage({ id: 1, title: 'S', when: `Mon, June 15, 9:00 to 9:30am${line}, Hall` })],
        { zone: own },
      );
      return [report.firstStart, ...codes(report.problems)];
    };
    expect(at(' PDT')).toEqual(['2026-06-15T16:00:00Z']);
    expect(at(' GMT-0600')).toEqual(['2026-06-15T15:00:00Z']);
    expect(at('')).toEqual(['2026-06-15T07:00:00Z']);
    expect(at(' BST', 'Europe/London')).toEqual(['2026-06-15T08:00:00Z']);
    expect(at(' BST')).toEqual(['2026-06-15T07:00:00Z', 'zone-ambiguous']);
    expect(at(' XYZT')).toEqual(['2026-06-15T07:00:00Z', 'zone-unknown']);
  });

  it('makes a session of every date, all with the id of the first', () => {
    const { program, report } = readPages([
      sessionPage({
        id: 7,
        title: 'Twice',
        when: 'Mon, June 15, 9:00 to 10:00am CEST, Hall<br />Tue, June 16, 2:00 to 3:00pm CEST, Pier',
        body: heading(
          'Papers',
          presentationEntry(71, 'Rope', [['Dan Woods', 'Sea Lab']], '9:10am'),
        ),
      }),
    ]);
    expect(program.sessions.map((one) => [times(one)[0], one.aliases])).toEqual([
      ['2026-06-15T07:00:00Z', ['allacademic:7']],
      ['2026-06-16T12:00:00Z', ['allacademic:7/2', 'allacademic:7']],
    ]);
    expect(new Set(program.sessions.map(({ key }) => key)).size).toBe(2);
    expect(codes(report.problems)).toContain('several-dates');
    expect(brokenPromises(program)).toEqual([]);
    const again = readPages([
      sessionPage({ id: 7, title: 'Twice', when: 'Mon, June 15, 9:00 to 10:00am CEST, Hall' }),
    ]);
    expect(again.program.sessions[0]?.key).toBe(program.sessions[0]?.key);
  });

  it('takes a room that is to be announced for none, and a lone name for the room', () => {
    const rooms = (place: string) =>
      readPages([
        sessionPage({ id: 1, title: 'S', when: `Mon, June 15, 9:00 to 9:30am CEST, ${place}` }),
      ]).program.rooms.map(({ name, building, floor }) => [name, building, floor]);
    expect(rooms('TBA')).toEqual([]);
    expect(rooms('Virtual 3')).toEqual([['Virtual 3', undefined, undefined]]);
    expect(rooms('Quay House, TBD')).toEqual([['Quay House', undefined, undefined]]);
    expect(rooms('Quay House, 301')).toEqual([['301', 'Quay House', undefined]]);
    expect(rooms('Quay House, Second Floor, Salon 1')).toEqual([
      ['Salon 1', 'Quay House', 'Second Floor'],
    ]);
  });

  it('reads authors who are not set in italics, and a cancelled session', () => {
    const { program } = readPages([
      sessionPage({
        id: 1,
        title: 'CANCELLED: Rope',
        when,
        body: heading(
          'Papers',
          '<a href="x?selected_paper_id=4"><p><strong>Knots</strong> - Dan Woods, Sea Lab, Reed; Eve Field</p></a>',
        ),
      }),
    ]);
    const [session] = program.sessions;
    expect(session?.cancelled).toBe(true);
    expect(session && everybody(program, session).presentations).toEqual([
      ['Knots', undefined, ['author: Dan Woods, Sea Lab, Reed', 'author: Eve Field, ']],
    ]);
  });

  it('leaves out what is no session and says what it is', () => {
    const session = sessionPage({ id: 1, title: 'S', when });
    const { report } = readPages([
      session,
      session,
      page('<form><input type="password" name="pw"></form>'),
      page('<h2>Our program is under maintenance</h2>'),
      session.replace(/<\/body>.*/s, ''),
      presentationPage(9, 'Lost', 'text'),
    ]);
    expect(report.counts.sessions).toBe(1);
    expect(report.problems.map(({ code, place }) => `${code} ${place}`)).toEqual([
      'page-truncated page-5.html',
      'page-twice page-2.html',
      'page-without-session page-3.html',
      'page-without-session page-4.html',
      'presentation-without-session page-6.html',
    ]);
  });

  it.each([
    ['a sign-in page', page('<input type="password">'), /a page on which to sign in/],
    ['maintenance', page('<p>The site is down for maintenance.</p>'), /not available/],
    ['a list', dayPage('Monday, June 15, 2026', [1]), /a list of sessions/],
    ['a search', page('<div data-role="content">Search results: none</div>'), /search results/],
    ['a presentation', presentationPage(9, 'Lost', 'text'), /a page of a presentation/],
    [
      'half a page',
      sessionPage({ id: 1, title: 'S', when }).replace(/Submission Type[^]*/, ''),
      /before its <\/html>/,
    ],
  ])('refuses %s alone in one sentence', (_what, text, sentence) => {
    expect(() => readPages([text])).toThrow(sentence);
  });

  it('refuses pages that nest without end or are larger than any page, in little time', () => {
    const deep = page(`<div data-role="content">${'<div>'.repeat(200_000)}</div>`);
    expect(() => readPages([deep])).toThrow(/nests too deep/);
    const huge = page(`<div data-role="content">${'<p>'.repeat(2_000_000)}</div>`);
    expect(() => readPages([huge])).toThrow(/too large/);
  });

  it('reads a page of a hundred thousand names, and more than a session has are left out', () => {
    const names = `<ul>${'<li>a;b;c;d;e;f;g;h;i;j;k;l;m;n;o;p;q;r;s;t;u;v;w;x;y;z;</li>'.repeat(6000)}</ul>`;
    const { report } = readPages([
      sessionPage({ id: 1, title: 'S', when, body: `<h4>Participants</h4>${names}` }),
    ]);
    expect(report.counts).toMatchObject({ sessions: 1, people: 26 });
  });

  it('keeps the promises of the model whatever stands in its pages', () => {
    const whole = sessionPage({
      id: 1,
      title: 'S',
      when,
      body: heading('Papers', presentationEntry(2, 'T', [['A B', 'C']], '9:05am')),
    });
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(60),
        fc.string({
          maxLength: 30,
          unit: fc.constantFrom('<', '>', '"', ';', ' ', 'a', '9', ':', '/', 'li', '<p>', '</ul>'),
        }),
        (at, length, text) => {
          const mutated = whole.slice(0, at) + text + whole.slice(at + length);
          try {
            expect(brokenPromises(readPages([mutated]).program)).toEqual([]);
          } catch (thrown) {
            expect(thrown).toMatchObject({ exit: 'program' });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(!realPrograms)('real All Academic pages', () => {
  const readReal = (name: string) =>
    readProgram([{ name, bytes: readFileSync(join(realPrograms ?? '', name)) }], {
      address: name,
      edition: 'test',
      zone: 'America/Chicago',
      year: 2026,
    });

  it('reads the paper session whole', () => {
    const { program, report } = readReal('mpsa26-session.allacademic.html');
    expect(codes(report.problems)).toEqual(['name-doubled']);
    expect([program.title, program.zone, program.unitLabel]).toEqual([
      'MPSA',
      'America/Chicago',
      'Section',
    ]);
    expect(report.counts).toEqual({
      sessions: 1,
      presentations: 5,
      people: 12,
      rooms: 0,
      units: 1,
      types: 1,
      days: 1,
      cancelled: 0,
    });
    const session = titled(program, 'Electoral Accountability and Public Opinion Research');
    expect(times(session)).toEqual(['2026-04-23T13:00:00Z', '2026-04-23T14:30:00Z']);
    expect([session.aliases, session.type, session.room, session.abstract]).toEqual([
      ['allacademic:2315178'],
      'Paper Session',
      undefined,
      undefined,
    ]);
    expect(program.units.map(({ name }) => name)).toEqual([
      '02. Representation & Electoral Systems',
    ]);
    expect(session.presentations.map(({ aliases }) => aliases)).toEqual([
      ['allacademic:2307495'],
      ['allacademic:2307526'],
      ['allacademic:2308236'],
      ['allacademic:2306564'],
      [],
    ]);
    expect(everybody(program, session)).toEqual({
      session: [
        'chair: Shahana Sheikh, University of Pennsylvania',
        'discussant: Sofia Marini, Aarhus University',
        'discussant: Tevfik Murat Yildirim, University of Stavanger',
      ],
      presentations: [
        [
          'Institutional Trust, Political Participation and Social Structure in India',
          '2026-04-23T13:05:00Z',
          [
            'author: Abhishek Priyadarshi, Indian Institute of Management Indore',
            'author: Ajit Phadnis, Indian Institute of Management Indore',
          ],
        ],
        [
          'Intra-Government Democracy and Policy Responsiveness to Public Opinion',
          '2026-04-23T13:18:00Z',
          [
            'author: Tobias Böhmelt, University of Essex',
            'author: Lawrence Ezrow, University of Essex',
          ],
        ],
        [
          'Paths to Legitimacy: Public Opinion and Policy Change through Referendums and Legislatures',
          '2026-04-23T13:31:00Z',
          [
            'author: Eli Rau, Tecnologico de Monterrey',
            'author: Radha Sarkar, Tecnologico de Monterrey',
            'author: Shahana Sheikh, University of Pennsylvania',
            'author: Susan Stokes, University of Chicago',
          ],
        ],
        [
          'Policy professionals and unequal representation',
          '2026-04-23T13:44:00Z',
          [
            'author: Anne Skorkjær Binderkrantz, Aarhus University',
            'author: Søren Frank Etzerodt, Aarhus University',
          ],
        ],
        ['Audience Participation', '2026-04-23T14:10:00Z', []],
      ],
    });
  });

  it('reads the lecture whole', () => {
    const { program, report } = readReal('mpsa26-lecture.allacademic.html');
    expect(report.problems).toEqual([]);
    const session = titled(
      program,
      'Midwest Public Administration Caucus Meeting & Herbert Simon Lecture: Behavioral Public Leadership Research: Contributions, Challenges and Key Insights',
    );
    expect(times(session)).toEqual(['2026-04-24T21:45:00Z', '2026-04-24T23:30:00Z']);
    expect([session.aliases, session.type, session.room, session.abstract]).toEqual([
      ['allacademic:2324108'],
      'Lecture',
      undefined,
      'Herbert Simon Lecture:TBA',
    ]);
    expect(program.units.map(({ name }) => name)).toEqual([
      '80. Midwest Public Administration Caucus',
    ]);
    expect(everybody(program, session)).toEqual({
      session: [
        'lecturer: Lotte Andersen, Aarhus University',
        'chair: Nathan Favero, American University',
      ],
      presentations: [],
    });
  });
});
