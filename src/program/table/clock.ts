/** Minutes of a day, 0 to 1440. */
export type Clock = number;

/** A time of the clock at the end of a text, and what stands before it. */
interface ClockAtEnd {
  readonly hour: number;
  readonly minute: number;
  /** Said in the text; without it the hour may be one of the afternoon. */
  readonly half?: 'am' | 'pm';
  readonly rest: string;
}

const atEnd =
  /(?:^|[\s,T(–—-])(\d{1,2})(?:(?:[:.h]|\s?h\s?)(\d\d)(?::(\d\d)(?:\.\d{1,6})?)?)?(?:\s?(a\.?m?\.?|p\.?m?\.?|h|hrs|uhr|o'clock))?\)?$/i;

/** Clock times that a text ends with: one, or a span of two. */
export interface WrittenClocks {
  readonly start: Clock;
  readonly end?: Clock;
  /** What stands before them, trimmed: a day, or nothing. */
  readonly rest: string;
}

/**
 * Reads the time of the clock that a text ends with: `9:00 AM`, `09:00`, `14h30`, `14.30 Uhr`, `8:00 to 9:30am`, or the fraction of a day as Excel
 * keeps it. Undefined when it ends with none.
 *
 * @example readClocks('Thu, April 23, 8:00 to 9:30am') // { start: 480, end: 570, rest: 'Thu, April 23' }
 */
export function readClocks(text: string): WrittenClocks | undefined {
  const bare = text.trim();
  if (bare.length > 100) return undefined;
  if (/^0?\.\d+(?:e-\d+)?$|^\d(?:\.\d+)?e-\d+$/i.test(bare)) {
    const minutes = Math.round(Number(bare) * 1440);
    return minutes <= 1440 ? { start: minutes, rest: '' } : undefined;
  }
  const named = /^(.*?)[\s,]*\b(noon|midnight)$/i.exec(bare);
  if (named) {
    return { start: /noon/i.test(named[2] ?? '') ? 720 : 0, rest: before(named[1] ?? '') };
  }
  const last = clockAtEnd(bare, false);
  if (!last) return undefined;
  const span = /^(.*?)\s*(?:[-–—~]|\b(?:to|until|till|bis|à|a|al|tot)\b|à)$/i.exec(last.rest);
  const first = span ? clockAtEnd(span[1] ?? '', true) : undefined;
  if (!first) return { start: minutesOf(last), rest: before(last.rest) };
  const end = minutesOf(last);
  return { start: inherited(first, last, end), end, rest: before(first.rest) };
}

/** A bare number is an hour only where another clock time follows it. */
function clockAtEnd(text: string, bareToo: boolean): ClockAtEnd | undefined {
  const parts = atEnd.exec(text);
  if (!parts) return undefined;
  const [whole, hours, minutes, , sign = ''] = parts;
  if (minutes === undefined && sign === '' && !bareToo && !/\dh$/i.test(text)) return undefined;
  const hour = Number(hours);
  const minute = Number(minutes ?? 0);
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return undefined;
  const half = /^a/i.test(sign) ? 'am' : /^p/i.test(sign) ? 'pm' : undefined;
  if (half !== undefined && (hour > 12 || hour === 0)) return undefined;
  const start = /^[\s,T(–—-]/.test(whole) ? 1 : 0;
  // A dash before the time belongs to the span.
  const keep = /^[–—-]/.test(whole) ? 1 : 0;
  const rest = text.slice(0, text.length - whole.length + Math.min(start, keep)).trim();
  return { hour, minute, rest, ...(half !== undefined && { half }) };
}

function minutesOf({ hour, minute, half }: Pick<ClockAtEnd, 'hour' | 'minute' | 'half'>): Clock {
  if (half === undefined) return hour * 60 + minute;
  return (hour % 12) * 60 + minute + (half === 'pm' ? 720 : 0);
}

/** `8:00 to 9:30am`: the first takes the half of the day from the second, unless it would then come after it. */
function inherited(first: ClockAtEnd, last: ClockAtEnd, end: Clock): Clock {
  if (first.half !== undefined || last.half === undefined || first.hour > 12 || first.hour === 0)
    return minutesOf(first);
  const same = minutesOf({ ...first, half: last.half });
  return same <= end ? same : minutesOf({ ...first, half: last.half === 'pm' ? 'am' : 'pm' });
}

function before(text: string): string {
  return text.replace(/(?:[\s,|@(–—-]|\b(?:at|um|à|ore|las|kl)\b)+$/iu, '').trim();
}

/**
 * Reads a length, in milliseconds: a number is minutes; `1:30`, `90 min`, `1.5 h`, `1h30`, `PT90M`, or the fraction of a day as Excel keeps it.
 *
 * @example readLength('1h30') // 5400000
 */
export function readLength(text: string): number | undefined {
  const bare = text.trim().toLowerCase().replace(',', '.');
  if (bare === '' || bare.length > 30) return undefined;
  if (/^\d{0,4}(?:\.\d+)?$/.test(bare)) {
    const number = Number(bare);
    if (bare.includes('.') && number < 1) return Math.round(number * 1440) * 60_000;
    // Nobody counts minutes in halves.
    return Math.round(number * (Number.isInteger(number) ? 1 : 60)) * 60_000;
  }
  const clock = /^(\d{1,2}):(\d\d)(?::\d\d)?$/.exec(bare);
  if (clock) return (Number(clock[1]) * 60 + Number(clock[2])) * 60_000;
  const parts =
    /^(?:pt)?(?:(\d{1,3}(?:\.\d+)?)\s?(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|ore))?\s?(?:(\d{1,4})\s?(?:m|min|mins|minutes?|minuten|minutos|minuti|['′])?\.?)?$/.exec(
      bare,
    );
  if (!parts || (parts[1] === undefined && parts[2] === undefined)) return undefined;
  return Math.round(Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0)) * 60_000;
}
