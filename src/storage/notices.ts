import type { EpochMs } from '../program/time.js';
import type { Notice, Notices } from '../publish/notice.js';
import type { Queryable } from './database.js';

/** The notices of one edition, with what only their delivery asks. */
export interface NoticeBoard extends Notices {
  /** Those that were not told yet, oldest first, and how often that was tried. */
  untold(limit: number): Promise<readonly (Notice & { readonly attempts: number })[]>;
  /** Told, or given up after too many attempts. */
  told(id: string, at: EpochMs): Promise<void>;
  /** Telling it failed once more. */
  failed(id: string): Promise<void>;
  /** The latest, newest first. */
  latest(limit: number): Promise<readonly Notice[]>;
}

/**
 * A statement, or a part of one, that keeps notices: once by their id, whoever keeps them.
 *
 * @param source A query whose rows have a column `notice` (json).
 * @param edition The parameter or the column that is the edition.
 */
export function keptNotices(source: string, edition: string): string {
  return `INSERT INTO callboard.notices (id, edition, kind, at, notice)
    SELECT notice ->> 'id', ${edition}, notice ->> 'kind', (notice ->> 'at')::bigint, notice FROM (${source}) AS kept
    ON CONFLICT (id) DO NOTHING`;
}

/** Notices on the database: kept once by their id, whoever keeps them. */
export function createNoticeBoard(database: Queryable, edition: string): NoticeBoard {
  return {
    async keep(notice) {
      await database.query(keptNotices('SELECT $2::json AS notice', '$1'), [
        edition,
        JSON.stringify(notice),
      ]);
    },
    async untold(limit) {
      const { rows } = await database.query<{ notice: Notice; attempts: number }>(
        `SELECT notice, attempts FROM callboard.notices WHERE edition = $1 AND told_at IS NULL ORDER BY at, id LIMIT $2`,
        [edition, limit],
      );
      return rows.map(({ notice, attempts }) => ({ ...notice, attempts }));
    },
    async told(id, at) {
      await database.query('UPDATE callboard.notices SET told_at = $2 WHERE id = $1', [id, at]);
    },
    async failed(id) {
      await database.query('UPDATE callboard.notices SET attempts = attempts + 1 WHERE id = $1', [
        id,
      ]);
    },
    async latest(limit) {
      const { rows } = await database.query<{ notice: Notice }>(
        'SELECT notice FROM callboard.notices WHERE edition = $1 ORDER BY at DESC, id LIMIT $2',
        [edition, limit],
      );
      return rows.map(({ notice }) => notice);
    },
  };
}
