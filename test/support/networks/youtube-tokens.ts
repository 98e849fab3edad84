import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/clock.js';

/** The OAuth client that tokens are given to; the Google Cloud console shows these. */
export const youtubeApp = {
  clientId: '1234567890-planted.apps.googleusercontent.com',
  clientSecret: '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t',
};

const scope = 'https://www.googleapis.com/auth/youtube';
const accessSeconds = 3_599;
const testingSeconds = 604_799;

interface Grant {
  readonly refreshToken: string;
  readonly issuedAt: number;
  revoked: boolean;
}

/** An answer of the token endpoint. */
export interface TokenReply {
  readonly status: number;
  readonly body: unknown;
}

/** Google's tokens: codes with PKCE, refresh tokens that may be used again and again, access tokens of an hour. */
export function youtubeTokens(clock: Pick<Clock, 'now'>, isTesting: () => boolean) {
  const grants: Grant[] = [];
  const access = new Map<string, { readonly grant: Grant; readonly expiresAt: number }>();
  const codes = new Map<string, { readonly challenge: string; readonly redirectUri: string }>();
  let refreshes = 0;

  const grant = (): Grant => {
    const made = {
      refreshToken: `1//planted-${randomUUID()}`,
      issuedAt: clock.now(),
      revoked: false,
    };
    grants.push(made);
    return made;
  };
  const isDead = (each: Grant) =>
    each.revoked || (isTesting() && clock.now() > each.issuedAt + testingSeconds * 1_000);
  const issueAccess = (from: Grant) => {
    const accessToken = `ya29.planted-${randomUUID()}`;
    access.set(accessToken, { grant: from, expiresAt: clock.now() + accessSeconds * 1_000 });
    return accessToken;
  };
  const refuse = (error: string, error_description: string, status = 400) => ({
    status,
    body: { error, error_description },
  });
  const tokens = (from: Grant, withRefresh: boolean) => ({
    status: 200,
    body: {
      access_token: issueAccess(from),
      expires_in: accessSeconds,
      token_type: 'Bearer',
      scope,
      ...(withRefresh && { refresh_token: from.refreshToken }),
      ...(withRefresh && isTesting() && { refresh_token_expires_in: testingSeconds }),
    },
  });

  return {
    /** A refresh token as a person's consent gives it. */
    issueRefreshToken: () => grant().refreshToken,
    /** A code as Google's page gives it. */
    issueCode(challenge: string, redirectUri: string): string {
      const code = `4/planted-${randomUUID()}`;
      codes.set(code, { challenge, redirectUri });
      return code;
    },
    /** All access tokens are refused from now on. */
    expireAccess: () => access.clear(),
    /** As when a person takes the app away. */
    revokeAll() {
      access.clear();
      for (const each of grants) each.revoked = true;
    },
    refreshes: () => refreshes,
    isGood(accessToken: string): boolean {
      const held = access.get(accessToken);
      return held !== undefined && !isDead(held.grant) && clock.now() < held.expiresAt;
    },
    token(form: URLSearchParams): TokenReply {
      if (
        form.get('client_id') !== youtubeApp.clientId ||
        form.get('client_secret') !== youtubeApp.clientSecret
      ) {
        return refuse('invalid_client', 'The OAuth client was not found.', 401);
      }
      if (form.get('grant_type') === 'refresh_token') {
        refreshes += 1;
        const from = grants.find((each) => each.refreshToken === form.get('refresh_token'));
        return from && !isDead(from)
          ? tokens(from, false)
          : refuse('invalid_grant', 'Token has been expired or revoked.');
      }
      if (form.get('grant_type') !== 'authorization_code') {
        return refuse('unsupported_grant_type', 'Invalid grant_type');
      }
      const code = form.get('code') ?? '';
      const asked = codes.get(code);
      codes.delete(code);
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (asked?.challenge !== challenge) return refuse('invalid_grant', 'Bad Request');
      if (asked.redirectUri !== form.get('redirect_uri')) {
        return refuse('redirect_uri_mismatch', 'Bad Request');
      }
      return tokens(grant(), true);
    },
    revoke(form: URLSearchParams): TokenReply {
      const from = grants.find((each) => each.refreshToken === form.get('token'));
      if (from?.revoked !== false) return refuse('invalid_token', 'Token expired or revoked');
      from.revoked = true;
      return { status: 200, body: {} };
    },
  };
}
