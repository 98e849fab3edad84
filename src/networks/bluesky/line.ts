import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import { boundedRequest, type Request } from './request.js';
import { openSessionServer, type SessionServer } from './session-server.js';

/** How an account's server is reached. */
export interface LineOptions {
  readonly clock: Clock;
  /** Base address of a server to use for everything; as for the publisher. */
  readonly service?: string;
  /** Longest time for one request, milliseconds; 10,000 when left out. */
  readonly requestMs?: number;
}

/** What asks a server, and where sessions begin. */
export interface Line {
  readonly request: Request;
  readonly server: SessionServer;
}

const defaultRequestMs = 10_000;

/** Opens the line to the server of one account; nothing is asked yet. */
export function openLine(
  { clock, service, requestMs = defaultRequestMs }: LineOptions,
  account: AccountId,
): Line {
  const request = boundedRequest({ requestMs });
  const server = openSessionServer({
    account,
    clock,
    request,
    ...(service !== undefined && { service }),
  });
  return { request, server };
}
