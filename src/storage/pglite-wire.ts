import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { Parser } from 'pg-protocol/dist/parser.js';
import { serialize } from 'pg-protocol/dist/serializer.js';
import { queryParameter } from './query-parameter.js';
import type { QueryResult } from './postgres-pool.js';

/** What came of one query on the embedded database. */
export interface WireAnswer {
  readonly results: readonly QueryResult[];
  readonly error?: Error;
  /** Whether a transaction is open after it, also a failed one. */
  readonly inTransaction: boolean;
}

const keptStatements = 256;
const parserOf = pg.types.getTypeParser as (typeId: number) => (text: string) => unknown;

/** A statement that the database knows by name; its columns too, once it was run. */
interface Prepared {
  readonly name: string;
  readonly columns?: readonly Column[];
}

/**
 * Speaks Postgres' wire protocol with PGlite: a whole query in one call, read and parsed by node-postgres' own parsers (so that both
 * databases give the same types), and statements with parameters prepared and described once: a tenth of the time of `PGlite.query`.
 * Not guarded: whoever calls sees to it that one query runs at a time.
 */
export class PgliteWire {
  /** By text, least recently used first. */
  readonly #prepared = new Map<string, Prepared>();
  readonly #parser = new Parser();
  #names = 0;

  constructor(
    private readonly pglite: PGlite,
    private readonly notify: (channel: string, payload: string) => void = () => undefined,
  ) {}

  /** Runs one query; several statements in one text only without values. A throw means that the database itself broke. */
  async run(text: string, values: readonly unknown[] = []): Promise<WireAnswer> {
    if (values.length === 0) return answer(await this.#send(serialize.query(text))).answer;
    const first = await this.#runPrepared(text, values);
    const stale = (first.error as { code?: string } | undefined)?.code === '0A000';
    if (!stale || first.inTransaction) return first;
    // "cached plan must not change result type": a migration ran since; prepared anew it works.
    await this.#forget(text);
    return this.#runPrepared(text, values);
  }

  async #runPrepared(text: string, values: readonly unknown[]): Promise<WireAnswer> {
    const known = this.#prepared.get(text);
    const name = known?.name ?? `q${String(++this.#names)}`;
    const received = await this.#send(
      Buffer.concat([
        ...(known === undefined ? [serialize.parse({ text, name })] : []),
        serialize.bind({ statement: name, values: values.map(queryParameter) }),
        ...(known?.columns === undefined ? [serialize.describe({ type: 'P' })] : []),
        serialize.execute({}),
        serialize.sync(),
      ]),
    );
    const { answer: answered, columns } = answer(received, known?.columns);
    if (known !== undefined || received.some((message) => message.name === 'parseComplete')) {
      this.#prepared.delete(text);
      this.#prepared.set(text, { name, ...(columns !== undefined && { columns }) });
      const oldest = this.#prepared.keys().next().value;
      if (this.#prepared.size > keptStatements && oldest !== undefined) await this.#forget(oldest);
    }
    return answered;
  }

  async #forget(text: string): Promise<void> {
    const known = this.#prepared.get(text);
    this.#prepared.delete(text);
    if (known === undefined) return;
    await this.#send(
      Buffer.concat([serialize.close({ type: 'S', name: known.name }), serialize.sync()]),
    );
  }

  async #send(message: Uint8Array): Promise<readonly Received[]> {
    const received: Received[] = [];
    const onRawData = (bytes: Uint8Array) => {
      // The bytes are the database's own memory: copied before they are read.
      this.#parser.parse(Buffer.from(bytes), (each) => {
        const one = each as unknown as Received;
        if (one.name === 'notification') this.notify(one.channel, one.payload);
        else received.push(one);
      });
    };
    await this.pglite.runExclusive(() =>
      this.pglite.execProtocolRawStream(message, { syncToFs: false, onRawData }),
    );
    return received;
  }
}

/** The messages of the protocol that matter here, by what they carry. */
type Received =
  | { readonly name: 'rowDescription'; readonly fields: readonly Field[] }
  | { readonly name: 'dataRow'; readonly fields: readonly (string | null)[] }
  | { readonly name: 'commandComplete'; readonly text: string }
  | { readonly name: 'readyForQuery'; readonly status: string }
  | (Error & { readonly name: 'error' })
  | { readonly name: 'notification'; readonly channel: string; readonly payload: string }
  | { readonly name: 'parseComplete' }
  | { readonly name: 'noData' };

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** What the messages say; `described` are the columns of a statement that was not described again. */
function answer(
  received: readonly Received[],
  described?: readonly Column[],
): { readonly answer: WireAnswer; readonly columns?: readonly Column[] } {
  const results: QueryResult[] = [];
  let columns = described;
  let rows: Record<string, unknown>[] = [];
  let error: Error | undefined;
  let inTransaction = false;
  for (const message of received) {
    if (message.name === 'rowDescription') {
      columns = message.fields.map(column);
    } else if (message.name === 'noData') {
      columns = [];
    } else if (message.name === 'dataRow') {
      rows.push(row(columns ?? [], message.fields));
    } else if (message.name === 'commandComplete') {
      results.push({ rows, ...command(message.text) });
      rows = [];
    } else if (message.name === 'error') {
      error ??= message;
    } else if (message.name === 'readyForQuery') {
      inTransaction = message.status !== 'I';
    }
  }
  return {
    answer: { results, inTransaction, ...(error === undefined ? {} : { error }) },
    ...(columns !== undefined && { columns }),
  };
}

function column({ name, dataTypeID }: Field): Column {
  return { name, parse: parserOf(dataTypeID) };
}

function row(
  columns: readonly Column[],
  fields: readonly (string | null)[],
): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  columns.forEach(({ name, parse }, index) => {
    const field = fields[index] ?? null;
    made[name] = field === null ? null : parse(field);
  });
  return made;
}

/** `INSERT 0 3` is three rows; `BEGIN` counts none. */
function command(text: string): { command: string; rowCount: number | null } {
  const [word = '', ...rest] = text.split(' ');
  const count = Number(rest.at(-1));
  return { command: word, rowCount: rest.length > 0 && !Number.isNaN(count) ? count : null };
}
