import { z } from 'zod';

import { sourceId } from '../identity.js';
import { report, unreadable, type Problems } from '../problem.js';
import type { Source, SourceProgram, SourceRoom, SourceSession, SourceUnit } from '../source.js';
import { frabPerson, frabSession, type FrabDay } from './frab-event.js';
import { parseJson } from './json-text.js';

/** Text, a number, or pretalx's names by language, of which the first is taken; anything else counts as not given. */
const text = z
  .unknown()
  .optional()
  .transform((value) => textOf(value));

const link = z.object({ url: z.string(), title: text });
const list = <T extends z.ZodType>(item: T) => z.array(item).optional().catch(undefined);

const person = z.object({
  guid: text,
  code: text,
  id: text,
  name: text,
  public_name: text,
  full_public_name: text,
  affiliation: text,
  url: text,
});

const event = z.object({
  guid: text,
  code: text,
  id: text,
  title: text,
  subtitle: text,
  date: text,
  end: text,
  start: text,
  duration: text,
  room: text,
  track: text,
  type: text,
  language: text,
  abstract: text,
  description: text,
  url: text,
  state: text,
  status: text,
  video_download_url: text,
  do_not_record: z.boolean().optional().catch(undefined),
  recording: z
    .object({ optout: z.boolean().optional().catch(undefined), url: text })
    .optional()
    .catch(undefined),
  cancelled: z.boolean().optional().catch(undefined),
  persons: list(z.unknown()),
  links: list(z.unknown()),
  attachments: list(z.unknown()),
});

const room = z.object({ name: text, guid: text, building: text, floor: text });

const schedule = z.object({
  schedule: z.object({
    conference: z.object({
      title: text,
      acronym: text,
      url: text,
      time_zone_name: text,
      rooms: list(z.unknown()),
      days: z.array(z.unknown()),
    }),
    base_url: text,
  }),
});

const day = z.object({
  date: text,
  day_start: text,
  rooms: z.record(z.string(), z.array(z.unknown()).catch([])),
});

/** The JSON that frab, pretalx and the schedules of c3voc export (https://c3voc.de/schedule/schema.json). */
export const frabJson: Source = {
  name: 'frab-json',
  title: 'frab/pretalx JSON',
  recognizes: (head) =>
    head.startsWith('{') && /"schedule"\s*:\s*\{/.test(head) && /"conference"\s*:\s*\{/.test(head),
  read(raw, { address }) {
    const parsed = schedule.safeParse(parseJson(raw, address));
    if (!parsed.success) {
      throw unreadable(
        'program-malformed',
        address,
        `it is no frab/pretalx schedule: ${parsed.error.issues[0]?.path.join('.') ?? ''} is missing or of the wrong kind`,
        'Export the schedule again, or name its format with --format',
      );
    }
    const { conference, base_url } = parsed.data.schedule;
    const problems: Problems = [];
    const program: SourceProgram = {
      markup: 'html',
      title: conference.title ?? conference.acronym,
      zone: conference.time_zone_name,
      url: conference.url ?? base_url,
      sessions: readDays(conference.days, roomsByName(conference.rooms ?? []), problems),
    };
    return { program, problems };
  },
};

function readDays(
  days: readonly unknown[],
  known: ReadonlyMap<string, SourceRoom>,
  problems: Problems,
): readonly SourceSession[] {
  const cast: EventCast = { rooms: new Map(known), units: new Map() };
  return days.flatMap((raw, index) => {
    const at = `schedule.conference.days[${index}]`;
    const parsed = day.safeParse(raw);
    if (!parsed.success) {
      malformed(problems, at, 'day');
      return [];
    }
    const { rooms, date, day_start } = parsed.data;
    return Object.entries(rooms).flatMap(([roomName, events]) =>
      events.flatMap((one, number) => {
        const place = `${at}.rooms["${roomName}"][${number}]`;
        return readEvent(one, { place, roomName, day: { date, start: day_start }, cast, problems });
      }),
    );
  });
}

interface EventCast {
  readonly rooms: Map<string, SourceRoom>;
  readonly units: Map<string, SourceUnit>;
}

function readEvent(
  raw: unknown,
  around: {
    readonly place: string;
    readonly roomName: string;
    readonly day: FrabDay;
    readonly cast: EventCast;
    readonly problems: Problems;
  },
): readonly SourceSession[] {
  const { place, problems, cast } = around;
  const parsed = event.safeParse(raw);
  if (!parsed.success) {
    malformed(problems, place, 'event');
    return [];
  }
  const { persons = [], track, ...one } = parsed.data;
  const roomName = one.room ?? around.roomName;
  return [
    frabSession(
      {
        ...one,
        recording: one.recording?.url ?? one.video_download_url,
        optout: one.do_not_record === true || one.recording?.optout === true,
        cancelled: one.cancelled === true || /^cancell?ed$/i.test(one.state ?? one.status ?? ''),
        links: [...(one.links ?? []), ...(one.attachments ?? [])].flatMap((entry) => {
          const read = link.safeParse(entry);
          if (!read.success) return [];
          const { url, title } = read.data;
          return [title === undefined ? { url } : { url, title }];
        }),
      },
      {
        place,
        day: around.day,
        room:
          roomName === ''
            ? undefined
            : once(cast.rooms, roomName, () => ({ ids: [], name: roomName })),
        unit:
          track === undefined || track === ''
            ? undefined
            : once(cast.units, track, () => ({ ids: [], name: track })),
        people: persons.flatMap((entry) => {
          const read = person.safeParse(entry);
          if (!read.success) {
            malformed(problems, `${place}.persons`, 'person');
            return [];
          }
          const { public_name, full_public_name, ...who } = read.data;
          return [frabPerson({ ...who, name: public_name ?? who.name ?? full_public_name })];
        }),
      },
    ),
  ];
}

function roomsByName(rooms: readonly unknown[]): ReadonlyMap<string, SourceRoom> {
  const known = new Map<string, SourceRoom>();
  for (const entry of rooms) {
    const { name, guid, building, floor } = room.safeParse(entry).data ?? {};
    if (name !== undefined) known.set(name, { ids: sourceId('guid', guid), name, building, floor });
  }
  return known;
}

function malformed(problems: Problems, place: string, what: string): void {
  report(problems, 'dropped', 'malformed', {
    place,
    problem: `the ${what} is not shaped as frab writes it`,
    remedy: 'Correct it in the source, or report it to whoever exports it',
  });
}

function once<T>(things: Map<string, T>, name: string, make: () => T): T {
  let thing = things.get(name);
  if (thing === undefined) {
    thing = make();
    things.set(name, thing);
  }
  return thing;
}

function textOf(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null || depth > 2) return undefined;
  const { name, en } = value as { name?: unknown; en?: unknown };
  return textOf(
    name ?? en ?? Object.values(value).find((one) => typeof one === 'string'),
    depth + 1,
  );
}
