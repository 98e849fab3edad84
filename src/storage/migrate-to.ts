import { CallboardError, reasonOf } from '../errors.js';
import type { EpochMs } from '../program/time.js';
import type { Database, Queryable } from './database.js';
import { unfinishedMove } from './editions.js';
import { copyRows, deleteRows } from './edition-rows.js';
import { isEmbedded } from './embedded-database.js';
import { openDatabase } from './opening.js';
import { placeOf } from './server-database.js';

/** How far a move to another database is. */
export interface MoveProgress {
  readonly edition: string;
  readonly table: string;
  /** Rows written so far, of all tables of the edition. */
  readonly rows: number;
}

/** What is to be moved, and who hears how far it is. */
export interface MoveOptions {
  /** Only this edition; without, all that were not moved before. */
  readonly edition?: string;
  readonly now: EpochMs;
  readonly onProgress?: (progress: MoveProgress) => void;
}

/**
 * Moves editions whole to a Postgres server: all tables, each edition in one transaction there. The queue stays behind; the sweep puts back what
 * is due. From its first moment no claim goes through here, and at the end the edition is marked as moved for good.
 *
 * The copy arrives with the mark of an unfinished move, which keeps it from running there, and losing that mark is what hands the edition over. When
 * it fails before, the edition runs on here, and asking again takes the copy back and copies anew. When it is interrupted then, or nobody can say
 * whether the mark is gone, the edition runs here no more, and asking again finishes it.
 *
 * @returns the editions that were moved.
 * @throws CallboardError `edition-busy` while something is being published, `edition-exists` when one of its id is there that may run or is another,
 * `move-unfinished` when it has to be asked for again.
 */
export async function migrateTo(
  source: Database,
  url: string,
  options: MoveOptions,
): Promise<readonly string[]> {
  const place = placeOf(url, '--to');
  if (!isEmbedded(source)) {
    throw new CallboardError(
      'migrate-of-server',
      {
        place: source.place,
        problem: 'this is a Postgres server already',
        remedy: 'Move between servers with pg_dump and pg_restore',
      },
      'usage',
    );
  }
  const editions = await movable(source, options.edition, place);
  const target = await openDatabase({ url });
  try {
    for (const edition of editions) await moveEdition(source, target, edition, options);
    return editions.map(({ id }) => id);
  } finally {
    await target.close();
  }
}

/**
 * Ends a move that is not finished, for a target that is lost for good: the edition runs here again. Should the target come back, it may have to be kept from
 * running there: only whoever lost it can know.
 *
 * @returns the place that it was under way to.
 * @throws CallboardError `move-unknown` when no move of this edition is unfinished.
 */
export async function abandonMove(source: Queryable, edition: string): Promise<string> {
  const { rows } = await source.query<{ moved_to: string }>(
    `WITH leaving AS (SELECT id, moved_to FROM callboard.editions WHERE id = $1 AND starts_with(moved_to, $2) FOR UPDATE)
     UPDATE callboard.editions e SET moved_to = NULL, moved_at = NULL FROM leaving WHERE e.id = leaving.id RETURNING leaving.moved_to`,
    [edition, unfinishedMove],
  );
  const [row] = rows;
  if (row) return row.moved_to.slice(unfinishedMove.length);
  throw new CallboardError(
    'move-unknown',
    {
      place: edition,
      problem: 'no move of an edition of this name is unfinished here',
      remedy: 'See `callboard status` for the editions and where they went',
    },
    'usage',
  );
}

/** An edition that is to be moved. */
interface Leaving {
  readonly id: string;
  /** What tells it from another edition of its id. */
  readonly identity: string;
  /** Whether it was under way to this place before, and did not run since. */
  readonly resumed: boolean;
}

const identityOf = 'json_build_array(series, created_at, began_at, shift_ms)::text';

/** Also those whose move to this place was interrupted. */
async function movable(
  source: Queryable,
  edition: string | undefined,
  place: string,
): Promise<readonly Leaving[]> {
  const { rows } = await source.query<Leaving>(
    `SELECT id, ${identityOf} AS identity, moved_to IS NOT NULL AS resumed FROM callboard.editions
     WHERE (moved_to IS NULL OR moved_to = $2) AND ($1::text IS NULL OR id = $1) ORDER BY created_at, id`,
    [edition ?? null, `${unfinishedMove}${place}`],
  );
  if (rows.length === 0 && edition !== undefined) {
    throw new CallboardError(
      'edition-unknown',
      {
        place: edition,
        problem: 'there is no edition of this name here that was not moved already',
        remedy: 'See callboard status for the editions that there are',
      },
      'usage',
    );
  }
  return rows;
}

async function moveEdition(
  source: Database,
  target: Database,
  leaving: Leaving,
  options: MoveOptions,
): Promise<void> {
  const { id, resumed } = leaving;
  await markMoved(source, id, `${unfinishedMove}${target.place}`, options.now);
  /** Whether it surely does not run there, so that it may here. */
  let ours = !resumed;
  try {
    // One transaction here too: nothing is written in this edition between the first row read and the mark.
    await source.transaction(async (reading) => {
      await refuseBusy(reading, id);
      const found = await takeBack(target, leaving);
      if (found === 'another' || (found === 'running' && !resumed)) throw exists(id, found);
      if (found === 'nothing') {
        ours = true;
        await target.transaction((writing) =>
          copyRows(reading, writing, id, (table, rows) =>
            options.onProgress?.({ edition: id, table, rows }),
          ),
        );
      }
      // First here, so that a transaction that was ended for its long silence is noticed before anything runs there.
      await markMoved(reading, id, target.place, options.now);
      ours = false;
      await markMoved(target, id, null, null);
    });
  } catch (thrown) {
    if (!ours && !(await isTakenBack(target, leaving))) throw unfinished(target.place, id, thrown);
    await markMoved(source, id, null, null);
    throw thrown;
  }
}

async function isTakenBack(target: Database, leaving: Leaving): Promise<boolean> {
  try {
    return (await takeBack(target, leaving)) !== 'running';
  } catch {
    return false;
  }
}

/**
 * Removes a copy that never ran, and says what stands there then. Its row is locked first: a hand-over that is still under way there comes before,
 * and it runs, or after, and finds nothing.
 */
async function takeBack(
  target: Queryable,
  { id, identity }: Leaving,
): Promise<'nothing' | 'another' | 'running'> {
  return target.transaction(async (writing) => {
    const { rows } = await writing.query<{ identity: string; waits: boolean | null }>(
      `SELECT ${identityOf} AS identity, starts_with(moved_to, $2) AS waits FROM callboard.editions WHERE id = $1 FOR UPDATE`,
      [id, unfinishedMove],
    );
    const [row] = rows;
    if (row === undefined) return 'nothing';
    if (row.identity !== identity) return 'another';
    if (row.waits !== true) return 'running';
    // Stories are for ever, but this one is told where it comes from.
    await writing.query('ALTER TABLE callboard.story DISABLE TRIGGER story_append_only');
    await deleteRows(writing, id);
    await writing.query('ALTER TABLE callboard.story ENABLE TRIGGER story_append_only');
    return 'nothing';
  });
}

function exists(edition: string, found: 'another' | 'running'): CallboardError {
  return new CallboardError(
    'edition-exists',
    {
      place: edition,
      problem:
        found === 'another'
          ? 'the target has another edition of this name'
          : 'the target has this edition already and may have run it',
      remedy: 'Move to an empty database',
    },
    'storage',
  );
}

function unfinished(place: string, edition: string, cause: unknown): CallboardError {
  return new CallboardError(
    'move-unfinished',
    {
      place,
      problem: `edition ${edition} was copied, and then the move broke off (${reasonOf(cause)}); nothing of it is published here now`,
      remedy: `Ask for the same move again, which finishes it; if that server is lost for good: callboard migrate --abandon --edition ${edition}`,
    },
    'storage',
    { cause },
  );
}

async function markMoved(
  database: Queryable,
  edition: string,
  to: string | null,
  at: EpochMs | null,
): Promise<void> {
  await database.query('UPDATE callboard.editions SET moved_to = $2, moved_at = $3 WHERE id = $1', [
    edition,
    to,
    at,
  ]);
}

async function refuseBusy(source: Queryable, edition: string): Promise<void> {
  const { rows } = await source.query<{ busy: number }>(
    `SELECT count(*)::int AS busy FROM callboard.announcements WHERE edition = $1 AND state = 'publishing'`,
    [edition],
  );
  const busy = rows[0]?.busy ?? 0;
  if (busy === 0) return;
  throw new CallboardError(
    'edition-busy',
    {
      place: edition,
      problem: `${String(busy)} of its announcements are being published`,
      remedy: 'Try again in a minute',
    },
    'storage',
  );
}
