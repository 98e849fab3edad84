import { z } from 'zod';
import type { EpochMs } from '../../program/time.js';

const session = z.object({
  did: z.string().regex(/^did:[a-z]+:/),
  handle: z.string(),
  accessJwt: z.string(),
  refreshJwt: z.string(),
  /** The account's own server, by its DID document. */
  pds: z.url().optional(),
  /** When it was received, by our clock. */
  receivedAt: z.number(),
});

const secrets = z.object({
  credentials: z.object({ identifier: z.string().min(1), appPassword: z.string().min(1) }),
  session: session.optional(),
});

/** A session with Bluesky: who it is for, and the two tokens. */
export type Session = z.infer<typeof session>;

/** What the vault keeps of a Bluesky account. */
export type BlueskySecrets = z.infer<typeof secrets>;

/** The secrets as they were kept; undefined when they are none of Bluesky's. */
export function readSecrets(kept: unknown): BlueskySecrets | undefined {
  return secrets.safeParse(kept).data;
}

/** What an access token says of itself. It is not checked: only its server can. */
export interface TokenClaims {
  /** How long it lives, milliseconds. */
  readonly lifeMs: number;
  /** `com.atproto.access` for the main password, `com.atproto.appPass` or `com.atproto.appPassPrivileged` for an app password. */
  readonly scope?: string;
}

/** By the documentation; counted on when a token says nothing of itself. */
const usualLifeMs = 2 * 60 * 60_000;
const claims = z.object({ iat: z.number(), exp: z.number(), scope: z.string().optional() });

/** Reads what a token says of itself. */
export function claimsOf(token: string): TokenClaims {
  const { data } = claims.safeParse(payloadOf(token));
  if (!data || data.exp <= data.iat) return { lifeMs: usualLifeMs };
  const lifeMs = (data.exp - data.iat) * 1_000;
  return data.scope === undefined ? { lifeMs } : { lifeMs, scope: data.scope };
}

function payloadOf(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** After so much of its life a token is refreshed ahead of need. */
const freshPart = 0.75;

/**
 * Whether a session's token should be refreshed before it is used: most of its life has passed since it was received. Counted by our clock alone, so that it
 * does not matter how far the network's is off.
 */
export function isAging({ accessJwt, receivedAt }: Session, now: EpochMs): boolean {
  return now - receivedAt > claimsOf(accessJwt).lifeMs * freshPart;
}

/**
 * Whether a password has the form of Bluesky's app passwords: `xxxx-xxxx-xxxx-xxxx`.
 *
 * @example looksLikeAppPassword('abcd-efgh-2345-67jk') // true
 */
export function looksLikeAppPassword(password: string): boolean {
  return /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/.test(password);
}
