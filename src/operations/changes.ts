import { z } from 'zod';
import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import { programChanges, type ProgramChange } from '../program/changes.js';
import { toIso } from '../program/time.js';
import { listVersions, programOfVersion, type ProgramVersion } from '../storage/programs.js';

/** What `changes` takes: numbers of versions; without them the last two. */
export const changesInput = z.strictObject({
  from: z.int().positive().optional(),
  to: z.int().positive().optional(),
});

/** A version that is compared. */
export interface ComparedVersion {
  readonly version: number;
  /** ISO 8601 in UTC. */
  readonly importedAt: string;
}

/** What is different between two versions. */
export interface VersionChanges {
  readonly edition: string;
  readonly from: ComparedVersion;
  readonly to: ComparedVersion;
  /** IANA zone of the conference, in which people read times. */
  readonly zone: string;
  readonly changes: readonly ProgramChange[];
}

/**
 * The difference between two stored versions of the edition's program.
 *
 * @throws CallboardError `version-unknown`, naming those that are there
 */
export async function changes(
  { database, edition }: Context,
  { from, to }: z.infer<typeof changesInput>,
): Promise<VersionChanges> {
  const versions = await listVersions(database, edition.id);
  const latest = versions.at(-1)?.version ?? 0;
  const later = to ?? latest;
  const earlier = from ?? later - 1;
  if (from === undefined && to === undefined && versions.length === 1) throw onlyOne(edition.id);
  const load = async (version: number) => {
    const known = versions.find((one) => one.version === version);
    const program = known && (await programOfVersion(database, edition.id, version));
    if (!program) throw unknownVersion(edition.id, version, versions);
    return { known, program };
  };
  const [before, after] = [await load(earlier), await load(later)];
  return {
    edition: edition.id,
    from: compared(before.known),
    to: compared(after.known),
    zone: after.program.zone,
    changes: programChanges(before.program, after.program),
  };
}

function compared({ version, importedAt }: Pick<ProgramVersion, 'version' | 'importedAt'>) {
  return { version, importedAt: toIso(importedAt) };
}

function onlyOne(edition: string): CallboardError {
  return new CallboardError(
    'version-unknown',
    {
      place: `edition ${edition}`,
      problem: 'it has one version so far, and nothing to compare it with',
      remedy: 'Import the program again with `callboard import` when it has changed',
    },
    'usage',
  );
}

function unknownVersion(
  edition: string,
  version: number,
  versions: readonly Pick<ProgramVersion, 'version'>[],
): CallboardError {
  const [first, last] = [versions[0]?.version, versions.at(-1)?.version];
  return new CallboardError(
    'version-unknown',
    {
      place: `version ${String(version)}`,
      problem:
        first === undefined || last === undefined
          ? `nothing was imported for edition ${edition} yet`
          : `edition ${edition} has versions ${first === last ? String(first) : `${String(first)} to ${String(last)}`}`,
      remedy:
        first === undefined
          ? 'Import it with `callboard import`'
          : 'Name two of these with --from and --to',
    },
    'usage',
  );
}
