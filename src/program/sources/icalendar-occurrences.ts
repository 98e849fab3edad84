import { wallLike, type CalendarEvent, type CalendarTime } from './icalendar-event.js';
import { isFollowed, startsOf, type Rule } from './icalendar-rule.js';
import type { WallMs } from './icalendar-time.js';

/** When a recurring event takes place. */
export interface Occurrences {
  /** On the wall clock of its start, in order. */
  readonly starts: readonly WallMs[];
  /** Some were left out: too many, or too late. */
  readonly cut: boolean;
  /** The frequency or part of a rule that is not followed. */
  readonly unfollowed?: string;
}

const mostOfOne = 500;
const day = 86_400_000;
const longest = 2 * 366 * day;

/** The occurrences of an event: by its rules and single dates, without those excepted; at most 500, within two years, and no more than `most`. */
export function occurrencesOf(
  { rules, extra, except }: CalendarEvent,
  start: CalendarTime,
  most: number,
): Occurrences {
  const unfollowed = rules.find((rule) => !isFollowed(rule));
  if (unfollowed) return { starts: [start.wall], cut: false, unfollowed: partOf(unfollowed) };
  const until = start.wall + longest;
  const limit = Math.min(mostOfOne, most);
  const starts = new Set([start.wall]);
  let cut = false;
  for (const rule of rules) {
    const found = [...startsOf(rule, start.wall, { until, most: limit + 1 })];
    for (const one of found) starts.add(one);
    cut ||= found.length > limit || goesOn(rule, found.length, until);
  }
  for (const one of extra) {
    const wall = wallLike(start, one);
    if (wall - start.wall > longest) cut = true;
    else starts.add(wall);
  }
  const days = new Set(except.filter(({ isDate }) => isDate).map(({ wall }) => wall));
  const moments = new Set(except.map((one) => wallLike(start, one)));
  const kept = [...starts]
    .filter((wall) => !moments.has(wall) && !days.has(Math.floor(wall / day) * day))
    .sort((a, b) => a - b);
  return { starts: kept.slice(0, limit), cut: cut || kept.length > limit };
}

/** Whether a rule has more to give after the last day that is looked at. */
function goesOn({ count, until }: Rule, found: number, last: WallMs): boolean {
  return count === null
    ? until === undefined || until > last
    : found < count && (until ?? Infinity) > last;
}

function partOf({ freq, parts }: Rule): string {
  return [freq, ...Object.keys(parts)].join(', ');
}
