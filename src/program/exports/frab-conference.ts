import type { ProgramLookup } from '../lookup.js';
import type { ExportAbout } from './about.js';
import type { FrabDayRow } from './frab-event.js';

/** The head of a schedule, as both its JSON and its XML say it. */
export interface FrabConference {
  readonly acronym: string;
  readonly title: string;
  /** `2026-04-23` */
  readonly start: string;
  readonly end: string;
  readonly days: number;
  readonly zone: string;
  /** The conference's own page, or the program site. */
  readonly url: string;
}

/** What a schedule says of the conference. */
export function frabConference(
  { program }: ProgramLookup,
  days: readonly FrabDayRow[],
  { site, conference }: ExportAbout,
): FrabConference {
  return {
    acronym: acronymOf(conference),
    title: conference,
    start: days[0]?.date ?? '1970-01-01',
    end: days.at(-1)?.date ?? '1970-01-01',
    days: days.length,
    zone: program.zone,
    url: program.url ?? site,
  };
}

/**
 * A name as lower-case letters, digits and hyphens, also for file names.
 *
 * @example acronymOf('Northern Meeting 2026') // 'northern-meeting-2026'
 */
export function acronymOf(name: string): string {
  const bare = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '');
  return bare === '' ? 'program' : bare;
}
