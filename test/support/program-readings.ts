import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { readProgram, type ReadHints } from '../../src/program/import.js';
import type { ImportProblem } from '../../src/program/import-report.js';
import type { Program, Session } from '../../src/program/model.js';

/** The bytes of a fixture under `test/fixtures/programs`. */
export function fixture(name: string): Uint8Array {
  return readFileSync(fileURLToPath(new URL(`../fixtures/programs/${name}`, import.meta.url)));
}

/** Reads a text or bytes as a program of the edition `test`. */
export function read(source: string | Uint8Array, hints: Partial<ReadHints> = {}) {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  return readProgram([{ name: 'program', bytes }], {
    address: 'program',
    edition: 'test',
    ...hints,
  });
}

/** The only session with this title. */
export function titled(program: Program, title: string): Session {
  const found = program.sessions.filter((session) => session.title === title);
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`${found.length} sessions are titled "${title}"`);
  }
  return found[0];
}

/** Codes of the problems, in their order. */
export function codes(problems: readonly ImportProblem[]): readonly string[] {
  return problems.map(({ code }) => code);
}

/** What is wrong with a program by the promises of `model.ts`; empty when it keeps them all. */
export function brokenPromises(program: Program): readonly string[] {
  const broken: string[] = [];
  const people = new Set(program.people.map(({ key }) => key));
  const rooms = new Set(program.rooms.map(({ key }) => key));
  const units = new Set(program.units.map(({ key }) => key));
  const seen = new Set<string>();
  const expect = (holds: boolean, promise: string) => {
    if (!holds) broken.push(promise);
  };
  const line = (text: string | undefined) =>
    text === undefined || (text.trim() === text && text !== '' && !/[\p{Cc}\p{Cs}]/u.test(text));
  const known = (key: string) => {
    expect(/^[a-z2-7]{12}$/.test(key), `key ${key} is malformed`);
    expect(!seen.has(key), `key ${key} is there twice`);
    seen.add(key);
  };
  for (const thing of [...program.people, ...program.rooms, ...program.units]) {
    known(thing.key);
    expect(line(thing.name), `name ${thing.name}`);
  }
  let last = Number.NEGATIVE_INFINITY;
  for (const session of program.sessions) {
    known(session.key);
    expect(line(session.title), `title ${session.title}`);
    expect(line(session.subtitle) && line(session.type), `line of ${session.key}`);
    expect(!/[^\P{Cc}\n]|\p{Cs}|\n{3}/u.test(session.abstract ?? ''), `abstract of ${session.key}`);
    expect(Number.isSafeInteger(session.startsAt) && session.startsAt >= last, 'order of start');
    last = session.startsAt;
    expect(Number.isSafeInteger(session.endsAt) && session.endsAt >= session.startsAt, 'end');
    expect(session.room === undefined || rooms.has(session.room), 'room is unknown');
    expect(session.unit === undefined || units.has(session.unit), 'unit is unknown');
    expect(session.aliases.length > 0, 'a session has an alias');
    for (const { url } of session.links) expect(/^https?:/.test(url), `link ${url}`);
    for (const url of [session.url, session.recording, session.stream]) {
      expect(url === undefined || /^https?:/.test(url), `address ${url}`);
    }
    for (const presentation of session.presentations) {
      known(presentation.key);
      expect(line(presentation.title), `title ${presentation.title}`);
      const { startsAt = session.startsAt, endsAt = session.endsAt } = presentation;
      expect(
        session.startsAt <= startsAt && startsAt <= endsAt && endsAt <= session.endsAt,
        'a presentation is outside its session',
      );
    }
    for (const { person } of [session, ...session.presentations].flatMap((one) => one.people)) {
      expect(people.has(person), 'person is unknown');
    }
  }
  return broken;
}
