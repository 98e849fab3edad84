import type { Network } from '../campaign/network.js';
import type { Content } from '../compose/content.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';
import { gathering } from './gathering.js';

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

type NewRecord = Omit<PreviewRecord, 'sequence' | 'removedAt'>;

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
  const accept = gathering(
    (posts: readonly NewRecord[]) => acceptTogether(database, edition, posts, find),
    { atOnce: 2, most: 50 },
  );
  return {
    find,

    accept,

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

async function acceptTogether(
  database: Queryable,
  edition: string,
  posts: readonly NewRecord[],
  find: (account: string, key: string) => Promise<PreviewRecord | undefined>,
): Promise<readonly PreviewRecord[]> {
  const { rows } = await database.query<PreviewRow>(
    `INSERT INTO callboard.preview_posts (edition, account, network, key, announcement, content, accepted_at)
     SELECT $1, account, network, key, announcement, content, "acceptedAt" FROM json_to_recordset($2::json)
       AS post(account text, network text, key text, announcement text, content json, "acceptedAt" bigint)
     ON CONFLICT (edition, account, key) DO NOTHING RETURNING *`,
    [edition, JSON.stringify(posts)],
  );
  const nameOf = ({ account, key }: { account: string; key: string }) => `${account} ${key}`;
  const taken = new Map(rows.map((row) => [nameOf(row), recordOf(row)]));
  return Promise.all(
    posts.map(async (post) => {
      const stands = taken.get(nameOf(post)) ?? (await find(post.account, post.key));
      if (stands === undefined) throw new Error(`preview post ${post.key} vanished`);
      return stands;
    }),
  );
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
