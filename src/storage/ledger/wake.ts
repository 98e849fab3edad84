import type { EpochMs } from '../../program/time.js';
import { cappedReason, type DueAnnouncement } from '../../publish/ports.js';
import type { Queryable } from '../database.js';
import { dueOf, type DueRow } from './sweep.js';

/**
 * Lets what waits for room under a cap come up at once, for a cap that may have been raised since: the claim counts anew, and puts off again what has no room.
 *
 * @returns those that it woke
 */
export async function wakeCapped(
  database: Queryable,
  edition: string,
  now: EpochMs,
): Promise<readonly DueAnnouncement[]> {
  const { rows } = await database.query<DueRow>(
    `UPDATE callboard.announcements SET retry_at = NULL, reason = NULL, revision = revision + 1
     WHERE edition = $1 AND state = 'planned' AND retry_at > $2 AND reason = replace($3, '{account}', account)
     RETURNING id, network, wakes_at`,
    [edition, now, cappedReason('{account}')],
  );
  return rows.map(dueOf);
}
