import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { packageRoot } from '../../src/config/package-root.js';
import { CallboardError } from '../../src/errors.js';
import { readProgram } from '../../src/program/import.js';
import type { Program, Session } from '../../src/program/model.js';
import type { TableMapping } from '../../src/program/table/mapping.js';
import { openWorkbooks } from '../../src/program/table/workbook.js';
import { brokenPromises, codes, read, titled } from '../support/program-readings.js';
import { readOpened, workbook, zip } from '../support/workbook.js';

const zone = 'Europe/Lisbon';
const sheet = (text: string, columns?: TableMapping, more: object = {}) =>
  read(text, { zone, ...(columns && { columns }), ...more });
const at = (session: Session | undefined) =>
  session && [new Date(session.startsAt).toISOString(), new Date(session.endsAt).toISOString()];
const names = (program: Program, session: Session | Session['presentations'][number]) =>
  session.people.map(({ person, role, affiliation }) =>
    [role, program.people.find(({ key }) => key === person)?.name, affiliation].join('|'),
  );

const simple = `Title,Date,Start,End,Room,Speakers
Ebb,2026-09-03,09:00,10:00,Pier,Ada Roe; Bo Lind
Flood,2026-09-03,10:30,11:30,Quay,Ada Roe
`;

describe('a spreadsheet with one row per session', () => {
  it('is read by its headings, and says which column was taken for what', () => {
    const { program, report } = sheet(simple);
    expect(report.format).toBe('spreadsheet');
    expect(report.counts).toMatchObject({ sessions: 2, presentations: 0, people: 2, rooms: 2 });
    expect(at(titled(program, 'Ebb'))).toEqual([
      '2026-09-03T08:00:00.000Z',
      '2026-09-03T09:00:00.000Z',
    ]);
    expect(names(program, titled(program, 'Ebb'))).toEqual([
      'presenter|Ada Roe|',
      'presenter|Bo Lind|',
    ]);
    expect(codes(report.problems)).toEqual(['columns-taken', 'no-id', 'no-id']);
    expect(report.problems[0]?.problem).toBe(
      'no mapping is configured, so its columns were taken by their headings: title "Title", date "Date", start "Start", end "End", room "Room", presenter "Speakers"',
    );
    expect(brokenPromises(program)).toEqual([]);
  });

  it.each([
    ['semicolons', simple.replaceAll('; ', ' / ').replaceAll(',', ';')],
    ['tabs', simple.replaceAll(',', '\t')],
    ['bars', simple.replaceAll(',', '|')],
    ['CRLF and a byte order mark', `\uFEFF${simple.replaceAll('\n', '\r\n')}`],
    ['a title above the headings and blank rows', `The program of 2026,,,,,\n,,,,,\n${simple}\n\n`],
  ])('may have %s', (_what, text) => {
    expect(sheet(text).report.counts).toMatchObject({ sessions: 2, rooms: 2 });
  });

  it('keeps line ends, commas and quotes in quotes', () => {
    const { program } = sheet(
      'Title,Start,Abstract\n"Ebb, ""low"" water",2026-09-03 09:00,"One.\n\nTwo, three."\n',
    );
    const session = titled(program, 'Ebb, "low" water');
    expect(session.abstract).toBe('One.\n\nTwo, three.');
  });

  it('is read in German, with semicolons, days with dots and Windows-1252', () => {
    const text =
      'Titel;Datum;Beginn;Ende;Raum;Sektion;Referent\nÜber die Flut;03.09.2026;9.00 Uhr;10.30 Uhr;Saal Süd;Küsten;Jörg Förde\n';
    const { program, report } = sheet(text);
    const western = read(Buffer.from(text, 'latin1'), { zone });
    expect(western.program).toEqual(program);
    expect(codes(western.report.problems)).toEqual(['encoding', ...codes(report.problems)]);
    expect(western.report.problems[0]).toMatchObject({ severity: 'repaired' });
    expect(report.counts).toMatchObject({ sessions: 1, units: 1, people: 1 });
    expect(at(program.sessions[0])).toEqual([
      '2026-09-03T08:00:00.000Z',
      '2026-09-03T09:30:00.000Z',
    ]);
  });

  it('leaves a few broken letters broken in a text that is otherwise UTF-8', () => {
    const bytes = Buffer.from(simple.replace('Ebb', 'Ébbé à la ?'));
    bytes[bytes.indexOf('?')] = 0xff;
    expect(read(bytes, { zone }).program.sessions[0]?.title).toContain('Ébbé à la \uFFFD');
  });

  it('reads durations, spans, and an end past midnight', () => {
    const { program, report } = sheet(
      'Title,Date,Time,Duration\nA,2026-09-03,9:00,90\nB,2026-09-03,9:00–10:15,\nC,2026-09-03,23:00–1:00,\n',
    );
    expect(['A', 'B', 'C'].map((title) => at(titled(program, title))?.[1])).toEqual([
      '2026-09-03T09:30:00.000Z',
      '2026-09-03T09:15:00.000Z',
      '2026-09-04T00:00:00.000Z',
    ]);
    expect(codes(report.problems)).toContain('ends-next-day');
  });

  it('takes the day of the row above, and says so', () => {
    const { program, report } = sheet(
      'Title,Date,Start\nA,2026-09-03,9:00\nB,,10:00\nC,2026-09-04,9:00\n',
    );
    expect(at(titled(program, 'B'))?.[0]).toBe('2026-09-03T09:00:00.000Z');
    expect(report.problems).toContainEqual(
      expect.objectContaining({ code: 'day-from-above', severity: 'repaired', place: 'row 3' }),
    );
  });

  it('takes the year of days without one from the config, else the nearest, which is a guess', () => {
    const text = 'Title,Date,Start\nA,September 3,9:00\n';
    expect(at(sheet(text, undefined, { year: 2031 }).program.sessions[0])?.[0]).toBe(
      '2031-09-03T08:00:00.000Z',
    );
    const nearest = sheet(text, undefined, { asOf: Date.UTC(2027, 1, 1) });
    expect(at(nearest.program.sessions[0])?.[0]).toBe('2026-09-03T08:00:00.000Z');
    expect(nearest.report.problems).toContainEqual(
      expect.objectContaining({ code: 'year-guessed', severity: 'repaired' }),
    );
    expect(() => sheet(text)).toThrow(/has no start that can be read/);
  });

  it('costs only the row that cannot be read', () => {
    const { report } = sheet(`${simple}Slack,some day,09:00,,,\n,2026-09-03,09:00,,,\n`);
    expect(report.counts.sessions).toBe(2);
    expect(report.problems.filter(({ severity }) => severity === 'dropped')).toMatchObject([
      { code: 'no-start', place: 'row 4' },
      { code: 'no-title', place: 'row 5' },
    ]);
    expect(sheet(`${simple}Slack,2026-09-03,TBA,,,\n`).report.problems).toContainEqual(
      expect.objectContaining({ code: 'no-start', place: 'row 4' }),
    );
  });

  it('knows what is cancelled', () => {
    const { program } = sheet(
      'Title,Start,Status\nA,2026-09-03 09:00,Cancelled\nB,2026-09-03 09:00,confirmed\n',
    );
    expect([titled(program, 'A').cancelled, titled(program, 'B').cancelled]).toEqual([true, false]);
  });

  it('keeps its sessions when rows move and times change, by their ids', () => {
    const before = sheet('ID,Title,Start\n1,A,2026-09-03 09:00\n2,B,2026-09-03 10:00\n').program;
    const after = sheet(
      'ID,Title,Start\n2,B anew,2026-09-04 10:00\n1,A,2026-09-03 09:00\n',
    ).program;
    expect(titled(after, 'B anew').key).toBe(titled(before, 'B').key);
  });
});

describe('people in a spreadsheet', () => {
  const people = (cells: readonly string[], columns: NonNullable<TableMapping['chair']>) => {
    const rows = cells.map((cell, index) => `S${index},2026-09-03 09:00,"${cell}"`);
    const { program, report } = sheet(`Title,Start,People\n${rows.join('\n')}\n`, {
      title: 'Title',
      start: 'Start',
      chair: columns,
    });
    return { names: program.sessions.map((session) => names(program, session)), report };
  };

  it.each<[string, string, NonNullable<TableMapping['chair']>, string[]]>([
    ['semicolons', 'Ada Roe; Lind, Bo', 'People', ['chair|Ada Roe|', 'chair|Lind, Bo|']],
    ['lines', 'Ada Roe\nBo Lind', 'People', ['chair|Ada Roe|', 'chair|Bo Lind|']],
    [
      'commas between full names',
      'Ada Roe, Bo Lind and Cy Marsh',
      'People',
      ['chair|Ada Roe|', 'chair|Bo Lind|', 'chair|Cy Marsh|'],
    ],
    ['a comma inside one name', 'Roe, Ada', 'People', ['chair|Roe, Ada|']],
    [
      'the separator that is said',
      'Ada / Bo',
      { columns: 'People', separator: '/' },
      ['chair|Ada|', 'chair|Bo|'],
    ],
    [
      'affiliations in parentheses',
      'Ada Roe (Delta College, Faro); Bo Lind',
      'People',
      ['chair|Ada Roe|Delta College, Faro', 'chair|Bo Lind|'],
    ],
    [
      'affiliations after a comma',
      'Ada Roe, Delta College, Faro; Bo Lind',
      { columns: 'People', affiliationAfterComma: true },
      ['chair|Ada Roe|Delta College, Faro', 'chair|Bo Lind|'],
    ],
    [
      'last names first',
      'Roe, Ada; Lind, Bo',
      { columns: 'People', lastNameFirst: true },
      ['chair|Ada Roe|', 'chair|Bo Lind|'],
    ],
    [
      'addresses, which are left out',
      'Ada Roe <ada@example.org>; bo@example.org',
      'People',
      ['chair|Ada Roe|'],
    ],
    ['nobody yet', 'TBA', 'People', []],
    ['a firm with an and in it', 'Roe and Sons', 'People', ['chair|Roe and Sons|']],
  ])('may be written with %s', (_what, cell, columns, expected) => {
    // Affiliations that are everybody's own stand with the person.
    const { names: found } = people([cell], columns);
    expect(found[0]?.map((name) => name.split('|').slice(0, 2).join('|'))).toEqual(
      expected.map((name) => name.split('|').slice(0, 2).join('|')),
    );
  });

  it('says what commas were taken for', () => {
    const { report } = people(['Ada Roe, Bo Lind'], 'People');
    expect(report.problems).toContainEqual(
      expect.objectContaining({
        code: 'names-with-commas',
        problem: 'commas part the names of chair, as in "Ada Roe, Bo Lind"',
        remedy:
          'Where that is wrong, say the separator in the config (program.columns.chair.separator)',
      }),
    );
  });

  it('have affiliations in columns of their own: one each, or one list, by number or in order', () => {
    const text = `Title,Start,Chair 1,Chair 1 Org,Chair 2,Chair 2 Org,Authors,Orgs
A,2026-09-03 09:00,Ada Roe,Delta,Bo Lind,Shore,"Cy Marsh (1,2); Dee Ford (2)","1: Harbour; 2: Inlet, North"
B,2026-09-03 10:00,,,,,Eve Strand; Fay Holm,Harbour; Inlet
`;
    const { program } = sheet(text, {
      title: 'Title',
      start: 'Start',
      chair: { columns: 'Chair #', affiliations: 'Chair # Org' },
      author: { columns: 'Authors', affiliations: 'Orgs' },
    });
    const affiliations = Object.fromEntries(
      program.people.map(({ name, affiliation }) => [name, affiliation]),
    );
    const of = (title: string) =>
      names(program, titled(program, title)).map((one) => {
        const [role, name = '', own] = one.split('|');
        return [role, name, own === '' ? affiliations[name] : own].join('|');
      });
    expect(of('A')).toEqual([
      'chair|Ada Roe|Delta',
      'chair|Bo Lind|Shore',
      'author|Cy Marsh|Harbour; Inlet, North',
      'author|Dee Ford|Inlet, North',
    ]);
    expect(of('B')).toEqual(['author|Eve Strand|Harbour', 'author|Fay Holm|Inlet']);
  });
});

describe('presentations in a spreadsheet', () => {
  const mapping: TableMapping = {
    id: 'ID',
    title: 'Session',
    start: ['Day', 'Time'],
    room: 'Room',
    chair: 'Chair',
    presentation: { title: 'Paper', start: 'At', author: 'Authors' },
  };

  it('stand in rows that repeat their session, or leave its cells blank', () => {
    const text = `ID,Session,Day,Time,Room,Chair,Paper,At,Authors
1,Ebb,3/9/2026,9:00–10:30,Pier,Ada Roe,Low water,9:00,Cy Marsh
1,Ebb,3/9/2026,9:00–10:30,Pier,Ada Roe,Lower water,9:30,Dee Ford; Cy Marsh
,,,,,,Lowest water,10:00,Eve Strand
2,Flood,14/9/2026,9:00–10:30,Pier,,High water,11:00,
`;
    const { program, report } = sheet(text, mapping);
    expect(report.counts).toMatchObject({ sessions: 2, presentations: 4, people: 4 });
    const ebb = titled(program, 'Ebb');
    expect(
      ebb.presentations.map(({ title, startsAt = 0 }) => [title, new Date(startsAt).toISOString()]),
    ).toEqual([
      ['Low water', '2026-09-03T08:00:00.000Z'],
      ['Lower water', '2026-09-03T08:30:00.000Z'],
      ['Lowest water', '2026-09-03T09:00:00.000Z'],
    ]);
    expect(names(program, ebb)).toEqual(['chair|Ada Roe|']);
    expect(codes(report.problems)).toEqual(['date-order', 'presentation-outside-session']);
    expect(brokenPromises(program)).toEqual([]);
  });

  it('without ids belong together by title, start and room', () => {
    const text = `Session,Day,Time,Room,Chair,Paper,At,Authors
Ebb,2026-09-03,9:00,Pier,,One,,
Ebb,2026-09-03,9:00,Pier,,Two,,
Ebb,2026-09-03,9:00,Quay,,Three,,
`;
    const { id: _id, ...without } = mapping;
    const { program } = sheet(text, without);
    expect(program.sessions.map(({ presentations }) => presentations.length).sort()).toEqual([
      1, 2,
    ]);
  });

  it('are seen from the headings where sessions come back', () => {
    const text =
      'Session,Start,Title,Authors\nEbb,2026-09-03 09:00,One,Ada Roe\nEbb,2026-09-03 09:00,Two,\n';
    expect(sheet(text).report.counts).toMatchObject({ sessions: 1, presentations: 2 });
  });

  it('stand in a second file of a folder, by id or title; one that names no session is dropped', () => {
    const bytes = (text: string) => new TextEncoder().encode(text);
    const { program, report } = readProgram(
      [
        {
          name: 'papers.csv',
          bytes: bytes('Session,Paper Title,Author\ns1,One,Ada Roe\nFLOOD,Two,\ns9,Three,\n'),
        },
        {
          name: 'sessions.csv',
          bytes: bytes(
            'Session ID,Session Title,Start\ns1,Ebb,2026-09-03 09:00\ns2,Flood,2026-09-03 10:00\n',
          ),
        },
      ],
      { address: 'folder', edition: 'test', zone },
    );
    expect(
      program.sessions.map(({ title, presentations }) => [
        title,
        presentations.map((one) => one.title),
      ]),
    ).toEqual([
      ['Ebb', ['One']],
      ['Flood', ['Two']],
    ]);
    expect(report.problems).toContainEqual(
      expect.objectContaining({
        code: 'session-unknown',
        severity: 'dropped',
        place: 'papers row 4',
      }),
    );
  });
});

describe('a mapping that does not fit', () => {
  const failure = (text: string, columns?: TableMapping) => {
    try {
      sheet(text, columns, { format: 'spreadsheet' });
    } catch (thrown) {
      if (thrown instanceof CallboardError) return thrown.message;
    }
    throw new Error('it was read');
  };

  it('names the nearest heading of a column that was renamed', () => {
    expect(failure(simple, { title: 'Titel', start: 'Start' })).toBe(
      'program: program.columns says that title is in the column "Titel", which is not there. Write "Title", if that is meant, or run `callboard import --map` for a new mapping.',
    );
    expect(failure(simple, { title: 'Title', start: 'Start', chair: 'Convener' })).toBe(
      'program: program.columns says that chair is in the column "Convener", which is not there. Its columns are "Title", "Date", "Start", "End", "Room", "Speakers"; run `callboard import --map` for a new mapping.',
    );
  });

  it('says that title and start are needed, and names a sheet that is not there', () => {
    expect(failure(simple, { title: 'Title' })).toMatch(
      /does not say which column is the start of a session/,
    );
    expect(failure(simple, { title: 'Title', start: 'Start', sheet: 'Talks' })).toMatch(
      /names a sheet "Talks", which is not there\. Name one of "program"/,
    );
  });

  it('without one, unclear headings end in the list of columns', () => {
    expect(failure('Colour,Weight,Taste\nred,3,sour\n')).toBe(
      'program: none of its columns is clearly the title or the start of a session; there are "Colour", "Weight", "Taste". Run `callboard import --map` and say which column is what.',
    );
  });

  it('a quotation mark that is never closed is one sentence', () => {
    expect(failure('Title,Start\n"Ebb,2026-09-03 09:00\n')).toMatch(
      /a quotation mark is opened and never closed/,
    );
  });

  it('plain text is no spreadsheet', () => {
    expect(() => sheet('Not found, sorry\nTry again, later\n')).toThrow(/format is not recognized/);
  });
});

describe('a workbook', () => {
  const day = 46_268;
  const date = { value: day, format: 'yyyy-mm-dd' };
  const time = (hour: number) => ({ value: hour / 24, format: 'hh:mm' });
  const moment = (hour: number) => ({ value: day + hour / 24, format: 'dd.mm.yyyy hh:mm' });

  it('is read with days, times and moments as wall clocks, whatever the zone of this machine', async () => {
    const bytes = await workbook({
      Talks: [
        ['Title', 'Date', 'Start', 'End', 'Room'],
        ['Ebb', date, time(9), time(10.5), 101],
        ['Flood', date, time(23), time(1), 'Pier'],
      ],
    });
    const { program, report } = await readOpened([{ name: 'talks.xlsx', bytes }]);
    expect(report.format).toBe('spreadsheet');
    expect(at(titled(program, 'Ebb'))).toEqual([
      '2026-09-03T08:00:00.000Z',
      '2026-09-03T09:30:00.000Z',
    ]);
    expect(at(titled(program, 'Flood'))?.[1]).toBe('2026-09-04T00:00:00.000Z');
    expect(program.rooms.map(({ name }) => name)).toEqual(['101', 'Pier']);
  });

  it('holds sessions and presentations in two sheets, found by their headings or named', async () => {
    const bytes = await workbook({
      Notes: [['To do'], ['buy flowers']],
      Papers: [
        ['Session ID', 'Title', 'Authors'],
        ['s1', 'One', 'Ada Roe'],
      ],
      Sessions: [
        ['Session ID', 'Session title', 'Start'],
        ['s1', 'Ebb', moment(9)],
      ],
    });
    const documents = [{ name: 'talks.xlsx', bytes }];
    const found = await readOpened(documents);
    const named = await readOpened(documents, {
      columns: {
        sheet: 'Sessions',
        id: 'Session ID',
        title: 'Session title',
        start: 'Start',
        presentation: { sheet: 'papers', session: 'Session ID', title: 'Title', author: 'Authors' },
      },
    });
    expect(found.program.sessions[0]?.presentations).toMatchObject([{ title: 'One' }]);
    expect(named.program).toEqual(found.program);
    expect(codes(named.report.problems)).toEqual(['no-end', 'zero-length']);
  });

  const refused = async (bytes: Uint8Array) => {
    try {
      await openWorkbooks([{ name: 'talks.xlsx', bytes }]);
    } catch (thrown) {
      if (thrown instanceof CallboardError) return `${thrown.code} ${thrown.complaint.problem}`;
      throw thrown;
    }
    throw new Error('it was opened');
  };

  it('is refused before it is unpacked where it would grow out of bounds', async () => {
    const bomb = zip({ 'xl/worksheets/sheet1.xml': Buffer.alloc(200 * 1024 * 1024) });
    expect(await refused(bomb)).toBe('program-too-large it unpacks to more than 128 MiB');
    const lies = zip({ 'xl/worksheets/sheet1.xml': Buffer.alloc(1024 * 1024) }, () => 10);
    expect(await refused(lies)).toMatch(/^program-malformed .* cannot be unpacked$/);
    const far = zip({
      'xl/worksheets/sheet1.xml': Buffer.from(
        '<sheetData><row r="1"><c r="XFD900000"><v>1</v></c></row></sheetData>',
      ),
    });
    expect(await refused(far)).toBe(
      'program-too-large a sheet of it is 900000 rows by 16384 columns',
    );
    const deep = zip({
      'xl/worksheets/sheet1.xml': Buffer.from('<sheetData><row r="99999999999"/></sheetData>'),
    });
    expect(await refused(deep)).toBe('program-too-large it has a row 99999999999');
  });

  it('is refused in one sentence where it is another archive, or cut off', async () => {
    expect(await refused(zip({ 'word/document.xml': Buffer.from('<w/>') }))).toMatch(
      /^program-malformed it is an archive, but no workbook that can be read/,
    );
    const whole = await workbook({
      Talks: [
        ['Title', 'Start'],
        ['Ebb', moment(9)],
      ],
    });
    expect(await refused(whole.subarray(0, whole.length / 2))).toMatch(/^program-malformed/);
  });

  it('stays closed among other files of a folder where it cannot be opened', async () => {
    const { report } = await readOpened([
      { name: 'other.zip', bytes: zip({ 'a.xml': Buffer.from('<a/>') }) },
      { name: 'talks.csv', bytes: new TextEncoder().encode(simple) },
    ]);
    expect(report.counts.sessions).toBe(2);
    expect(codes(report.problems)).toContain('file-ignored');
  });

  it('never throws past its border, whatever a byte of it becomes', async () => {
    const whole = await workbook({
      Talks: [
        ['Title', 'Start'],
        ['Ebb', moment(9)],
        ['Flood', moment(10)],
      ],
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (place, byte) => {
        const broken = Uint8Array.from(whole);
        broken[place] = byte;
        try {
          const { program } = await readOpened([{ name: 'talks.xlsx', bytes: broken }]);
          expect(brokenPromises(program)).toEqual([]);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(CallboardError);
        }
      }),
      { numRuns: 150 },
    );
  });
});

it('any cells give a program that keeps its promises, or one sentence', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '2026-09-03',
      '9:00',
      '3/4/2026',
      'Ada Roe; Bo (X',
      '"',
      ',',
      '\n',
      'TBA',
      '46268.5',
      ';;(',
    ),
    fc.string({ maxLength: 12 }),
  );
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 6, maxLength: 9 }), { maxLength: 6 }),
      (rows) => {
        const text = `Title,Date,Start,End,Speakers,Paper Title\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}`;
        try {
          expect(brokenPromises(sheet(text).program)).toEqual([]);
        } catch (thrown) {
          if (!(thrown instanceof CallboardError)) throw thrown;
          expect(thrown.exit).toBe('program');
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('the template for organizers imports cleanly', () => {
  const bytes = readFileSync(join(packageRoot, 'config', 'spreadsheet-template.csv'));
  const { program, report } = read(bytes, { zone });
  expect(report.counts).toMatchObject({
    sessions: 2,
    presentations: 2,
    people: 5,
    rooms: 2,
    units: 1,
  });
  expect(codes(report.problems)).toEqual(['columns-taken']);
  expect(report.problems[0]?.problem).not.toContain('not used');
  expect(brokenPromises(program)).toEqual([]);
});
