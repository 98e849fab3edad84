import { sourceId } from '../identity.js';
import type { Link } from '../model.js';
import { parseClockLength, parseMoment } from '../moment.js';
import type {
  SourceMoment,
  SourcePerson,
  SourceRoom,
  SourceSession,
  SourceUnit,
} from '../source.js';

/** An event of a frab or pretalx schedule, as both its JSON and its XML say it. Texts as written. */
export interface FrabEvent {
  readonly guid?: string | undefined;
  readonly code?: string | undefined;
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  /** Full date and time, mostly with an offset. */
  readonly date?: string | undefined;
  readonly end?: string | undefined;
  /** Wall clock of the start, `HH:MM`. */
  readonly start?: string | undefined;
  readonly duration?: string | undefined;
  readonly type?: string | undefined;
  readonly language?: string | undefined;
  readonly abstract?: string | undefined;
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  readonly recording?: string | undefined;
  readonly optout: boolean;
  readonly cancelled: boolean;
  readonly links: readonly Link[];
}

/** The day that an event stands under. */
export interface FrabDay {
  readonly date?: string | undefined;
  /** Where the day starts; what is earlier by the clock belongs to the next date. */
  readonly start?: string | undefined;
}

/** A person's ids and name. */
export interface FrabPerson {
  readonly guid?: string | undefined;
  readonly code?: string | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly affiliation?: string | undefined;
  readonly url?: string | undefined;
}

/**
 * Makes a session of a frab event. The guid is the first id, then the code, then the number, which real exports give twice;
 * date and end win over start and duration.
 */
export function frabSession(
  event: FrabEvent,
  around: {
    readonly place: string;
    readonly day: FrabDay;
    readonly room: SourceRoom | undefined;
    readonly unit: SourceUnit | undefined;
    readonly people: readonly SourcePerson[];
  },
): SourceSession {
  return {
    place: around.place,
    ids: frabIds(event),
    title: event.title,
    subtitle: event.subtitle,
    start: startOf(event, around.day),
    end: event.end === undefined ? undefined : parseMoment(event.end),
    durationMs: event.duration === undefined ? undefined : parseClockLength(event.duration),
    room: around.room,
    unit: around.unit,
    type: event.type,
    abstract: abstractOf(event),
    languages: event.language,
    links: event.links,
    url: event.url,
    recording: event.optout ? undefined : event.recording,
    cancelled: event.cancelled,
    people: around.people.map((person) => ({ person, role: 'presenter' })),
    presentations: [],
  };
}

/** A person of frab; pretalx gives a code, c3voc a guid, Pentabarf a number. */
export function frabPerson(person: FrabPerson): SourcePerson {
  return {
    ids: frabIds(person),
    name: person.name,
    affiliation: person.affiliation,
    url: person.url,
  };
}

function frabIds(thing: {
  readonly guid?: string | undefined;
  readonly code?: string | undefined;
  readonly id?: string | undefined;
}): string[] {
  return [
    ...sourceId('guid', thing.guid),
    ...sourceId('code', thing.code),
    ...sourceId('id', thing.id),
  ];
}

function startOf({ date, start }: FrabEvent, day: FrabDay): SourceMoment | undefined {
  const moment = date === undefined ? undefined : parseMoment(date);
  if (moment !== undefined) {
    if (!('at' in moment) || moment.offset === undefined || start === undefined) return moment;
    // An offset proves the zone only where the date shows the wall clock that `start` shows; some exports write UTC here.
    const shown = /[T ](\d\d:\d\d)/.exec(date ?? '')?.[1];
    return shown === start.trim().padStart(5, '0').slice(0, 5) ? moment : { at: moment.at };
  }
  const onDate = /^\d{4}-\d\d-\d\d$/.exec(date?.trim() ?? day.date?.trim() ?? '')?.[0];
  const clock = /^(\d{1,2}):(\d\d)/.exec(start?.trim() ?? '');
  if (onDate === undefined || !clock) return undefined;
  const wall = `${(clock[1] ?? '').padStart(2, '0')}:${clock[2] ?? ''}`;
  const dayStarts = /(?:T|^)(\d\d:\d\d)/.exec(day.start ?? '')?.[1];
  const pastMidnight =
    date === undefined && dayStarts !== undefined && wall < dayStarts && wall < '06:00';
  return parseMoment(`${pastMidnight ? dayAfter(onDate) : onDate}T${wall}`);
}

function dayAfter(date: string): string {
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? date : new Date(at + 86_400_000).toISOString().slice(0, 10);
}

/** The short text, then the long one where it is another. */
function abstractOf({ abstract = '', description = '' }: FrabEvent): string | undefined {
  if (description.trim() === '') return abstract;
  if (abstract.trim() === '' || description.trim().startsWith(abstract.trim())) return description;
  return /<p[\s>]/i.test(abstract + description)
    ? `<div>${abstract}</div><div>${description}</div>`
    : `${abstract}\n\n${description}`;
}
