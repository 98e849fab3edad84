import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** How many sessions kept the key that they should have by their new ids, and which bear another's. */
const judge = (before: Program, after: Program, trueKeys: ReadonlyMap<string, string>) => {
  const olds = new Map(before.sessions.map((session) => [session.key, session]));
  const kept: string[] = [];
  const wrong: string[] = [];
  for (const { key, aliases, title } of after.sessions) {
    const truth = trueKeys.get(aliases.at(-1) ?? '');
    if (key === truth) kept.push(key);
    else if (olds.has(key)) wrong.push(`${title} took the key of ${olds.get(key)?.title ?? ''}`);
  }
  return { kept, wrong };
};

/** An id that has nothing to do with the one given, and is the same each time. */
const scrambled = (id: string) => createHash('md5').update(`another ${id}`).digest('hex');

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
    const uid = /\b[0-9a-f]{32}\b/g;
    const source = text('jococruise2023-v2.sched.ics').replace(uid, scrambled);
    const trueKeys = new Map(
      before.sessions.flatMap(({ aliases, key }) =>
        aliases.map((alias) => [alias.replace(uid, scrambled), key]),
      ),
    );
    const { program, report } = read(source, { before });
    const { kept, wrong } = judge(before, program, trueKeys);
    expect(wrong).toEqual([]);
    // 403 stand in both.
    expect(kept.length).toBeGreaterThanOrEqual(Math.ceil(0.95 * 403));
    expect(codes(report.problems)).toContain('identity-recognized');
    expect(brokenPromises(program)).toEqual([]);
  });
});

type FrabThing = Record<string, unknown>;

interface FrabEvent extends FrabThing {
  guid: string;
  title: string;
  room: string;
  date: string;
  readonly persons: FrabThing[];
}

interface FrabFile {
  readonly schedule: {
    readonly conference: { readonly days: { rooms: Record<string, FrabEvent[]> }[] };
  };
}

/** Numbers from 0 to 1 that are the same for the same seed. */
const numbers = (seed: number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const rewordings: readonly ((title: string) => string)[] = [
  (title) => `${title} (updated)`,
  (title) => title.split(' ').slice(0, -1).join(' ') || `${title}!`,
  (title) => title.toUpperCase(),
  (title) => title.replace(/[aeiou]/, ''),
  (title) => `NEW: ${title}`,
  (title) => title.replace(/[:–-].*$/, '') || title,
  () => 'Something else altogether',
];

/**
 * Leaves out one of twenty events, so that both versions have what the other has not. Those that recur stay: that the first of two was moved, or that it was
 * dropped and the second is new, comes to the same, and no one could say which.
 */
const thinned = (file: FrabFile, next: () => number) => {
  const { days } = file.schedule.conference;
  const titles = days.flatMap(({ rooms }) => Object.values(rooms).flat()).map(({ title }) => title);
  const recurring = new Set(titles.filter((title, at) => titles.indexOf(title) !== at));
  for (const { rooms } of days) {
    for (const [room, events] of Object.entries(rooms)) {
      rooms[room] = events.filter(({ title }) => next() > 0.05 || recurring.has(title));
    }
  }
};

describe.skipIf(!realPrograms)('identity of a congress whose ids are all new', () => {
  it.each([1, 2, 3])('keeps keys through changed titles, times and rooms (seed %i)', (seed) => {
    const next = numbers(seed);
    const parse = () => JSON.parse(text('39c3.frab.json')) as FrabFile;
    const earlier = parse();
    thinned(earlier, next);
    const before = read(JSON.stringify(earlier)).program;
    const keyOf = new Map(
      before.sessions.flatMap(({ aliases, key }) => aliases.map((alias) => [alias, key])),
    );
    const later = parse();
    const rooms = later.schedule.conference.days.flatMap((day) => Object.keys(day.rooms));
    thinned(later, next);
    const trueKeys = new Map<string, string>();
    const changes = new Map<string, number>();
    for (const event of later.schedule.conference.days
      .flatMap((day) => Object.values(day.rooms))
      .flat()) {
      const key = keyOf.get(`guid:${event.guid}`);
      event.guid = scrambled(event.guid);
      const alias = `guid:${event.guid}`;
      if (key !== undefined) trueKeys.set(alias, key);
      const change = (make: () => void) => {
        if (next() >= 0.1) return;
        make();
        changes.set(alias, (changes.get(alias) ?? 0) + 1);
      };
      change(() => {
        event.title = rewordings[Math.floor(next() * rewordings.length)]?.(event.title) ?? '';
      });
      change(() => {
        // By no whole day: that puts a session that recurs daily onto its twin.
        const hours = Math.floor(next() * 46) - 23 || 23;
        event.date = new Date(Date.parse(event.date) + hours * 3_600_000).toISOString();
      });
      change(() => {
        event.room = rooms[Math.floor(next() * rooms.length)] ?? '';
      });
      for (const thing of [event, ...event.persons]) {
        for (const field of ['id', 'code', 'url', 'slug', 'origin_url', 'feedback_url']) {
          Reflect.deleteProperty(thing, field);
        }
      }
      for (const person of event.persons) Reflect.deleteProperty(person, 'guid');
    }
    const { program } = read(JSON.stringify(later), { before });
    const { kept, wrong } = judge(before, program, trueKeys);
    expect(wrong).toEqual([]);
    const lightly = [...trueKeys].filter(([alias]) => (changes.get(alias) ?? 0) <= 1);
    const found = new Set(kept);
    expect(lightly.length).toBeGreaterThan(750);
    expect(lightly.filter(([, key]) => found.has(key)).length).toBeGreaterThanOrEqual(
      Math.ceil(0.95 * lightly.length),
    );
    expect(brokenPromises(program)).toEqual([]);
  });
});
