import { describe, expect, it } from 'vitest';

import { aliasesOf } from '../../src/program/identity.js';
import { toIso } from '../../src/program/time.js';
import { brokenPromises, codes, read, titled } from '../support/program-readings.js';

const at = (time: string, date = '2026-07-06', tz = 'Europe/Zurich') => ({ date, time, tz });
const person = (id: number, fullName: string, more: object = {}) => ({
  _type: 'ContributionParticipation',
  id,
  fullName,
  affiliation: 'CERN',
  emailHash: `hash${String(id)}`,
  ...more,
});
const contribution = (id: number, start: string | null, minutes: number, more: object = {}) => ({
  _type: 'Contribution',
  id,
  title: `Contribution ${String(id)}`,
  startDate: start === null ? null : at(start),
  endDate: null,
  duration: minutes,
  room: '222/R-001',
  location: 'Main building',
  type: 'Oral',
  track: 'Detectors',
  session: null,
  description: 'About &amp; around',
  url: `https://indico.example.org/event/1/contributions/${String(id)}/`,
  speakers: [],
  primaryauthors: [],
  coauthors: [],
  folders: [],
  ...more,
});
const event = (more: object) => ({
  count: 1,
  _type: 'HTTPAPIResult',
  complete: true,
  results: [
    {
      _type: 'Conference',
      id: '1',
      title: 'Detector Days',
      type: 'conference',
      startDate: at('09:00:00'),
      endDate: at('18:00:00'),
      timezone: 'Europe/Zurich',
      location: 'Main building',
      room: '',
      url: 'https://indico.example.org/event/1/',
      chairs: [],
      ...more,
    },
  ],
});
const readJson = (body: unknown, hints = {}) => read(JSON.stringify(body), hints);

describe('sessions', () => {
  const block = (id: number, from: string, to: string, more: object = {}) => ({
    _type: 'SessionSlot',
    id,
    title: `Block ${String(id)}`,
    startDate: at(from),
    endDate: at(to),
    description: '',
    room: '222/R-001',
    location: 'Main building',
    conveners: [
      {
        _type: 'SlotChair',
        id: 9,
        first_name: 'Grace',
        last_name: 'Hopper',
        fullName: 'Hopper, Grace',
      },
    ],
    session: { id: 3, title: 'Silicon', isPoster: false, sessionConveners: [] },
    contributions: [],
    ...more,
  });

  it('hold their contributions with their own times, and conveners chair', () => {
    const { program, report } = readJson(
      event({
        sessions: [
          block(31, '09:00:00', '10:30:00', {
            contributions: [
              contribution(1, '09:00:00', 30, {
                speakers: [person(5, 'Lovelace, Ada')],
                primaryauthors: [person(5, 'Lovelace, Ada'), person(6, 'Babbage, Charles')],
              }),
              contribution(2, null, 20),
            ],
          }),
        ],
        contributions: [contribution(7, '11:00:00', 45)],
      }),
    );
    expect(report).toMatchObject({
      format: 'indico',
      zone: { name: 'Europe/Zurich' },
      problems: [],
    });
    expect(program.title).toBe('Detector Days');
    const session = titled(program, 'Block 31');
    const names = new Map(program.people.map(({ key, name }) => [key, name]));
    expect(session.people.map((one) => [names.get(one.person), one.role])).toEqual([
      ['Grace Hopper', 'chair'],
    ]);
    expect(session).toMatchObject({ aliases: ['block:31'], type: 'Oral' });
    const [first, second] = session.presentations;
    expect(toIso(first?.startsAt ?? 0)).toBe('2026-07-06T07:00:00Z');
    expect(toIso(first?.endsAt ?? 0)).toBe('2026-07-06T07:30:00Z');
    expect(first?.people.map((one) => [names.get(one.person), one.role])).toEqual([
      ['Ada Lovelace', 'presenter'],
      ['Charles Babbage', 'author'],
    ]);
    expect(second?.startsAt).toBeUndefined();
    const alone = titled(program, 'Contribution 7');
    expect(alone).toMatchObject({
      abstract: 'About & around',
      url: 'https://indico.example.org/event/1/contributions/7/',
    });
    expect(program.rooms).toMatchObject([{ name: '222/R-001', building: 'Main building' }]);
    expect(brokenPromises(program)).toEqual([]);
  });

  it('are read in the zone that each time names', () => {
    const { program } = readJson(
      event({
        sessions: [
          block(31, '07:00:00', '08:00:00', { startDate: at('07:00:00', '2026-07-06', 'UTC') }),
        ],
      }),
    );
    expect(toIso(program.sessions[0]?.startsAt ?? 0)).toBe('2026-07-06T07:00:00Z');
  });

  it('report a zone that is none', () => {
    const odd = { startDate: at('09:00:00', '2026-07-06', 'Mars/Base'), endDate: null };
    const { report } = readJson(event({ ...odd, sessions: [block(31, '', '', odd)] }));
    expect(codes(report.problems)).toContain('zone-unknown');
    expect(report.problems[0]?.problem).toContain('Mars/Base');
  });

  it('say what of subcontributions they leave out', () => {
    const sub = [{ id: 1, title: 'Part', speakers: [person(5, 'Lovelace, Ada')] }];
    const inside = readJson(
      event({
        sessions: [
          block(31, '09:00:00', '10:00:00', {
            contributions: [contribution(1, '09:00:00', 30, { subContributions: sub })],
          }),
        ],
      }),
    );
    expect(codes(inside.report.problems)).toEqual(['nested-too-deep']);
    const alone = readJson(
      event({ contributions: [contribution(1, '09:00:00', 30, { subContributions: sub })] }),
    );
    expect(alone.program.sessions[0]?.presentations.map(({ title }) => title)).toEqual(['Part']);
  });
});

describe('contributions alone', () => {
  const silicon = { session: 'Silicon' };

  it('make a session where they follow each other in one room, without a long pause', () => {
    const { program, report } = readJson(
      event({
        contributions: [
          contribution(3, '11:00:00', 20, silicon),
          contribution(1, '09:00:00', 20, silicon),
          contribution(2, '09:25:00', 20, silicon),
          contribution(4, '09:00:00', 20, { ...silicon, room: 'Attic' }),
          contribution(5, '09:00:00', 20),
        ],
      }),
    );
    expect(
      program.sessions
        .map(({ title, subtitle, presentations }) => [title, subtitle, presentations.length])
        .sort(),
    ).toEqual([
      ['Contribution 3', 'Silicon', 0],
      ['Contribution 4', 'Silicon', 0],
      ['Contribution 5', undefined, 0],
      ['Silicon', undefined, 2],
    ]);
    expect(toIso(titled(program, 'Silicon').endsAt)).toBe('2026-07-06T07:45:00Z');
    expect(program.units.map(({ name }) => name)).toEqual(['Detectors']);
    expect(report.problems).toEqual([]);
  });

  it('without a time belong to the only part of their session, else are left out', () => {
    const { program, report } = readJson(
      event({
        contributions: [
          contribution(1, '09:00:00', 20, silicon),
          contribution(2, '09:20:00', 20, silicon),
          contribution(3, null, 20, silicon),
          contribution(4, null, 20),
        ],
      }),
    );
    expect(titled(program, 'Silicon').presentations).toHaveLength(3);
    expect(program.sessions).toHaveLength(1);
    expect(report.problems.map(({ severity, code }) => [severity, code])).toEqual([
      ['dropped', 'no-start'],
    ]);
  });

  it('keep the key of their session when it moves to another day', () => {
    const on = (date: string) =>
      event({
        contributions: [1, 2].map((id) =>
          contribution(id, '09:00:00', 20, {
            ...silicon,
            startDate: at(`09:${String(id * 20)}:00`, date),
          }),
        ),
      });
    const before = readJson(on('2026-07-06')).program;
    const after = readJson(on('2026-07-07'), { aliases: aliasesOf(before) }).program;
    expect(after.sessions.map(({ key }) => key)).toEqual(before.sessions.map(({ key }) => key));
  });
});

describe('people', () => {
  it('are one by the hash of their mail, and two where an id is only that of a mention', () => {
    const { program } = readJson(
      event({
        contributions: [
          contribution(1, '09:00:00', 20, { speakers: [person(5, 'Lovelace, Ada')] }),
          contribution(2, '10:00:00', 20, {
            speakers: [person(77, 'Ada Lovelace', { emailHash: 'hash5' })],
          }),
          contribution(3, '11:00:00', 20, {
            speakers: [person(5, 'Babbage, Charles', { emailHash: null })],
          }),
        ],
      }),
    );
    expect(program.people.map(({ name }) => name)).toEqual(['Ada Lovelace', 'Charles Babbage']);
  });
});

describe('an event without parts', () => {
  it('is one session where it is a lecture', () => {
    const { program } = readJson(
      event({ type: 'simple_event', chairs: [person(5, 'Lovelace, Ada')] }),
    );
    expect(program.sessions).toMatchObject([{ title: 'Detector Days', type: 'Lecture' }]);
    expect(program.sessions[0]?.people).toMatchObject([{ role: 'lecturer' }]);
  });

  it('is else one whose address lacks the detail', () => {
    expect(() => readJson(event({}))).toThrow(/the event alone.*detail=sessions/);
    expect(() => readJson({ _type: 'HTTPAPIResult', results: [] })).toThrow(/holds no event/);
  });
});

it('survives entries of any kind', () => {
  const { program } = readJson(
    event({
      sessions: [null, 3, { startDate: 'x', contributions: [null, 'x'], conveners: {} }],
      contributions: [null, [], { startDate: { date: 4 } }, contribution(1, '09:00:00', 20)],
    }),
  );
  expect(program.sessions.map(({ title }) => title)).toEqual(['Contribution 1']);
});
