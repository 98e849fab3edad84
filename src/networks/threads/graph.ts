import type { ZodType } from 'zod';
import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { EpochMs } from '../../program/time.js';
import { lostBy, type Lost } from '../lost.js';
import { meaningOf, wordsOf, type Meaning, type Refusal } from './graph-refusal.js';

/** One request to the Graph API. */
export interface GraphCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** `/v1.0/me/threads`. */
  readonly path: string;
  /** Undefined ones are left out. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** What came of a request. */
export type GraphAnswer<T> =
  | { readonly kind: 'answered'; readonly value: T; readonly networkTime?: EpochMs }
  /** A readable no. */
  | { readonly kind: 'refused'; readonly meaning: Meaning; readonly refusal: Refusal }
  /** No answer that can be read; `sent` is false only when the request provably never left. */
  | Lost;

/** Asks the Graph API and validates its answers. Never throws for what the network does. */
export type AskGraph = <T>(
  call: GraphCall,
  token: string | undefined,
  shape: ZodType<T>,
) => Promise<GraphAnswer<T>>;

/** What asking needs. */
export interface GraphOptions {
  /** Base address. */
  readonly api: string;
  /** The longest that one request may take, in milliseconds. */
  readonly requestMs: number;
  readonly clock: Clock;
}

/** No answer that we ask for comes near this. */
const mostBytes = 1_000_000;

const errorShape = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number().optional(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().default(false),
    error_user_title: z.string().optional(),
    error_user_msg: z.string().optional(),
  }),
});

/**
 * Opens the way to the Graph API. The token goes as the parameter `access_token`, as Meta's own collection has it: in the body of a POST, in the query
 * elsewhere. Redirects are not followed.
 */
export function createGraph({ api, requestMs, clock }: GraphOptions): AskGraph {
  return async (call, token, shape) => {
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(requestMs)]);
    if (call.signal.aborted) return { kind: 'lost', sent: false, reason: 'there was no time left' };
    let response: Response;
    try {
      response = await fetch(...requestOf(api, call, token), signal);
    } catch (thrown) {
      return lostBy(thrown, signal);
    }
    let text: string | undefined;
    try {
      text = await boundedText(response);
    } catch (thrown) {
      return { ...lostBy(thrown, signal), sent: true };
    }
    return answerOf(response, text, shape, clock.now());
  };
}

function requestOf(api: string, call: GraphCall, token: string | undefined) {
  const given = { ...call.parameters, access_token: token };
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined) parameters.set(name, value);
  }
  const url = new URL(call.path, api);
  if (call.method !== 'POST') url.search = parameters.toString();
  return [
    url,
    { method: call.method, ...(call.method === 'POST' && { body: parameters }) },
  ] as const;
}

function fetch(
  url: URL,
  init: { readonly method: string; readonly body?: URLSearchParams },
  signal: AbortSignal,
): Promise<Response> {
  return globalThis.fetch(url, {
    ...init,
    signal,
    redirect: 'manual',
    headers: { accept: 'application/json' },
  });
}

/** The body, or undefined when it is longer than anything that we ask for. */
async function boundedText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;

  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answerOf<T>(
  response: Response,
  text: string | undefined,
  shape: ZodType<T>,
  now: EpochMs,
): GraphAnswer<T> {
  const { status, headers } = response;
  const body = json(text);
  if (status >= 200 && status < 300) {
    const read = shape.safeParse(body);
    const networkTime = Date.parse(headers.get('date') ?? '');
    return read.success
      ? {
          kind: 'answered',
          value: read.data,
          ...(!Number.isNaN(networkTime) && { networkTime }),
        }
      : { kind: 'lost', sent: true, reason: 'its answer cannot be read' };
  }
  const { data } = errorShape.safeParse(body);
  // Without Meta's own words only these say for certain what they mean.
  if (!data && ![401, 403, 429].includes(status)) {
    return { kind: 'lost', sent: true, reason: `it answered with status ${status}` };
  }
  const notBefore = retryAfter(headers.get('retry-after'), now);
  const refusal: Refusal = {
    status,
    transient: data?.error.is_transient ?? false,
    said: wordsOf(
      [data?.error.message, data?.error.error_user_title, data?.error.error_user_msg]
        .filter((words) => words)
        .join(': '),
    ),
    ...(data?.error.code !== undefined && { code: data.error.code }),
    ...(data?.error.error_subcode !== undefined && { subcode: data.error.error_subcode }),
    ...(notBefore !== undefined && { notBefore }),
  };
  return { kind: 'refused', meaning: meaningOf(refusal), refusal };
}

function json(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds or as a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. At most a day ahead. */
function retryAfter(header: string | null, now: EpochMs): EpochMs | undefined {
  if (!header) return undefined;
  const at = /^\d{1,9}$/.test(header) ? now + Number(header) * 1_000 : Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.min(at, now + 86_400_000);
}
