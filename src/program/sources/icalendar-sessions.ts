import { sourceId } from '../identity.js';
import { excerpt, report, type Problems } from '../problem.js';
import type { SourceSession } from '../source.js';
import { momentOf, wallLike, type CalendarEvent, type CalendarTime } from './icalendar-event.js';
import { occurrencesOf, type Occurrences } from './icalendar-occurrences.js';
import type { WallMs } from './icalendar-time.js';

/** What sessions of a calendar are made in. */
export interface MakingSessions {
  readonly problems: Problems;
  /** The calendar as a whole calls off what it lists. */
  readonly called: boolean;
}

/** More occurrences than any conference has: from here on a hostile calendar gets no more. */
const mostOccurrences = 20_000;

/** The sessions of a calendar's events: each occurrence one, changed ones as they were changed, and of several versions of one event the newest. */
export function sessionsOf(
  events: readonly CalendarEvent[],
  making: MakingSessions,
): readonly SourceSession[] {
  const current = withoutOld(events, making.problems);
  const recurring = new Map<string, CalendarEvent>();
  for (const event of current) {
    if (recurs(event) && event.uid !== undefined && !recurring.has(event.uid)) {
      recurring.set(event.uid, event);
    }
  }
  const changed = new Map<CalendarEvent, CalendarEvent[]>();
  for (const event of current) {
    const whole = wholeOf(event, recurring);
    if (!whole) continue;
    const others = changed.get(whole);
    if (others) others.push(event);
    else changed.set(whole, [event]);
  }
  let left = mostOccurrences;
  return current.flatMap((event): readonly SourceSession[] => {
    if (wholeOf(event, recurring)) return [];
    if (!recurs(event) || !event.start) return [alone(event, making)];
    const occurrences = occurrencesOf(event, event.start, Math.max(1, left));
    left -= occurrences.starts.length;
    reportOccurrences(event, occurrences, making.problems);
    return spread(event, event.start, occurrences.starts, changed.get(event) ?? [], making);
  });
}

function recurs({ rules, extra, recurrence }: CalendarEvent): boolean {
  return recurrence === undefined && (rules.length > 0 || extra.length > 0);
}

/** The recurring event that this is one changed occurrence of. */
function wholeOf(
  { uid, recurrence }: CalendarEvent,
  recurring: ReadonlyMap<string, CalendarEvent>,
): CalendarEvent | undefined {
  return recurrence === undefined || uid === undefined ? undefined : recurring.get(uid);
}

function alone(event: CalendarEvent, { called }: MakingSessions): SourceSession {
  const { place, uid, recurrence, facts, start, end } = event;
  return {
    ...facts,
    place,
    ids: recurrence
      ? [...occurrenceId(event, recurrence, recurrence.wall), ...sourceId('url', facts.url)]
      : [...sourceId('uid', uid), ...sourceId('url', facts.url)],
    start: momentOf(start ?? recurrence),
    end: momentOf(end),
    cancelled: called || facts.cancelled,
    presentations: [],
  };
}

/** One session for each occurrence; a changed one says only what is different about it. */
function spread(
  event: CalendarEvent,
  start: CalendarTime,
  starts: readonly WallMs[],
  changed: readonly CalendarEvent[],
  { called }: MakingSessions,
): readonly SourceSession[] {
  const own = new Map<WallMs, CalendarEvent>();
  for (const one of changed) if (one.recurrence) own.set(wallLike(start, one.recurrence), one);
  const onwards = [...own].filter(([, { andFuture }]) => andFuture).sort(([a], [b]) => a - b);
  const walls = [...new Set([...starts, ...own.keys()])].sort((a, b) => a - b);
  return walls.map((wall): SourceSession => {
    const by = wall - start.wall;
    const usual: SourceSession = {
      ...event.facts,
      place: event.place,
      ids: occurrenceId(event, start, wall),
      start: momentOf(start, by),
      end: momentOf(event.end, by),
      cancelled: called || event.facts.cancelled,
      presentations: [],
    };
    // RFC 5545, 3.2.13: a change with RANGE=THISANDFUTURE holds until the next of its kind, moved along with the occurrences.
    const [since = wall, lasting] = onwards.findLast(([from]) => from <= wall) ?? [];
    const instead = own.get(wall);
    const sofar = lasting ? changedBy(usual, event, lasting, wall - since) : usual;
    return instead && instead !== lasting ? changedBy(sofar, event, instead, 0) : sofar;
  });

  /** @param by how much later than the occurrence that the change was written for, on the wall clock */
  function changedBy(
    usual: SourceSession,
    whole: CalendarEvent,
    { facts, place, start: begin, end }: CalendarEvent,
    by: WallMs,
  ): SourceSession {
    const given = Object.entries(facts).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    );
    return {
      ...usual,
      ...Object.fromEntries(given),
      place,
      start: begin ? momentOf(begin, by) : usual.start,
      end: begin ? momentOf(end, by) : usual.end,
      durationMs: begin ? (facts.durationMs ?? lengthOf(whole)) : usual.durationMs,
      cancelled: called || facts.cancelled,
    };
  }
}

/** How long an event takes on its wall clock: of an occurrence that is moved without a new end. */
function lengthOf({ start, end, facts }: CalendarEvent): number | undefined {
  if (facts.durationMs !== undefined) return facts.durationMs;
  return start && end ? wallLike(start, end) - start.wall : undefined;
}

/** Lasting, because an occurrence is known by when it should have begun, wherever it is moved. */
function occurrenceId(
  { uid, facts }: CalendarEvent,
  { frame, isDate }: CalendarTime,
  wall: WallMs,
): readonly string[] {
  const text = new Date(wall).toISOString();
  const when = isDate
    ? text.slice(0, 10)
    : `${text.slice(0, 19)}${frame.kind === 'utc' ? 'Z' : ''}`;
  return sourceId('recurrence', `${uid ?? facts.title ?? ''}/${when}`);
}

/**
 * Of several versions of one event, or of one occurrence, the newest. Events that share a UID and neither start nor title are no versions: some programs
 * give one UID to many.
 */
function withoutOld(
  events: readonly CalendarEvent[],
  problems: Problems,
): readonly CalendarEvent[] {
  const uids = new Map<string, number>();
  for (const { uid } of events) if (uid !== undefined) uids.set(uid, (uids.get(uid) ?? 0) + 1);
  const shared = events.filter(({ uid }) => uid !== undefined && (uids.get(uid) ?? 0) > 1);
  if (shared.length === 0) return events;
  const newest = new Map<string, CalendarEvent>();
  for (const event of shared) {
    for (const { name, byChange } of marksOf(event)) {
      const known = newest.get(name);
      if (!known || isNewer(event, known, byChange)) newest.set(name, event);
    }
  }
  return events.filter((event) => {
    const newer = marksOf(event).flatMap(({ name, byChange }) => {
      const best = newest.get(name);
      return best && best !== event && isNewer(best, event, byChange) ? [best] : [];
    })[0];
    if (!newer) return true;
    report(problems, 'note', 'superseded', {
      place: event.place,
      problem: `"${excerpt(event.facts.title ?? event.uid ?? '')}" is an older version of what stands at ${newer.place}, which is read instead`,
      remedy: 'Nothing, where the calendar keeps old versions',
    });
    return false;
  });
}

/** Names that versions of one event share, and whether of two with the same SEQUENCE the later change is newer. */
function marksOf({
  uid,
  recurrence,
  start,
  facts,
}: CalendarEvent): readonly { readonly name: string; readonly byChange: boolean }[] {
  if (uid === undefined) return [];
  if (recurrence) return [{ name: `${uid}\noccurrence ${recurrence.wall}`, byChange: true }];
  return [
    { name: `${uid}\nstart ${start?.wall ?? ''}`, byChange: true },
    { name: `${uid}\ntitle ${facts.title ?? ''}`, byChange: false },
  ];
}

function isNewer(one: CalendarEvent, other: CalendarEvent, byChange: boolean): boolean {
  if (one.sequence !== other.sequence) return one.sequence > other.sequence;
  return byChange && one.modified > other.modified;
}

function reportOccurrences(
  { place, uid, facts }: CalendarEvent,
  { starts, cut, unfollowed }: Occurrences,
  problems: Problems,
): void {
  const title = excerpt(facts.title ?? uid ?? '');
  if (unfollowed !== undefined) {
    report(problems, 'dropped', 'recurrence-unread', {
      place,
      problem: `"${title}" recurs by a rule that is not followed (${excerpt(unfollowed)}); only its first occurrence is read`,
      remedy: 'Export every occurrence as an event of its own',
    });
  } else if (cut) {
    report(problems, 'dropped', 'recurrence-cut', {
      place,
      problem: `"${title}" recurs beyond two years or 500 times; ${starts.length} occurrences are read`,
      remedy: 'End the recurrence with the conference',
    });
  } else {
    report(problems, 'note', 'recurrence', {
      place,
      problem: `"${title}" recurs; ${starts.length} occurrences are read, each a session`,
      remedy: 'Nothing, where each of them is to be announced',
    });
  }
}
