import type { Clock } from '../../../src/clock.js';
import type { EpochMs } from '../../../src/program/time.js';
import { GraphError } from './threads-containers.js';
import { allScopes, threadsApp } from './threads-server.js';

/** A token as the server knows it. */
export interface IssuedToken {
  readonly accessToken: string;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly scopes: readonly string[];
}

const hour = 3_600_000;
const day = 24 * hour;
const longLivedMs = 60 * day;

/** Tokens of one account: https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions. */
export function threadsTokens(clock: Pick<Clock, 'now'>, userId: string) {
  const tokens = new Map<string, IssuedToken>();
  const codes = new Map<string, readonly string[]>();
  let count = 0;

  const issue = (own: Partial<IssuedToken> = {}): IssuedToken => {
    count += 1;
    const now = clock.now();
    const token = {
      accessToken: `THAAplanted${String(count).padStart(6, '0')}threads0token0of0the0local0server`,
      issuedAt: now,
      expiresAt: now + longLivedMs,
      scopes: allScopes,
      ...own,
    };
    tokens.set(token.accessToken, token);
    return token;
  };
  const known = (accessToken: string | undefined): IssuedToken => {
    const token = tokens.get(accessToken ?? '');
    if (!token) throw new GraphError(400, 190, `Malformed access token ${accessToken ?? ''}`);
    if (token.expiresAt <= clock.now()) {
      throw new GraphError(400, 190, 'Error validating access token: Session has expired', 463);
    }
    return token;
  };
  const long = ({ accessToken, expiresAt }: IssuedToken) => ({
    access_token: accessToken,
    token_type: 'bearer',
    expires_in: Math.floor((expiresAt - clock.now()) / 1_000),
  });

  return {
    issue,
    revokeAll: () => {
      tokens.clear();
    },
    check(accessToken: string, scope: string): void {
      if (!known(accessToken).scopes.includes(scope)) {
        throw new GraphError(403, 10, `Application does not have permission for this action`);
      }
    },
    /** Undefined when the path is none of the tokens'. */
    answer(method: string, path: string, given: Readonly<Record<string, string>>): unknown {
      switch (`${method} ${path}`) {
        case 'GET /oauth/authorize': {
          if (given.client_id !== threadsApp.clientId || given.response_type !== 'code') {
            throw new GraphError(400, 101, 'Error validating application');
          }
          const code = `code-${String(codes.size + 1)}`;
          codes.set(code, (given.scope ?? '').split(','));
          const state = encodeURIComponent(given.state ?? '');
          return { location: `${given.redirect_uri ?? ''}?code=${code}&state=${state}#_` };
        }
        case 'POST /oauth/access_token': {
          const scopes = codes.get(given.code ?? '');
          const good =
            given.grant_type === 'authorization_code' &&
            given.client_id === threadsApp.clientId &&
            given.client_secret === threadsApp.clientSecret &&
            given.redirect_uri === threadsApp.redirectUri;
          if (!good || !scopes) throw new GraphError(400, 100, 'Invalid verification code');
          // A code is good once.
          codes.delete(given.code ?? '');
          const token = issue({ scopes, expiresAt: clock.now() + hour });
          return { access_token: token.accessToken, user_id: userId };
        }
        case 'GET /access_token': {
          const { scopes } = known(given.access_token);
          if (
            given.grant_type !== 'th_exchange_token' ||
            given.client_secret !== threadsApp.clientSecret
          ) {
            throw new GraphError(400, 101, 'Error validating client secret');
          }
          return long(issue({ scopes }));
        }
        case 'GET /refresh_access_token': {
          const { issuedAt, scopes } = known(given.access_token);
          if (given.grant_type !== 'th_refresh_token' || clock.now() - issuedAt < day) {
            throw new GraphError(400, 100, 'The token is too young to be refreshed');
          }
          return long(issue({ scopes }));
        }
        case 'GET /debug_token': {
          known(given.access_token);
          const { issuedAt, expiresAt, scopes } = known(given.input_token);
          const seconds = (at: EpochMs) => Math.floor(at / 1_000);
          const times = { issued_at: seconds(issuedAt), expires_at: seconds(expiresAt) };
          return { data: { type: 'USER', is_valid: true, ...times, scopes, user_id: userId } };
        }
        default:
          return undefined;
      }
    },
  };
}
