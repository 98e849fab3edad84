/** No answer came. */
export interface Lost {
  readonly kind: 'lost';
  /** False only when the request provably never left. */
  readonly sent: boolean;
  /** A clause about the network as “it”. */
  readonly reason: string;
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

/**
 * What a failure that `fetch` threw says of its request.
 *
 * @param signal that the request was bounded by
 */
export function lostBy(thrown: unknown, signal: AbortSignal): Lost {
  if (signal.aborted) return { kind: 'lost', sent: true, reason: 'it did not answer in time' };
  const cause = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
  const { code, errors } = (cause ?? {}) as { code?: unknown; errors?: { code?: unknown }[] };
  const name = [code, errors?.[0]?.code].find((each) => typeof each === 'string');
  return name !== undefined && neverLeft.has(name)
    ? { kind: 'lost', sent: false, reason: `it cannot be reached (${name})` }
    : { kind: 'lost', sent: true, reason: `the connection broke (${name ?? 'no reason given'})` };
}
