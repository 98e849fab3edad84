import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { readProgram } from '../../src/program/import.js';
import { toIso } from '../../src/program/time.js';
import { brokenPromises, codes, read, titled } from '../support/program-readings.js';
import { realPrograms } from '../support/real-programs.js';

const session = (id: string, more: object = {}) => ({
  id,
  title: `Session ${id}`,
  description: 'About it.',
  startsAt: '2026-06-01T09:00:00',
  endsAt: '2026-06-01T09:45:00',
  isServiceSession: false,
  isPlenumSession: false,
  speakers: [{ id: 'p-1', name: 'Ada' }],
  categories: [],
  roomId: 5,
  room: 'Hall',
  liveUrl: null,
  recordingUrl: null,
  status: 'Accepted',
  isInformed: true,
  isConfirmed: true,
  ...more,
});
const grid = (...sessions: readonly object[]) => [
  {
    date: '2026-06-01T00:00:00',
    rooms: [
      { id: 5, name: 'Hall', sessions },
      { id: 6, name: 'Attic', sessions: [] },
    ],
    timeSlots: [{ slotStart: '09:00:00', rooms: [{ id: 5, session: sessions[0] }] }],
  },
];
const speakers = [
  {
    id: 'p-1',
    firstName: 'Ada',
    lastName: 'Lovelace',
    fullName: 'Ada Lovelace',
    tagLine: 'Engineer',
    links: [
      { title: 'X (Twitter)', url: 'https://twitter.com/ada', linkType: 'Twitter' },
      { title: 'Bluesky', url: '@ada.example.org', linkType: 'Bluesky' },
      { title: 'LinkedIn', url: 'https://www.linkedin.com/in/ada', linkType: 'LinkedIn' },
      { title: 'Company', url: 'https://youtube.com/@works', linkType: 'Company_Website' },
      { title: 'Blog', url: 'https://ada.example.org/', linkType: 'Blog' },
    ],
    questionAnswers: [{ id: 1, question: 'Company', answer: 'Analytical Ltd' }],
    isTopSpeaker: false,
  },
  { id: 'p-2', fullName: 'Bob', tagLine: '', links: null, isTopSpeaker: true },
];
const readJson = (body: unknown, hints = {}) =>
  read(JSON.stringify(body), { zone: 'Europe/London', ...hints });

describe('the grid', () => {
  it('is read in the zone of the venue, each session once', () => {
    const { program, report } = readJson(grid(session('1')));
    expect(report).toMatchObject({ format: 'sessionize', problems: [] });
    expect(report.counts).toMatchObject({ sessions: 1, rooms: 2, people: 1 });
    expect(toIso(program.sessions[0]?.startsAt ?? 0)).toBe('2026-06-01T08:00:00Z');
    expect(program.sessions[0]?.aliases).toEqual(['id:1']);
  });

  it('without a zone says that UTC is assumed', () => {
    expect(codes(read(JSON.stringify(grid(session('1')))).report.problems)).toEqual([
      'zone-missing',
    ]);
  });

  it('takes track, type and languages from the categories by their titles', () => {
    const category = (name: string, ...items: readonly string[]) => ({
      id: 1,
      name,
      categoryItems: items.map((item) => ({ id: item.length, name: item })),
    });
    const { program } = readJson(
      grid(
        session('1', {
          categories: [
            category('Level', 'Advanced'),
            category('Session format', 'Workshop'),
            category('Topics', 'Kotlin', 'Testing'),
            category('Track', 'Mobile'),
            category('Language', 'English', 'Deutsch'),
          ],
          liveUrl: 'https://live.example.org/1',
          recordingUrl: 'https://video.example.org/1',
        }),
        session('2-service', { isServiceSession: true, speakers: [], status: null }),
      ),
    );
    expect(titled(program, 'Session 1')).toMatchObject({
      type: 'Workshop',
      languages: ['en', 'de'],
      stream: 'https://live.example.org/1',
      recording: 'https://video.example.org/1',
    });
    expect(program.units.map(({ name }) => name)).toEqual(['Mobile']);
    expect(titled(program, 'Session 2-service').type).toBe('Service');
  });

  it('takes a Z that is not meant for the clock of the venue, and says so once', () => {
    const utc = { startsAt: '2026-06-01T09:00:00Z', endsAt: '2026-06-01T09:45:00Z' };
    const { program, report } = readJson(grid(session('1', utc), session('2', utc)));
    expect(program.sessions.map(({ startsAt }) => toIso(startsAt))).toEqual([
      '2026-06-01T08:00:00Z',
      '2026-06-01T08:00:00Z',
    ]);
    expect(codes(report.problems)).toEqual(['utc-mark-ignored']);
    expect(report.problems[0]?.problem).toMatch(/2026-06-01T09:00:00Z is read as 09:00 there/);
    const meant = readJson(grid(session('1', utc)), { zone: 'UTC' });
    expect(toIso(meant.program.sessions[0]?.startsAt ?? 0)).toBe('2026-06-01T09:00:00Z');
  });

  it('leaves out what has no time, and cancels what was declined', () => {
    const { program, report } = readJson(
      grid(
        session('1', { startsAt: null, endsAt: null }),
        session('2', { status: 'Declined' }),
        session('3', { status: 'Declined', startsAt: null }),
        session('4', { isConfirmed: false }),
      ),
    );
    expect(program.sessions.map(({ title, cancelled }) => [title, cancelled]).sort()).toEqual([
      ['Session 2', true],
      ['Session 4', false],
    ]);
    expect(report.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['not-on-program', 'note'],
      ['unconfirmed', 'note'],
      ['no-start', 'dropped'],
    ]);
  });

  it('holds a plenum session once that stands in every room', () => {
    const plenum = session('1', { isPlenumSession: true });
    const [day] = grid(plenum);
    const rooms = [
      { id: 5, name: 'Hall', sessions: [plenum] },
      { id: 6, name: 'Attic', sessions: [{ ...plenum, roomId: 6, room: 'Attic' }] },
    ];
    const { program, report } = readJson([{ ...day, rooms }]);
    expect(program.sessions).toHaveLength(1);
    expect(report.problems).toEqual([]);
  });
});

describe('speakers', () => {
  const bytes = (body: unknown) => new TextEncoder().encode(JSON.stringify(body));

  it('are joined by id from a document beside the grid', () => {
    const { program } = readProgram(
      [
        { name: 'Speakers.json', bytes: bytes(speakers) },
        { name: 'GridSmart.json', bytes: bytes(grid(session('1'))) },
      ],
      { address: 'folder', edition: 'test', zone: 'Europe/London' },
    );
    expect(program.people).toMatchObject([
      {
        name: 'Ada Lovelace',
        affiliation: 'Analytical Ltd',
        url: 'https://ada.example.org/',
        handles: { x: 'ada', bluesky: 'ada.example.org' },
      },
      { name: 'Bob' },
    ]);
    expect(program.people[0]?.handles).toEqual({ x: 'ada', bluesky: 'ada.example.org' });
  });

  it('alone are no program', () => {
    expect(() => readJson(speakers)).toThrow(/speakers only.*GridSmart/);
  });
});

describe('all in one', () => {
  it('refers by ids', () => {
    const { program, report } = readJson({
      sessions: [
        {
          ...session('1', { speakers: ['p-1', 'p-9'], categoryItems: [41, 42] }),
          room: undefined,
          categories: undefined,
        },
      ],
      speakers: [
        {
          ...speakers[0],
          links: [],
          questionAnswers: [{ questionId: 71, answerValue: '@ada' }],
        },
      ],
      questions: [{ id: 71, question: 'X handle', questionType: 'Short_Text', sort: 1 }],
      categories: [
        { id: 1, title: 'Track', items: [{ id: 41, name: 'Mobile' }] },
        { id: 2, title: 'Session type', items: [{ id: 42, name: 'Talk' }] },
      ],
      rooms: [{ id: 5, name: 'Hall', sort: 0 }],
    });
    expect(program.sessions[0]).toMatchObject({ type: 'Talk' });
    expect([program.rooms[0]?.name, program.units[0]?.name]).toEqual(['Hall', 'Mobile']);
    expect(program.people).toMatchObject([{ name: 'Ada Lovelace', handles: { x: 'ada' } }]);
    expect(report.problems.map(({ code, severity }) => [code, severity])).toEqual([
      ['unresolved-reference', 'dropped'],
    ]);
  });

  it('survives entries of any kind', () => {
    const { program } = readJson({
      sessions: [null, 4, [], { isServiceSession: 'x', speakers: 3, categories: {} }, session('1')],
      speakers: [null, {}, { id: {} }],
      questions: {},
      categories: [{ items: 'x' }, null],
      rooms: [null, {}],
    });
    expect(program.sessions.map(({ title }) => title)).toEqual(['Session 1']);
    expect(brokenPromises(program)).toEqual([]);
  });
});

describe.skipIf(!realPrograms)('the program of a real conference', () => {
  const document = (name: string) => ({
    name,
    bytes: readFileSync(join(realPrograms ?? '', name)),
  });

  it('has its 137 sessions and 117 speakers, with their handles', () => {
    const { program, report } = readProgram(
      [
        'droidcon-london2024.sessionize-gridsmart.json',
        'droidcon-london2024.sessionize-speakers.json',
      ].map(document),
      { address: 'folder', edition: 'test', zone: 'Europe/London' },
    );
    expect(report).toMatchObject({
      format: 'sessionize',
      counts: { sessions: 137, people: 117, rooms: 7, days: 2, types: 7 },
      firstStart: '2024-10-31T07:45:00Z',
      problems: [],
    });
    const registration = program.sessions[0];
    expect(registration).toMatchObject({ title: 'Registration & Check-In', type: 'Service' });
    expect(program.people.find(({ name }) => name === 'Adam Ahmed')?.handles).toEqual({
      x: 'oheyadam',
    });
    expect(program.people.filter(({ handles }) => handles?.x !== undefined).length).toBeGreaterThan(
      60,
    );
    expect(brokenPromises(program)).toEqual([]);
  });
});
