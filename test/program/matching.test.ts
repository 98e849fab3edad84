import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { likelyPairs } from '../../src/program/spellings.js';
import { programChanges } from '../../src/program/changes.js';
import type { Program } from '../../src/program/model.js';
import { brokenPromises, codes, read, titled } from '../support/program-readings.js';

interface Entry {
  readonly id?: string;
  readonly title: string;
  /** Day and hour: `1T09`. */
  readonly at: string;
  readonly room?: string;
  readonly unit?: string;
  readonly people?: readonly string[];
  readonly papers?: readonly {
    readonly id?: string;
    readonly title: string;
    readonly people?: readonly string[];
  }[];
}

const named = (people: readonly string[] = []) => people.map((name) => ({ name }));
const file = (entries: readonly Entry[]) =>
  JSON.stringify({
    format: 'callboard-program',
    version: 1,
    title: 'T',
    zone: 'UTC',
    sessions: entries.map(({ at, people, papers, ...entry }) => ({
      ...entry,
      start: `2026-09-0${at}:00Z`,
      end: `2026-09-0${at}:50Z`,
      people: named(people),
      presentations: (papers ?? []).map((paper) => ({ ...paper, people: named(paper.people) })),
    })),
  });
const keyOf = (program: Program, title: string) => titled(program, title).key;
const unclear = (report: ReturnType<typeof read>['report']) =>
  report.problems.filter(({ code }) => code === 'identity-unclear');

describe('a session whose id is new', () => {
  const opening: Entry = {
    id: 'a',
    title: 'Opening ceremony',
    at: '1T09',
    room: 'Aula',
    people: ['Ada'],
  };
  const before = read(
    file([opening, { id: 'b', title: 'Closing', at: '3T09', room: 'Aula' }]),
  ).program;
  const after = (entry: Partial<Entry>) =>
    read(
      file([
        { ...opening, id: 'x', ...entry },
        { id: 'b', title: 'Closing', at: '3T09', room: 'Aula' },
      ]),
      { before },
    );

  it.each([
    ['nothing else', {}],
    ['another room', { room: 'Gym' }],
    ['another hour', { at: '1T15' }],
    ['another day and room', { at: '2T15', room: 'Gym' }],
    ['another title', { title: 'Welcome, everybody' }],
    ['another spelling of its title', { title: 'Opening Ceremony!', at: '2T10' }],
    ['nobody known yet', { people: [] }],
  ] satisfies [string, Partial<Entry>][])('keeps its key with %s', (_what, entry) => {
    const { program, report } = after(entry);
    const old = titled(before, opening.title);
    const now = program.sessions.find(({ title }) => title !== 'Closing');
    expect(now?.key).toBe(old.key);
    expect(now?.aliases).toEqual(['id:a', 'id:x']);
    expect(codes(report.problems)).toEqual(['identity-recognized']);
  });

  it('gives the same program again when the same is read after it', () => {
    const first = after({ at: '2T10' }).program;
    const text = file([
      { ...opening, id: 'x', at: '2T10' },
      { id: 'b', title: 'Closing', at: '3T09', room: 'Aula' },
    ]);
    expect(read(text, { before: first }).program).toEqual(first);
  });

  it('is another one where title and people are others, though it stands in the same place', () => {
    const { program, report } = after({ title: 'Fire safety drill', people: ['Bob'] });
    expect(programChanges(before, program).map(({ kind }) => kind)).toEqual(['added', 'vanished']);
    expect(unclear(report)).toEqual([]);
  });

  it('is unclear where only the place speaks for it, and then not merged', () => {
    const { program, report } = after({ title: 'Fire safety drill', people: [] });
    expect(programChanges(before, program).map(({ kind }) => kind)).toEqual(['added', 'vanished']);
    expect(unclear(report)).toMatchObject([
      {
        severity: 'repaired',
        problem:
          '"Fire safety drill" (2026-09-01 09:00) may be "Opening ceremony" (2026-09-01 09:00) of the last version; it is taken as a new session',
        remedy:
          'If they are the same, give it its old id (id:a) in the source again and import once more',
      },
    ]);
  });

  it('is settled by its old id', () => {
    const unsure = after({ title: 'Fire safety drill', people: [] }).program;
    const settled = read(file([{ ...opening, title: 'Fire safety drill', people: [] }]), {
      before: unsure,
      aliases: new Map([['id:a', keyOf(before, opening.title)]]),
    });
    expect(keyOf(settled.program, 'Fire safety drill')).toBe(keyOf(before, opening.title));
  });

  it('takes over from a placeholder in its place', () => {
    const tba = read(file([{ id: 'a', title: 'TBA', at: '1T09', room: 'Aula' }])).program;
    const real = read(file([{ id: 'x', title: 'Keynote', at: '1T09', room: 'Aula' }]), {
      before: tba,
    });
    expect(keyOf(real.program, 'Keynote')).toBe(keyOf(tba, 'TBA'));
  });

  it('is not the first part when it is the second', () => {
    const parts = read(
      file([{ id: 'a', title: 'Workshop on methods, part 1', at: '1T09', room: 'Aula' }]),
    ).program;
    const { program } = read(
      file([{ id: 'x', title: 'Workshop on methods, part 2', at: '1T14', room: 'Aula' }]),
      { before: parts },
    );
    expect(program.sessions[0]?.key).not.toBe(parts.sessions[0]?.key);
  });
});

describe('sessions that recur', () => {
  const lunches = [1, 2, 3, 4].map((day): Entry => ({
    id: `l${day}`,
    title: 'Lunch',
    at: `${day}T12`,
    room: 'Mensa',
  }));
  const before = read(file(lunches)).program;

  it('are told apart by their time, and one that is gone gives its key to none', () => {
    const later = lunches.slice(1).map((lunch) => ({ ...lunch, id: `new ${lunch.id ?? ''}` }));
    const { program } = read(file(later), { before });
    expect(program.sessions.map(({ key }) => key)).toEqual(
      before.sessions.slice(1).map(({ key }) => key),
    );
  });

  it('are told apart by their time where the source gives no ids, whichever is gone', () => {
    const bare = (entries: readonly Entry[]) => file(entries.map(({ id: _id, ...entry }) => entry));
    const old = read(bare(lunches)).program;
    for (const gone of [0, 1, 2, 3]) {
      const { program } = read(bare(lunches.toSpliced(gone, 1)), { before: old });
      expect(program.sessions.map(({ key }) => key)).toEqual(
        old.sessions.map(({ key }) => key).toSpliced(gone, 1),
      );
    }
  });

  it('are unclear when one is gone and one is new on another day', () => {
    const later = [...lunches.slice(1), { ...lunches[0], title: 'Lunch', at: '5T12' }].map(
      (lunch) => ({ ...lunch, id: `new ${lunch.at}` }),
    );
    const { program, report } = read(file(later), { before });
    expect(programChanges(before, program).map(({ kind }) => kind)).toEqual(['added', 'vanished']);
    expect(unclear(report)).toHaveLength(1);
  });

  it('are told apart by their unit', () => {
    const meeting = (unit: string, at: string, id: string): Entry => ({
      id,
      unit,
      at,
      title: 'Business meeting',
      room: 'TBA',
    });
    const old = read(
      file(['Ants', 'Bees', 'Cats'].map((unit) => meeting(unit, '1T18', `${unit} 1`))),
    ).program;
    const { program } = read(
      file(['Cats', 'Ants', 'Bees'].map((unit, at) => meeting(unit, `${at + 1}T17`, `${unit} 2`))),
      { before: old },
    );
    const unitOf = (one: Program) =>
      new Map(
        one.sessions.map(({ key, unit }) => [
          key,
          one.units.find((other) => other.key === unit)?.name,
        ]),
      );
    expect(unitOf(program)).toEqual(
      new Map([...unitOf(program)].map(([key]) => [key, unitOf(old).get(key)])),
    );
    expect(programChanges(old, program).map(({ kind }) => kind)).not.toContain('added');
  });

  it('are unclear where two are as likely', () => {
    const pair: Entry[] = [
      { id: 'a', title: 'Office hours', at: '1T10', room: 'Bar' },
      { id: 'b', title: 'Office hours', at: '1T10', room: 'Loft' },
    ];
    const old = read(file(pair)).program;
    const { program, report } = read(
      file([{ id: 'x', title: 'Office hours', at: '1T10', room: 'Deck' }]),
      { before: old },
    );
    expect(programChanges(old, program).map(({ kind }) => kind)).toEqual([
      'added',
      'vanished',
      'vanished',
    ]);
    expect(unclear(report)[0]?.problem).toContain(', or "Office hours" (2026-09-01 10:00)');
  });
});

describe('presentations, people, rooms and units whose ids are new', () => {
  const panel = (tag: string, papers: readonly string[], title = 'Panel'): Entry => ({
    id: `s${tag}`,
    title,
    at: '1T09',
    room: 'Aula',
    papers: papers.map((paper, at) => ({
      id: `p${tag}${at}`,
      title: paper,
      people: [`Author of ${paper}`],
    })),
  });

  it('keep their keys, however they are ordered', () => {
    const before = read(
      file([panel('a', ['Tides', 'Harbours', 'Discussion']), panel('b', ['Discussion'], 'Other')]),
    ).program;
    const { program } = read(
      file([
        panel('y', ['Discussion'], 'Other'),
        panel('x', ['Harbours', 'Discussion', 'Tides (revised)']),
      ]),
      { before },
    );
    const keys = (one: Program) =>
      new Map(
        one.sessions.flatMap(({ title, presentations }) =>
          presentations.map((paper) => [`${title}: ${paper.title}`, paper.key]),
        ),
      );
    const [old, now] = [keys(before), keys(program)];
    expect(now.get('Panel: Harbours')).toBe(old.get('Panel: Harbours'));
    expect(now.get('Panel: Discussion')).toBe(old.get('Panel: Discussion'));
    expect(now.get('Other: Discussion')).toBe(old.get('Other: Discussion'));
    expect(
      program.people
        .map(({ key }) => key)
        .sort()
        .filter((key) => before.people.some((one) => one.key === key)).length,
    ).toBe(2);
    expect(brokenPromises(program)).toEqual([]);
  });

  it('keep their keys by name, but never between two who bear one name', () => {
    const text = (ids: readonly string[]) =>
      file([{ id: 'a', title: 'A', at: '1T09' }]).replace(
        '"sessions"',
        `"people":${JSON.stringify(ids.map((id) => ({ id, name: 'Kim' })))},"rooms":[{"id":${JSON.stringify(ids[0])},"name":"Aula"}],"units":[{"id":${JSON.stringify(ids[0])},"name":"Ants"}],"sessions"`,
      );
    const one = read(text(['1'])).program;
    const again = read(text(['2']), { before: one });
    expect(again.program.people).toEqual([{ ...one.people[0], aliases: ['id:1', 'id:2'] }]);
    expect(again.program.rooms).toEqual(one.rooms);
    expect(again.program.units).toEqual(one.units);
    const two = read(text(['1', '2'])).program;
    const others = read(text(['3', '4']), { before: two });
    expect(
      others.program.people.filter(({ key }) => two.people.some((kim) => kim.key === key)),
    ).toEqual([]);
    expect(codes(others.report.problems)).toEqual(['identity-unclear', 'identity-unclear']);
  });
});

describe('any two versions of a program', () => {
  const rooms = ['Aula', 'Gym', 'Bar', 'Loft'];
  const recurring = ['Lunch', 'Business meeting', 'Poster session', 'Coffee'];
  const words = fc.constantFrom(
    'tides',
    'harbour',
    'network',
    'memory',
    'salt',
    'election',
    'glass',
    'winter',
    'signal',
    'parish',
  );
  const own = fc.array(words, { minLength: 2, maxLength: 5 }).map((some) => some.join(' '));
  /** Recurring ones stand in a room of their own once a day; the others anywhere. */
  const programs = fc
    .record({
      titles: fc.uniqueArray(own, {
        minLength: 1,
        maxLength: 12,
        selector: (title) => title.split(' ').sort().join(' '),
      }),
      places: fc.array(
        fc.record({
          day: fc.integer({ min: 1, max: 5 }),
          hour: fc.integer({ min: 8, max: 18 }),
          room: fc.constantFrom(...rooms),
        }),
        { minLength: 12, maxLength: 12 },
      ),
      days: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ titles, places, days }): Entry[] => [
      ...titles.map((title, at) => ({
        id: `own ${at}`,
        title: `${title} ${'abcdefghijkl'.charAt(at).repeat(4)}`,
        at: `${places[at]?.day ?? 1}T${String(places[at]?.hour ?? 9).padStart(2, '0')}`,
        room: places[at]?.room ?? 'Aula',
      })),
      ...recurring.slice(0, 3).flatMap((title, at) =>
        Array.from({ length: days }, (_, day) => ({
          id: `${title} ${day}`,
          title,
          at: `${day + 1}T${12 + at}`,
          room: `Hall ${at}`,
        })),
      ),
    ]);
  const versions = programs.chain((entries) =>
    fc.record({
      old: fc.constant(entries),
      now: fc.subarray(entries).chain((kept) =>
        fc
          .array(fc.constantFrom('none', 'none', 'title', 'time', 'room'), {
            minLength: kept.length,
            maxLength: kept.length,
          })
          .map((edits) =>
            kept.map((entry, at): Entry => {
              const id = `new ${entry.id ?? ''}`;
              const isOwn = entry.id?.startsWith('own') === true;
              if (edits[at] === 'title' && isOwn)
                return { ...entry, id, title: `${entry.title} revisited` };
              if (edits[at] === 'time')
                return {
                  ...entry,
                  id,
                  at: entry.at.replace(/\d\d$/, (hour) =>
                    String(Number(hour) + 1).padStart(2, '0'),
                  ),
                };
              if (edits[at] === 'room') return { ...entry, id, room: 'Deck' };
              return { ...entry, id };
            }),
          ),
      ),
    }),
  );

  it('share no key that is not the same session’s, lose few, and read the same each time', () => {
    let [shared, kept] = [0, 0];
    fc.assert(
      fc.property(versions, ({ old, now }) => {
        fc.pre(now.length > 0);
        const before = read(file(old)).program;
        const { program } = read(file(now), { before });
        const trueKeys = new Map(
          before.sessions.map(({ key, aliases }) => [aliases[0]?.slice(3), key]),
        );
        const olds = new Set(trueKeys.values());
        for (const { key, aliases } of program.sessions) {
          const truth = trueKeys.get(aliases.at(-1)?.slice(7));
          shared++;
          if (key === truth) kept++;
          else expect(olds.has(key)).toBe(false);
        }
        expect(brokenPromises(program)).toEqual([]);
        expect(read(file(now), { before }).program).toEqual(program);
        expect(read(file(now), { before: program }).program).toEqual(program);
      }),
      { numRuns: 150 },
    );
    expect(kept).toBeGreaterThan(0.9 * shared);
  });

  it('are never compared all with all', { timeout: 60_000 }, () => {
    // A square of these takes many minutes.
    const crowd = (tag: string): Entry[] =>
      Array.from({ length: 10_000 }, (_, at) => ({
        id: `${tag}${at}`,
        title: `${recurring[at % 4] ?? ''}${at % 7 === 0 ? ` ${at % 50}` : ''}${tag === 'b' && at % 3 === 0 ? ' changed' : ''}`,
        at: `${(at % 9) + 1}T${String(Math.floor(at / 9) % 24).padStart(2, '0')}`,
        room: 'TBA',
        people: [`Person ${at % 500}`],
      }));
    const before = read(file(crowd('a'))).program;
    expect(read(file(crowd('b')), { before }).program.sessions).toHaveLength(10_000);
    const names = Array.from({ length: 30_000 }, (_, at) => `Jane${at % 100} Smith${at % 1_000}`);
    expect(likelyPairs(names)).toEqual([]);
  });
});
