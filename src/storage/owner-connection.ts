import { connect, type Socket } from 'node:net';
import { resolve, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CallboardError } from '../errors.js';
import { generations, pipeOf, socketNameOf, withShortPath } from './owner-address.js';
import {
  errorOf,
  jsonLines,
  sendLine,
  type OwnerAnswer,
  type OwnerGreeting,
  type OwnerRequest,
} from './owner-messages.js';

const mostAnswerBytes = 256 * 1024 * 1024;
const connectTries = 3;
const betweenTriesMs = 20;
const greetingTimeoutMs = 3_000;

/** A connection to a living owner, and the lines that it says. */
export interface FoundOwner {
  readonly socket: Socket;
  readonly lines: AsyncGenerator;
}

/** Connects to the owner at a socket or pipe; undefined when its process is dead or there is none. */
export async function findOwner(path: string): Promise<FoundOwner | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const socket = await connectTo(path);
    if (socket) return { socket, lines: jsonLines(socket, mostAnswerBytes) };
    // One that is busy beyond its backlog refuses as well; a dead one refuses always.
    if (attempt === connectTries) return undefined;
    await wait(betweenTriesMs);
  }
}

function connectTo(path: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.off('error', failed);
      socket.on('error', () => undefined);
      resolve(socket);
    });
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(undefined);
      else reject(error);
    };
    socket.once('error', failed);
  });
}

/** Who the owner says it is; undefined when it is too busy to say. */
export async function greetingOf(owner: FoundOwner): Promise<OwnerGreeting | undefined> {
  const timer = setTimeout(() => owner.socket.destroy(), greetingTimeoutMs);
  try {
    const greeting = await owner.lines.next();
    return greeting.done === true ? undefined : (greeting.value as OwnerGreeting);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Asks the process that owns the data of a folder to do something, and waits for its answer; 'nobody' when none owns it, so that one may open
 * the data oneself.
 *
 * @throws CallboardError that the owner threw, with its code, complaint and exit; `owner-lost` when it ended before it answered.
 */
export async function askOwner(
  folder: string,
  request: OwnerRequest,
  how: { readonly signal?: AbortSignal; readonly onProgress?: (progress: unknown) => void } = {},
): Promise<{ readonly result: unknown } | 'nobody'> {
  const place = resolve(folder);
  const owner = await ownerOf(place);
  if (owner === undefined) return 'nobody';
  const abort = () => owner.socket.destroy();
  how.signal?.addEventListener('abort', abort);
  try {
    how.signal?.throwIfAborted();
    await sendLine(owner.socket, request);
    await owner.lines.next();
    for await (const line of owner.lines) {
      const answer = line as OwnerAnswer;
      if (answer.kind === 'result') return { result: answer.result };
      if (answer.kind !== 'progress') throw errorOf(answer);
      how.onProgress?.(answer.progress);
    }
    how.signal?.throwIfAborted();
    throw ownerLost(place);
  } catch (thrown) {
    how.signal?.throwIfAborted();
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    throw cutOff.includes(code) ? ownerLost(place) : thrown;
  } finally {
    how.signal?.removeEventListener('abort', abort);
    owner.socket.destroy();
  }
}

/** What Node says when the other side is gone in mid-conversation. */
const cutOff = ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE'];

function ownerLost(place: string): CallboardError {
  return new CallboardError(
    'owner-lost',
    {
      place,
      problem: 'the running Callboard ended before it answered',
      remedy: 'See its log, and ask again',
    },
    'storage',
  );
}

async function ownerOf(place: string): Promise<FoundOwner | undefined> {
  if (process.platform === 'win32') {
    return findOwner(await pipeOf(place).catch(() => 'nowhere'));
  }
  return withShortPath(place, async (path) => {
    const [highest] = await generations(path).catch(() => []);
    return highest === undefined ? undefined : findOwner(join(path, socketNameOf(highest)));
  });
}
