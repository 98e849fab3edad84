import { chmod, link, mkdir, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { CallboardError } from '../errors.js';
import {
  generations,
  passingName,
  passingNames,
  pipeOf,
  socketNameOf,
  withShortPath,
} from './owner-address.js';
import { findOwner, greetingOf, type FoundOwner } from './owner-connection.js';
import {
  answerOf,
  jsonLines,
  sendLine,
  type OwnerGreeting,
  type OwnerRequest,
} from './owner-messages.js';
import { storageError } from './storage-error.js';

const mostRequestBytes = 4 * 1024 * 1024;

/** Does what is asked of the owner: an operation with its input; may report progress any number of times. */
export type OwnerHandler = (
  request: OwnerRequest,
  report: (progress: unknown) => void,
  signal: AbortSignal,
) => Promise<unknown>;

/** The right to the embedded data of a folder, until it is closed or the process ends. */
export interface Owner {
  /** Ends the right; requests under way are aborted. */
  close(): Promise<void>;
}

/**
 * Makes this process the one owner of a data folder, whose socket there is lock and command channel.
 *
 * Owners are numbered. A starter finds the highest number; if nobody answers there, it listens under a passing name of its own and links that to
 * the next number, which succeeds for one only and never shows a socket that does not listen yet. The highest number is never removed, so whoever
 * was slow sees a higher one than its own and yields. Whoever has won removes passing names that others left; one who loses its name so tries again.
 *
 * @throws CallboardError `data-folder-in-use` naming the process that has it.
 */
export async function claimOwnership(folder: string, handler: OwnerHandler): Promise<Owner> {
  const place = resolve(folder);
  try {
    await mkdir(place, { recursive: true, mode: 0o700 });
    return process.platform === 'win32'
      ? await claimPipe(place, handler)
      : await withShortPath(place, (path) => claimSocket(place, path, handler));
  } catch (thrown) {
    throw storageError(place, thrown);
  }
}

async function claimSocket(place: string, path: string, handler: OwnerHandler): Promise<Owner> {
  for (;;) {
    const [highest = 0] = await generations(path);
    const found = highest === 0 ? undefined : await findOwner(join(path, socketNameOf(highest)));
    if (found) throw await inUse(place, found);
    const mine = highest + 1;
    const server = new OwnerServer(handler);
    const passing = join(path, passingName());
    await server.listen(passing);
    const linked = await linkTo(passing, join(path, socketNameOf(mine)));
    await rm(passing, { force: true });
    const [highestNow = 0] = await generations(path);
    if (linked && highestNow === mine) {
      await forgetOld(path, mine);
      return server;
    }
    await server.close();
    if (linked) await rm(join(path, socketNameOf(mine)), { force: true });
  }
}

/** Shows a socket that listens under its lasting name; false when that is taken, or the passing name was tidied away by one who won. */
async function linkTo(passing: string, lasting: string): Promise<boolean> {
  try {
    await chmod(passing, 0o600);
    await link(passing, lasting);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw thrown;
  }
}

/** The one before stays as well: a folder that is listed while numbers change must show one of the last two. */
async function forgetOld(path: string, mine: number): Promise<void> {
  for (const number of await generations(path)) {
    if (number < mine - 1) await rm(join(path, socketNameOf(number)), { force: true });
  }
  for (const name of await passingNames(path)) await rm(join(path, name), { force: true });
}

async function claimPipe(place: string, handler: OwnerHandler): Promise<Owner> {
  const pipe = await pipeOf(place);
  const server = new OwnerServer(handler);
  try {
    await server.listen(pipe);
    return server;
  } catch (thrown) {
    const found = await findOwner(pipe);
    if (found) throw await inUse(place, found);
    throw thrown;
  }
}

async function inUse(place: string, found: FoundOwner): Promise<CallboardError> {
  const greeting = await greetingOf(found);
  found.socket.destroy();
  const who = greeting
    ? `process ${String(greeting.pid)} has had it since ${greeting.since}`
    : 'another Callboard has it';
  return new CallboardError(
    'data-folder-in-use',
    {
      place,
      problem: `the data folder is in use: ${who}`,
      remedy: 'Stop that one first, or choose another data folder',
    },
    'storage',
  );
}

/** Greets whoever connects, reads one request, answers it. */
class OwnerServer implements Owner {
  readonly #server: Server;
  readonly #connections = new Map<Socket, AbortController>();
  readonly #greeting: OwnerGreeting = { pid: process.pid, since: new Date().toISOString() };

  constructor(private readonly handler: OwnerHandler) {
    this.#server = createServer((socket) => void this.#serve(socket));
  }

  listen(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, () => {
        this.#server.off('error', reject);
        this.#server.on('error', () => undefined);
        resolve();
      });
    });
  }

  close(): Promise<void> {
    for (const [socket, controller] of this.#connections) {
      controller.abort();
      socket.destroy();
    }
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(socket: Socket): Promise<void> {
    const controller = new AbortController();
    this.#connections.set(socket, controller);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      controller.abort();
      this.#connections.delete(socket);
    });
    try {
      await sendLine(socket, this.#greeting);
      const asked = await jsonLines(socket, mostRequestBytes).next();
      if (asked.done !== true) {
        await sendLine(socket, await this.#answer(socket, asked.value, controller.signal));
      }
    } catch (thrown) {
      await sendLine(socket, answerOf(thrown));
    } finally {
      socket.destroySoon();
    }
  }

  async #answer(socket: Socket, line: unknown, signal: AbortSignal) {
    const { operation, input } = (line ?? {}) as Partial<OwnerRequest>;
    if (typeof operation !== 'string') return answerOf(new Error('a request names an operation'));
    try {
      const report = (progress: unknown) => void sendLine(socket, { kind: 'progress', progress });
      const result = await this.handler({ operation, input }, report, signal);
      return { kind: 'result', result: result ?? null } as const;
    } catch (thrown) {
      return answerOf(thrown);
    }
  }
}
