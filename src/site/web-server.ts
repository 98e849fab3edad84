import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { CallboardError, reasonOf } from '../errors.js';
import { entranceOf, type Entrance } from './entrance.js';
import { freshAnswers } from './shell/fresh-answers.js';
import { createWebApp } from './web-app.js';
import type { WebContext } from './web-context.js';

/** Where the pages are served. */
export interface WebBinding {
  /** The address to bind; loopback addresses get a check of the Host header. */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustProxy?: readonly string[];
}

/** The running web server. */
export interface WebServer {
  /** For people on this machine: `http://localhost:4680`. */
  readonly address: string;
  readonly port: number;
  /** How whoever started it comes to the organizers' pages; a key in it is for their eyes only. */
  readonly entrance: Entrance;
  /** Ends live streams, lets answers under way finish for up to two seconds, then cuts what is left. */
  close(): Promise<void>;
}

const closingGraceMs = 2_000;

/**
 * Serves all pages, on 127.0.0.1 unless told otherwise.
 *
 * @throws CallboardError `port-taken`, `port-forbidden` or `host-unknown` (exit `usage`).
 */
export async function startWeb(
  context: WebContext,
  { host = '127.0.0.1', port, trustProxy = [] }: WebBinding,
): Promise<WebServer> {
  const closing = new AbortController();
  const name = nameForPeople(host);
  const entrance = entranceOf({ site: context.site, name, proxies: trustProxy });
  const app = createWebApp(context, { host, closing: closing.signal, entrance, trustProxy });
  const fetch = freshAnswers((request, bindings) => app.fetch(request, bindings));
  const server = createAdaptorServer({
    fetch: (request, bindings) => fetch(request, bindings as HttpBindings),
  }) as Server;
  await listen(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  return {
    address: `http://${name}:${bound}`,
    port: bound,
    entrance,
    close: async () => {
      closing.abort();
      await close(server);
      await context.visitors?.close();
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(bindingError(error, host, port)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), closingGraceMs);
    // A connection that falls idle only now would be kept for its next request.
    const idle = setInterval(() => server.closeIdleConnections(), 20);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
  });
}

function nameForPeople(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

/** Code and problem of what can be wrong with a port. */
const causes: Readonly<Record<string, readonly [code: string, problem: string]>> = {
  EADDRINUSE: ['port-taken', 'another program listens on it'],
  EACCES: ['port-forbidden', 'the system does not let this user listen on it'],
};

function bindingError(error: NodeJS.ErrnoException, host: string, port: number): CallboardError {
  const [code, problem] = causes[error.code ?? ''] ?? [];
  if (code !== undefined && problem !== undefined) {
    const complaint = {
      place: `port ${port}`,
      problem,
      remedy: 'Choose another with --port or CALLBOARD_PORT',
    };
    return new CallboardError(code, complaint, 'usage', { cause: error });
  }
  const complaint = {
    place: `address ${host}`,
    problem: `this machine cannot listen there (${reasonOf(error)})`,
    remedy: 'Bind to 127.0.0.1, or to 0.0.0.0 for every address of this machine',
  };
  return new CallboardError('host-unknown', complaint, 'usage', { cause: error });
}
