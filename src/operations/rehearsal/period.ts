import { CallboardError } from '../../errors.js';
import { parseMoment, wallClockIn } from '../../program/moment.js';
import type { EpochMs } from '../../program/time.js';

const dayMs = 86_400_000;

/** From when until when a rehearsal runs; either may be left open. */
export interface Period {
  readonly from?: EpochMs;
  readonly to?: EpochMs;
}

/**
 * Reads `--from` and `--to`: ISO 8601 dates or times, on the clock of the conference where they have no offset. A day alone is all of
 * that day: `from` its beginning, `to` its end.
 *
 * @throws CallboardError `period-invalid`, exit `usage`
 * @example readPeriod({ from: '2026-03-01' }, 'UTC') // { from: 1772323200000 }
 */
export function readPeriod(
  given: { readonly from?: string | undefined; readonly to?: string | undefined },
  zone: string,
): Period {
  const from = given.from === undefined ? undefined : read('--from', given.from, zone, 0);
  const to = given.to === undefined ? undefined : read('--to', given.to, zone, dayMs);
  if (from !== undefined && to !== undefined && from >= to) {
    throw invalid('--to', 'it does not lie after --from', 'Give a later moment');
  }
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}

function read(option: string, text: string, zone: string, intoDayMs: number): EpochMs {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text.trim());
  const moment = parseMoment(isDay ? `${text.trim()}T00:00` : text);
  if (moment === undefined) {
    throw invalid(
      option,
      `"${text.slice(0, 40)}" is no date or time`,
      'Write 2026-03-01, 2026-03-01T09:30 or 2026-03-01T09:30+01:00',
    );
  }
  if ('at' in moment) return moment.at;
  if (!isDay || intoDayMs === 0) return wallClockIn(moment.wall, zone);
  // The next day's first moment, whatever the clock does in between.
  const nextDay = new Date(Date.parse(`${text.trim()}T00:00Z`) + intoDayMs).toISOString();
  return wallClockIn(nextDay.slice(0, 19), zone) - 1;
}

function invalid(place: string, problem: string, remedy: string): CallboardError {
  return new CallboardError('period-invalid', { place, problem, remedy }, 'usage');
}
