import type { Key, Person, Program, Room, Session, Unit } from './model.js';

/** A program with its things by key; made once per version. */
export interface ProgramLookup {
  readonly program: Program;
  session(key: Key): Session | undefined;
  person(key: Key): Person | undefined;
  room(key: Key | undefined): Room | undefined;
  unit(key: Key | undefined): Unit | undefined;
}

/** Indexes a program by the keys of its things. */
export function lookup(program: Program): ProgramLookup {
  const sessions = byKey(program.sessions);
  const people = byKey(program.people);
  const rooms = byKey(program.rooms);
  const units = byKey(program.units);
  return {
    program,
    session: (key) => sessions.get(key),
    person: (key) => people.get(key),
    room: (key) => (key === undefined ? undefined : rooms.get(key)),
    unit: (key) => (key === undefined ? undefined : units.get(key)),
  };
}

function byKey<T extends { readonly key: Key }>(things: readonly T[]): ReadonlyMap<Key, T> {
  return new Map(things.map((thing) => [thing.key, thing]));
}
