import { CallboardError } from '../errors.js';
import type { AccountVault } from '../publish/publisher.js';
import type { Database } from './database.js';
import { seal, unseal } from './seal.js';

/** The secrets of all accounts, sealed in the database. */
export interface Vault {
  account(account: string): AccountVault;
  /** The accounts that have secrets here. */
  list(): Promise<readonly string[]>;
}

/**
 * Opens the vault on a database.
 *
 * @param key called when a secret is first read or written, so that a start without live accounts makes no key file
 */
export function openVault(database: Database, key: () => Uint8Array, now: () => number): Vault {
  let made: Uint8Array | undefined;
  const keyOf = () => (made ??= key());
  const queues = turnsOf(database);

  const account = (name: string): AccountVault => ({
    async read() {
      const { rows } = await database.query<{ sealed: string }>(
        'SELECT sealed FROM callboard.secrets WHERE account = $1',
        [name],
      );
      const sealed = rows[0]?.sealed;
      if (sealed === undefined) return undefined;
      const text = unseal(sealed, keyOf(), name);
      if (text === undefined) throw unreadable(name);
      return JSON.parse(text) as unknown;
    },
    async write(secrets) {
      await database.query(
        `INSERT INTO callboard.secrets (account, sealed, written_at) VALUES ($1, $2, $3)
         ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, written_at = excluded.written_at`,
        [name, seal(JSON.stringify(secrets), keyOf(), name), now()],
      );
    },
    async forget() {
      await database.query('DELETE FROM callboard.secrets WHERE account = $1', [name]);
    },
    exclusively: (work) => inTurn(queues, name, () => locked(database, name, work)),
  });

  return {
    account,
    async list() {
      const { rows } = await database.query<{ account: string }>(
        'SELECT account FROM callboard.secrets ORDER BY account',
      );
      return rows.map((row) => row.account);
    },
  };
}

const turns = new WeakMap<Database, Map<string, Promise<unknown>>>();

/** Who refreshes what in this process, whichever vault it came by. */
function turnsOf(database: Database): Map<string, Promise<unknown>> {
  const known = turns.get(database) ?? new Map<string, Promise<unknown>>();
  turns.set(database, known);
  return known;
}

/** One after the other within this process. */
async function inTurn<T>(
  queues: Map<string, Promise<unknown>>,
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const before = queues.get(name) ?? Promise.resolve();
  const turn = before.then(work, work);
  const ended = turn.catch(() => undefined);
  queues.set(name, ended);
  try {
    return await turn;
  } finally {
    if (queues.get(name) === ended) queues.delete(name);
  }
}

/** On a server also among processes, by a lock of one connection; the embedded database has one process, and its one connection must not wait for a network. */
async function locked<T>(database: Database, name: string, work: () => Promise<T>): Promise<T> {
  if (database.kind === 'embedded') return work();
  const client = await database.pool.connect();
  const lock = [`callboard ${name}`];
  let broken = true;
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', lock);
    return await work().finally(async () => {
      // A connection that dropped meanwhile took the lock with it; what the work did stands.
      broken = await client.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', lock).then(
        () => false,
        () => true,
      );
    });
  } finally {
    client.release(broken);
  }
}

function unreadable(account: string): CallboardError {
  return new CallboardError(
    'secrets-unreadable',
    {
      place: account,
      problem: 'its stored secrets were sealed with another key',
      remedy:
        'Set the CALLBOARD_SECRET of then, or put the key file back into the data folder, or connect the account again with `callboard connect`',
    },
    'storage',
  );
}
