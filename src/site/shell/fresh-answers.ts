import type { HttpBindings } from '@hono/node-server';
import { LRUCache } from 'lru-cache';
import { codingOf, isKnown } from './send-page.js';

/** How long a finished answer is given again as it is, in milliseconds. A page may be so much behind. */
const freshMs = 1_000;

/** Room for answers, in bytes. */
const mostBytes = 32 * 1024 * 1024;

/** From a request to its response, as the server asks it. */
export type Answering = (request: Request, bindings: HttpBindings) => Response | Promise<Response>;

interface Answer {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly status: 200 | 404 | 410;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string | undefined;
}

/**
 * Gives the finished answer of a page again for a second to whoever asks in exactly the same way: host, address, cookies and coding. It stands in front of all
 * else that works on requests, so that a rush on one page costs a look into a table; only what passed all of it once is kept, and of that only what `sendPage`
 * made, which is marked by the program's version.
 */
export function freshAnswers(fetch: Answering): Answering {
  const answers = new LRUCache<string, Answer>({
    ttl: freshMs,
    // Else the clock is read for every request.
    ttlResolution: 20,
    maxSize: mostBytes,
    sizeCalculation: ({ body }, key) => body.byteLength + key.length * 2 + 1_000,
  });

  const keep = async (key: string, answering: ReturnType<Answering>): Promise<Response> => {
    const response = await answering;
    const { status } = response;
    if (status !== 200 && status !== 404 && status !== 410) return response;
    const headers = Object.fromEntries(response.headers);
    if (headers['x-program-version'] === undefined) return response;
    if (headers['set-cookie'] !== undefined) return response;
    const body = new Uint8Array(await response.arrayBuffer());
    const answer = { body, status, headers, etag: headers.etag } as const;
    answers.set(key, answer);
    return responseOf(answer);
  };

  return (request, bindings) => {
    const { method, url = '', headers } = bindings.incoming;
    if (method !== 'GET') return fetch(request, bindings);
    const coding = codingOf(headers['accept-encoding']?.toString()) ?? '';
    const key = [headers.host, url, headers.cookie, coding].join('\n');
    const known = answers.get(key);
    if (!known) return keep(key, fetch(request, bindings));
    return known.etag !== undefined && isKnown(headers['if-none-match'], known.etag)
      ? new Response(null, { status: 304, headers: known.headers })
      : responseOf(known);
  };
}

function responseOf({ body, status, headers }: Answer): Response {
  return new Response(body, { status, headers });
}
