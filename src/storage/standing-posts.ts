import type { AccountId, Network } from '../campaign/network.js';
import type { Facts } from '../compose/content.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

/** A post that stands, with the announcement that it is of. */
export interface StandingPost {
  readonly announcement: string;
  readonly account: AccountId;
  readonly network: Network;
  readonly sessions: readonly string[];
  readonly permalink: string;
  readonly acceptedAt: EpochMs;
}

interface PostRow {
  readonly announcement: string;
  readonly account: AccountId;
  readonly network: Network;
  readonly sessions: readonly string[];
  readonly permalink: string;
  readonly accepted_at: string;
}

const columns = 'p.announcement, p.account, a.network, a.sessions, p.permalink, p.accepted_at';

/** The posts that stand about a session, the oldest first. */
export async function postsAbout(
  database: Queryable,
  edition: string,
  session: string,
): Promise<readonly StandingPost[]> {
  const { rows } = await database.query<PostRow>(
    `SELECT DISTINCT ${columns} FROM callboard.coverage c
     JOIN callboard.posts p ON p.announcement = c.announcement
     JOIN callboard.announcements a ON a.id = c.announcement
     WHERE c.session = $2 AND c.edition = $1 AND p.removed_at IS NULL
     ORDER BY p.accepted_at, p.announcement`,
    [edition, session],
  );
  return rows.map(postOf);
}

/** The newest posts that stand on a network, or on some accounts. */
export async function newestPosts(
  database: Queryable,
  edition: string,
  where: { readonly network: Network } | { readonly accounts: readonly AccountId[] },
  most: number,
): Promise<readonly StandingPost[]> {
  const [clause, given] =
    'network' in where
      ? ['a.network = $2', where.network]
      : ['p.account = ANY($2::text[])', where.accounts];
  const { rows } = await database.query<PostRow>(
    `SELECT ${columns} FROM callboard.posts p
     JOIN callboard.announcements a ON a.id = p.announcement
     WHERE a.edition = $1 AND ${clause} AND p.removed_at IS NULL
     ORDER BY p.accepted_at DESC, p.announcement LIMIT $3`,
    [edition, given, most],
  );
  return rows.map(postOf);
}

/** All posts that stand, the oldest first, each with what it says of its sessions. */
export async function saidByPosts(
  database: Queryable,
  edition: string,
): Promise<readonly (StandingPost & { readonly said: Facts['sessions'] })[]> {
  const { rows } = await database.query<PostRow & { readonly said: Facts['sessions'] }>(
    `SELECT ${columns}, a.frozen_content #> '{facts,sessions}' AS said FROM callboard.posts p
     JOIN callboard.announcements a ON a.id = p.announcement
     WHERE a.edition = $1 AND a.state = 'published' AND p.removed_at IS NULL AND a.frozen_content IS NOT NULL
     ORDER BY p.accepted_at, p.announcement`,
    [edition],
  );
  return rows.map(({ said, ...row }) => ({ ...postOf(row), said }));
}

function postOf({ accepted_at, ...post }: PostRow): StandingPost {
  return { ...post, acceptedAt: Number(accepted_at) };
}
