/** What bounds the requests of one publisher. */
export interface RequestBounds {
  /** Longest time for one request, milliseconds. */
  readonly requestMs: number;
  /** Largest answer, bytes. */
  readonly mostBytes?: number;
}

/** Twenty-five posts with everything that an AppView adds stay far below. */
const defaultMostBytes = 2_000_000;

/** A request that was not begun since its time was up. */
class NeverSent extends Error {
  override readonly name = 'NeverSent';
}

/** One request; its answer is read to its end, and is no longer than allowed. */
export type Request = (address: URL, init: RequestInit) => Promise<Response>;

/** A `fetch` that ends: in time, within so many bytes, at the address that it was given. A redirect is an answer that is not followed. */
export function boundedRequest({
  requestMs,
  mostBytes = defaultMostBytes,
}: RequestBounds): Request {
  return async (address, init) => {
    const { signal } = init;
    if (signal?.aborted) throw new NeverSent('there was no time left to ask');
    const timeout = AbortSignal.timeout(requestMs);
    const response = await fetch(address, {
      ...init,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const bytes = await readBounded(response, mostBytes);
    const empty = [101, 204, 205, 304].includes(response.status);
    return new Response(empty ? null : bytes, {
      status: response.status,
      headers: response.headers,
    });
  };
}

async function readBounded(
  response: Response,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > mostBytes) throw new Error(`the answer is longer than ${String(mostBytes)} bytes`);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
