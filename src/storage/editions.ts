import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** One run of one conference, as stored. */
export interface Edition {
  readonly id: string;
  /** What editions that follow one another have in common: `sample` of `sample-1`, `sample-2`. */
  readonly series: string;
  readonly title: string;
  /** Where the program comes from. */
  readonly address?: string;
  /** IANA zone. */
  readonly zone: string;
  /** How far every time of the program is moved, in milliseconds; stored so that reading again does not move it anew. */
  readonly shiftMs: number;
  readonly beganAt: EpochMs;
  readonly createdAt: EpochMs;
  /** The version in force; 0 before the first import. */
  readonly programVersion: number;
  readonly paused?: { readonly reason: string; readonly since: EpochMs };
  /** The database that it was moved to; it never runs here again. Behind `unfinishedMove` while it is under way there. */
  readonly movedTo?: string;
}

/** Stands before the place in `movedTo` on both sides of a move that is not finished: the edition runs on neither. */
export const unfinishedMove = 'unfinished: ';

interface EditionRow {
  readonly id: string;
  readonly series: string;
  readonly title: string;
  readonly address: string | null;
  readonly zone: string;
  readonly shift_ms: string;
  readonly began_at: string;
  readonly created_at: string;
  readonly program_version: number;
  readonly paused_reason: string | null;
  readonly paused_at: string | null;
  readonly moved_to: string | null;
}

/** Creates an edition; one that exists already stays as it is. Answers the one that stands then. */
export async function createEdition(
  database: Queryable,
  edition: Omit<Edition, 'programVersion' | 'paused' | 'movedTo'>,
): Promise<Edition> {
  await database.query(
    `INSERT INTO callboard.editions (id, series, title, address, zone, shift_ms, began_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
    [
      edition.id,
      edition.series,
      edition.title,
      edition.address ?? null,
      edition.zone,
      edition.shiftMs,
      edition.beganAt,
      edition.createdAt,
    ],
  );
  const stands = await findEdition(database, edition.id);
  if (stands === undefined) throw new Error(`edition ${edition.id} vanished while it was created`);
  return stands;
}

/** One edition by its id. */
export async function findEdition(database: Queryable, id: string): Promise<Edition | undefined> {
  const { rows } = await database.query<EditionRow>(
    'SELECT * FROM callboard.editions WHERE id = $1',
    [id],
  );
  return rows[0] && editionOf(rows[0]);
}

/** All editions, or those of one series, oldest first. */
export async function listEditions(
  database: Queryable,
  series?: string,
): Promise<readonly Edition[]> {
  const { rows } = await database.query<EditionRow>(
    'SELECT * FROM callboard.editions WHERE $1::text IS NULL OR series = $1 ORDER BY created_at, id',
    [series ?? null],
  );
  return rows.map(editionOf);
}

/** Writes what an import learned about the edition itself; title and zone follow the source, the beginning never moves. */
export async function describeEdition(
  database: Queryable,
  id: string,
  words: { readonly title: string; readonly zone: string; readonly address?: string },
): Promise<void> {
  await database.query(
    'UPDATE callboard.editions SET title = $2, zone = $3, address = coalesce($4, address) WHERE id = $1',
    [id, words.title, words.zone, words.address ?? null],
  );
}

/** Pauses everything of an edition: from when this has returned, no claim goes through. Paused again, only the reason changes. */
export async function pauseEdition(
  database: Queryable,
  id: string,
  reason: string,
  now: EpochMs,
): Promise<void> {
  await database.query(
    'UPDATE callboard.editions SET paused_reason = $2, paused_at = coalesce(paused_at, $3) WHERE id = $1',
    [id, reason, now],
  );
}

/** Ends the pause; false when there was none. */
export async function resumeEdition(database: Queryable, id: string): Promise<boolean> {
  const { rows } = await database.query(
    'UPDATE callboard.editions SET paused_reason = NULL, paused_at = NULL WHERE id = $1 AND paused_at IS NOT NULL RETURNING id',
    [id],
  );
  return rows.length === 1;
}

function editionOf(row: EditionRow): Edition {
  return {
    id: row.id,
    series: row.series,
    title: row.title,
    ...(row.address === null ? {} : { address: row.address }),
    zone: row.zone,
    shiftMs: Number(row.shift_ms),
    beganAt: Number(row.began_at),
    createdAt: Number(row.created_at),
    programVersion: row.program_version,
    ...(row.paused_at === null
      ? {}
      : { paused: { reason: row.paused_reason ?? '', since: Number(row.paused_at) } }),
    ...(row.moved_to === null ? {} : { movedTo: row.moved_to }),
  };
}
