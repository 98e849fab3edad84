import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallboardError, reasonOf } from '../../errors.js';
import { callbackPage, callbackHeaders, type CallbackPage } from './callback-page.js';

/** A server on this machine that waits for one browser to come back from a network's page. */
export interface LocalCallback {
  /** What the network is told: `http://127.0.0.1:40123/callback`. */
  readonly redirectUri: string;
  /**
   * Waits for the browser that brings this state, and answers the whole address that it came with: a secret, because of the code in it. Whoever comes with
   * another state is sent away and changes nothing.
   *
   * @throws CallboardError `callback-late` after `waitMs`; the signal's reason when it is broken off
   */
  wait(state: string, signal: AbortSignal): Promise<string>;
  close(): Promise<void>;
}

/** How the local callback is opened. */
export interface LocalCallbackOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** How long to wait for the browser, in milliseconds; 5 minutes when left out. */
  readonly waitMs?: number;
}

const host = '127.0.0.1';
const path = '/callback';
const usualWaitMs = 5 * 60_000;

/**
 * Listens on 127.0.0.1 for the redirect of an OAuth sign-in: https://www.rfc-editor.org/rfc/rfc8252#section-7.3. The right address is taken once.
 *
 * @throws CallboardError `callback-port-taken`, `callback-port-closed`
 */
export async function openLocalCallback({
  port,
  waitMs = usualWaitMs,
}: LocalCallbackOptions): Promise<LocalCallback> {
  let awaited: { readonly state: string; readonly take: (query: string) => void } | undefined;
  let authority = '';
  const server = createServer((request, response) => {
    const judged = judge(request, authority, awaited?.state);
    if (judged.page === 'taken') {
      const taken = awaited;
      awaited = undefined;
      response.once('close', () => taken?.take(judged.query));
    }
    answer(response, judged.page);
  });
  await listen(server, port);
  authority = `${host}:${String((server.address() as AddressInfo).port)}`;
  const redirectUri = `http://${authority}${path}`;
  return {
    redirectUri,
    async wait(state, signal) {
      signal.throwIfAborted();
      const late = AbortSignal.timeout(waitMs);
      const over = AbortSignal.any([signal, late]);
      const query = await new Promise<string | undefined>((resolve) => {
        over.addEventListener('abort', () => resolve(undefined), { once: true });
        awaited = { state, take: resolve };
      });
      awaited = undefined;
      signal.throwIfAborted();
      if (query === undefined) throw tooLate(waitMs);
      return redirectUri + query;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function judge(
  { method, url = '', headers }: IncomingMessage,
  authority: string,
  state: string | undefined,
): { readonly page: CallbackPage; readonly query: string } {
  const [pathname = ''] = url.split('?', 1);
  const query = url.slice(pathname.length);
  const no = (page: CallbackPage) => ({ page, query: '' });
  // A page of somebody else whose name was bent to this machine asks by its own name.
  if (headers.host !== authority || pathname !== path) return no('unknown');
  if (method !== 'GET') return no('method');
  if (state === undefined) return no('unknown');
  const states = new URLSearchParams(query).getAll('state');
  return states.length === 1 && isSame(states[0] ?? '', state)
    ? { page: 'taken', query }
    : no('stranger');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return expected !== '' && a.length === b.length && timingSafeEqual(a, b);
}

function answer(response: ServerResponse, page: CallbackPage): void {
  const { status, html } = callbackPage(page);
  response.writeHead(status, callbackHeaders).end(html);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(port, error)));
    server.listen(port, host, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function cannotListen(port: number, error: NodeJS.ErrnoException): CallboardError {
  const taken = error.code === 'EADDRINUSE';
  return new CallboardError(
    taken ? 'callback-port-taken' : 'callback-port-closed',
    {
      place: `port ${String(port)}`,
      problem: taken
        ? 'another program listens on it, so that the browser cannot come back to Callboard'
        : `Callboard cannot listen on it (${reasonOf(error)})`,
      remedy:
        'Choose another with --callback-port, or paste the address that the browser ends at with --paste',
    },
    'usage',
    { cause: error },
  );
}

function tooLate(waitMs: number): CallboardError {
  const minutes = Math.max(1, Math.round(waitMs / 60_000));
  return new CallboardError('callback-late', {
    place: 'callboard connect',
    problem: `no browser came back within ${String(minutes)} minutes, and nothing was stored`,
    remedy: 'Run it again; when the browser is on another machine, with --paste',
  });
}
