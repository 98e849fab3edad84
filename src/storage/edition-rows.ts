import type { Queryable } from './database.js';

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
  /** Which of the shared rows, `t`, go when a copy is taken back; none without it. */
  readonly gone?: string;
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
  { name: 'secrets', where: ofAccounts(), sort: 't.account', shared: true, gone: ofNoOther() },
  {
    name: 'network_memory',
    where: ofAccounts(),
    sort: 't.account, t.name',
    shared: true,
    gone: ofNoOther(),
  },
  {
    name: 'live_accounts',
    where: ofAccounts(),
    sort: 't.account',
    shared: true,
    gone: ofNoOther(),
  },
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

function ofNoOther(): string {
  return `${ofAccounts()} AND t.account NOT IN (SELECT account FROM callboard.announcements WHERE edition <> $1)`;
}

/**
 * Copies the rows of an edition from one database into another, each table whole before those that refer to it.
 *
 * @param onRows Hears the table that was written to, and how many rows were written so far.
 */
export async function copyRows(
  source: Queryable,
  target: Queryable,
  edition: string,
  onRows: (table: string, rows: number) => void,
): Promise<void> {
  let rows = 0;
  for (const table of tables) {
    await copyTable(source, target, table, edition, (count) => {
      rows += count;
      onRows(table.name, rows);
    });
  }
}

/** Deletes the rows of an edition; of what editions share, those that no other edition needs. Members stay. */
export async function deleteRows(database: Queryable, edition: string): Promise<void> {
  for (const { name, where, shared, gone } of [...tables].reverse()) {
    const rows = shared === true ? gone : where;
    if (rows === undefined) continue;
    await database.query(`DELETE FROM callboard.${name} t WHERE ${rows}`, [edition]);
  }
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
