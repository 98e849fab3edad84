import type { Network } from '../campaign/network.js';
import type { Key } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** A post of a live account that stands on its network. */
export interface LivePost {
  /** The network's own name for it; on Bluesky an at-uri. */
  readonly uri: string;
  readonly sessions: readonly Key[];
  readonly dueAt: EpochMs;
}

/** Every post that stands on a network itself, not in a preview, in order of its due moment. */
export async function livePosts(
  database: Queryable,
  edition: string,
  network: Network,
): Promise<readonly LivePost[]> {
  const { rows } = await database.query<{ uri: string; sessions: readonly Key[]; due_at: string }>(
    `SELECT p.uri, a.sessions, a.due_at FROM callboard.announcements a
     JOIN callboard.posts p ON p.announcement = a.id
     WHERE a.edition = $1 AND a.network = $2 AND a.state = 'published' AND a.account NOT LIKE 'preview:%'
       AND p.removed_at IS NULL
     ORDER BY a.due_at, a.id`,
    [edition, network],
  );
  return rows.map(({ uri, sessions, due_at }) => ({ uri, sessions, dueAt: Number(due_at) }));
}
