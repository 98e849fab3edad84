import { Temporal } from 'temporal-polyfill';
import { parseMoment, wallClockIn } from '../moment.js';
import type { SourceMoment } from '../source.js';
import { textIn, type LinkedNode } from './json-ld.js';
import type { Span } from './schema-org-level.js';

const day = 86_400_000;

/** When an event says that it is. */
export interface EventTimes {
  readonly start?: SourceMoment;
  readonly end?: SourceMoment;
  readonly durationMs?: number;
  /** Whether the start is a day without a time of day. */
  readonly wholeDays: boolean;
}

/** Reads `startDate`, `endDate` and `duration`; a last day without a time of day is meant to its end. */
export function timesOf(node: LinkedNode): EventTimes {
  const [from, to] = [textIn(node.startDate), textIn(node.endDate)];
  const wholeDays = from !== undefined && isDay(from);
  const start = from === undefined ? undefined : parseMoment(isDay(from) ? `${from}T00:00` : from);
  const end = to === undefined ? undefined : isDay(to) ? dayAfter(to) : parseMoment(to);
  const length = lengthOf(textIn(node.duration)) ?? (wholeDays && !end ? day : undefined);
  return {
    wholeDays,
    ...(start && { start }),
    // A last day without a time says nothing of when a session of that day ends.
    ...(end && !(to !== undefined && isDay(to) && !wholeDays) && { end }),
    ...(length !== undefined && { durationMs: length }),
  };
}

/** From when to when an event is; a wall clock counts as if in UTC. */
export function spanOf({ start, end, durationMs, wholeDays }: EventTimes): Span | undefined {
  const from = at(start);
  if (from === undefined) return undefined;
  const to = at(end) ?? from + (durationMs ?? 0);
  return { start: from, end: Math.max(from, to), wholeDays };
}

function at(moment: SourceMoment | undefined): number | undefined {
  if (!moment) return undefined;
  return 'at' in moment ? moment.at : wallClockIn(moment.wall, 'UTC');
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text);
}

function dayAfter(text: string): SourceMoment | undefined {
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(midnight)
    ? undefined
    : parseMoment(new Date(midnight + day).toISOString().slice(0, 19));
}

/** Milliseconds of an ISO 8601 duration of days, hours, minutes and seconds. */
function lengthOf(text: string | undefined): number | undefined {
  if (text === undefined || text.length > 40 || !/^P/i.test(text)) return undefined;
  try {
    const length = Temporal.Duration.from(text).total('milliseconds');
    return length >= 0 ? length : undefined;
  } catch {
    // Months and years have no length of their own.
    return undefined;
  }
}
