import type { Queryable } from './database.js';

/** The ids of an edition's announcements that begin so. */
export async function idsBeginningWith(
  database: Queryable,
  edition: string,
  beginning: string,
): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>(
    'SELECT id FROM callboard.announcements WHERE edition = $1 AND starts_with(id, $2) ORDER BY id',
    [edition, beginning],
  );
  return rows.map(({ id }) => id);
}
