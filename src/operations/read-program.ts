import { createHash } from 'node:crypto';
import type { Config } from '../config/config.js';
import type { FetchedProgram } from '../program/fetch/fetched-program.js';
import type { ImportReport } from '../program/import-report.js';
import { readProgram } from '../program/import.js';
import type { Key, Program } from '../program/model.js';

/** A program as it was just read from its source. */
export interface ProgramReading {
  readonly program: Program;
  readonly report: ImportReport;
  /** Equal for equal programs, however the source wrote them down. */
  readonly fingerprint: string;
  readonly address: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/**
 * Reads what was fetched as the config says, for an edition.
 *
 * @throws CallboardError exit `program`
 */
export function readFetched(
  config: Config,
  fetched: FetchedProgram,
  how: {
    readonly edition: string;
    readonly aliases?: ReadonlyMap<string, Key>;
    readonly shiftMs?: number;
  },
): ProgramReading {
  const { format, year, columns, dateOrder, zone = config.conference.zone } = config.program;
  const { documents, address, fetchedAt, etag, lastModified } = fetched;
  const { program, report } = readProgram(documents, {
    ...how,
    address,
    asOf: fetchedAt,
    ...(format !== undefined && { format }),
    ...(zone !== undefined && { zone }),
    ...(year !== undefined && { year }),
    ...(columns !== undefined && { columns }),
    ...(dateOrder !== undefined && { dateOrder }),
  });
  return {
    program,
    report,
    fingerprint: createHash('sha256').update(JSON.stringify(program)).digest('hex'),
    address,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
  };
}
