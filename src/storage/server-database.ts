import pg from 'pg';
import { CallboardError } from '../errors.js';
import type { Database, OpeningStage } from './database.js';
import { migrate } from './migrate.js';
import type { PostgresPool, QueryResult } from './postgres-pool.js';
import { storageError } from './storage-error.js';
import { inTransaction } from './transaction.js';

const connectTimeoutMs = 10_000;
const statementTimeoutMs = 30_000;
/** The server ends a statement that takes longer. One that hears nothing for longer still has lost its server without a word, as when another took its place. */
const silenceMs = statementTimeoutMs + 5_000;
const mostConnections = 10;

/** Connects to a Postgres server and brings its tables up to date. See `openDatabase`. */
export async function openServer(
  url: string,
  onStage: (stage: OpeningStage) => void,
): Promise<Database> {
  const place = placeOf(url);
  onStage('starting');
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    query_timeout: silenceMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    keepAlive: true,
    application_name: 'callboard',
    // The queue's tables are named without their schema; ours always with it.
    options: '-c search_path=bullmq,public',
  });
  // An idle connection that drops is replaced at the next query; unheard, the event would end the process.
  pool.on('error', () => undefined);
  outliveConnections(pool);
  const database = serverDatabase(pool, place);
  try {
    await database.query('SELECT 1');
    onStage('migrating');
    await migrate(database.pool, place);
    return database;
  } catch (thrown) {
    await pool.end();
    throw storageError(place, thrown);
  }
}

/** One that drops while it is in use fails its statement; its event, unheard, would end the process. */
export function outliveConnections(pool: pg.Pool): void {
  pool.on('connect', (client) => client.on('error', () => undefined));
}

function serverDatabase(pool: pg.Pool, place: string): Database {
  const shaped = pool as unknown as PostgresPool;
  const queryable = pool as unknown as {
    query<Row>(query: unknown): Promise<QueryResult<Row>>;
  };
  const nameOf = statementNames();
  const named = (text: string, values?: readonly unknown[]) =>
    values === undefined || values.length === 0 ? text : { name: nameOf(text), text, values };
  return {
    kind: 'server',
    place,
    pool: shaped,
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      try {
        return await queryable.query<Row>(named(text, values));
      } catch (thrown) {
        throw storageError(place, thrown);
      }
    },
    transaction: async (work) => {
      try {
        return await inTransaction(shaped, work);
      } catch (thrown) {
        throw storageError(place, thrown);
      }
    },
    close: () => pool.end(),
  };
}

/** Prepared statements are known by name: the same text gets the same one. */
function statementNames(): (text: string) => string {
  const names = new Map<string, string>();
  return (text) => {
    const name = names.get(text) ?? `callboard_${String(names.size + 1)}`;
    names.set(text, name);
    return name;
  };
}

/**
 * The server's address for messages, without user and password.
 *
 * @param named where the address was given, for the error
 * @throws CallboardError `database-url-invalid` for what is no Postgres address.
 * @example placeOf('postgres://me:secret@db.example:5432/callboard') // 'db.example:5432/callboard'
 */
export function placeOf(url: string, named = 'DATABASE_URL'): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new CallboardError(
      'database-url-invalid',
      {
        place: named,
        problem: 'this is no address of a Postgres database',
        remedy: 'Write it as postgres://user:password@host:5432/name',
      },
      'usage',
    );
  }
  const socket = parsed.searchParams.get('host');
  const host = parsed.host === '' ? (socket ?? 'localhost') : parsed.host;
  return `${host}${parsed.pathname}`;
}
