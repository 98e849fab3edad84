import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogOf } from '../../../src/program/calendar/catalog.js';
import { gridOf } from '../../../src/program/calendar/grid.js';
import { listedName, peopleByLetter } from '../../../src/program/calendar/people.js';
import {
  choices,
  parseSelection,
  relaxations,
  select,
  selectionParts,
  selectionQuery,
} from '../../../src/program/calendar/selection.js';
import { slugOf, slugs } from '../../../src/program/calendar/slug.js';
import { besides, standingAt } from '../../../src/program/calendar/standing.js';
import { lookup } from '../../../src/program/lookup.js';
import { buildProgram, type SessionSketch } from '../../support/programs.js';

const zone = 'America/Chicago';
const at = (time: string, title: string, more: SessionSketch = {}): SessionSketch => ({
  title,
  start: `2026-04-23T${time}:00-05:00`,
  minutes: 60,
  ...more,
});

/** Two days; three sessions at nine, one of them cancelled, and one at 23:30. */
const catalog = catalogOf(
  lookup(
    buildProgram(
      [
        at('09:00', 'Nets', { room: 'Room 10', unit: 'Fish', type: 'Panel', people: ['Ada Lund'] }),
        at('09:00', 'Tides', { room: 'Room 2', unit: 'Water', type: 'Panel' }),
        at('09:00', 'Ropes', { room: 'Room 2', cancelled: true, type: 'Talk' }),
        at('11:00', 'Foam', { room: 'Room 2', unit: 'Water', people: { chair: ['Ada Lund'] } }),
        at('23:30', 'Stars', { room: 'Roof' }),
        { title: 'Home', start: '2026-04-24T15:00:00-05:00', minutes: 30 },
      ],
      { zone },
    ),
  ),
  zone,
);
const titles = (sessions: readonly { readonly title: string }[]) =>
  sessions.map((one) => one.title);
const nine = Date.parse('2026-04-23T09:00:00-05:00');

describe('a catalog', () => {
  test('has the days of the conference’s zone, and numbers rooms as people do', () => {
    expect(catalog.days.map(({ name, sessions }) => [name, titles(sessions)])).toEqual([
      ['2026-04-23', ['Ropes', 'Tides', 'Nets', 'Foam', 'Stars']],
      ['2026-04-24', ['Home']],
    ]);
  });

  test('names a start by its moment, whatever the clocks do', () => {
    expect(catalog.times.map(({ name }) => name)).toEqual([
      '2026-04-23T14:00Z',
      '2026-04-23T16:00Z',
      '2026-04-24T04:30Z',
      '2026-04-24T20:00Z',
    ]);
  });

  test('knows what somebody takes part in, as what', () => {
    const ada = catalog.lookup.program.people.find(({ name }) => name === 'Ada Lund');
    expect(
      catalog.parts(ada?.key ?? '').map(({ session, roles }) => [session.title, roles]),
    ).toEqual([
      ['Nets', ['presenter']],
      ['Foam', ['chair']],
    ]);
  });
});

describe('a selection', () => {
  test('holds what every given part fits', () => {
    const water = catalog.lookup.program.units.find(({ name }) => name === 'Water')?.key ?? '';
    expect(titles(select(catalog, { unit: water, after: '10:00' }))).toEqual(['Foam']);
    expect(titles(select(catalog, { type: 'panel', day: '2026-04-23' }))).toEqual([
      'Tides',
      'Nets',
    ]);
    expect(titles(select(catalog, { before: '09:01' }))).toEqual(['Ropes', 'Tides', 'Nets']);
    expect(select(catalog, { type: 'no-such' })).toEqual([]);
  });

  test('offers only what would still show something, with how much', () => {
    const offered = choices(catalog, { day: '2026-04-24' });
    expect(offered.day.map(({ name, count }) => [name, count])).toEqual([
      ['2026-04-23', 5],
      ['2026-04-24', 1],
    ]);
    expect(offered.unit).toEqual([]);
  });

  test('that nothing fits says which part to leave out, the most helpful first', () => {
    expect(
      relaxations(catalog, { day: '2026-04-24', type: 'panel' }).map(({ part, count }) => [
        part,
        count,
      ]),
    ).toEqual([
      ['day', 2],
      ['type', 1],
    ]);
  });

  test('has one address, which says it again; nonsense is left out', () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            day: fc.constantFrom('2026-04-23', 'tomorrow', ''),
            after: fc.constantFrom('14:00', '25:00'),
            room: fc.string(),
            type: fc.constantFrom('panel', '../x'),
          },
          { requiredKeys: [] },
        ),
        (given) => {
          const parsed = parseSelection(new URLSearchParams(given as Record<string, string>));
          expect(parseSelection(new URLSearchParams(selectionQuery(parsed)))).toEqual(parsed);
          for (const part of selectionParts) {
            expect(parsed[part] ?? 'x').toMatch(/^[a-z0-9:-]+$/);
          }
        },
      ),
    );
  });
});

describe('what is on', () => {
  test('leaves cancelled sessions out, and knows what comes next', () => {
    expect(titles(standingAt(catalog, nine + 60_000).now)).toEqual(['Tides', 'Nets']);
    expect(titles(standingAt(catalog, nine + 60_000).next)).toEqual(['Foam']);
    expect(standingAt(catalog, nine - 1).phase).toBe('before');
    expect(standingAt(catalog, nine + 7 * 86_400_000).phase).toBe('after');
  });

  test('beside a session is everything that overlaps it', () => {
    const nets = catalog.sessions.find(({ title }) => title === 'Nets');
    if (!nets) throw new Error('the program has lost a session');
    expect(titles(besides(catalog, nets))).toEqual(['Ropes', 'Tides']);
  });
});

test('a grid puts every session once, in its columns, and overlaps of a room in rows of their own', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(20), fc.nat(4), fc.nat(2)), { minLength: 1, maxLength: 25 }),
      (drawn) => {
        const sketches = drawn.map(([start, length, room], index) => ({
          title: `s${String(index)}`,
          start: new Date(nine + start * 600_000).toISOString(),
          minutes: length * 10,
          ...(room > 0 && { room: `Room ${String(room)}` }),
        }));
        const some = catalogOf(lookup(buildProgram(sketches, { zone })), zone);
        const grid = gridOf(some, some.sessions);
        const shown = grid.rows.flatMap(({ cells }) =>
          cells.flatMap(({ session }) => session ?? []),
        );
        expect(new Set(shown).size).toBe(some.sessions.length);
        expect(shown.length).toBe(some.sessions.length);
        for (const { cells } of grid.rows) {
          expect(cells.reduce((sum, { span }) => sum + span, 0)).toBe(grid.columns.length);
          let column = 0;
          for (const { session, span } of cells) {
            if (session) expect(grid.columns[column]).toBe(session.startsAt);
            expect(span).toBeGreaterThan(0);
            column += span;
          }
        }
        const heads = grid.rows.reduce((sum, { rowsOfRoom }) => sum + rowsOfRoom, 0);
        expect(heads).toBe(grid.rows.length);
      },
    ),
  );
});

test('a directory lists people under their last names, particles aside', () => {
  const names = [
    'Ludwig van Beethoven',
    'Đặng Lê',
    'Ada Lund Jr.',
    '早川 みなと',
    'Zoë',
    'Øystein Ås',
    'Moritz Zander (er/he)',
    '_ada_of_berlin_',
    '2600',
    'Ελένη Παπαδάκη',
    'יעל לוי',
    'Никола Петров',
    'मीरा अय्यर',
  ];
  const program = buildProgram([{ title: 'All', people: names }]);
  expect(
    peopleByLetter(catalogOf(lookup(program), 'UTC')).map(({ letter, people }) => [
      letter,
      people.map(({ name }) => name),
    ]),
  ).toEqual([
    ['A', ['_ada_of_berlin_', 'Øystein Ås']],
    ['B', ['Ludwig van Beethoven']],
    ['L', ['Đặng Lê', 'Ada Lund Jr.']],
    ['Z', ['Moritz Zander (er/he)', 'Zoë']],
    ['Π', ['Ελένη Παπαδάκη']],
    ['П', ['Никола Петров']],
    ['ל', ['יעל לוי']],
    ['अ', ['मीरा अय्यर']],
    ['漢', ['早川 みなと']],
    ['#', ['2600']],
  ]);
  expect(listedName('Moritz Zander (er/he)')).toBe('Zander, Moritz (er/he)');
  expect(listedName('(er/he)')).toBe('(er/he)');
  expect(listedName('서하윤')).toBe('서하윤');
  expect(listedName('Ludwig van Beethoven')).toBe('van Beethoven, Ludwig');
});

test('names that would share an address get one each, the same whatever their order', () => {
  expect(slugOf('Round-table: Économie')).toBe('round-table-economie');
  expect(slugOf('討論')).toMatch(/^[0-9a-f]{8}$/);
  const one = slugs(['Panel!', 'Panel?', 'Talk']);
  const other = slugs(['Talk', 'Panel?', 'Panel!']);
  expect(one('Panel!')).toMatch(/^panel-[0-9a-f]{8}$/);
  expect(one('Panel!')).not.toBe(one('Panel?'));
  expect(['Panel!', 'Panel?', 'Talk'].map(one)).toEqual(['Panel!', 'Panel?', 'Talk'].map(other));
});
