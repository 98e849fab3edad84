import pg from 'pg';
import { PgliteWire } from '../src/storage/pglite-wire.js';

/** How often a kind of statement ran, and how long all of them took, in milliseconds. */
export interface StatementTime {
  readonly name: string;
  readonly count: number;
  readonly ms: number;
}

/** Watches the statements of this process; `take` answers what they took since the last time, longest first. */
export interface StatementWatch {
  take(): readonly StatementTime[];
  end(): void;
}

const names: readonly (readonly [RegExp, string])[] = [
  [/claim_token = q\.token, claim_boot/, 'claim'],
  [/a\.claim_token = q\.token/, 'settle'],
  [/INSERT INTO callboard\.preview_posts/, 'preview network accepts'],
  [/'uncertain'/, 'lapse'],
  [/FROM callboard\.announcements a.*JOIN callboard\.editions/s, 'read the standing'],
  [/wakes_at <= \$2/, 'what is due'],
];

function nameOf(text: string): string {
  const known = names.find(([pattern]) => pattern.test(text));
  if (known) return known[1];
  const called = /^(?:\s|--[^\n]*\n)*SELECT\s+(?:\*\s+FROM\s+)?(\w+)\(/i.exec(text);
  if (called?.[1] !== undefined) return `BullMQ: ${called[1]}`;
  return text
    .replace(/--[^\n]*\n/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 48);
}

/**
 * Puts a stop watch around every statement of both databases: of the embedded one its own time, of a server the time until the answer, waiting
 * for the connection included.
 */
export function watchStatements(): StatementWatch {
  const times = new Map<string, { count: number; ms: number }>();
  const note = (text: string, began: number) => {
    const name = nameOf(text);
    const known = times.get(name) ?? { count: 0, ms: 0 };
    known.count += 1;
    known.ms += performance.now() - began;
    times.set(name, known);
  };
  const wire = PgliteWire.prototype as unknown as {
    run: (...given: unknown[]) => Promise<unknown>;
  };
  const { run } = wire;
  wire.run = async function (this: unknown, ...given: unknown[]) {
    const began = performance.now();
    try {
      return await run.apply(this, given);
    } finally {
      note(String(given[0]), began);
    }
  };
  const client = pg.Client.prototype as unknown as { query: (...given: unknown[]) => unknown };
  const { query } = client;
  client.query = function (this: unknown, ...given: unknown[]) {
    const began = performance.now();
    const [what] = given;
    const text = typeof what === 'string' ? what : (what as { text?: string }).text;
    const last = given.at(-1);
    if (text === undefined) return query.apply(this, given);
    if (typeof last === 'function') {
      const answer = last as (...answers: unknown[]) => unknown;
      const noted = (...answers: unknown[]) => {
        note(text, began);
        return answer(...answers);
      };
      return query.apply(this, [...given.slice(0, -1), noted]);
    }
    const promised = query.apply(this, given) as Promise<unknown>;
    const end = () => note(text, began);
    promised.then(end, end);
    return promised;
  };
  return {
    take() {
      const taken = [...times].map(([name, { count, ms }]) => ({ name, count, ms }));
      times.clear();
      return taken.sort((one, other) => other.ms - one.ms);
    },
    end() {
      wire.run = run;
      client.query = query;
    },
  };
}
