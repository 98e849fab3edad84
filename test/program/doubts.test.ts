import { describe, expect, it } from 'vitest';

import { likelyPairs } from '../../src/program/spellings.js';
import { codes, read } from '../support/program-readings.js';

const file = (sessions: readonly object[], more: object = {}) =>
  JSON.stringify({
    format: 'callboard-program',
    version: 1,
    title: 'T',
    zone: 'UTC',
    ...more,
    sessions: sessions.map((session, at) => ({
      id: at,
      title: `Session ${at}`,
      start: `2026-09-0${(at % 5) + 1}T10:00Z`,
      end: `2026-09-0${(at % 5) + 1}T11:00Z`,
      ...session,
    })),
  });
const problemsOf = (text: string, hints: Parameters<typeof read>[1] = {}) =>
  read(text, hints).report.problems;

describe('doubts about a program', () => {
  it('are none where all is well, one person in two sessions at once included', () => {
    const people = [{ name: 'Ada' }];
    const same = { start: '2026-09-01T10:00Z', end: '2026-09-01T11:00Z', people };
    expect(problemsOf(file([same, same, {}]))).toEqual([]);
  });

  it.each(['CafÃ© culture', 'Itâ€™s on', '40 Â°C', 'Ã–kologie', 'Ã¼ber'])(
    'are raised by broken letters, which stay: %s',
    (title) => {
      const { program, report } = read(file([{ title }, {}]));
      expect(report.problems).toMatchObject([{ code: 'mojibake', severity: 'note' }]);
      expect(report.problems[0]?.problem).toMatch(/^1 of them holds broken letters/);
      expect(program.sessions.some((session) => session.title.includes(title.slice(0, 2)))).toBe(
        true,
      );
    },
  );

  it.each(['NÃO É FÁCIL', 'CORAÇÃO', 'Â', '“SÃO PAULO”', 'Ångström', '“AMANHÃ”'])(
    'are not raised by letters that are meant: %s',
    (title) => {
      expect(problemsOf(file([{ title }]))).toEqual([]);
    },
  );

  it('count what is broken, with examples', () => {
    const people = ['JosÃ©', 'ZoÃ«'].map((name) => ({ name }));
    const [problem] = problemsOf(file([{ title: 'CafÃ©', people }]));
    expect(problem?.problem).toBe(
      '3 of them hold broken letters, as UTF-8 read as Latin-1 shows: "CafÃ©", "JosÃ©", "ZoÃ«"',
    );
  });

  it('are raised by days of another year', () => {
    const stray = { title: 'Stray', start: '2025-09-01T10:00Z', end: '2025-09-01T11:00Z' };
    const [problem, ...others] = problemsOf(file([{}, {}, stray, {}]));
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ code: 'dates-of-another-year' });
    expect(problem?.problem).toContain('"Stray" on 2025-09-01');
    const half = { start: '2026-03-01T10:00Z', end: '2026-03-01T11:00Z' };
    expect(problemsOf(file([{}, {}, half]))).toEqual([]);
  });

  it('are raised by a program that is all past when it is read, unless it is moved to now', () => {
    const text = file([{}, {}]);
    const after = Date.parse('2026-09-02T11:00:01Z');
    expect(codes(problemsOf(text, { asOf: after }))).toEqual(['all-past']);
    expect(problemsOf(text, { asOf: after - 2_000 })).toEqual([]);
    expect(problemsOf(text, { asOf: after, shiftMs: 1 })).toEqual([]);
    expect(problemsOf(text)).toEqual([]);
  });

  it('are raised by a program without any length', () => {
    const point = { start: '2026-09-01T10:00Z', end: '2026-09-01T10:00Z' };
    expect(codes(problemsOf(file([point, point])))).toEqual(['zero-length']);
    expect(problemsOf(file([point, {}]))).toEqual([]);
  });
});

describe('one person under two spellings', () => {
  it.each([
    ['Jane Smith', 'Smith, Jane'],
    ['Jane Smith', 'J. Smith'],
    ['Jane Smith', 'Dr. Jane Smith'],
    ['Jane Smith', 'Jane Q. Smith'],
    ['José Núñez', 'Jose Nunez'],
    ['Jörg Müller', 'Joerg Mueller'],
    ['Søren Łukasz', 'Soren Lukasz'],
  ])('is seen: %s, %s', (one, other) => {
    expect(likelyPairs([one, other])).toEqual([[one, other]]);
  });

  it.each([
    [['Jane Smith', 'John Smith']],
    [['Jane Smith', 'John Smith', 'J. Smith']],
    [['Jane Anne Smith', 'Jane Ruth Smith']],
    [['Kim', 'Kim Doe']],
    [['J. Smith', 'K. Smith']],
  ])('is not seen in %j', (names) => {
    expect(likelyPairs(names)).toEqual([]);
  });

  it('is reported and never merged; the same person by id is one', () => {
    const people = [{ name: 'Jane Smith' }, { name: 'Smith, Jane' }];
    const { program, report } = read(file([{ people }]));
    expect(program.people).toHaveLength(2);
    expect(report.problems).toMatchObject([{ code: 'person-two-spellings', severity: 'note' }]);
    const byId = read(
      file([{ people: [{ person: 'x' }, { person: 'x', role: 'chair' }] }], {
        people: [{ id: 'x', name: 'Jane Smith' }],
      }),
    );
    expect(byId.program.people).toHaveLength(1);
    expect(byId.report.problems).toEqual([]);
  });

  it('is reported a bounded number of times', () => {
    const people = Array.from({ length: 100 }, (_, at) => [
      { name: `Jane Smith${at}` },
      { name: `Smith${at}, Jane` },
    ]).flat();
    const problems = problemsOf(file([{ people }]));
    expect(problems).toHaveLength(21);
    expect(problems.at(-1)?.problem).toBe('80 more pairs of names may be one person each');
  });
});
