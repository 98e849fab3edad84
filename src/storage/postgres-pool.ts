/** Rows and what was done; the part of node-postgres' answer that is used here and by the queue. */
export interface QueryResult<Row = Record<string, unknown>> {
  readonly rows: Row[];
  readonly rowCount: number | null;
  /** `SELECT`, `INSERT`, … */
  readonly command: string;
}

/** A message that another session, or this one, sent by NOTIFY. */
export interface DatabaseNotification {
  readonly channel: string;
  readonly payload: string;
}

/** One checked-out session, in the shape of node-postgres' `PoolClient`. */
export interface PostgresClient {
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  /** Gives the session back; a transaction left open is rolled back. */
  release(destroy?: boolean): void;
  on(event: 'notification', listener: (message: DatabaseNotification) => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'end', listener: () => void): this;
  removeListener(event: 'notification', listener: (message: DatabaseNotification) => void): this;
  removeAllListeners(event?: string): this;
}

/**
 * The shape of node-postgres' `Pool` that Callboard and BullMQ's Postgres backend use; served by a real pool on a server and
 * by the embedded database.
 */
export interface PostgresPool {
  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>>;
  connect(): Promise<PostgresClient>;
  end(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'connect', listener: (client: PostgresClient) => void): this;
  removeAllListeners(event?: string): this;
}
