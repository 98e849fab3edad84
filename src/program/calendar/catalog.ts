import { lookup as indexed, type ProgramLookup } from '../lookup.js';
import type { Key, Presentation, Session } from '../model.js';
import { toIso, type EpochMs } from '../time.js';
import { dayOf, type DayName } from './day.js';
import { partsOfPeople, type Part } from './parts.js';
import { placesOf, type Building } from './places.js';
import { slugs } from './slug.js';

/** The sessions that begin on one day of the conference's zone. */
export interface Day {
  readonly name: DayName;
  /** In order of start, then room. */
  readonly sessions: readonly Session[];
}

/** The sessions that begin at one moment. */
export interface StartTime {
  readonly at: EpochMs;
  /** How it stands in an address, such as `2026-04-23T13:00Z`. */
  readonly name: string;
  readonly sessions: readonly Session[];
}

/** A session type with its sessions. */
export interface TypeEntry {
  /** How it stands in an address; unique in this program. */
  readonly slug: string;
  readonly name: string;
  readonly sessions: readonly Session[];
}

/** A presentation with the session that it is part of. */
export interface PresentationPlace {
  readonly presentation: Presentation;
  readonly session: Session;
}

/** A version of the program as people browse it; made once per version, and immutable. */
export interface Catalog {
  readonly lookup: ProgramLookup;
  readonly zone: string;
  /** In order of start, then room, then title. */
  readonly sessions: readonly Session[];
  readonly days: readonly Day[];
  readonly times: readonly StartTime[];
  readonly types: readonly TypeEntry[];
  /** Rooms by building and floor, in the order of their names; only rooms that have sessions. */
  readonly buildings: readonly Building[];
  /** What somebody takes part in, in order of start; empty for a person with no part. */
  parts(person: Key): readonly Part[];
  inRoom(room: Key): readonly Session[];
  inUnit(unit: Key): readonly Session[];
  presentation(key: Key): PresentationPlace | undefined;
}

/**
 * Arranges a program for browsing.
 *
 * @param zone of the conference: its days are those of this zone, whatever zone times are said in
 */
export function catalogOf(given: ProgramLookup, zone: string): Catalog {
  const { program } = given;
  const roomName = (session: Session) => given.room(session.room)?.name ?? '';
  const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const sessions = [...program.sessions].sort(
    (one, other) =>
      one.startsAt - other.startsAt ||
      names.compare(roomName(one), roomName(other)) ||
      names.compare(one.title, other.title),
  );
  const byRoom = grouped(sessions, ({ room }) => room);
  const byUnit = grouped(sessions, ({ unit }) => unit);
  const parts = partsOfPeople(sessions);
  const presentations = new Map(
    sessions.flatMap((session) =>
      session.presentations.map((one) => [one.key, { presentation: one, session }] as const),
    ),
  );
  return {
    lookup: given,
    zone,
    sessions,
    days: [...grouped(sessions, ({ startsAt }) => dayOf(startsAt, zone))].map(([name, those]) => ({
      name,
      sessions: those,
    })),
    times: [...grouped(sessions, ({ startsAt }) => startsAt)].map(([at, those]) => ({
      at,
      name: timeName(at),
      sessions: those,
    })),
    types: typesOf(sessions, names),
    buildings: placesOf(
      program.rooms.filter(({ key }) => byRoom.has(key)),
      names,
    ),
    parts: (person) => parts.get(person) ?? [],
    inRoom: (room) => byRoom.get(room) ?? [],
    inUnit: (unit) => byUnit.get(unit) ?? [],
    presentation: (key) => presentations.get(key),
  };
}

/** The catalog of a program that nobody has looked at yet. */
export function emptyCatalog(zone: string): Catalog {
  const nothing = { title: '', zone, sessions: [], people: [], rooms: [], units: [] };
  return catalogOf(indexed(nothing), zone);
}

/**
 * How a start stands in an address: to the minute, in UTC, so that it means one moment whatever the clocks do.
 *
 * @example timeName(1776949200000) // '2026-04-23T13:00Z'
 */
export function timeName(at: EpochMs): string {
  return `${toIso(at).slice(0, 16)}Z`;
}

function typesOf(sessions: readonly Session[], names: Intl.Collator): readonly TypeEntry[] {
  const byType = [...grouped(sessions, ({ type }) => type)].sort(([one], [other]) =>
    names.compare(one, other),
  );
  const slug = slugs(byType.map(([name]) => name));
  return byType.map(([name, those]) => ({ slug: slug(name), name, sessions: those }));
}

/** Things by what they share, in the order in which it is first met; things that lack it are left out. */
export function grouped<T, K>(
  things: readonly T[],
  by: (thing: T) => K | undefined,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const thing of things) {
    const key = by(thing);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}
