import type { Context } from '../context.js';
import { programChanges } from '../program/changes.js';
import type { Program } from '../program/model.js';
import type { VersionChanges } from '../site/web-context.js';
import { listVersions, programOfVersion } from '../storage/programs.js';
import { briefly } from './briefly.js';

/** Versions that the page of changes goes back. */
const mostVersions = 50;

/** What every version changed, the newest first; each pair of versions is compared once. */
export function createProgramHistory({
  database,
  edition,
}: Pick<Context, 'database' | 'edition'>): () => Promise<readonly VersionChanges[]> {
  const compared = new Map<number, VersionChanges>();
  return briefly(async () => {
    const versions = (await listVersions(database, edition.id)).slice(-mostVersions - 1);
    let before: { readonly version: number; readonly program: Program } | undefined;
    const load = async (version: number) => {
      if (before?.version === version) return before.program;
      return programOfVersion(database, edition.id, version);
    };
    for (const [index, { version, importedAt }] of versions.entries()) {
      const earlier = versions[index - 1];
      if (!earlier || compared.has(version)) continue;
      const [old, now] = [await load(earlier.version), await load(version)];
      if (!old || !now) continue;
      // Kept for the next pair, which begins with it.
      before = { version, program: now };
      compared.set(version, { version, at: importedAt, changes: programChanges(old, now) });
    }
    return versions
      .map(({ version }) => compared.get(version))
      .filter((one) => one !== undefined && one.changes.length > 0)
      .reverse() as VersionChanges[];
  });
}
