import { expect, it } from 'vitest';

import { namesIn } from '../../src/program/sources/sched-people.js';
import { toIso } from '../../src/program/time.js';
import { brokenPromises, codes, read } from '../support/program-readings.js';

const session = (key: string, more: object = {}) => ({
  event_key: key,
  active: 'Y',
  name: `Session ${key}`,
  event_start: '2026-05-01 09:00',
  event_end: '2026-05-01 10:00',
  event_type: 'Panel',
  event_subtype: 'Health, Law',
  description: '<p>About &amp; around.</p>',
  goers: '12',
  venue: 'Algonquin B',
  venue_id: 931395,
  id: `hash${key}`,
  ...more,
});
const readJson = (body: unknown) => read(JSON.stringify(body), { zone: 'America/Detroit' });

it('reads sessions with their local times', () => {
  const { program, report } = readJson([session('1', { speakers: 'Ada, Bob' })]);
  expect(report).toMatchObject({ format: 'sched-api', problems: [] });
  const [one] = program.sessions;
  expect(one).toMatchObject({
    title: 'Session 1',
    type: 'Panel',
    abstract: 'About & around.',
    aliases: ['uid:hash1', 'id:hash1', 'event-key:1'],
  });
  expect(toIso(one?.startsAt ?? 0)).toBe('2026-05-01T13:00:00Z');
  expect([program.rooms[0]?.name, program.units[0]?.name]).toEqual(['Algonquin B', 'Health']);
  expect(program.people.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
});

it('reads people as users, names or one text, in their roles', () => {
  const { program } = readJson([
    session('1', {
      speakers: [
        { username: 'ada', id: 5, name: 'Ada', company: 'Analytical Ltd' },
        { username: 'max' },
      ],
      moderators: ['Grace'],
      artists: { 0: { name: 'Eve' } },
      sponsors: 'A bank',
    }),
  ]);
  const names = new Map(program.people.map(({ key, name }) => [key, name]));
  expect(program.sessions[0]?.people.map(({ person, role }) => [names.get(person), role])).toEqual([
    ['Grace', 'moderator'],
    ['Ada', 'presenter'],
    ['max', 'presenter'],
    ['Eve', 'presenter'],
  ]);
  expect(program.people.find(({ name }) => name === 'Ada')).toMatchObject({
    aliases: ['username:ada', 'id:5'],
    affiliation: 'Analytical Ltd',
  });
});

it('keeps a degree with its name', () => {
  expect(namesIn('Ada Lovelace, PhD, Max Frisch, Jr.,, Eve')).toEqual([
    'Ada Lovelace, PhD',
    'Max Frisch, Jr.',
    'Eve',
  ]);
});

it('leaves out what is not active, and says how many', () => {
  const { program, report } = readJson([
    session('1'),
    session('2', { active: 'N' }),
    session('3', { active: false }),
  ]);
  expect(program.sessions).toHaveLength(1);
  expect(report.problems).toMatchObject([{ severity: 'note', code: 'not-active' }]);
  expect(report.problems[0]?.problem).toMatch(/^2 sessions/);
});

it('carries files as links', () => {
  const files = [{ name: 'Slides', path: 'https://files.example.org/1.pdf' }, null, { name: 'x' }];
  const { program } = readJson([session('1', { files, media_url: 'https://example.org/v' })]);
  expect(program.sessions[0]?.links).toEqual([
    { url: 'https://example.org/v' },
    { url: 'https://files.example.org/1.pdf', title: 'Slides' },
  ]);
});

it('survives entries of any kind', () => {
  const { program, report } = readJson([
    null,
    3,
    [],
    { event_key: 1, event_start: {} },
    session('1'),
  ]);
  expect(program.sessions.map(({ title }) => title)).toEqual(['Session 1']);
  expect(codes(report.problems)).toEqual(Array(4).fill('no-title'));
  expect(brokenPromises(program)).toEqual([]);
});
