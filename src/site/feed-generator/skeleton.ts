import type { ProgramLookup } from '../../program/lookup.js';
import type { EpochMs } from '../../program/time.js';
import type { LivePost } from '../feeds/feed-context.js';

/** A page of a feed, as `app.bsky.feed.getFeedSkeleton` answers it. */
export interface Skeleton {
  readonly feed: readonly { readonly post: string }[];
  readonly cursor?: string;
}

interface Placed {
  readonly uri: string;
  /** Start of the first of its sessions. */
  readonly start: EpochMs;
  readonly dueAt: EpochMs;
}

/**
 * One page of the announcements of a feed, ordered by the start of their session, the latest first, and of one session by when they were due, the newest first. A post
 * whose sessions are gone from the program, or of another unit, is left out. The cursor names a place between posts, so that new ones shift nothing.
 *
 * @param unit key of a unit; without, all
 * @param limit at least 1
 * @returns undefined for a cursor that this never gave
 */
export function skeletonOf(
  program: ProgramLookup,
  posts: readonly LivePost[],
  {
    unit,
    limit,
    cursor,
  }: { readonly unit?: string; readonly limit: number; readonly cursor?: string },
): Skeleton | undefined {
  const after = cursor === undefined ? undefined : parsed(cursor);
  if (cursor !== undefined && after === undefined) return undefined;
  const placed = posts
    .flatMap((post) => placedOf(program, post, unit))
    .sort(compared)
    .filter((post) => after === undefined || compared(post, after) > 0);
  const page = placed.slice(0, limit);
  const last = page.at(-1);
  return {
    feed: page.map(({ uri }) => ({ post: uri })),
    ...(last && placed.length > limit && { cursor: written(last) }),
  };
}

function placedOf(
  program: ProgramLookup,
  { uri, sessions, dueAt }: LivePost,
  unit: string | undefined,
): readonly Placed[] {
  if (!uri.startsWith('at://')) return [];
  const fitting = sessions.flatMap((key) => {
    const session = program.session(key);
    return session && (unit === undefined || session.unit === unit) ? [session.startsAt] : [];
  });
  return fitting.length === 0 ? [] : [{ uri, start: Math.min(...fitting), dueAt }];
}

function compared(one: Placed, other: Placed): number {
  const byTime = other.start - one.start || other.dueAt - one.dueAt;
  if (byTime !== 0) return byTime;
  return one.uri === other.uri ? 0 : one.uri < other.uri ? -1 : 1;
}

function written({ start, dueAt, uri }: Placed): string {
  return Buffer.from(JSON.stringify([start, dueAt, uri])).toString('base64url');
}

function parsed(cursor: string): Placed | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(value)) return undefined;
    const [start, dueAt, uri] = value as unknown[];
    return Number.isFinite(start) && Number.isFinite(dueAt) && typeof uri === 'string'
      ? { start: start as number, dueAt: dueAt as number, uri }
      : undefined;
  } catch {
    return undefined;
  }
}
