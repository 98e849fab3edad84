import type { Network } from '../campaign/network.js';
import type { Content } from '../compose/content.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** A post of the preview network, in the shape of its port `PreviewTimeline`. */
export interface PreviewRecord {
  readonly sequence: number;
  readonly account: string;
  readonly network: Network;
  readonly key: string;
  readonly announcement: string;
  readonly content: Content;
  readonly acceptedAt: EpochMs;
  readonly removedAt?: EpochMs;
}

/** Which posts of the timeline. */
export interface PreviewQuery {
  readonly network?: Network;
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
}

interface PreviewRow {
  readonly sequence: string;
  readonly account: string;
  readonly network: Network;
  readonly key: string;
  readonly announcement: string;
  readonly content: Content;
  readonly accepted_at: string;
  readonly removed_at: string | null;
}

/**
 * The preview network's memory of one edition: `PreviewTimeline` on SQL. It knows nothing of the ledger; two requests under one key,
 * also at the same instant, leave one post.
 */
export function createPreviewTimeline(database: Queryable, edition: string) {
  const find = async (account: string, key: string): Promise<PreviewRecord | undefined> => {
    const { rows } = await database.query<PreviewRow>(
      'SELECT * FROM callboard.preview_posts WHERE edition = $1 AND account = $2 AND key = $3',
      [edition, account, key],
    );
    return rows[0] && recordOf(rows[0]);
  };
  return {
    find,

    async accept(post: Omit<PreviewRecord, 'sequence' | 'removedAt'>): Promise<PreviewRecord> {
      const { rows } = await database.query<PreviewRow>(
        `INSERT INTO callboard.preview_posts (edition, account, network, key, announcement, content, accepted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (edition, account, key) DO NOTHING RETURNING *`,
        [
          edition,
          post.account,
          post.network,
          post.key,
          post.announcement,
          JSON.stringify(post.content),
          post.acceptedAt,
        ],
      );
      const stands = rows[0] ? recordOf(rows[0]) : await find(post.account, post.key);
      if (stands === undefined) throw new Error(`preview post ${post.key} vanished`);
      return stands;
    },

    async remove(account: string, key: string, at: EpochMs): Promise<boolean> {
      await database.query(
        `UPDATE callboard.preview_posts SET removed_at = $4
         WHERE edition = $1 AND account = $2 AND key = $3 AND removed_at IS NULL`,
        [edition, account, key, at],
      );
      return true;
    },

    async list(query: PreviewQuery): Promise<readonly PreviewRecord[]> {
      const { rows } = await database.query<PreviewRow>(
        `SELECT * FROM callboard.preview_posts WHERE edition = $1 AND removed_at IS NULL
           AND ($2::text IS NULL OR network = $2) AND sequence > $3 AND sequence < $4
         ORDER BY sequence DESC LIMIT $5`,
        [
          edition,
          query.network ?? null,
          query.after ?? 0,
          query.before ?? Number.MAX_SAFE_INTEGER,
          query.limit,
        ],
      );
      return rows.map(recordOf);
    },
  };
}

function recordOf(row: PreviewRow): PreviewRecord {
  return {
    sequence: Number(row.sequence),
    account: row.account,
    network: row.network,
    key: row.key,
    announcement: row.announcement,
    content: row.content,
    acceptedAt: Number(row.accepted_at),
    ...(row.removed_at === null ? {} : { removedAt: Number(row.removed_at) }),
  };
}
