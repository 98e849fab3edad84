import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { TwitterApi, type ITwitterApiClientPlugin } from 'twitter-api-v2';
import { reasonOf } from '../../errors.js';
import type { XAnswer } from './answer.js';

/** Where X answers. */
export const xAddress = 'https://api.x.com';

/** Who asks: a user by either sign-in, or an app that asks for tokens. */
export type XCaller =
  | { readonly bearer: string }
  | {
      readonly apiKey: string;
      readonly apiSecret: string;
      readonly accessToken: string;
      readonly accessSecret: string;
    }
  | { readonly clientId: string; readonly clientSecret?: string | undefined };

/** One request to X's API. */
export interface XQuestion {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/2/`: `tweets`, `users/me`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** How the body is written; JSON without. */
  readonly bodyAs?: 'form' | 'multipart';
}

/** Asks X one thing, once: nothing is retried, no redirect is followed, no answer is thrown. */
export type XLine = (caller: XCaller, question: XQuestion, signal: AbortSignal) => Promise<XAnswer>;

/** Where a line leads and what it bears. */
export interface XLineOptions {
  /** In place of `https://api.x.com`; may have a path. */
  readonly api?: string | undefined;
  /** In place of the above for pictures. */
  readonly upload?: string | undefined;
  /** The longest that one request may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** No answer that is asked for here is longer: 100 posts with their links are about 200 kB. */
const mostBytes = 4_000_000;

/**
 * A line to X. The client library signs and writes the requests; its address, its end and the size of its answers are set by one plugin, for it has no
 * options for them. Each request has a connection of its own: one that was left open may be cut just when a post is sent.
 */
export function openXLine({ api = xAddress, upload = api, timeoutMs }: XLineOptions): XLine {
  return async (caller, question, signal) => {
    const until = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    if (until.aborted) return { kind: 'unreached', reason: 'there was no time left to ask X' };
    const base = question.path.startsWith('media/') ? upload : api;
    const course: Course = { reached: false, reason: '' };
    const client = clientOf(caller, watch(new URL(base), until, course)).v2;
    const { method, path, query = {}, body = {}, bodyAs } = question;
    const options = {
      fullResponse: true as const,
      forceParseMode: 'text' as const,
      compression: 'identity' as const,
      ...(bodyAs && {
        forceBodyMode: bodyAs === 'form' ? ('url' as const) : ('form-data' as const),
      }),
    };
    try {
      const answer =
        method === 'POST'
          ? await client.post<string>(path, { ...body }, options)
          : await client[method === 'GET' ? 'get' : 'delete']<string>(path, { ...query }, options);
      return answered(course, answer.headers, answer.data);
    } catch (thrown) {
      if (isResponseError(thrown)) return answered(course, thrown.headers, thrown.data);
      // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- it may have fallen since
      const reason = until.aborted ? 'X did not answer in time' : course.reason || reasonOf(thrown);
      return { kind: course.reached ? 'lost' : 'unreached', reason };
    }
  };
}

/** What is seen of one request while it is under way. */
interface Course {
  /** The connection stood, so that the request may have arrived. */
  reached: boolean;
  /** Why it broke. */
  reason: string;
  response?: http.IncomingMessage;
}

function watch(base: URL, signal: AbortSignal, course: Course): ITwitterApiClientPlugin {
  return {
    onBeforeRequest({ computedParams, requestOptions, params }) {
      const { url } = computedParams;
      url.protocol = base.protocol;
      url.host = base.host;
      url.port = base.port;
      url.pathname = base.pathname.replace(/\/$/, '') + url.pathname;
      requestOptions.agent = base.protocol === 'http:' ? new http.Agent() : new https.Agent();
      requestOptions.signal = signal;
      params.requestEventDebugHandler = (event, data: unknown) => note(course, event, data);
    },
  };
}

function note(course: Course, event: string, data: unknown): void {
  if (event === 'socket') {
    const { socket } = data as { socket: Duplex & { encrypted?: boolean } };
    // Nothing is written before the connection stands, over TLS before it is secure.
    socket.once(socket.encrypted ? 'secureConnect' : 'connect', () => (course.reached = true));
  } else if (event === 'request-error') {
    const { requestError } = data as { requestError: NodeJS.ErrnoException };
    course.reason = requestError.code ?? requestError.message;
  } else if (event === 'response') {
    const { res } = data as { res: http.IncomingMessage };
    course.response = res;
    let bytes = 0;
    res.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > mostBytes) res.destroy();
    });
  }
}

function clientOf(caller: XCaller, plugin: ITwitterApiClientPlugin): TwitterApi {
  const settings = { plugins: [plugin] };
  if ('bearer' in caller) return new TwitterApi(caller.bearer, settings);
  if ('clientId' in caller) {
    const { clientId, clientSecret } = caller;
    return new TwitterApi({ clientId, ...(clientSecret && { clientSecret }) }, settings);
  }
  const { apiKey, apiSecret, accessToken, accessSecret } = caller;
  return new TwitterApi(
    { appKey: apiKey, appSecret: apiSecret, accessToken, accessSecret },
    settings,
  );
}

interface ResponseError {
  readonly headers: http.IncomingHttpHeaders;
  readonly data: unknown;
}

function isResponseError(thrown: unknown): thrown is ResponseError {
  return thrown instanceof Error && 'type' in thrown && thrown.type === 'response';
}

function answered(course: Course, headers: http.IncomingHttpHeaders, text: unknown): XAnswer {
  const status = course.response?.statusCode;
  // The library passes on what came before a connection broke.
  if (status === undefined || !course.response?.complete) {
    return { kind: 'lost', reason: 'the connection broke in the middle of the answer' };
  }
  const plain = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { kind: 'answered', status, headers: Object.fromEntries(plain), body: parsed(text) };
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
  } catch {
    return undefined;
  }
}
