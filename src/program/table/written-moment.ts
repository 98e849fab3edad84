import { parseMoment } from '../moment.js';
import type { SourceMoment } from '../source.js';
import { monthNamed } from './calendar-words.js';
import { readClocks, type Clock } from './clock.js';
import { readDay, type WrittenDay } from './day.js';

/** What a cell says about when: a day, a time of the clock or two, or a moment whole. */
export interface WrittenMoment {
  /** Point in time, where the cell says an offset. */
  readonly at?: Extract<SourceMoment, { at: number }>;
  readonly day?: WrittenDay;
  readonly clock?: Clock;
  /** Where the cell holds a span. */
  readonly until?: Clock;
  /** A zone in letters, which is not read: `CDT`. */
  readonly zone?: string;
}

const zoneAtEnd = /(?<=[\dmM.])\s?\(?([A-Z]{2,5})\)?$/;

/**
 * Reads what a cell says about when; undefined when that is nothing.
 *
 * @example readWrittenMoment('4/23/2026 9:00 AM CDT') // { day: { year: 2026, first: 4, … }, clock: 540, zone: 'CDT' }
 */
export function readWrittenMoment(text: string): WrittenMoment | undefined {
  if (text.length > 120) return undefined;
  const bare = text
    .replace(/\s+/g, ' ')
    .replace(/ TB[ACD]$/i, '')
    .trim();
  const iso = parseMoment(bare);
  if (iso !== undefined && 'at' in iso) return { at: iso };
  if (iso !== undefined) return ofWall(iso.wall);
  const serial = /^(\d{5})(\.\d+)$/.exec(bare);
  if (serial) {
    const day = readDay(bare);
    return day && { day, clock: Math.round(Number(serial[2]) * 1440) };
  }
  const zone = zoneAtEnd.exec(bare)?.[1];
  const isZone = zone !== undefined && !/^[AP]M$/.test(zone) && monthNamed(zone) === undefined;
  const said = isZone ? bare.replace(zoneAtEnd, '').trim() : bare;
  const found = dayAndClock(said);
  return found && { ...found, ...(isZone && { zone }) };
}

function dayAndClock(text: string): WrittenMoment | undefined {
  const clocks = readClocks(text);
  if (!clocks) {
    const day = readDay(text);
    return day && { day };
  }
  const { start, end, rest } = clocks;
  const day = readDay(rest);
  // A day of the week alone, or a word such as "from".
  if (!day && rest !== '' && !/^\p{L}{1,12}[.,]?$/u.test(rest)) return undefined;
  return { clock: start, ...(day && { day }), ...(end !== undefined && { until: end }) };
}

function ofWall(wall: string): WrittenMoment {
  const [year, month, day, hour, minute] = wall.split(/[-T:]/).map(Number);
  if (!year || !month || !day) return {};
  return { day: { year, month, day }, clock: (hour ?? 0) * 60 + (minute ?? 0) };
}
