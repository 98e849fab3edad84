/** An answer as it came. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The body; undefined when it is longer than anything that we ask for. */
  readonly text: string | undefined;
}

/** What is sent to an address. */
export interface Sending {
  readonly method: string;
  readonly headers?: Headers | Readonly<Record<string, string>> | undefined;
  readonly body?: RequestInit['body'] | undefined;
  readonly signal: AbortSignal;
}

/** A page of 2,000 chat messages has about 3 MB; nothing else comes near that. */
const mostBytes = 8_000_000;

/** Sends one request; redirects are not followed, the body is bounded. Throws as `fetch` does. */
export async function send(address: string | URL, sending: Sending): Promise<Reply> {
  const { method, headers, body, signal } = sending;
  const response = await fetch(address, {
    method,
    signal,
    redirect: 'manual',
    ...(headers && { headers }),
    ...(body !== undefined && body !== null && { body, duplex: 'half' }),
  });
  const { status } = response;
  return { status, headers: response.headers, text: await boundedText(response) };
}

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
