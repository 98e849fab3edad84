import type { MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import { codingOf, isKnown } from './send-page.js';

/** How long a finished answer is given again as it is, in milliseconds. A page may be so much behind. */
const freshMs = 1_000;

/** Room for answers, in bytes. */
const mostBytes = 32 * 1024 * 1024;

interface Answer {
  readonly body: ArrayBuffer;
  readonly status: 200 | 404 | 410;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: string | undefined;
}

/**
 * Gives the finished answer of a page again for a second to whoever asks in exactly the same way: address, cookies and coding. In front of everything that works on
 * answers, so that a rush on one page costs a look into a table. Only what `sendPage` made is kept: it is marked by the program's version.
 */
export function freshAnswers(): MiddlewareHandler {
  const answers = new LRUCache<string, Answer>({
    ttl: freshMs,
    maxSize: mostBytes,
    sizeCalculation: ({ body }, key) => body.byteLength + key.length * 2 + 1_000,
  });
  return async (c, next) => {
    if (c.req.method !== 'GET') return next();
    const cookies = c.req.header('Cookie') ?? '';
    const key = `${c.req.url}\n${cookies}\n${codingOf(c.req.header('Accept-Encoding')) ?? ''}`;
    const known = answers.get(key);
    if (known) {
      if (known.etag !== undefined && isKnown(c.req.header('If-None-Match'), known.etag)) {
        return new Response(null, { status: 304, headers: known.headers });
      }
      return new Response(known.body, { status: known.status, headers: known.headers });
    }
    await next();
    const { res } = c;
    const { status } = res;
    if (!res.headers.has('X-Program-Version') || res.headers.has('Set-Cookie')) return undefined;
    if (status !== 200 && status !== 404 && status !== 410) return undefined;
    const body = await res.clone().arrayBuffer();
    const headers = Object.fromEntries(res.headers);
    answers.set(key, { body, status, headers, etag: headers.etag });
    return undefined;
  };
}
