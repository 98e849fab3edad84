import { describe, expect, it } from 'vitest';

import { programChanges } from '../../src/program/changes.js';
import { shiftProgram, startShift } from '../../src/program/shift.js';
import { read } from '../support/program-readings.js';

const program = (sessions: object[], rooms: object[] = [{ id: 'r', name: 'Aula' }]) =>
  read(
    JSON.stringify({
      format: 'callboard-program',
      version: 1,
      title: 'T',
      zone: 'UTC',
      rooms,
      sessions,
    }),
  ).program;
const session = (id: string, fields: object = {}) => ({
  id,
  title: id,
  start: '2026-09-03T09:00:00Z',
  end: '2026-09-03T10:00:00Z',
  room: 'r',
  ...fields,
});

describe('changes between two versions', () => {
  it('name what became of each session', () => {
    const before = program([
      session('same'),
      session('gone'),
      session('later'),
      session('longer'),
      session('elsewhere'),
      session('renamed'),
      session('off'),
      session('on', { cancelled: true }),
      session('both'),
    ]);
    const after = program([
      session('same', { abstract: 'Now with an abstract.' }),
      session('later', { start: '2026-09-03T09:30:00Z' }),
      session('longer', { end: '2026-09-03T10:30:00Z' }),
      session('elsewhere', { room: 'Gym' }),
      session('renamed', { title: 'Another title' }),
      session('off', { cancelled: true }),
      session('on'),
      session('both', { room: undefined, title: 'Both' }),
      session('new'),
    ]);
    const names = new Map(
      [...before.sessions, ...after.sessions].map(({ key, aliases }) => [key, aliases[0]]),
    );
    const changes = programChanges(before, after).map(
      ({ kind, session: key }) => `${kind} ${names.get(key) ?? ''}`,
    );
    expect([...changes].sort()).toEqual([
      'added id:new',
      'cancelled id:off',
      'moved id:later',
      'moved id:longer',
      'new-room id:both',
      'new-room id:elsewhere',
      'restored id:on',
      'retitled id:both',
      'retitled id:renamed',
      'vanished id:gone',
    ]);
    expect(changes.at(-1)).toBe('vanished id:gone');
    expect(programChanges(before, before)).toEqual([]);
  });

  it('see a room that was renamed under its id', () => {
    const before = program([session('a')]);
    const after = program([session('a')], [{ id: 'r', name: 'Aula Magna' }]);
    expect(programChanges(before, after).map(({ kind }) => kind)).toEqual(['new-room']);
  });
});

describe('shifting a program', () => {
  const one = program([
    session('a', { presentations: [{ id: 'p', title: 'P', start: '2026-09-03T09:15:00Z' }] }),
    session('b', { start: '2026-09-03T09:05:00Z' }),
  ]);

  it('moves every time and nothing else', () => {
    const moved = shiftProgram(one, -60_000);
    expect(moved.sessions.map(({ startsAt, endsAt }) => [startsAt, endsAt])).toEqual([
      [Date.parse('2026-09-03T08:59:00Z'), Date.parse('2026-09-03T09:59:00Z')],
      [Date.parse('2026-09-03T09:04:00Z'), Date.parse('2026-09-03T09:59:00Z')],
    ]);
    expect(moved.sessions[0]?.presentations[0]?.startsAt).toBe(Date.parse('2026-09-03T09:14:00Z'));
    expect(shiftProgram(moved, 60_000)).toEqual(one);
  });

  it('lets the first session start so long after now', () => {
    const now = Date.parse('2030-01-01T12:00:20Z');
    const shift = startShift(one, { now, firstStartsIn: 15 * 60_000 });
    expect(shiftProgram(one, shift).sessions[0]?.startsAt).toBe(Date.parse('2030-01-01T12:15:20Z'));
  });
});
