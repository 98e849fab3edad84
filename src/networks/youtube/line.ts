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

/** No answer came. */
export interface Lost {
  readonly kind: 'lost';
  /** False only when the request provably never left. */
  readonly sent: boolean;
  /** A clause about Google as “it”. */
  readonly reason: string;
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

/** Failures of a connection that was never made. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What a thrown failure of `send` says of the request. */
export function lostBy(thrown: unknown, signal: AbortSignal): Lost {
  if (signal.aborted) return { kind: 'lost', sent: true, reason: 'it did not answer in time' };
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const { code, errors } = (cause ?? {}) as { code?: unknown; errors?: { code?: unknown }[] };
  const name = [code, errors?.[0]?.code].find((each) => typeof each === 'string');
  return name !== undefined && neverLeft.has(name)
    ? { kind: 'lost', sent: false, reason: `it cannot be reached (${name})` }
    : { kind: 'lost', sent: true, reason: `the connection broke (${name ?? 'no reason given'})` };
}
