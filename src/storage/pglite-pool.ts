import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import { PgliteWire, type WireAnswer } from './pglite-wire.js';
import type { PostgresClient, PostgresPool, QueryResult } from './postgres-pool.js';

/** A transaction that says nothing for so long is rolled back, so that it cannot stop everything else. */
const idleTransactionMs = 30_000;
/** A database that stopped (a full disk) is started again at most so often. */
const betweenRestartsMs = 10_000;

/** What a pool takes beside its database. */
export interface PglitePoolOptions {
  readonly idleTransactionMs?: number;
  readonly betweenRestartsMs?: number;
  /** Starts the database again after it stopped; without, it stays stopped. */
  readonly restart?: () => Promise<PGlite>;
  /** Said to a new connection before anything else. */
  readonly greeting?: string;
}

// BullMQ's statements begin with a comment.
const listens = /^(?:\s|--[^\n]*\n)*listen\s+("[^"]+"|[\w$]+)/i;
const unlistens = /^(?:\s|--[^\n]*\n)*unlisten\s+("[^"]+"|[\w$]+|\*)/i;

/**
 * One embedded database behind the shape of a pool. All clients share its only connection: from the BEGIN of one client to its COMMIT or
 * ROLLBACK nobody else gets a word in; everybody else waits in order. A client that only listens holds nothing. When the database stops, as
 * Postgres does when its log finds no room on the disk, the next query starts it again.
 */
export class PglitePool extends EventEmitter implements PostgresPool {
  readonly #clients = new Set<PgliteClient>();
  readonly #waiting: (() => void)[] = [];
  #pglite: PGlite;
  #wire: PgliteWire;
  #holder: PgliteClient | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #stopped: { readonly why: unknown; readonly retryAt: number } | undefined;
  #ended = false;

  constructor(
    pglite: PGlite,
    private readonly options: PglitePoolOptions = {},
  ) {
    super();
    this.#pglite = pglite;
    this.#wire = this.#wireTo(pglite);
  }

  connect(): Promise<PgliteClient> {
    if (this.#ended) return Promise.reject(new Error('the embedded database is closed'));
    const client = this.#newClient();
    this.emit('connect', client);
    return Promise.resolve(client);
  }

  async query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    if (this.#ended) throw new Error('the embedded database is closed');
    const client = this.#newClient();
    try {
      return await client.query<Row>(text, values);
    } finally {
      client.release();
    }
  }

  /** Waits for what is under way, then closes the database. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await Promise.all([...this.#clients].map((client) => client.idle()));
    for (const client of this.#clients) client.release();
    await this.#hold(new PgliteClient(this));
    // One that stopped by itself cannot be closed any more; it recovers at its next start.
    if (this.#stopped === undefined) await this.#pglite.close();
  }

  /** Runs something on the database itself while no query and no transaction is under way: a dump. */
  async exclusively<T>(work: (pglite: PGlite) => Promise<T>): Promise<T> {
    const nobody = new PgliteClient(this);
    await this.#hold(nobody);
    try {
      await this.#start();
      return await work(this.#pglite);
    } finally {
      this.#letGo(nobody);
    }
  }

  /** For `PgliteClient` only: one query, holding the connection for as long as a transaction is open. */
  async run(client: PgliteClient, text: string, values?: readonly unknown[]): Promise<QueryResult> {
    await this.#hold(client);
    clearTimeout(this.#idleTimer);
    let stays = false;
    try {
      await this.#start();
      const { results, error, inTransaction } = await this.#wire.run(text, values).catch(stopped);
      if (error) {
        if (isFatal(error)) this.#stop(error, client);
        else stays = inTransaction;
        throw error;
      }
      stays = inTransaction;
      // As node-postgres does: one result, or all of them where the text had several statements.
      const all = results.length === 1 ? results[0] : results;
      return (all ?? { rows: [], rowCount: null, command: '' }) as QueryResult;
    } finally {
      if (stays) this.#watchIdle(client);
      else this.#letGo(client);
    }
  }

  /** For `PgliteClient` only: forgets it and rolls back what it left open. */
  async leave(client: PgliteClient): Promise<void> {
    this.#clients.delete(client);
    if (this.#holder !== client) return;
    clearTimeout(this.#idleTimer);
    try {
      if (this.#stopped === undefined) await this.#wire.run('ROLLBACK');
    } finally {
      this.#letGo(client);
    }
  }

  #newClient(): PgliteClient {
    const client = new PgliteClient(this);
    this.#clients.add(client);
    return client;
  }

  #stop(why: Error, client: PgliteClient): void {
    const wait = this.options.betweenRestartsMs ?? betweenRestartsMs;
    this.#stopped = { why, retryAt: performance.now() + wait };
    client.expel(why);
  }

  async #start(): Promise<void> {
    if (this.#stopped === undefined) return;
    const { why, retryAt } = this.#stopped;
    if (this.options.restart === undefined || performance.now() < retryAt) throw why;
    this.#stopped = { why, retryAt: Infinity };
    try {
      this.#pglite = await this.options.restart();
      this.#wire = this.#wireTo(this.#pglite);
      const listening = new Set([...this.#clients].flatMap((client) => client.channels));
      for (const text of [this.options.greeting, ...[...listening].map(listenTo)]) {
        const { error } = text === undefined ? {} : await this.#wire.run(text);
        if (error) throw error;
      }
      this.#stopped = undefined;
    } catch (thrown) {
      const wait = this.options.betweenRestartsMs ?? betweenRestartsMs;
      this.#stopped = { why: thrown, retryAt: performance.now() + wait };
      throw thrown;
    }
  }

  #wireTo(pglite: PGlite): PgliteWire {
    return new PgliteWire(pglite, (channel, payload) => {
      // As from a server: after the query that was under way.
      queueMicrotask(() => {
        for (const client of this.#clients) client.notify(channel, payload);
      });
    });
  }

  #watchIdle(client: PgliteClient): void {
    this.#idleTimer = setTimeout(() => {
      client.expel(new Error('a transaction was rolled back because it was left idle'));
    }, this.options.idleTransactionMs ?? idleTransactionMs);
    this.#idleTimer.unref();
  }

  async #hold(client: PgliteClient): Promise<void> {
    if (this.#holder === client) return;
    if (this.#holder === undefined) {
      this.#holder = client;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push(() => {
        this.#holder = client;
        resolve();
      });
    });
  }

  #letGo(client: PgliteClient): void {
    if (this.#holder !== client) return;
    this.#holder = undefined;
    this.#waiting.shift()?.();
  }
}

/** Postgres ends itself with these; inside PGlite what is left of it must not be spoken to again. */
function isFatal(error: Error): boolean {
  const { severity } = error as { severity?: string };
  return severity === 'PANIC' || severity === 'FATAL';
}

/** A trap of the machine in which the database runs: as fatal as its own word. */
function stopped(thrown: unknown): WireAnswer {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return { results: [], inTransaction: false, error: Object.assign(error, { severity: 'PANIC' }) };
}

function listenTo(channel: string): string {
  return `LISTEN "${channel.replaceAll('"', '""')}"`;
}

/** One session of the embedded database. Its own queries run in the order in which they were asked. */
export class PgliteClient extends EventEmitter implements PostgresClient {
  readonly #channels = new Set<string>();
  #tail: Promise<unknown> = Promise.resolve();
  #gone: Error | undefined;

  constructor(private readonly pool: PglitePool) {
    super();
  }

  query<Row = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<QueryResult<Row>> {
    const answer = this.#tail.then(async () => {
      if (this.#gone) throw this.#gone;
      const silenced = this.#stopListening(text);
      const result = silenced ?? (await this.pool.run(this, text, values));
      this.#startListening(text);
      return result as QueryResult<Row>;
    });
    this.#tail = answer.catch(() => undefined);
    return answer;
  }

  release(): void {
    this.#end(new Error('this session of the embedded database was given back'));
  }

  /** Ends it from outside: its later queries fail, its transaction is rolled back. */
  expel(reason: Error): void {
    this.#end(reason);
  }

  /** Resolves when everything that was asked so far is answered. */
  async idle(): Promise<void> {
    await this.#tail;
  }

  /** Where it listens. */
  get channels(): readonly string[] {
    return [...this.#channels];
  }

  /** Passes a notification on, if this client listens there. */
  notify(channel: string, payload: string): void {
    if (this.#channels.has(channel)) this.emit('notification', { channel, payload });
  }

  #end(reason: Error): void {
    if (this.#gone) return;
    this.#tail = this.#tail.then(() => this.pool.leave(this)).catch(() => undefined);
    this.#gone = reason;
    this.#channels.clear();
  }

  #startListening(text: string): void {
    const name = listens.exec(text)?.[1];
    if (name !== undefined) this.#channels.add(channelOf(name));
  }

  // The connection goes on listening for the others; only this client hears no more.
  #stopListening(text: string): QueryResult | undefined {
    const name = unlistens.exec(text)?.[1];
    if (name === undefined) return undefined;
    if (name === '*') this.#channels.clear();
    else this.#channels.delete(channelOf(name));
    return { rows: [], rowCount: null, command: 'UNLISTEN' };
  }
}

/** As Postgres folds names: quoted ones stay as they are. */
function channelOf(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1) : name.toLowerCase();
}
