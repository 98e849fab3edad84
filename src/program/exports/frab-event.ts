import type { ProgramLookup } from '../lookup.js';
import type { Key, Link, Session } from '../model.js';
import { inZone, type EpochMs } from '../time.js';
import { sessionAddress } from './about.js';
import { presentationsText } from './description.js';
import { keyNumbers, keyUuid } from './permanent-id.js';

/** An event of a schedule, as both its JSON and its XML say it. */
export interface FrabRow {
  readonly guid: string;
  /** pretalx's id, where the source gave one. */
  readonly code?: string;
  readonly id: number;
  /** With the offset of the conference's zone, to the second. */
  readonly date: string;
  /** `HH:MM` */
  readonly start: string;
  /** `HH:MM`, or `HH:MM:SS` where it is no whole minutes. */
  readonly duration: string;
  /** Empty where the session has none; so are the texts below. */
  readonly room: string;
  readonly slug: string;
  readonly url: string;
  readonly title: string;
  readonly subtitle: string;
  readonly track: string;
  readonly type: string;
  readonly language: string;
  readonly abstract: string;
  /** The presentations, which this format knows no place for. */
  readonly description: string;
  readonly recording?: string;
  readonly cancelled: boolean;
  readonly people: readonly { readonly id: number; readonly guid: string; readonly name: string }[];
  readonly links: readonly Link[];
}

/** A day of the conference's calendar with its sessions. */
export interface FrabDayRow {
  /** From 1. */
  readonly index: number;
  /** `2026-04-23` */
  readonly date: string;
  /** When its first session begins and its last one ends. */
  readonly start: string;
  readonly end: string;
  readonly rooms: ReadonlyMap<string, readonly FrabRow[]>;
}

/** Sessions by day and room, in order. Ids of the source that this format knows are kept, so that whoever knew a session by them still does. */
export function frabDays(
  program: ProgramLookup,
  sessions: readonly Session[],
  { site }: { readonly site: string },
): readonly FrabDayRow[] {
  const { zone } = program.program;
  const ids = idsOf(sessions);
  const people = keyNumbers(program.program.people.map(({ key }) => key));
  const days = new Map<string, Session[]>();
  for (const session of sessions) {
    const date = inZone(session.startsAt, zone).toPlainDate().toString();
    days.set(date, [...(days.get(date) ?? []), session]);
  }
  const inOrder = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.map(([date, all], index) => {
    const rooms = new Map<string, FrabRow[]>();
    for (const session of all) {
      const row = rowOf(program, session, { site, ids, people });
      rooms.set(row.room, [...(rooms.get(row.room) ?? []), row]);
    }
    const first = all.reduce((least, { startsAt }) => Math.min(least, startsAt), Infinity);
    const last = all.reduce((most, { endsAt }) => Math.max(most, endsAt), -Infinity);
    return {
      index: index + 1,
      date,
      start: withOffset(first, zone),
      end: withOffset(last, zone),
      rooms,
    };
  });
}

/** A moment with the zone's offset, to the second: `2025-12-27T10:30:00+01:00`; in UTC where the offset has seconds. */
export function withOffset(at: EpochMs, zone: string): string {
  const local = inZone(at, zone);
  const inUtc = local.offsetNanoseconds % 60e9 !== 0;
  return (inUtc ? local.withTimeZone('UTC') : local).toString({
    smallestUnit: 'second',
    timeZoneName: 'never',
  });
}

interface Numbers {
  readonly guids: ReadonlyMap<Key, string>;
  readonly numbers: ReadonlyMap<Key, number>;
}

function rowOf(
  program: ProgramLookup,
  session: Session,
  around: {
    readonly site: string;
    readonly ids: Numbers;
    readonly people: ReadonlyMap<Key, number>;
  },
): FrabRow {
  const { startsAt, endsAt, recording } = session;
  const { zone } = program.program;
  const code = aliasOf(session, 'code');
  return {
    guid: around.ids.guids.get(session.key) ?? keyUuid(session.key),
    ...(code !== undefined && { code }),
    id: around.ids.numbers.get(session.key) ?? 0,
    date: withOffset(startsAt, zone),
    start: inZone(startsAt, zone).toPlainTime().toString({ smallestUnit: 'minute' }),
    duration: durationText(Math.floor(endsAt / 1000) - Math.floor(startsAt / 1000)),
    room: program.room(session.room)?.name ?? '',
    slug: session.key,
    url: session.url ?? sessionAddress(around.site, session.key),
    title: session.title,
    subtitle: session.subtitle ?? '',
    track: program.unit(session.unit)?.name ?? '',
    type: session.type ?? '',
    language: session.languages.join(', '),
    abstract: session.abstract ?? '',
    description: presentationsText(program, session),
    ...(recording !== undefined && { recording }),
    cancelled: session.cancelled,
    people: everybodyIn(session).flatMap((key) => {
      const person = program.person(key);
      return person
        ? [{ id: around.people.get(key) ?? 0, guid: keyUuid(key), name: person.name }]
        : [];
    }),
    links: session.links,
  };
}

/** Everybody in a session and its presentations, each once: this format has one list and no roles. */
export function everybodyIn({ people, presentations }: Session): readonly Key[] {
  const all = [...people, ...presentations.flatMap((one) => one.people)];
  return [...new Set(all.map(({ person }) => person))];
}

/** The source's own number and guid where it gave them and no other session has the same, else ours. */
function idsOf(sessions: readonly Session[]): Numbers {
  const guids = new Map<Key, string>();
  const numbers = new Map<Key, number>();
  const given = { guids: new Set<string>(), numbers: new Set<number>() };
  for (const session of sessions) {
    const guid = aliasOf(session, 'guid');
    if (guid !== undefined && isUuid(guid) && !given.guids.has(guid)) {
      given.guids.add(guid);
      guids.set(session.key, guid);
    }
    const number = Number(aliasOf(session, 'id') ?? 0);
    if (Number.isInteger(number) && number > 0 && number < 2 ** 31 && !given.numbers.has(number)) {
      given.numbers.add(number);
      numbers.set(session.key, number);
    }
  }
  const without = sessions.flatMap(({ key }) => (numbers.has(key) ? [] : [key]));
  return { guids, numbers: new Map([...numbers, ...keyNumbers(without, given.numbers)]) };
}

function aliasOf({ aliases }: Session, kind: string): string | undefined {
  return aliases.find((alias) => alias.startsWith(`${kind}:`))?.slice(kind.length + 1);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function durationText(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const text = parts.map((part) => String(part).padStart(2, '0'));
  return (seconds % 60 === 0 ? text.slice(0, 2) : text).join(':');
}
