import { Agent } from '@atproto/api';
import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import { failureOf, BlueskyFailure } from './errors.js';
import { limitOf, type ToldLimit } from './rate-limits.js';
import type { Request } from './request.js';
import type { Session } from './secrets.js';
import type { SessionServer } from './session-server.js';
import type { Sessions } from './sessions.js';

/** What a client of one account needs. */
export interface ClientOptions {
  readonly account: AccountId;
  readonly clock: Pick<Clock, 'now'>;
  readonly request: Request;
  readonly server: SessionServer;
  readonly sessions: Pick<Sessions, 'open' | 'renew'>;
  /** Told what answers say of the limits. */
  readonly onLimit?: (method: string, limit: ToldLimit) => void;
}

/** How one request is asked. */
export interface Asking {
  /** `com.atproto.repo.putRecord` */
  readonly method: string;
  readonly signal: AbortSignal;
}

/** Asks Bluesky in the name of one account. Throws `BlueskyFailure`, and what is a bug. */
export interface Client {
  /** With the account's session: a token that the network does not take any more is refreshed once, and the request comes again. */
  ask<T>(asking: Asking, work: (agent: Agent, session: Session) => Promise<T>): Promise<T>;
  /** Without a token, what everybody may read on the account's server. */
  look<T>(asking: Asking, work: (agent: Agent, session: Session) => Promise<T>): Promise<T>;
}

/** Opens the client of one account. */
export function openClient(options: ClientOptions): Client {
  const { account, clock, request, server, sessions } = options;
  const agentFor = (session: Session, { method }: Asking, token: boolean) =>
    new Agent({
      did: session.did,
      fetchHandler: async (path, init) => {
        const headers = new Headers(init.headers);
        if (token) headers.set('authorization', `Bearer ${session.accessJwt}`);
        const address = new URL(path, server.addressOf(session));
        const response = await request(address, { ...init, headers });
        const limit = limitOf(Object.fromEntries(response.headers), clock.now());
        if (limit) options.onLimit?.(method, limit);
        return response;
      },
    });
  const once = async <T>(asking: Asking, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw failureOf(thrown, { account, method: asking.method, now: clock.now() });
    }
  };

  return {
    async ask(asking, work) {
      const session = await sessions.open(asking.signal);
      try {
        return await once(asking, () => work(agentFor(session, asking, true), session));
      } catch (thrown) {
        if (!(thrown instanceof BlueskyFailure) || thrown.meaning !== 'session-spent') throw thrown;
        const renewed = await sessions.renew(session, asking.signal);
        return once(asking, () => work(agentFor(renewed, asking, true), renewed));
      }
    },
    async look(asking, work) {
      const session = await sessions.open(asking.signal);
      return once(asking, () => work(agentFor(session, asking, false), session));
    },
  };
}
