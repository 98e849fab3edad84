import type { PostgresPool, QueryResult } from './postgres-pool.js';

/** What statements run on: the database, or one transaction of it. */
export interface Queryable {
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  /**
   * Runs the work in one transaction: whole or not at all. Inside a transaction it joins that one.
   * Keep it short: on the embedded database everybody else waits.
   */
  transaction<T>(work: (transaction: Queryable) => Promise<T>): Promise<T>;
}

/** The one place where everything durable is. Our tables are in the schema `callboard`, always named with it. */
export interface Database extends Queryable {
  readonly kind: 'embedded' | 'server';
  /** Folder or address, without a password; for messages. */
  readonly place: string;
  /** For the queue; its `search_path` is `bullmq, public`. */
  readonly pool: PostgresPool;
  close(): Promise<void>;
}

/** The stages of opening, for a progress line: a first start takes a second or two. */
export type OpeningStage = 'unpacking' | 'starting' | 'migrating';

/** Which database. */
export type DatabaseAddress =
  | {
      readonly folder: string;
      /** Archive of a new and empty database; `false` runs initdb instead. The build's own when left out. */
      readonly pristine?: string | false;
      /** A database that stopped, as on a full disk, is started again at most so often. 10 s when left out. */
      readonly betweenRestartsMs?: number;
    }
  /** An embedded one that leaves nothing behind, and is faster for it. */
  | { readonly memory: true }
  | { readonly url: string };
