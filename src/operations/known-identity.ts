import type { ReadHints } from '../program/import.js';
import { shiftProgram } from '../program/shift.js';
import type { Queryable } from '../storage/database.js';
import type { Edition } from '../storage/editions.js';
import { knownAliases, type StoredProgram } from '../storage/programs.js';

/** What keeps the keys of an edition when its source is read anew: every id ever given, and the version in force at the times of its source. */
export async function knownIdentity(
  database: Queryable,
  { id, shiftMs }: Pick<Edition, 'id' | 'shiftMs'>,
  stored: StoredProgram | undefined,
): Promise<Pick<ReadHints, 'edition' | 'aliases' | 'before' | 'shiftMs'>> {
  return {
    edition: id,
    aliases: await knownAliases(database, id),
    ...(stored && { before: shiftProgram(stored.program, -shiftMs) }),
    shiftMs,
  };
}
