import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { fetchProgram } from '../program/fetch/fetch-program.js';
import type { FetchedProgram, FetchHints } from '../program/fetch/fetched-program.js';
import { leftOut } from '../program/fetch/left-out.js';
import type { ImportReport, ReadingOptions } from '../program/import-report.js';
import { readProgram, type ReadHints } from '../program/import.js';
import type { Program } from '../program/model.js';

/** A program as it was just read from its source. */
export interface ProgramReading {
  readonly program: Program;
  readonly report: ImportReport;
  /** Equal for equal programs, however the source wrote them down and whatever ids it gave: some give new ones each time. */
  readonly fingerprint: string;
  readonly address: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/**
 * Gets the program that the config names, with what the environment holds for its server. With `since`: `undefined` where nothing changed.
 *
 * @throws CallboardError exit `program`
 */
export async function fetchConfigured(
  config: Config,
  how?: Omit<FetchHints, 'since'>,
): Promise<FetchedProgram>;
export async function fetchConfigured(
  config: Config,
  how: FetchHints,
): Promise<FetchedProgram | undefined>;
export async function fetchConfigured(
  { dataFolder, program: { address, credentials } }: Config,
  how: FetchHints = {},
): Promise<FetchedProgram | undefined> {
  return fetchProgram(address, {
    ...how,
    // Where the pages of a program that many pages hold are kept from one fetch to the next.
    cacheFolder: join(dataFolder, 'pages'),
    ...(credentials && { credentials }),
  });
}

/**
 * Reads what was fetched as the config says, for an edition.
 *
 * @throws CallboardError exit `program`
 */
export function readFetched(
  config: Config,
  fetched: FetchedProgram,
  how: Pick<ReadHints, 'edition' | 'aliases' | 'before' | 'shiftMs'>,
): ProgramReading {
  const asked = readingOptions(config);
  const { documents, address, fetchedAt, left, etag, lastModified } = fetched;
  const { program, report } = readProgram(documents, {
    ...how,
    address,
    asOf: fetchedAt,
    ...asked,
    replaced: config.program.replaced,
  });
  return {
    program,
    report: {
      ...report,
      ...(left && { problems: [...leftOut(address, left), ...report.problems] }),
      asked,
    },
    fingerprint: fingerprintOf(program),
    address,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}

/** How the config says that its program is to be read. */
function readingOptions({ program, conference }: Config): ReadingOptions {
  const { format, zone = conference.zone, year, columns, dateOrder } = program;
  return {
    ...(format !== undefined && { format }),
    ...(zone !== undefined && { zone }),
    ...(year !== undefined && { year }),
    ...(columns !== undefined && { columns }),
    ...(dateOrder !== undefined && { dateOrder }),
  };
}

function fingerprintOf(program: Program): string {
  const bare = <T extends { readonly aliases: readonly string[] }>({ aliases: _ids, ...rest }: T) =>
    rest;
  const said = {
    ...program,
    people: program.people.map(bare),
    sessions: program.sessions.map((session) => ({
      ...bare(session),
      presentations: session.presentations.map(bare),
    })),
  };
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}
