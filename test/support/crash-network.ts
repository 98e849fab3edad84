import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PreviewPost } from '../../src/networks/preview/timeline.js';
import type { Random } from './crash-random.js';
import type { NetworkRequest } from './crash-timeline.js';

/** What happens to a request: it arrives, is accepted (or lost, because its sender is gone), is answered. */
export type NetworkMoment = 'received' | 'accepted' | 'answered' | 'dropped';

/** The network of the crash tests. It runs in the process that kills, so that it outlives every worker. */
export interface CrashNetwork {
  /** Where workers reach it. */
  readonly port: number;
  /** Requests to put something up that arrived so far. */
  readonly received: number;
  /** Every request that it accepted, from its own file. */
  accepted(): readonly PreviewPost[];
  /** Calls the listener at every moment of every request; answers the function that ends it. */
  on(listener: (moment: NetworkMoment) => void): () => void;
  /** Breaks off what this process has under way here; the kernel does so too, but only when it has taken all of its memory back. */
  senderDied(pid: number): void;
  close(): Promise<void>;
}

/**
 * Starts a preview network whose only memory is an append-only file of the requests that it accepted. It answers after 50–200 ms and puts
 * up whatever comes, the same key twice as well. A request whose sender dies on the way is taken or lost, as on real networks.
 */
export async function startCrashNetwork({
  file,
  random,
  answerMs = [50, 200],
  takenFromTheDead = 0.5,
}: {
  readonly file: string;
  readonly random: Random;
  readonly answerMs?: readonly [number, number];
  /** A sender that dies while its request is under way: so often, from 0 to 1, the network takes it all the same. */
  readonly takenFromTheDead?: number | undefined;
}): Promise<CrashNetwork> {
  writeFileSync(file, '');
  const listeners = new Set<(moment: NetworkMoment) => void>();
  const sockets = new Map<Socket, number>();
  let received = 0;
  let sequence = 0;
  const tell = (moment: NetworkMoment) => listeners.forEach((listener) => listener(moment));
  const read = () =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as PreviewPost);

  const accept = async (request: NetworkRequest & { kind: 'accept' }, socket: Socket) => {
    received += 1;
    tell('received');
    const [least, most] = answerMs;
    await sleep(random.between(least / 2, most / 2));
    if (socket.destroyed && random.next() >= takenFromTheDead) {
      tell('dropped');
      return undefined;
    }
    sequence += 1;
    const post: PreviewPost = { ...request.post, sequence };
    appendFileSync(file, `${JSON.stringify(post)}\n`);
    tell('accepted');
    await sleep(random.between(least / 2, most / 2));
    return post;
  };

  const serve = async (request: NetworkRequest, socket: Socket) => {
    const answer =
      request.kind === 'accept'
        ? await accept(request, socket)
        : read().find(({ account, key }) => account === request.account && key === request.key);
    if (socket.destroyed) return;
    socket.end(`${JSON.stringify(answer ?? null)}\n`);
    if (request.kind === 'accept') tell('answered');
  };

  const server = createServer((socket) => {
    sockets.set(socket, 0);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      const request = JSON.parse(text) as NetworkRequest;
      sockets.set(socket, request.sender);
      void serve(request, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  return {
    port: address.port,
    get received() {
      return received;
    },
    accepted: read,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    senderDied(pid) {
      for (const [socket, sender] of sockets) if (sender === pid) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets.keys()) socket.destroy();
      }),
  };
}
