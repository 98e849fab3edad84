import { z } from 'zod';

import { sourceId } from '../identity.js';
import type { Link } from '../model.js';
import { report, unreadable, type Problems } from '../problem.js';
import { onlyText } from '../single-document.js';
import type {
  Source,
  SourcePerson,
  SourceProgram,
  SourceRoom,
  SourceSession,
  SourceUnit,
} from '../source.js';
import { frabPerson, frabSession, type FrabDay } from './frab-event.js';
import { parseJson } from './json-text.js';

/** Text, a number, or pretalx's names by language, of which the first is taken; anything else counts as not given. */
const text = z
  .unknown()
  .optional()
  .transform((value) => textOf(value));

const list = z.array(z.unknown()).optional().catch(undefined);

/** An event, person, room or link: any object, whose fields are read one by one, for every one of them may be missing or odd. */
const entry = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const schedule = z.object({
  generator: z.object({ name: text }).optional().catch(undefined),
  schedule: z.object({
    conference: z.object({
      title: text,
      acronym: text,
      url: text,
      time_zone_name: text,
      rooms: list,
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
  from: 'pretalx: Schedule, Exports, “JSON (frab compatible)”; frab: /public/schedule.json',
  carries: [
    'sessions',
    'people',
    'rooms',
    'tracks',
    'languages',
    'links',
    'recordings',
    'wall-clock offsets',
  ],
  lacks: ['presentations inside sessions', 'affiliations', 'floors'],
  recognizes: (head) =>
    head.startsWith('{') && /"schedule"\s*:\s*\{/.test(head) && /"conference"\s*:\s*\{/.test(head),
  read(documents, { address }) {
    const raw = onlyText(documents, address);
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
      // Our own texts are plain; others write HTML.
      markup: parsed.data.generator?.name === 'Callboard' ? 'plain' : 'html',
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
  const parsed = entry.safeParse(raw);
  if (!parsed.success) {
    malformed(problems, place, 'event');
    return [];
  }
  const event = parsed.data;
  const recording = entry.safeParse(event.recording).data;
  const roomName = textOf(event.room) ?? around.roomName;
  const track = textOf(event.track);
  return [
    frabSession(
      {
        guid: textOf(event.guid),
        code: textOf(event.code),
        id: textOf(event.id),
        title: textOf(event.title),
        subtitle: textOf(event.subtitle),
        date: textOf(event.date),
        end: textOf(event.end),
        start: textOf(event.start),
        duration: textOf(event.duration),
        type: textOf(event.type),
        language: textOf(event.language),
        abstract: textOf(event.abstract),
        description: textOf(event.description),
        url: textOf(event.url),
        recording: textOf(recording?.url) ?? textOf(event.video_download_url),
        optout: event.do_not_record === true || recording?.optout === true,
        cancelled:
          event.cancelled === true ||
          /^cancell?ed$/i.test(textOf(event.state) ?? textOf(event.status) ?? ''),
        links: [...entries(event.links), ...entries(event.attachments)].flatMap(readLink),
      },
      {
        place,
        day: around.day,
        room: roomName === '' ? undefined : named(cast.rooms, roomName),
        unit: track === undefined || track === '' ? undefined : named(cast.units, track),
        people: entries(event.persons).flatMap((raw) => {
          const person = entry.safeParse(raw).data;
          if (person === undefined) {
            malformed(problems, `${place}.persons`, 'person');
            return [];
          }
          return [readPerson(person)];
        }),
      },
    ),
  ];
}

function readPerson(person: Readonly<Record<string, unknown>>): SourcePerson {
  return frabPerson({
    guid: textOf(person.guid),
    code: textOf(person.code),
    id: textOf(person.id),
    name: textOf(person.public_name) ?? textOf(person.name) ?? textOf(person.full_public_name),
    affiliation: textOf(person.affiliation),
    url: textOf(person.url),
  });
}

function readLink(raw: unknown): readonly Link[] {
  const link = entry.safeParse(raw).data;
  const url = textOf(link?.url);
  if (url === undefined) return [];
  const title = textOf(link?.title);
  return [title === undefined ? { url } : { url, title }];
}

function roomsByName(rooms: readonly unknown[]): ReadonlyMap<string, SourceRoom> {
  const known = new Map<string, SourceRoom>();
  for (const raw of rooms) {
    const room = entry.safeParse(raw).data;
    const name = textOf(room?.name);
    if (name === undefined) continue;
    known.set(name, {
      ids: sourceId('guid', textOf(room?.guid)),
      name,
      building: textOf(room?.building),
      floor: textOf(room?.floor),
    });
  }
  return known;
}

function entries(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function malformed(problems: Problems, place: string, what: string): void {
  report(problems, 'dropped', 'malformed', {
    place,
    problem: `the ${what} is not shaped as frab writes it`,
    remedy: 'Correct it in the source, or report it to whoever exports it',
  });
}

function named(
  things: Map<string, SourceRoom | SourceUnit>,
  name: string,
): SourceRoom | SourceUnit {
  const thing = things.get(name) ?? { ids: [], name };
  things.set(name, thing);
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
