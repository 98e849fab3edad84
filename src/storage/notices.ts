import type { EpochMs } from '../program/time.js';
import type { Notice, Notices } from '../publish/notice.js';
import type { Queryable } from './database.js';

/** A notice that one process at a time has, to tell it. */
export interface TakenNotice {
  readonly notice: Notice;
  /** 1 for the first. */
  readonly attempt: number;
  /** Names of the ways by which it was sent before. */
  readonly sentBy: readonly string[];
}

/** Notices that nobody got yet, though it was tried. */
export interface Untold {
  readonly count: number;
  /** Absent when there are none. */
  readonly since?: EpochMs;
}

/** The notices of one edition, with what only their delivery asks. */
export interface NoticeBoard extends Notices {
  /** Takes the next that is to be told now; nobody else gets it before `until`. */
  take(now: EpochMs, until: EpochMs): Promise<TakenNotice | undefined>;
  /** Told, or given up after too many attempts. */
  told(id: string, at: EpochMs): Promise<void>;
  /** Telling it failed by a way at least: it is taken again at that moment, for the others. */
  failed(
    id: string,
    again: { readonly at: EpochMs; readonly sentBy: readonly string[] },
  ): Promise<void>;
  /** How many failed at least once and are still to be told, and the moment of the oldest. */
  untold(): Promise<Untold>;
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
    async take(now, until) {
      const { rows } = await database.query<{
        notice: Notice;
        attempts: number;
        sent_by: readonly string[];
      }>(
        `UPDATE callboard.notices SET attempts = attempts + 1, next_at = $3 WHERE id = (
           SELECT id FROM callboard.notices WHERE edition = $1 AND told_at IS NULL AND next_at <= $2
           ORDER BY next_at, at, id LIMIT 1 FOR UPDATE SKIP LOCKED
         ) RETURNING notice, attempts, sent_by`,
        [edition, now, until],
      );
      const [row] = rows;
      return row && { notice: row.notice, attempt: row.attempts, sentBy: row.sent_by };
    },
    async told(id, at) {
      await database.query('UPDATE callboard.notices SET told_at = $2 WHERE id = $1', [id, at]);
    },
    async failed(id, { at, sentBy }) {
      await database.query(
        'UPDATE callboard.notices SET next_at = $2, sent_by = $3::text[] WHERE id = $1 AND told_at IS NULL',
        [id, at, sentBy],
      );
    },
    async untold() {
      const { rows } = await database.query<{ count: number; since: string | null }>(
        `SELECT count(*)::int AS count, min(at) AS since FROM callboard.notices
         WHERE edition = $1 AND told_at IS NULL AND attempts > 1`,
        [edition],
      );
      const { count = 0, since = null } = rows[0] ?? {};
      return { count, ...(since !== null && { since: Number(since) }) };
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
