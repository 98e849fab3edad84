import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PreviewPost, PreviewTimeline } from '../../src/networks/preview/timeline.js';

/** What a worker asks of the network. */
export type NetworkRequest = {
  /** The process that asks. */
  readonly sender: number;
} & (
  | { readonly kind: 'accept'; readonly post: Omit<PreviewPost, 'sequence' | 'removedAt'> }
  | { readonly kind: 'find'; readonly account: string; readonly key: string }
);

/** A request leaves after up to so many milliseconds, so that a kill can hit between claim and request. */
const longestWayOutMs = 40;

/** The network as a worker sees it, in the place of the preview network's timeline. */
export function connectCrashNetwork(port: number): PreviewTimeline {
  return {
    async accept(post) {
      await sleep(Math.random() * longestWayOutMs);
      const standing = await ask(port, { sender: process.pid, kind: 'accept', post });
      if (!standing) throw new Error('the network gave no answer');
      return standing;
    },
    find: (account, key) => ask(port, { sender: process.pid, kind: 'find', account, key }),
    remove: () => Promise.reject(new Error('nothing is taken down in a crash test')),
    list: () => Promise.reject(new Error('nobody looks at the timeline in a crash test')),
  };
}

function ask(port: number, request: NetworkRequest): Promise<PreviewPost | undefined> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(`${JSON.stringify(request)}\n`);
    });
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => {
      if (!text.endsWith('\n')) reject(new Error('the network broke the connection off'));
      else resolve((JSON.parse(text) as PreviewPost | null) ?? undefined);
    });
  });
}
