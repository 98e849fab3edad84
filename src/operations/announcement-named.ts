import type { Context } from '../context.js';
import { CallboardError } from '../errors.js';
import type { Announcement } from '../publish/ports.js';
import { idsBeginningWith } from '../storage/announcement-ids.js';

/** What names one announcement and not half of them. */
const shortest = 4;
/** So long is every id. */
const whole = 16;

/**
 * The ids that a person means: whole ones, or beginnings that only one announcement has. What no announcement has is answered as it was given.
 *
 * @throws CallboardError `announcement-unknown` for a beginning that is too short, or that several have
 */
export async function idsNamed(
  { database, edition }: Pick<Context, 'database' | 'edition'>,
  given: readonly string[],
): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const id of given) {
    if (id.length >= whole) {
      ids.push(id);
      continue;
    }
    const alike = await idsBeginningWith(database, edition.id, id);
    const [only = id, another] = alike;
    if (id.length < shortest) {
      throw unknown(id, 'this is too short', `Give ${String(shortest)} letters of the id or more`);
    } else if (another !== undefined) {
      throw unknown(id, `${String(alike.length)} announcements begin so`, 'Give more of the id');
    } else ids.push(only);
  }
  return ids;
}

/**
 * The announcement that an id or a beginning of one means.
 *
 * @throws CallboardError `announcement-unknown`
 */
export async function announcementNamed(context: Context, id: string): Promise<Announcement> {
  const [announcement] = await context.ledger.list({ ids: await idsNamed(context, [id]) });
  if (announcement) return announcement;
  throw unknown(
    id,
    `edition ${context.edition.id} has none with this id`,
    'Look its id up with `callboard plan --json` or `callboard status`',
  );
}

function unknown(id: string, problem: string, remedy: string): CallboardError {
  const place = `announcement ${id}`;
  return new CallboardError('announcement-unknown', { place, problem, remedy }, 'usage');
}
