import type { Context } from '../context.js';
import type { ProgramPast } from '../program/history.js';
import { ensureHistory, programPast } from '../storage/session-history.js';

/** What led to a version, read once for each; undefined when another version is in force by now. */
export function createProgramPast({
  database,
  edition,
}: Pick<Context, 'database' | 'edition'>): (version: number) => Promise<ProgramPast | undefined> {
  let isWhole = false;
  let known: { readonly version: number; readonly past: ProgramPast } | undefined;
  return async (version) => {
    if (known?.version === version) return known.past;
    if (!isWhole) await ensureHistory(database, edition.id);
    isWhole = true;
    const read = await programPast(database, edition.id);
    if (read.version !== version) return undefined;
    known = read;
    return read.past;
  };
}
