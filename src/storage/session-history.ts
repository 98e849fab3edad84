import type { ProgramChange } from '../program/changes.js';
import {
  historyStep,
  type ProgramPast,
  type SessionRevision,
  type VanishedSession,
} from '../program/history.js';
import type { Key, Program } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';

interface VersionRow {
  readonly version: number;
  readonly imported_at: string;
  readonly program: Program;
}

interface RevisionRow {
  readonly session: string;
  readonly sequence: number;
  readonly modified_at: string;
  readonly previous_start: string | null;
}

/**
 * Writes what every version changed that has no such entry yet: at most the newest, or, where an older Callboard stored them, all. Of each such version and
 * the one before the program is read once. Whoever calls holds the edition's row.
 */
export async function rememberHistory(transaction: Queryable, edition: string): Promise<void> {
  const { rows } = await transaction.query<{ version: number; known: boolean }>(
    `SELECT v.version, c.version IS NOT NULL AS known FROM callboard.program_versions v
     LEFT JOIN callboard.version_changes c ON c.edition = v.edition AND c.version = v.version
     WHERE v.edition = $1 ORDER BY v.version`,
    [edition],
  );
  const from = rows.findIndex(({ known }) => !known);
  if (from === -1) return;
  const first = rows[from - 1];
  let before = first && (await read(transaction, edition, first.version))?.program;
  for (const { version } of rows.slice(from)) {
    const row = await read(transaction, edition, version);
    if (!row) continue;
    const known = await sessionRevisions(transaction, edition);
    const step = { before, after: row.program, at: Number(row.imported_at) };
    const { changes, revisions } = historyStep(step, (key) => known.get(key));
    await write(transaction, edition, { version, changes, revisions });
    before = row.program;
  }
}

/** Does the same on its own, for a database that an older Callboard filled: to be called once, before the history is read. */
export async function ensureHistory(database: Queryable, edition: string): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('SELECT 1 FROM callboard.editions WHERE id = $1 FOR UPDATE', [edition]);
    await rememberHistory(transaction, edition);
  });
}

/** The revision of every session that any version had, by key. */
export async function sessionRevisions(
  database: Queryable,
  edition: string,
): Promise<ReadonlyMap<Key, SessionRevision>> {
  const { rows } = await database.query<RevisionRow>(
    'SELECT session, sequence, modified_at, previous_start FROM callboard.session_history WHERE edition = $1',
    [edition],
  );
  return new Map(rows.map((row) => [row.session, revisionOf(row)]));
}

function revisionOf(row: RevisionRow): SessionRevision {
  return {
    sequence: row.sequence,
    modifiedAt: Number(row.modified_at),
    ...(row.previous_start !== null && { previousStart: Number(row.previous_start) }),
  };
}

/** What led to the version in force, and which that is: all of it as of one moment. */
export async function programPast(
  database: Queryable,
  edition: string,
): Promise<{ readonly version: number; readonly past: ProgramPast }> {
  const { rows } = await database.query<
    { readonly version: number } & (RevisionRow | { readonly session: null })
  >(
    `SELECT e.program_version AS version, h.session, h.sequence, h.modified_at, h.previous_start
     FROM callboard.editions e LEFT JOIN callboard.session_history h ON h.edition = e.id WHERE e.id = $1`,
    [edition],
  );
  const version = rows[0]?.version ?? 0;
  const revisions = new Map(
    rows.flatMap((row) => (row.session === null ? [] : [[row.session, revisionOf(row)]])),
  );
  const gone = await vanishedSessions(database, edition, version);
  return {
    version,
    past: { history: (key) => revisions.get(key), vanished: (key) => gone.get(key) },
  };
}

/** What vanished last of every session that did, up to a version. */
async function vanishedSessions(
  database: Queryable,
  edition: string,
  version: number,
): Promise<ReadonlyMap<Key, VanishedSession>> {
  const { rows } = await database.query<{
    imported_at: string;
    change: Extract<ProgramChange, { kind: 'vanished' }>;
  }>(
    `SELECT v.imported_at, change FROM callboard.version_changes c
     JOIN callboard.program_versions v ON v.edition = c.edition AND v.version = c.version
     CROSS JOIN LATERAL json_array_elements(c.changes) AS change
     WHERE c.edition = $1 AND c.version <= $2 AND change ->> 'kind' = 'vanished' ORDER BY c.version`,
    [edition, version],
  );
  return new Map(
    rows.map(({ imported_at, change: { session, title, at } }) => [
      session,
      {
        title,
        startsAt: Date.parse(at.start),
        endsAt: Date.parse(at.end),
        since: Number(imported_at),
      },
    ]),
  );
}

/** What one stored version changed; of the first version nothing is a change. */
export interface VersionChanges {
  readonly version: number;
  /** When it was imported. */
  readonly at: EpochMs;
  readonly changes: readonly ProgramChange[];
}

/** What the last so many versions changed, the newest first; those that changed nothing for followers are left out. */
export async function versionChanges(
  database: Queryable,
  edition: string,
  most: number,
): Promise<readonly VersionChanges[]> {
  const { rows } = await database.query<{
    version: number;
    imported_at: string;
    changes: readonly ProgramChange[];
  }>(
    `SELECT c.version, v.imported_at, c.changes FROM callboard.version_changes c
     JOIN callboard.program_versions v ON v.edition = c.edition AND v.version = c.version
     WHERE c.edition = $1 AND c.changes::text <> '[]' ORDER BY c.version DESC LIMIT $2`,
    [edition, most],
  );
  return rows.map(({ version, imported_at, changes }) => ({
    version,
    at: Number(imported_at),
    changes,
  }));
}

async function read(
  transaction: Queryable,
  edition: string,
  version: number,
): Promise<VersionRow | undefined> {
  const { rows } = await transaction.query<VersionRow>(
    `SELECT version, imported_at, program FROM callboard.program_versions
     WHERE edition = $1 AND version = $2`,
    [edition, version],
  );
  return rows[0];
}

async function write(
  transaction: Queryable,
  edition: string,
  step: {
    readonly version: number;
    readonly changes: readonly ProgramChange[];
    readonly revisions: ReadonlyMap<Key, SessionRevision>;
  },
): Promise<void> {
  const revisions = [...step.revisions.values()];
  await transaction.query(
    `INSERT INTO callboard.session_history (edition, session, sequence, modified_at, previous_start)
     SELECT $1, * FROM unnest($2::text[], $3::integer[], $4::bigint[], $5::bigint[])
     ON CONFLICT (edition, session) DO UPDATE SET
       sequence = excluded.sequence, modified_at = excluded.modified_at, previous_start = excluded.previous_start`,
    [
      edition,
      [...step.revisions.keys()],
      revisions.map(({ sequence }) => sequence),
      revisions.map(({ modifiedAt }) => modifiedAt),
      revisions.map(({ previousStart }) => previousStart ?? null),
    ],
  );
  await transaction.query(
    'INSERT INTO callboard.version_changes (edition, version, changes) VALUES ($1, $2, $3)',
    [edition, step.version, JSON.stringify(step.changes)],
  );
}
