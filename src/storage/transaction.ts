import type { Queryable } from './database.js';
import type { PostgresPool } from './postgres-pool.js';

/** Runs the work on one session between BEGIN and COMMIT; whatever it throws undoes all of it. */
export async function inTransaction<T>(
  pool: PostgresPool,
  work: (transaction: Queryable) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  const transaction: Queryable = {
    query: (text, values) => client.query(text, values),
    transaction: (inner) => inner(transaction),
  };
  try {
    await client.query('BEGIN');
    const result = await work(transaction);
    const { command } = await client.query('COMMIT');
    // A statement failed and somebody caught it: Postgres answers COMMIT with ROLLBACK.
    if (command === 'ROLLBACK') throw new Error('the transaction had failed and was rolled back');
    return result;
  } catch (thrown) {
    // A connection that has gone silent is not waited for a second time.
    if (isSilence(thrown)) broken = true;
    else await client.query('ROLLBACK').catch(() => (broken = true));
    throw thrown;
  } finally {
    client.release(broken);
  }
}

/** Whether node-postgres gave up waiting for an answer: https://node-postgres.com/apis/client (`query_timeout`). */
function isSilence(thrown: unknown): boolean {
  const { cause = thrown } = thrown as { cause?: unknown };
  return cause instanceof Error && cause.message === 'Query read timeout';
}
