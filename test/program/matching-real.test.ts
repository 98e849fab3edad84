import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { programChanges } from '../../src/program/changes.js';
import type { Program } from '../../src/program/model.js';
import { brokenPromises, codes, read } from '../support/program-readings.js';
import { realPrograms } from '../support/real-programs.js';

const text = (name: string) => readFileSync(join(realPrograms ?? '', name), 'utf8');

/** Changes by kind: `{ moved: 20, … }`. */
const tally = (before: Program, after: Program) => {
  const counts: Record<string, number> = {};
  for (const { kind } of programChanges(before, after)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** Of the sessions of `after` whose true key in `before` is known: how many kept it, and which bear another's. */
const judge = (before: Program, after: Program, trueKeys: ReadonlyMap<string, string>) => {
  const olds = new Map(before.sessions.map((session) => [session.key, session]));
  const shared = after.sessions.filter(({ key }) => trueKeys.get(key) !== undefined || true);
  let kept = 0;
  const wrong: string[] = [];
  for (const { key, aliases, title } of shared) {
    const truth = aliases.flatMap((alias) => trueKeys.get(alias) ?? [])[0];
    if (key === truth) kept++;
    else if (olds.has(key)) wrong.push(`${title} took ${olds.get(key)?.title ?? ''}`);
  }
  return { kept, wrong };
};

describe.skipIf(!realPrograms)('identity through two versions of a real calendar', () => {
  const expected = { added: 21, vanished: 8, moved: 20, 'new-room': 7, retitled: 9 };

  it('finds what was moved, retitled, added and removed', () => {
    const before = read(text('jococruise2023-v1.sched.ics')).program;
    const { program, report } = read(text('jococruise2023-v2.sched.ics'), { before });
    expect(tally(before, program)).toEqual(expected);
    expect(codes(report.problems).filter((code) => code.startsWith('identity'))).toEqual([]);
  });

  it('keeps the keys when every UID and address is another', () => {
    const before = read(text('jococruise2023-v1.sched.ics')).program;
    const scrambled = text('jococruise2023-v2.sched.ics').replace(
      /\b[0-9a-f]{32}\b/g,
      (id) => [...id].reverse().join('') + 'x',
    );
    const trueKeys = new Map(
      before.sessions.flatMap(({ aliases, key }) =>
        aliases.map((alias) => [
          alias.replace(/\b[0-9a-f]{32}\b/g, (id) => [...id].reverse().join('') + 'x'),
          key,
        ]),
      ),
    );
    const { program, report } = read(scrambled, { before });
    const { kept, wrong } = judge(before, program, trueKeys);
    console.log(
      kept,
      wrong,
      tally(before, program),
      report.problems.filter(({ code }) => code.startsWith('identity')),
    );
    expect(wrong).toEqual([]);
    expect(kept).toBeGreaterThanOrEqual(Math.ceil(0.95 * 403));
    expect(brokenPromises(program)).toEqual([]);
  });
});

interface FrabEvent {
  guid: string;
  title: string;
  room: string;
  date: string;
  [field: string]: unknown;
}

/** Numbers from 0 to 1 that are the same for the same seed. */
const numbers = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

describe.skipIf(!realPrograms)('identity of a congress whose ids are all new', () => {
  const rewordings: readonly ((title: string) => string)[] = [
    (title) => `${title} (updated)`,
    (title) => title.split(' ').slice(0, -1).join(' ') || `${title}!`,
    (title) => title.toUpperCase(),
    (title) => title.replace(/[aeiou]/, ''),
    (title) => `NEW: ${title}`,
    (title) => title.replace(/[:–-].*$/, '') || title,
    () => 'Something else altogether',
  ];

  it.each([1, 2, 3, 4, 5])(
    'keeps keys through changed titles, times and rooms (seed %i)',
    (seed) => {
      const next = numbers(seed);
      const before = read(text('39c3.frab.json')).program;
      const keyOf = new Map(
        before.sessions.flatMap(({ aliases, key }) => aliases.map((alias) => [alias, key])),
      );
      const file = JSON.parse(text('39c3.frab.json')) as {
        schedule: {
          conference: { days: { rooms: Record<string, FrabEvent[]> }[] };
        };
      };
      const trueKeys = new Map<string, string>();
      const touched = new Map<string, number>();
      const rooms = file.schedule.conference.days.flatMap((day) => Object.keys(day.rooms));
      for (const { rooms: byRoom } of file.schedule.conference.days) {
        for (const event of Object.values(byRoom).flat()) {
          const guid = `new-${[...event.guid].reverse().join('')}`;
          trueKeys.set(`guid:${guid}`, keyOf.get(`guid:${event.guid}`) ?? '');
          let changes = 0;
          if (next() < 0.1) {
            event.title = rewordings[Math.floor(next() * rewordings.length)]?.(event.title) ?? '';
            changes++;
          }
          if (next() < 0.1) {
            const hours = Math.floor(next() * 48) - 24;
            const at = Date.parse(event.date) + (hours === 0 ? 24 : hours) * 3_600_000;
            event.date = new Date(at).toISOString();
            changes++;
          }
          if (next() < 0.1) {
            event.room = rooms[Math.floor(next() * rooms.length)] ?? '';
            changes++;
          }
          touched.set(`guid:${guid}`, changes);
          for (const field of ['id', 'code', 'url', 'slug', 'origin_url', 'feedback_url']) {
            Reflect.deleteProperty(event, field);
          }
          for (const person of event.persons as Record<string, unknown>[]) {
            for (const field of ['guid', 'id', 'code', 'url'])
              Reflect.deleteProperty(person, field);
          }
          event.guid = guid;
        }
      }
      const { program, report } = read(JSON.stringify(file), { before });
      const { wrong } = judge(before, program, trueKeys);
      const lightly = program.sessions.filter(
        ({ aliases }) => (touched.get(aliases.at(-1) ?? '') ?? 9) <= 1,
      );
      const kept = lightly.filter(({ key, aliases }) => key === trueKeys.get(aliases.at(-1) ?? ''));
      console.log(
        seed,
        lightly.length,
        kept.length,
        wrong,
        codes(report.problems).filter((c) => c === 'identity-unclear').length,
      );
      const lost = program.sessions.filter(
        ({ aliases, key }) =>
          touched.get(aliases.at(-1) ?? '')! === 1 && key !== trueKeys.get(aliases.at(-1)!),
      );
      if (seed < 3)
        console.log(
          lost.map((l) => {
            const o = before.sessions.find((s) => s.key === trueKeys.get(l.aliases.at(-1)!))!;
            return [
              o.title,
              l.title,
              o.startsAt - l.startsAt,
              o.room === l.room,
              l.people.length,
            ].join(' | ');
          }),
        );
      expect(wrong).toEqual([]);
      expect(kept.length).toBeGreaterThanOrEqual(Math.ceil(0.95 * lightly.length));
      expect(brokenPromises(program)).toEqual([]);
    },
  );
});
