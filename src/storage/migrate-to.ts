import { CallboardError } from '../errors.js';
import type { EpochMs } from '../program/time.js';
import type { Database, Queryable } from './database.js';
import { isEmbedded } from './embedded-database.js';
import { openDatabase } from './opening.js';
import { placeOf } from './server-database.js';

/** So many rows travel in one statement; of whole programs, one. */
const batch = 1_000;

/** The tables of an edition, in an order in which each finds what it refers to; `sort` is the order in which rows were made. */
const tables: readonly {
  readonly name: string;
  readonly where: string;
  readonly sort: string;
  /** Columns that the target makes itself. */
  readonly made?: readonly string[];
  readonly batch?: number;
  /** Whether rows may be there already. */
  readonly shared?: boolean;
  /** Which of the rows, `r`, the target takes; all without it. */
  readonly taken?: string;
}[] = [
  { name: 'editions', where: 't.id = $1', sort: 't.id' },
  { name: 'program_versions', where: 't.edition = $1', sort: 't.version', batch: 1 },
  { name: 'session_history', where: 't.edition = $1', sort: 't.session' },
  { name: 'version_changes', where: 't.edition = $1', sort: 't.version' },
  { name: 'aliases', where: 't.edition = $1', sort: 't.alias' },
  { name: 'announcements', where: 't.edition = $1', sort: 't.id', made: ['wakes_at'] },
  {
    name: 'coverage',
    where: 't.edition = $1',
    sort: 't.session, t.lead_time, t.account, t.round',
  },
  { name: 'story', where: ofAnnouncements(), sort: 't.entry', made: ['entry'] },
  { name: 'posts', where: ofAnnouncements(), sort: 't.announcement' },
  { name: 'preview_posts', where: 't.edition = $1', sort: 't.sequence', made: ['sequence'] },
  { name: 'cards', where: 't.edition = $1', sort: 't.digest' },
  { name: 'sendings', where: ofAnnouncements(), sort: 't.announcement' },
  { name: 'notices', where: 't.edition = $1', sort: 't.id' },
  { name: 'clearances', where: 't.edition = $1', sort: 't.account' },
  // What belongs to an account is shared by its editions: the first that is moved brings it.
  { name: 'secrets', where: ofAccounts(), sort: 't.account', shared: true },
  { name: 'network_memory', where: ofAccounts(), sort: 't.account, t.name', shared: true },
  { name: 'live_accounts', where: ofAccounts(), sort: 't.account', shared: true },
  // So are members. One whose address signed in at the target before is known there by another id, and keeps what is there.
  { name: 'members', where: '$1::text IS NOT NULL', sort: 't.id', shared: true },
  {
    name: 'passkeys',
    where: '$1::text IS NOT NULL',
    sort: 't.id',
    shared: true,
    taken: ofMembers(),
  },
  { name: 'stars', where: 't.edition = $1', sort: 't.member, t.session', taken: ofMembers() },
  { name: 'schedule_addresses', where: 't.edition = $1', sort: 't.member', taken: ofMembers() },
];

function ofMembers(): string {
  return 'r.member IN (SELECT id FROM callboard.members)';
}

function ofAnnouncements(): string {
  return 't.announcement IN (SELECT id FROM callboard.announcements WHERE edition = $1)';
}

function ofAccounts(): string {
  return 't.account IN (SELECT account FROM callboard.announcements WHERE edition = $1)';
}

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
 * is due. From its first moment no claim goes through here, and at the end the edition is marked as moved for good. When it fails, the edition
 * runs on here; when it is interrupted between the two ends, asking again finishes it.
 *
 * @returns the editions that were moved.
 * @throws CallboardError `edition-busy` while something is being published, `edition-exists` when another of its id is there.
 */
export async function migrateTo(
  source: Database,
  url: string,
  options: MoveOptions,
): Promise<readonly string[]> {
  const place = placeOf(url);
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
    return editions;
  } finally {
    await target.close();
  }
}

/** Also those whose move to this place was interrupted. */
async function movable(
  source: Queryable,
  edition: string | undefined,
  place: string,
): Promise<readonly string[]> {
  const { rows } = await source.query<{ id: string }>(
    `SELECT id FROM callboard.editions
     WHERE (moved_to IS NULL OR moved_to = $2) AND ($1::text IS NULL OR id = $1) ORDER BY created_at, id`,
    [edition ?? null, `${unfinished}${place}`],
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
  return rows.map(({ id }) => id);
}

/** Stands before the place in `moved_to` while a move is under way. */
const unfinished = 'unfinished: ';

async function moveEdition(
  source: Database,
  target: Database,
  edition: string,
  options: MoveOptions,
): Promise<void> {
  await markMoved(source, edition, `${unfinished}${target.place}`, options.now);
  try {
    // One transaction here too: nothing is written in this edition between the first row read and the mark.
    await source.transaction(async (reading) => {
      await refuseBusy(reading, edition);
      await target.transaction((writing) => copyEdition(reading, writing, edition, options));
      await markMoved(reading, edition, target.place, options.now);
    });
  } catch (thrown) {
    await markMoved(source, edition, null, null);
    throw thrown;
  }
}

async function copyEdition(
  source: Queryable,
  target: Queryable,
  edition: string,
  { onProgress }: MoveOptions,
): Promise<void> {
  // The copy of an interrupted move stands whole or not at all.
  if (await standsAlready(source, target, edition)) return;
  let rows = 0;
  for (const table of tables) {
    await copyTable(source, target, table, edition, (count) => {
      rows += count;
      onProgress?.({ edition, table: table.name, rows });
    });
  }
  await markMoved(target, edition, null, null);
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

/** True for the copy of an interrupted move; another edition of the same id is refused. */
async function standsAlready(
  source: Queryable,
  target: Queryable,
  edition: string,
): Promise<boolean> {
  const identity =
    'SELECT series, created_at, began_at, shift_ms FROM callboard.editions WHERE id = $1';
  const [there, here] = await Promise.all([
    target.query(identity, [edition]),
    source.query(identity, [edition]),
  ]);
  if (there.rows.length === 0) return false;
  if (JSON.stringify(there.rows) === JSON.stringify(here.rows)) return true;
  throw new CallboardError(
    'edition-exists',
    {
      place: edition,
      problem: 'the target has another edition of this name',
      remedy: 'Move to an empty database',
    },
    'storage',
  );
}

async function copyTable(
  source: Queryable,
  target: Queryable,
  table: (typeof tables)[number],
  edition: string,
  onRows: (count: number) => void,
): Promise<void> {
  const columns = await columnsOf(source, table.name, table.made ?? []);
  const most = table.batch ?? batch;
  const list = columns.map((column) => `"${column}"`).join(', ');
  for (let offset = 0; ; offset += most) {
    const { rows } = await source.query<{ row: unknown }>(
      `SELECT to_json(t) AS row FROM (
         SELECT ${list} FROM callboard.${table.name} t WHERE ${table.where} ORDER BY ${table.sort} LIMIT ${String(most)} OFFSET ${String(offset)}
       ) t`,
      [edition],
    );
    if (rows.length > 0) {
      await target.query(
        `INSERT INTO callboard.${table.name} (${list})
         SELECT ${list} FROM json_populate_recordset(NULL::callboard.${table.name}, $1::json) r WHERE ${table.taken ?? 'true'}${table.shared === true ? ' ON CONFLICT DO NOTHING' : ''}`,
        [JSON.stringify(rows.map(({ row }) => row))],
      );
      onRows(rows.length);
    }
    if (rows.length < most) return;
  }
}

async function columnsOf(
  source: Queryable,
  table: string,
  made: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await source.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns WHERE table_schema = 'callboard' AND table_name = $1 ORDER BY ordinal_position`,
    [table],
  );
  return rows.map((row) => row.column_name).filter((column) => !made.includes(column));
}
