import ICAL from 'ical.js';

import type { SourceParticipation, SourceSession } from '../source.js';
import { ruleOf, type Rule } from './icalendar-rule.js';
import {
  frameOf,
  momentIn,
  wallOf,
  wallOn,
  type Frame,
  type ReadingAround,
  type WallMs,
} from './icalendar-time.js';

/** A time as a calendar writes it. */
export interface CalendarTime {
  readonly frame: Frame;
  readonly wall: WallMs;
  /** A whole day. */
  readonly isDate: boolean;
}

/** One VEVENT. */
export interface CalendarEvent {
  readonly place: string;
  readonly uid: string | undefined;
  readonly start: CalendarTime | undefined;
  readonly end: CalendarTime | undefined;
  /** Of one changed occurrence: when it would have begun. */
  readonly recurrence: CalendarTime | undefined;
  /** Whether that change is meant for all later occurrences, too. */
  readonly andFuture: boolean;
  /** How it recurs, on the clock of its start. */
  readonly rules: readonly Rule[];
  readonly extra: readonly CalendarTime[];
  readonly except: readonly CalendarTime[];
  /** Which of two with one UID is newer: the greater SEQUENCE, then the later change. */
  readonly sequence: number;
  /** As ISO 8601 in UTC; empty where nothing says it. */
  readonly modified: string;
  readonly facts: EventFacts;
}

/** What an event says beside its ids and times. */
export type EventFacts = Omit<
  SourceSession,
  'place' | 'ids' | 'key' | 'start' | 'end' | 'presentations'
>;

/** Takes a VEVENT apart. */
export function readEvent(event: ICAL.Component, around: ReadingAround): CalendarEvent {
  const [start] = timesOf(event, 'dtstart', around);
  const recurs = event.hasProperty('rrule') || event.hasProperty('rdate');
  return {
    place: around.place,
    uid: textOf(event, 'uid'),
    start,
    end: timesOf(event, 'dtend', around)[0],
    recurrence: timesOf(event, 'recurrence-id', around)[0],
    andFuture: event.getFirstProperty('recurrence-id')?.getFirstParameter('range') !== undefined,
    rules: start ? rulesOf(event, start) : [],
    extra: recurs ? timesOf(event, 'rdate', around) : [],
    except: recurs ? timesOf(event, 'exdate', around) : [],
    sequence: Number(textOf(event, 'sequence') ?? event.getFirstPropertyValue('sequence')) || 0,
    modified: stampOf(event, 'last-modified') ?? stampOf(event, 'dtstamp') ?? '',
    facts: factsOf(event, start?.isDate === true),
  };
}

/** A time of an event as a moment, moved by so many milliseconds on its wall clock. */
export function momentOf(time: CalendarTime | undefined, by = 0) {
  return time && momentIn(time.frame, time.wall + by);
}

/** A time on the clock of another. */
export function wallLike(target: CalendarTime, { frame, wall }: CalendarTime): WallMs {
  return wallOn(target.frame, frame, wall);
}

function timesOf(
  event: ICAL.Component,
  name: string,
  around: ReadingAround,
): readonly CalendarTime[] {
  return event.getAllProperties(name).flatMap((property) =>
    (property.getValues() as unknown[]).flatMap((value): CalendarTime[] => {
      const time: unknown = value instanceof ICAL.Period ? value.start : value;
      if (!(time instanceof ICAL.Time)) return [];
      const wall = wallOf(time);
      if (!Number.isFinite(wall)) return [];
      return [{ frame: frameOf(property, time, around), wall, isDate: time.isDate }];
    }),
  );
}

function rulesOf(event: ICAL.Component, start: CalendarTime): readonly Rule[] {
  return event.getAllProperties('rrule').flatMap((property) => {
    const value: unknown = property.getFirstValue();
    if (!(value instanceof ICAL.Recur)) return [];
    return [ruleOf(value, (frame, wall) => wallOn(start.frame, frame, wall))];
  });
}

/** As jCal writes it: most are never compared, and to make times of them is dear. */
function stampOf(event: ICAL.Component, name: string): string | undefined {
  const value: unknown = event.getFirstProperty(name)?.jCal[3];
  return typeof value === 'string' ? value : undefined;
}

function factsOf(event: ICAL.Component, isWholeDay: boolean): EventFacts {
  const [type, unit] = categoriesOf(event);
  const location = textOf(event, 'location');
  return {
    title: textOf(event, 'summary'),
    durationMs: durationOf(event) ?? (isWholeDay ? 86_400_000 : undefined),
    room: location === undefined ? undefined : { ids: [], name: location },
    unit: unit === undefined ? undefined : { ids: [], name: unit },
    type,
    abstract: textOf(event, 'description'),
    languages: languageOf(event),
    url: textOf(event, 'url'),
    cancelled: /^cancell?ed$/i.test(textOf(event, 'status') ?? ''),
    people: peopleOf(event),
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
