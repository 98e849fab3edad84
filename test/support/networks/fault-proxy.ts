import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../src/clock.js';

/** What goes wrong between a publisher and its network, for one request. */
export type Fault =
  /** The connection breaks before the network sees the request. */
  | { readonly kind: 'cut-before' }
  /** The network does as it is asked; its answer is lost. */
  | { readonly kind: 'cut-after' }
  /** The network does as it is asked; the connection breaks in the middle of its answer. */
  | { readonly kind: 'cut-middle' }
  /** The network does as it is asked and answers so much later. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The request reaches the network only so much later, whoever gave up meanwhile. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Answered without the network having seen it. */
  | ({ readonly kind: 'answer' } & Answer)
  /** The network does as it is asked, and yet this is answered. */
  | ({ readonly kind: 'lie' } & Answer);

/** An HTTP answer. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
}

/** A request as it came through. */
export interface SeenRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly body: Buffer;
}

/** Around every request: what a test wants to happen to it. */
export interface Line {
  /** Asked before a request is passed on; may wait, and may end the line. */
  before?(request: SeenRequest): Fault | undefined | Promise<Fault | undefined>;
  /** Told when the network has answered, before its answer is passed back. */
  after?(request: SeenRequest): void | Promise<void>;
}

/** A line between a publisher and its network. */
export interface FaultProxy {
  /** `http://127.0.0.1:40123`, in place of the network's own. */
  readonly origin: string;
  /** Breaks every connection; nothing passes any more, in either direction. */
  close(): Promise<void>;
}

/**
 * Puts a line between a publisher and the server of a network, on which things go wrong as a test wants. Every answer bears the clock's time as its `Date`,
 * or one that is `skewMs` off.
 */
export async function openFaultProxy(
  upstream: string,
  line: Line,
  clock: Pick<Clock, 'now'>,
  skewMs: () => number = () => 0,
): Promise<FaultProxy> {
  let open = true;
  const date = () => new Date(clock.now() + skewMs()).toUTCString();
  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(incoming);
    const seen = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', body };
    const fault = await line.before?.(seen);
    if (!open || fault?.kind === 'cut-before') {
      broken(response);
      return;
    }
    if (fault?.kind === 'answer') {
      send(response, answerOf(fault), date());
      return;
    }
    if (fault?.kind === 'late') await pause(fault.ms);
    const answer = await forward(upstream, incoming, body);
    await line.after?.(seen);
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it was awaited since
    if (!open || fault?.kind === 'cut-after') {
      broken(response);
      return;
    }
    if (fault?.kind === 'slow') await pause(fault.ms);
    if (fault?.kind === 'lie') {
      send(response, answerOf(fault), date());
      return;
    }
    if (fault?.kind === 'cut-middle') {
      response.writeHead(answer.status, {
        'content-type': answer.headers['content-type'] ?? 'application/json',
        'content-length': String(Math.max(2, answer.body.length)),
        date: date(),
      });
      response.write(answer.body.subarray(0, Math.max(1, Math.floor(answer.body.length / 2))));
      await pause(5);
      broken(response);
      return;
    }
    send(response, answer, date());
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    async close() {
      if (!open) return;
      open = false;
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function broken(response: ServerResponse): void {
  response.destroy();
}

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

function answerOf({ status, headers = {}, body }: Answer): RawAnswer {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: bytes };
}

function send(response: ServerResponse, { status, headers, body }: RawAnswer, date: string): void {
  const { connection: _connection, 'transfer-encoding': _encoding, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': String(body.length), date });
  response.end(body);
}

function forward(upstream: string, incoming: IncomingMessage, body: Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const passed = request(
      new URL(incoming.url ?? '/', upstream),
      { method: incoming.method, headers: { ...headers, 'content-length': body.length } },
      (answer) => {
        buffer(answer).then(
          (bytes) =>
            resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes }),
          reject,
        );
      },
    );
    passed.on('error', reject);
    passed.end(body);
  });
}
