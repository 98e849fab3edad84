import ICAL from 'ical.js';

import { reasonOf } from '../../errors.js';
import { sourceId } from '../identity.js';
import { excerpt, report, unreadable, type Problems } from '../problem.js';
import { onlyText } from '../single-document.js';
import type { Source, SourceParticipation, SourceProgram, SourceSession } from '../source.js';
import { calendarMoment, readZones, type CalendarZones } from './icalendar-time.js';

/**
 * iCalendar (RFC 5545). Each event is parsed by itself, so that a broken one costs only itself. The first category is the session's type,
 * a second one its unit. Of a recurring event only the first occurrence is read, which is reported.
 */
export const icalendar: Source = {
  name: 'icalendar',
  title: 'iCalendar',
  from: 'the subscribe or export link of almost every calendar and conference system (.ics)',
  carries: [
    'sessions',
    'rooms',
    'types',
    'people where they are attendees',
    'recurrences',
    'cancellations',
  ],
  lacks: ['presentations inside sessions', 'units', 'affiliations'],
  recognizes: (head) => /^BEGIN:VCALENDAR\s/i.test(head),
  read(documents, { address }) {
    const text = onlyText(documents, address);
    if (!/^END:VCALENDAR\s*$/im.test(text)) {
      throw unreadable(
        'program-truncated',
        address,
        'the calendar ends before its END:VCALENDAR',
        'Fetch or export it again, whole',
      );
    }
    const problems: Problems = [];
    const zones = readZones(blocksOf(text, 'VTIMEZONE'), problems);
    const header = headerOf(text);
    const called = header('METHOD')?.toUpperCase() === 'CANCEL';
    const sessions = blocksOf(text, 'VEVENT').flatMap((block) =>
      readEvent(block, { zones, problems, called }),
    );
    const program: SourceProgram = {
      markup: 'html',
      title: header('X-WR-CALNAME') ?? header('NAME'),
      zone: header('X-WR-TIMEZONE') ?? zones.mostNamed(),
      url: header('URL'),
      sessions,
    };
    if (program.zone === 'UTC') {
      report(problems, 'note', 'zone-is-utc', {
        place: 'X-WR-TIMEZONE',
        problem: 'the calendar gives its times in UTC only, so wall clocks would be said in UTC',
        remedy: 'Name the zone of the venue in the config (conference.zone)',
      });
    }
    return { program, problems };
  },
};

/** One component as it stands in the file. */
interface CalendarBlock {
  readonly text: string;
  /** `line 12`. */
  readonly place: string;
}

function blocksOf(text: string, name: string): readonly CalendarBlock[] {
  const lines = text.split(/\r\n?|\n/);
  const blocks: CalendarBlock[] = [];
  let from: number | undefined;
  lines.forEach((line, index) => {
    const word = line.trimEnd().toUpperCase();
    if (word === `BEGIN:${name}`) from = index;
    else if (word === `END:${name}` && from !== undefined) {
      blocks.push({ text: lines.slice(from, index + 1).join('\r\n'), place: `line ${from + 1}` });
      from = undefined;
    }
  });
  return blocks;
}

/** Properties of the calendar itself: what stands before its first component. */
function headerOf(text: string): (name: string) => string | undefined {
  const body = text.slice(text.indexOf('\n') + 1);
  const head = body
    .slice(0, Math.max(0, body.search(/^(?:BEGIN|END):/im)))
    .replace(/\r?\n[ \t]/g, '');
  return (name) => {
    const value = new RegExp(`^${name}(?:;[^:\\r\\n]*)?:(.*)$`, 'im').exec(head)?.[1]?.trim();
    return value === undefined || value === ''
      ? undefined
      : value.replace(/\\n/gi, ' ').replace(/\\([\\;,])/g, '$1');
  };
}

function readEvent(
  { text, place }: CalendarBlock,
  {
    zones,
    problems,
    called,
  }: { readonly zones: CalendarZones; readonly problems: Problems; readonly called: boolean },
): readonly SourceSession[] {
  try {
    const [component] = new ICAL.Component(
      ICAL.parse(`BEGIN:VCALENDAR\r\n${text}\r\nEND:VCALENDAR`) as unknown[],
    ).getAllSubcomponents('vevent');
    if (component === undefined) return [];
    return [sessionOf(component, { place, zones, problems, called })];
  } catch (cause) {
    report(problems, 'dropped', 'malformed', {
      place,
      problem: `the event cannot be read (${excerpt(reasonOf(cause), 120)})`,
      remedy: 'Correct it in the source',
    });
    return [];
  }
}

function sessionOf(
  event: ICAL.Component,
  around: {
    readonly place: string;
    readonly zones: CalendarZones;
    readonly problems: Problems;
    readonly called: boolean;
  },
): SourceSession {
  const { place, zones, problems, called } = around;
  const uid = textOf(event, 'uid');
  const recurrence = textOf(event, 'recurrence-id');
  for (const name of ['rrule', 'rdate', 'recurrence-id']) {
    if (!event.hasProperty(name)) continue;
    report(problems, 'note', 'recurrence', {
      place,
      problem:
        name === 'recurrence-id'
          ? `"${excerpt(uid ?? '')}" is one occurrence of a recurring event; it is read as a session of its own`
          : `"${excerpt(uid ?? '')}" recurs; only its first occurrence is read`,
      remedy: 'Export every occurrence as an event of its own',
    });
  }
  const start = event.getFirstProperty('dtstart');
  const end = event.getFirstProperty('dtend');
  const [type, unit] = categoriesOf(event);
  const location = textOf(event, 'location');
  const url = textOf(event, 'url');
  const isWholeDay = start?.type === 'date';
  return {
    place,
    ids: [
      ...sourceId('uid', uid),
      ...(uid === undefined ? [] : sourceId('recurrence', recurrence && `${uid}/${recurrence}`)),
      ...sourceId('url', url),
    ],
    title: textOf(event, 'summary'),
    start: start ? calendarMoment(start, zones, problems, place) : undefined,
    end: end ? calendarMoment(end, zones, problems, place) : undefined,
    durationMs: durationOf(event) ?? (isWholeDay ? 86_400_000 : undefined),
    room: location === undefined ? undefined : { ids: [], name: location },
    unit: unit === undefined ? undefined : { ids: [], name: unit },
    type,
    abstract: textOf(event, 'description'),
    languages: languageOf(event),
    url,
    cancelled: called || /^cancell?ed$/i.test(textOf(event, 'status') ?? ''),
    people: peopleOf(event),
    presentations: [],
  };
}

function textOf(event: ICAL.Component, name: string): string | undefined {
  const value: unknown = event.getFirstPropertyValue(name);
  const text = value instanceof ICAL.Time ? value.toString() : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

function categoriesOf(event: ICAL.Component): readonly (string | undefined)[] {
  return event
    .getAllProperties('categories')
    .flatMap((property) => property.getValues() as unknown[])
    .flatMap((value) => (typeof value === 'string' && value.trim() !== '' ? [value.trim()] : []));
}

function durationOf(event: ICAL.Component): number | undefined {
  const value: unknown = event.getFirstPropertyValue('duration');
  if (!(value instanceof ICAL.Duration)) return undefined;
  const seconds = value.toSeconds();
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function languageOf(event: ICAL.Component): string | undefined {
  const tag: unknown = event.getFirstProperty('summary')?.getFirstParameter('language');
  return typeof tag === 'string' ? tag : undefined;
}

/** Attendees by their name; an address of theirs is nobody's business here. */
function peopleOf(event: ICAL.Component): readonly SourceParticipation[] {
  return event.getAllProperties('attendee').flatMap((attendee): SourceParticipation[] => {
    const name: unknown = attendee.getFirstParameter('cn');
    if (typeof name !== 'string' || name.trim() === '' || name.includes('@')) return [];
    const chairs = attendee.getFirstParameter('role') === 'CHAIR';
    return [{ person: { ids: [], name }, role: chairs ? 'chair' : 'presenter' }];
  });
}
