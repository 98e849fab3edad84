import { Agent } from '@atproto/api';
import { z } from 'zod';
import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import { BlueskyFailure, failureOf } from './errors.js';
import type { Request } from './request.js';
import type { BlueskySecrets, Session } from './secrets.js';

/** Bluesky's own entrance; it knows on which server an account is. */
export const defaultService = 'https://bsky.social';

/** What the requests about sessions need. */
export interface SessionServerOptions {
  readonly account: AccountId;
  readonly clock: Pick<Clock, 'now'>;
  readonly request: Request;
  /** Base address; Bluesky's entrance when left out. A given one is used for everything, whatever the DID document says. */
  readonly service?: string;
}

/** Begins, renews and ends sessions. Throws `BlueskyFailure`. */
export interface SessionServer {
  /** Where all but these requests go. */
  addressOf(session: Pick<Session, 'pds'>): string;
  logIn(credentials: BlueskySecrets['credentials'], signal: AbortSignal): Promise<Session>;
  refresh(session: Session, signal: AbortSignal): Promise<Session>;
  end(session: Session, signal: AbortSignal): Promise<void>;
}

const answer = z.object({
  did: z.string().regex(/^did:[a-z]+:/),
  handle: z.string(),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  didDoc: z.unknown().optional(),
  active: z.boolean().optional(),
});
const didDocument = z.object({
  service: z.array(
    z.object({ id: z.string(), type: z.string(), serviceEndpoint: z.unknown().optional() }),
  ),
});

/** Opens the requests about sessions of one account. */
export function openSessionServer(options: SessionServerOptions): SessionServer {
  const { account, clock, request } = options;
  const service = options.service ?? defaultService;
  const { server } = new Agent({
    fetchHandler: (path, init) => request(new URL(path, service), init),
  }).com.atproto;
  const ask = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      throw failureOf(thrown, { account, method: `com.atproto.server.${name}`, now: clock.now() });
    }
  };
  const sessionOf = (name: string, data: unknown): Session => {
    const read = answer.safeParse(data).data;
    if (!read) {
      throw new BlueskyFailure(account, `com.atproto.server.${name}`, 'doubtful', 'unreadable', {
        problem: 'Bluesky’s answer could not be read',
        remedy: 'It is tried again by itself',
      });
    }
    const { did, handle, accessJwt, refreshJwt, didDoc } = read;
    const pds = pdsOf(didDoc);
    const receivedAt = clock.now();
    return { did, handle, accessJwt, refreshJwt, receivedAt, ...(pds !== undefined && { pds }) };
  };
  const refreshing = ({ refreshJwt }: Session, signal: AbortSignal) => ({
    signal,
    headers: { authorization: `Bearer ${refreshJwt}` },
  });

  return {
    addressOf: ({ pds }) => options.service ?? pds ?? service,
    async logIn({ identifier, appPassword }, signal) {
      const { data } = await ask('createSession', () =>
        server.createSession({ identifier, password: appPassword }, { signal }),
      );
      return sessionOf('createSession', data);
    },
    async refresh(session, signal) {
      const { data } = await ask('refreshSession', () =>
        server.refreshSession(undefined, refreshing(session, signal)),
      );
      const renewed = sessionOf('refreshSession', data);
      // Entrances leave the document out at times: what is known stays known.
      const pds = renewed.pds ?? session.pds;
      return { ...renewed, ...(pds !== undefined && { pds }) };
    },
    async end(session, signal) {
      await ask('deleteSession', () =>
        server.deleteSession(undefined, refreshing(session, signal)),
      );
    },
  };
}

/** The account's own server by its DID document (https://atproto.com/specs/did#did-documents); tokens are sent there, so only by HTTPS. */
function pdsOf(document: unknown): string | undefined {
  const services = didDocument.safeParse(document).data?.service ?? [];
  const endpoint = services.find(
    ({ id, type }) => id.endsWith('#atproto_pds') && type === 'AtprotoPersonalDataServer',
  )?.serviceEndpoint;
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return undefined;
  return new URL(endpoint).protocol === 'https:' ? new URL(endpoint).origin : undefined;
}
