import type { Socket } from 'node:net';
import { CallboardError, exitCodes, reasonOf, type ExitReason } from '../errors.js';

/** The first line that an owner says to whoever connects. */
export interface OwnerGreeting {
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
}

/** What is asked of the owner of the data: an operation of Callboard and its input. */
export interface OwnerRequest {
  readonly operation: string;
  readonly input: unknown;
}

/** The lines with which an owner answers: any number of progress lines, then one of the others. */
export type OwnerAnswer =
  | { readonly kind: 'progress'; readonly progress: unknown }
  | { readonly kind: 'result'; readonly result: unknown }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly place: string;
      readonly problem: string;
      readonly remedy: string;
      readonly exit: ExitReason;
    }
  | { readonly kind: 'broke'; readonly message: string };

/** What an error becomes on the way to the one who asked; a stack stays at home. */
export function answerOf(thrown: unknown): OwnerAnswer {
  if (thrown instanceof CallboardError) {
    const { code, exit, complaint } = thrown;
    return { kind: 'refused', code, exit, ...complaint };
  }
  return { kind: 'broke', message: reasonOf(thrown) };
}

/** The error that an answer stands for, as if it had been thrown here. */
export function errorOf(answer: Extract<OwnerAnswer, { kind: 'refused' | 'broke' }>): Error {
  if (answer.kind === 'broke') return new Error(answer.message);
  const exit = answer.exit in exitCodes ? answer.exit : 'failure';
  return new CallboardError(answer.code, answer, exit);
}

/**
 * Reads JSON, one value a line, until the other side ends.
 *
 * @throws Error when a line is longer than `mostBytes`, or is no JSON.
 */
export async function* jsonLines(socket: Socket, mostBytes: number): AsyncGenerator {
  let parts: Buffer[] = [];
  let bytes = 0;
  // What leaves the loop early may still have something to say on the connection.
  for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    let rest = chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      parts.push(rest.subarray(0, end));
      yield JSON.parse(Buffer.concat(parts).toString('utf8'));
      rest = rest.subarray(end + 1);
      parts = [];
      bytes = 0;
    }
    parts.push(rest);
    bytes += rest.length;
    if (bytes > mostBytes) throw new Error(`a message of more than ${mostBytes} bytes`);
  }
}

/** Writes one value as a line; waits while the other side is slow. */
export async function sendLine(socket: Socket, value: unknown): Promise<void> {
  if (socket.destroyed) return;
  if (socket.write(`${JSON.stringify(value)}\n`)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.on('drain', done);
    socket.on('close', done);
  });
}
