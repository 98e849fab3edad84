import type { ImportReport } from '../program/import-report.js';
import type { Key, Program } from '../program/model.js';
import type { EpochMs } from '../program/time.js';
import type { Queryable } from './database.js';
import { rememberHistory } from './session-history.js';

/** What is known of a stored version without reading all of it. */
export interface ProgramVersion {
  readonly version: number;
  readonly importedAt: EpochMs;
  /** Digest of the program; the same program again makes no new version. */
  readonly fingerprint: string;
  readonly address: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** A stored version, whole. */
export interface StoredProgram extends ProgramVersion {
  readonly program: Program;
  readonly report: ImportReport;
}

/** What an import has to store. */
export interface NewProgram extends Omit<ProgramVersion, 'version'> {
  readonly program: Program;
  readonly report: ImportReport;
  /** Every alias of this program, as `aliasesOf` names them; those known already keep their key. */
  readonly aliases: ReadonlyMap<string, Key>;
}

/**
 * Stores a version whole and puts it in force, or does nothing: program, report, new aliases, what it changed and the number that claims compare with, in one
 * transaction. The same fingerprint as the version in force makes no new one (`stored` is false). Inside a transaction that also applies
 * the changed plan, no claim ever sees the one without the other; the edition's row is locked first, so call this first.
 */
export async function storeProgram(
  database: Queryable,
  edition: string,
  given: NewProgram,
): Promise<{ readonly version: number; readonly stored: boolean }> {
  return database.transaction(async (transaction) => {
    const before = await lockVersion(transaction, edition);
    // A statement of its own: one that waited for the lock does not see the version that was stored meanwhile.
    const inForce = await transaction.query<{ fingerprint: string }>(
      'SELECT fingerprint FROM callboard.program_versions WHERE edition = $1 AND version = $2',
      [edition, before],
    );
    if (inForce.rows[0]?.fingerprint === given.fingerprint) {
      await transaction.query(
        `UPDATE callboard.program_versions SET etag = $3, last_modified = $4
         WHERE edition = $1 AND version = $2 AND (etag, last_modified) IS DISTINCT FROM ($3, $4)`,
        [edition, before, given.etag ?? null, given.lastModified ?? null],
      );
      await keepAliases(transaction, edition, given.aliases, 'few');
      return { version: before, stored: false };
    }
    const version = before + 1;
    await transaction.query(
      `INSERT INTO callboard.program_versions (edition, version, imported_at, fingerprint, address, etag, last_modified, program, report)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        edition,
        version,
        given.importedAt,
        given.fingerprint,
        given.address,
        given.etag ?? null,
        given.lastModified ?? null,
        JSON.stringify(given.program),
        JSON.stringify(given.report),
      ],
    );
    await keepAliases(transaction, edition, given.aliases, 'all');
    await rememberHistory(transaction, edition);
    await transaction.query('UPDATE callboard.editions SET program_version = $2 WHERE id = $1', [
      edition,
      version,
    ]);
    return { version, stored: true };
  });
}

/**
 * The number of the version in force, 0 before the first; no other is stored until the transaction ends. Call this before anything else there: one that
 * was read from an older version must not be put over a newer one.
 */
export async function lockVersion(transaction: Queryable, edition: string): Promise<number> {
  const { rows } = await transaction.query<{ version: number }>(
    'SELECT program_version AS version FROM callboard.editions WHERE id = $1 FOR UPDATE',
    [edition],
  );
  if (rows[0] === undefined) throw new Error(`there is no edition ${edition}`);
  return rows[0].version;
}

/** New ids of a program that is the same otherwise are kept too, but not for ever: a source may give others each time it is asked. */
async function keepAliases(
  transaction: Queryable,
  edition: string,
  aliases: ReadonlyMap<string, Key>,
  how: 'all' | 'few',
): Promise<void> {
  if (how === 'few') {
    const { rows } = await transaction.query<{ count: string }>(
      'SELECT count(*) AS count FROM callboard.aliases WHERE edition = $1',
      [edition],
    );
    if (Number(rows[0]?.count ?? 0) > 1_000 + 20 * aliases.size) return;
  }
  await transaction.query(
    `INSERT INTO callboard.aliases (edition, alias, key)
     SELECT $1, * FROM unnest($2::text[], $3::text[]) ON CONFLICT DO NOTHING`,
    [edition, [...aliases.keys()], [...aliases.values()]],
  );
}

/** The number of the version in force, which stays in force until the transaction ends. */
export async function holdVersion(transaction: Queryable, edition: string): Promise<number> {
  const { rows } = await transaction.query<{ version: number }>(
    'SELECT program_version AS version FROM callboard.editions WHERE id = $1 FOR SHARE',
    [edition],
  );
  return rows[0]?.version ?? 0;
}

interface VersionRow {
  readonly version: number;
  readonly imported_at: string;
  readonly fingerprint: string;
  readonly address: string;
  readonly etag: string | null;
  readonly last_modified: string | null;
}

/** What is known of the version in force; undefined before the first import. */
export async function programVersion(
  database: Queryable,
  edition: string,
): Promise<ProgramVersion | undefined> {
  const { rows } = await database.query<VersionRow>(
    `SELECT v.version, v.imported_at, v.fingerprint, v.address, v.etag, v.last_modified ${inForce}`,
    [edition],
  );
  return rows[0] && versionOf(rows[0]);
}

/** The version in force, whole; some megabytes for a big conference: keep it by its number. */
export async function currentProgram(
  database: Queryable,
  edition: string,
): Promise<StoredProgram | undefined> {
  const { rows } = await database.query<VersionRow & { program: Program; report: ImportReport }>(
    `SELECT v.* ${inForce}`,
    [edition],
  );
  const row = rows[0];
  return row && { ...versionOf(row), program: row.program, report: row.report };
}

const inForce = `FROM callboard.editions e
  JOIN callboard.program_versions v ON v.edition = e.id AND v.version = e.program_version WHERE e.id = $1`;

/** Every stored version of an edition, the oldest first. */
export async function listVersions(
  database: Queryable,
  edition: string,
): Promise<readonly ProgramVersion[]> {
  const { rows } = await database.query<VersionRow>(
    `SELECT version, imported_at, fingerprint, address, etag, last_modified
     FROM callboard.program_versions WHERE edition = $1 ORDER BY version`,
    [edition],
  );
  return rows.map(versionOf);
}

/** The program of one version, in force or not. */
export async function programOfVersion(
  database: Queryable,
  edition: string,
  version: number,
): Promise<Program | undefined> {
  const { rows } = await database.query<{ program: Program }>(
    'SELECT program FROM callboard.program_versions WHERE edition = $1 AND version = $2',
    [edition, version],
  );
  return rows[0]?.program;
}

/** Every alias that a source ever gave, with its key: what `readProgram` takes. */
export async function knownAliases(
  database: Queryable,
  edition: string,
): Promise<ReadonlyMap<string, Key>> {
  const { rows } = await database.query<{ alias: string; key: string }>(
    'SELECT alias, key FROM callboard.aliases WHERE edition = $1',
    [edition],
  );
  return new Map(rows.map(({ alias, key }) => [alias, key]));
}

function versionOf(row: VersionRow): ProgramVersion {
  return {
    version: row.version,
    importedAt: Number(row.imported_at),
    fingerprint: row.fingerprint,
    address: row.address,
    ...(row.etag === null ? {} : { etag: row.etag }),
    ...(row.last_modified === null ? {} : { lastModified: row.last_modified }),
  };
}
