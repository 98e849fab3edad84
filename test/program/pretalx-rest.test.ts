import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { aliasesOf } from '../../src/program/identity.js';
import { readProgram } from '../../src/program/import.js';
import { toIso } from '../../src/program/time.js';
import { brokenPromises, codes, read, titled } from '../support/program-readings.js';
import { realPrograms } from '../support/real-programs.js';

const page = (results: readonly unknown[]) => ({
  count: results.length,
  next: null,
  previous: null,
  results,
});
const readAll = (
  documents: Readonly<Record<string, unknown>>,
  hints: Partial<Parameters<typeof readProgram>[1]> = {},
) =>
  readProgram(
    Object.entries(documents).map(([name, body]) => ({
      name,
      bytes: new TextEncoder().encode(JSON.stringify(body)),
    })),
    { address: 'program', edition: 'test', ...hints },
  );
const talk = (code: string, more: object = {}) => ({
  code,
  title: `Talk ${code}`,
  speakers: [{ code: 'ADA', name: 'Ada' }],
  submission_type: { en: 'Talk' },
  track: null,
  state: 'confirmed',
  abstract: 'Short.',
  description: 'Long.',
  content_locale: 'en',
  slot: {
    room_id: 7,
    room: { en: 'Hall' },
    start: '2026-05-01T09:00:00+02:00',
    end: '2026-05-01T09:30:00+02:00',
  },
  answers: [],
  ...more,
});

describe('the older API, which writes names', () => {
  it('reads a page of talks', () => {
    const { program, report } = read(JSON.stringify(page([talk('AAA', { track: { en: 'Web' } })])));
    const [session] = program.sessions;
    expect(report.format).toBe('pretalx-rest');
    expect(session).toMatchObject({
      title: 'Talk AAA',
      aliases: ['code:AAA'],
      type: 'Talk',
      abstract: 'Short.\n\nLong.',
      languages: ['en'],
      cancelled: false,
    });
    expect(toIso(session?.startsAt ?? 0)).toBe('2026-05-01T07:00:00Z');
    expect(program.rooms.map(({ name }) => name)).toEqual(['Hall']);
    expect(program.units.map(({ name }) => name)).toEqual(['Web']);
    expect(program.people.map(({ name, aliases }) => [name, aliases])).toEqual([
      ['Ada', ['code:ADA']],
    ]);
    expect(brokenPromises(program)).toEqual([]);
    expect(codes(report.problems)).toEqual(['zone-from-offsets']);
  });

  it('reads a schedule whose slots are talks, with its breaks', () => {
    const { program } = read(
      JSON.stringify({
        version: '1',
        slots: [talk('AAA')],
        breaks: [
          {
            room: { en: 'Hall' },
            room_id: 7,
            start: '2026-05-01T12:00:00+02:00',
            end: '2026-05-01T13:00:00+02:00',
            description: { en: 'Lunch' },
          },
        ],
      }),
    );
    expect(program.sessions.map(({ title, type }) => [title, type])).toEqual([
      ['Talk AAA', 'Talk'],
      ['Lunch', 'Break'],
    ]);
    expect(program.rooms).toHaveLength(1);
  });
});

describe('the versioned API, which writes ids', () => {
  const byId = {
    'https://talks.example.org/api/events/meet/submissions/': page([
      {
        code: 'AAA',
        title: 'One',
        speakers: ['ADA', 'BOB'],
        submission_type: 3,
        track: 4,
        state: 'confirmed',
        content_locale: 'de',
        resources: [{ resource: 'https://example.org/slides.pdf', description: 'Slides' }],
        slots: [11, 12],
      },
    ]),
    'https://talks.example.org/api/events/meet/slots/': page([
      {
        id: 12,
        room: 7,
        start: '2026-05-02T09:00:00+02:00',
        end: '2026-05-02T10:00:00+02:00',
        submission: 'AAA',
        schedule: 1,
      },
      {
        id: 11,
        room: 7,
        start: '2026-05-01T09:00:00+02:00',
        end: '2026-05-01T10:00:00+02:00',
        submission: 'AAA',
        schedule: 1,
      },
      {
        id: 13,
        room: 7,
        start: '2026-05-01T11:00:00+02:00',
        end: '2026-05-01T11:30:00+02:00',
        submission: null,
        schedule: 1,
        description: { de: 'Pause', en: 'Break' },
        slot_type: 'break',
      },
    ]),
    rooms: page([
      { id: 7, name: { en: 'Hall', de: 'Saal' }, uuid: 'u-7', capacity: 10 },
      { id: 8, name: { en: 'Attic', de: 'Dach' }, uuid: 'u-8', capacity: 5 },
    ]),
    tracks: page([{ id: 4, name: { en: 'Web', de: 'Netz' }, color: '#fff' }]),
    types: page([{ id: 3, name: { en: 'Talk', de: 'Vortrag' }, default_duration: 30 }]),
    speakers: page([
      { code: 'ADA', name: 'Ada', biography: '', submissions: ['AAA'], answers: [21, 22] },
      { code: 'BOB', name: 'Bob', biography: '', submissions: ['AAA'], answers: [] },
    ]),
    answers: page([
      { id: 21, question: 31, answer: '@ada.example.org', person: 'ADA', submission: null },
      { id: 22, question: 32, answer: 'Yes', person: 'ADA', submission: null },
      { id: 23, question: 33, answer: '@bob', person: 'BOB', submission: null },
    ]),
    questions: page([
      { id: 31, question: { en: 'Your Bluesky handle' }, variant: 'string', target: 'speaker' },
      { id: 32, question: { en: 'May we stream you on YouTube?' }, variant: 'boolean' },
      { id: 33, question: { en: 'Twitter / X' }, variant: 'string', target: 'speaker' },
    ]),
    event: {
      slug: 'meet',
      name: { en: 'Meeting', de: 'Treffen' },
      date_from: '2026-05-01',
      timezone: 'Europe/Berlin',
      locale: 'de',
    },
  };

  it('is joined across documents, whatever their order', () => {
    const { program, report } = readAll(byId);
    expect(program).toMatchObject({
      title: 'Treffen',
      zone: 'Europe/Berlin',
      language: 'de',
      url: 'https://talks.example.org/meet/',
    });
    expect(program.sessions.map(({ title, type, url }) => [title, type, url])).toEqual([
      ['One', 'Vortrag', 'https://talks.example.org/meet/talk/AAA/'],
      ['Pause', 'Break', undefined],
      ['One', 'Vortrag', 'https://talks.example.org/meet/talk/AAA/'],
    ]);
    expect(program.sessions[0]?.links).toEqual([
      { url: 'https://example.org/slides.pdf', title: 'Slides' },
    ]);
    expect(program.rooms.map(({ name }) => name)).toEqual(['Saal', 'Dach']);
    expect(program.units.map(({ name }) => name)).toEqual(['Netz']);
    expect(program.people.map(({ name, handles }) => [name, handles])).toEqual([
      ['Ada', { bluesky: 'ada.example.org' }],
      ['Bob', { x: 'bob' }],
    ]);
    expect(codes(report.problems)).toEqual(['language-chosen', 'duplicate-id']);
    const turned = readAll(Object.fromEntries(Object.entries(byId).reverse())).program;
    expect(turned.sessions.map(({ key }) => key)).toEqual(program.sessions.map(({ key }) => key));
    expect(turned.rooms).toHaveLength(2);
  });

  it('gives every slot of a submission a session, which a released schedule with new slot ids finds again', () => {
    const before = readAll(byId).program;
    const talks = (of: typeof before) => of.sessions.filter(({ title }) => title === 'One');
    expect(talks(before).map(({ aliases }) => aliases)).toEqual([
      ['code:AAA/1', 'code:AAA'],
      ['code:AAA/2', 'code:AAA'],
    ]);
    const released = JSON.parse(
      JSON.stringify(byId).replaceAll('"id":11,', '"id":91,').replaceAll('"id":12,', '"id":92,'),
    ) as typeof byId;
    const after = readAll(released, { aliases: aliasesOf(before) }).program;
    expect(talks(after).map(({ key }) => key)).toEqual(talks(before).map(({ key }) => key));
  });

  it('says once what no document describes', () => {
    const { rooms: _rooms, speakers: _speakers, ...poor } = byId;
    const { program, report } = readAll(poor);
    expect(program.sessions.every(({ room }) => room === undefined)).toBe(true);
    const unresolved = report.problems.filter(({ code }) => code === 'unresolved-reference');
    expect(unresolved.map(({ severity, place, problem }) => [severity, place, problem])).toEqual([
      [
        'dropped',
        'speakers',
        'sessions name 2 speakers by id (ADA, BOB) that no document describes, 2 times',
      ],
      ['dropped', 'rooms', 'sessions name 1 rooms by id (7) that no document describes, 3 times'],
    ]);
  });

  it('takes the fuller mention of two', () => {
    const expanded = page([
      {
        code: 'AAA',
        title: 'One',
        state: 'confirmed',
        speakers: [{ code: 'ADA', name: 'Ada', biography: null }],
        submission_type: { id: 3, name: { en: 'Talk' }, default_duration: 30 },
        slots: [
          {
            id: 11,
            room: { id: 7, name: { en: 'Hall' }, uuid: 'u-7' },
            start: '2026-05-01T09:00:00+02:00',
            end: '2026-05-01T10:00:00+02:00',
          },
        ],
      },
    ]);
    const bare = byId['https://talks.example.org/api/events/meet/submissions/'];
    const both = readAll({ bare, expanded });
    expect(both.program.sessions).toHaveLength(1);
    expect(both.program.people.map(({ name }) => name)).toEqual(['Ada']);
    expect(both.program.rooms.map(({ name }) => name)).toEqual(['Hall']);
  });
});

describe('states', () => {
  it('cancel what has a slot, and leave out what was never on the program', () => {
    const { program, report } = read(
      JSON.stringify(
        page([
          talk('AAA', { state: 'canceled' }),
          talk('BBB', { state: 'withdrawn', slot: null }),
          talk('CCC', { state: 'submitted' }),
          talk('DDD', { state: 'accepted' }),
          talk('EEE', { slot: null }),
        ]),
      ),
    );
    expect(program.sessions.map(({ title, cancelled }) => [title, cancelled]).sort()).toEqual([
      ['Talk AAA', true],
      ['Talk DDD', false],
    ]);
    expect(codes(report.problems)).toEqual([
      'not-on-program',
      'not-on-program',
      'unconfirmed',
      'zone-from-offsets',
      'no-start',
    ]);
  });
});

it('reads the data of a schedule page', () => {
  const { program } = read(
    JSON.stringify({
      talks: [
        {
          code: 'AAA',
          id: 1,
          title: 'One',
          speakers: ['ADA'],
          track: 4,
          start: '2026-05-01T09:00:00+02:00',
          end: '2026-05-01T10:00:00+02:00',
          room: 7,
        },
      ],
      timezone: 'Europe/Paris',
      tracks: [{ id: 4, name: { en: 'Web' }, color: '#000' }],
      rooms: [{ id: 7, name: { en: 'Hall' }, description: {} }],
      speakers: [{ code: 'ADA', name: 'Ada', avatar: null }],
    }),
  );
  expect(program.zone).toBe('Europe/Paris');
  expect(program.sessions[0]).toMatchObject({ title: 'One' });
  expect([program.rooms[0]?.name, program.units[0]?.name, program.people[0]?.name]).toEqual([
    'Hall',
    'Web',
    'Ada',
  ]);
});

it('says that an answer is an error', () => {
  const error = { detail: 'Authentication credentials were not provided.' };
  expect(() => read(JSON.stringify(error), { format: 'pretalx-rest' })).toThrow(
    /answered with an error.*CALLBOARD_PROGRAM_AUTHORIZATION/,
  );
});

it('is bounded on nesting that never ends', () => {
  const deep = `${'{"results":['.repeat(20_000)}${']}'.repeat(20_000)}`;
  expect(() => read(deep, { format: 'pretalx-rest' })).toThrow(/no session/);
});

it('survives entries of any kind', () => {
  const odd = [null, 7, 'x', [], {}, { code: 'Z', title: null }, { code: {}, title: [] }];
  const { program, report } = read(
    JSON.stringify(page([...odd, talk('AAA', { speakers: [null, 3, { code: 9 }], slots: 'x' })])),
    { format: 'pretalx-rest' },
  );
  expect(program.sessions.map(({ title }) => title)).toEqual(['Talk AAA']);
  expect(codes(report.problems)).toContain('no-title');
});

describe.skipIf(!realPrograms)('the program of a real conference', () => {
  const bytes = () => readFileSync(join(realPrograms ?? '', 'pyconfr2025.pretalx-rest.json'));

  it('has its 75 sessions, 13 rooms and 81 people', () => {
    const { program, report } = read(bytes(), { zone: 'Europe/Paris' });
    expect(report).toMatchObject({
      format: 'pretalx-rest',
      counts: { sessions: 75, rooms: 13, people: 81, days: 2, types: 8, cancelled: 0 },
      firstStart: '2025-11-01T07:50:00Z',
      lastStart: '2025-11-02T15:30:00Z',
    });
    expect(report.problems.map(({ code, place }) => [code, place])).toEqual([
      ['beside-schedule', 'sprints'],
      ['beside-schedule', 'extra'],
      ['language-chosen', 'names'],
      ['unconfirmed', 'submissions'],
    ]);
    const weird = titled(program, 'Embracing Weird Code');
    expect(weird).toMatchObject({ aliases: ['code:SRTC9Y'], type: 'Plénière', languages: ['en'] });
    expect(toIso(weird.startsAt)).toBe('2025-11-02T09:00:00Z');
    expect(weird.people.map(({ role }) => role)).toEqual(['presenter']);
    expect(brokenPromises(program)).toEqual([]);
  });
});
