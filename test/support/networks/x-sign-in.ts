import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../../src/clock.js';
import type { XKeys, XTokens } from '../../../src/networks/x/secrets.js';

/** X's own address, for which requests are signed wherever they go. */
const origin = 'https://api.x.com';
/** How long an access token lives, in seconds. */
const tokenSeconds = 7_200;

interface Grant {
  readonly scopes: readonly string[];
  readonly clientId: string;
  revoked: boolean;
}

/** A request with what it proves itself by. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string;
}

/** What a request for a token is answered. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** X's two ways to sign in: keys whose signatures are verified, and tokens that end by the clock, with refresh tokens that are good once. */
export function openXSignIn(clock: Clock) {
  const keys: XKeys = {
    kind: 'oauth1',
    apiKey: 'api-key-of-the-test',
    apiSecret: 'api-secret-of-the-test',
    accessToken: '77-access-token-of-the-test',
    accessSecret: 'access-secret-of-the-test',
  };
  const client = { id: 'client-of-the-test', secret: 'client-secret-of-the-test' };
  let keysAreGood = true;
  let count = 0;
  const access = new Map<string, { readonly grant: Grant; expiresAt: number }>();
  const refresh = new Map<string, { readonly grant: Grant; used: boolean }>();
  const codes = new Map<
    string,
    { readonly challenge: string; readonly redirectUri: string; readonly scopes: readonly string[] }
  >();
  const nonces = new Set<string>();

  const issue = (grant: Grant) => {
    count += 1;
    const accessToken = `access-token-${String(count)}`;
    const refreshToken = `refresh-token-${String(count)}`;
    access.set(accessToken, { grant, expiresAt: clock.now() + tokenSeconds * 1_000 });
    refresh.set(refreshToken, { grant, used: false });
    return { accessToken, refreshToken };
  };
  const tokenAnswer = (grant: Grant): TokenAnswer => {
    const { accessToken, refreshToken } = issue(grant);
    return {
      status: 200,
      body: {
        token_type: 'bearer',
        expires_in: tokenSeconds,
        access_token: accessToken,
        scope: grant.scopes.join(' '),
        refresh_token: refreshToken,
      },
    };
  };
  const refused = (error: string, description: string, status = 400): TokenAnswer => ({
    status,
    body: { error, error_description: description },
  });

  return {
    keys,
    client,
    /** Tokens as they stand in the vault of an account that was just connected. */
    connect(
      scopes: readonly string[] = [
        'tweet.read',
        'tweet.write',
        'users.read',
        'media.write',
        'offline.access',
      ],
    ): XTokens {
      const grant = { scopes, clientId: client.id, revoked: false };
      const pair = issue(grant);
      const expiresAt = clock.now() + tokenSeconds * 1_000;
      return { kind: 'oauth2', clientId: client.id, ...pair, expiresAt, scopes: [...scopes] };
    },
    /** A person agrees: the code of `address`, as X's page would send it back. */
    agree(address: URL): string {
      count += 1;
      const code = `code-${String(count)}`;
      const { searchParams } = address;
      codes.set(code, {
        challenge: searchParams.get('code_challenge') ?? '',
        redirectUri: searchParams.get('redirect_uri') ?? '',
        scopes: (searchParams.get('scope') ?? '').split(' '),
      });
      return code;
    },
    /** Every access token is refused from now on. */
    endAccessTokens(): void {
      for (const token of access.values()) token.expiresAt = clock.now();
    },
    /** Nothing that was granted is good any more; keys of OAuth 1.0a too. */
    revokeAll(): void {
      keysAreGood = false;
      for (const { grant } of refresh.values()) grant.revoked = true;
    },
    restoreKeys(): void {
      keysAreGood = true;
    },
    isGood(token: string): boolean {
      const held = access.get(token);
      return held !== undefined && !held.grant.revoked && held.expiresAt > clock.now();
    },
    /** The scopes of who asks; `all` for keys; undefined when nobody is let in. */
    scopesOf(request: SignedRequest): readonly string[] | 'all' | undefined {
      const { authorization } = request;
      const bearer = /^Bearer (\S+)$/.exec(authorization)?.[1];
      if (bearer !== undefined)
        return this.isGood(bearer) ? access.get(bearer)?.grant.scopes : undefined;
      return keysAreGood && isSigned(request, keys, nonces) ? 'all' : undefined;
    },
    token(form: URLSearchParams, authorization: string): TokenAnswer {
      if (form.get('client_id') !== client.id || !clientIsGood(authorization, client)) {
        return refused('unauthorized_client', 'Missing valid authorization header', 401);
      }
      if (form.get('grant_type') === 'refresh_token') {
        const held = refresh.get(form.get('refresh_token') ?? '');
        if (!held || held.used || held.grant.revoked) {
          return refused('invalid_request', 'Value passed for the token was invalid.');
        }
        held.used = true;
        return tokenAnswer(held.grant);
      }
      const code = codes.get(form.get('code') ?? '');
      codes.delete(form.get('code') ?? '');
      const challenge = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url');
      if (code?.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) {
        return refused('invalid_request', 'Value passed for the authorization code was invalid.');
      }
      return tokenAnswer({ scopes: code.scopes, clientId: client.id, revoked: false });
    },
    revoke(form: URLSearchParams): TokenAnswer {
      const token = form.get('token') ?? '';
      const held = access.get(token) ?? refresh.get(token);
      if (held) held.grant.revoked = true;
      return { status: 200, body: { revoked: true } };
    },
  };
}

/** A public client has no secret and sends no header. */
function clientIsGood(
  authorization: string,
  client: { readonly id: string; readonly secret: string },
): boolean {
  const expected = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
  return authorization === '' || authorization === `Basic ${expected}`;
}

/** Verifies a signature of RFC 5849 (HMAC-SHA1). Its time is that of the machine, for the client library has no other: it is not compared. */
function isSigned(
  { method, path, query, authorization }: SignedRequest,
  keys: XKeys,
  nonces: Set<string>,
): boolean {
  const fields = new Map(
    [...authorization.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      decodeURIComponent(value),
    ]),
  );
  const signature = fields.get('oauth_signature');
  const nonce = fields.get('oauth_nonce') ?? '';
  if (!authorization.startsWith('OAuth ') || nonce === '' || nonces.has(nonce)) return false;
  nonces.add(nonce);
  fields.delete('oauth_signature');
  if (
    fields.get('oauth_consumer_key') !== keys.apiKey ||
    fields.get('oauth_token') !== keys.accessToken
  ) {
    return false;
  }
  const parameters = [...fields, ...query]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort();
  const base = [method, origin + path, parameters.join('&')].map(encode).join('&');
  const key = `${encode(keys.apiSecret)}&${encode(keys.accessSecret)}`;
  return createHmac('sha1', key).update(base).digest('base64') === signature;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
