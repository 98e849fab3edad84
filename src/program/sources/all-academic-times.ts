import { offsetsNamed } from '../zone-abbreviation.js';
import { excerpt } from '../problem.js';
import type { SourceMoment } from '../source.js';
import { inZone } from '../time.js';
import { wallClockIn } from '../moment.js';
import { readClockSpan, readClockWithin, type ClockSpan } from './clock-span.js';
import type { AcademicPage } from './all-academic-page.js';
import { noteOnce, type AcademicReading } from './all-academic-reading.js';

const minute = 60_000;

/** A session on more dates is none. */
const mostDates = 100;

/** One date of a session. */
export interface AcademicTimes {
  readonly start?: SourceMoment;
  readonly end?: SourceMoment;
  readonly place: string;
  /** A time of day during the session, such as the start of a presentation. */
  within(clock: string): SourceMoment | undefined;
}

/** The dates of a session, in the order in which its page has them. */
export function academicTimes(
  page: AcademicPage,
  around: Pick<AcademicReading, 'days' | 'zone' | 'problems' | 'noted'>,
): readonly AcademicTimes[] {
  return page.lines.slice(0, mostDates).flatMap((line): AcademicTimes[] => {
    const span = readClockSpan(line);
    if (!span) return [];
    const midnight = around.days.midnightOf(span.on);
    if (midnight === undefined) return [{ place: span.place, within: () => undefined }];
    const lastMidnight = span.endsOn ? around.days.midnightOf(span.endsOn) : midnight;
    const offset = offsetOf(span, midnight + span.start * minute, around);
    const moment = (at: number): SourceMoment =>
      offset === undefined
        ? { wall: new Date(at).toISOString().slice(0, 19) }
        : { at: at - offset * minute, offset };
    return [
      {
        place: span.place,
        start: moment(midnight + span.start * minute),
        ...(lastMidnight !== undefined && { end: moment(lastMidnight + span.end * minute) }),
        within(clock) {
          const at = readClockWithin(clock, span);
          return at === undefined ? undefined : moment(midnight + at * minute);
        },
      },
    ];
  });
}

/** Minutes east of UTC where the line proves them; what it does not prove is reported and left to the conference's zone. */
function offsetOf(
  { zone: written }: ClockSpan,
  wall: number,
  around: Pick<AcademicReading, 'zone' | 'problems' | 'noted'>,
): number | undefined {
  if (written === undefined) return undefined;
  const named = offsetsNamed(written);
  const [only] = named;
  if (named.length === 1) return only;
  const own = around.zone === undefined ? undefined : offsetIn(around.zone, wall);
  if (own !== undefined && named.includes(own)) return own;
  noteOnce(around, written, 'repaired', only === undefined ? 'zone-unknown' : 'zone-ambiguous', {
    place: `time zone ${excerpt(written)}`,
    problem:
      only === undefined
        ? `"${excerpt(written)}" is no known abbreviation of a zone, so the conference's zone is taken`
        : `"${excerpt(written)}" may mean ${named.length} zones, none of them surely the conference's, which is taken`,
    remedy: 'Name the zone of the venue with --zone, or in the config (conference.zone)',
  });
  return undefined;
}

function offsetIn(zone: string, wall: number): number {
  const at = wallClockIn(new Date(wall).toISOString().slice(0, 19), zone);
  return inZone(at, zone).offsetNanoseconds / 60e9;
}
