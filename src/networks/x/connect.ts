import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../clock.js';
import type { AccountVault } from '../../publish/publisher.js';
import { isAccepted, type XAnswer } from './answer.js';
import { openXLine } from './line.js';
import type { XUser } from './records.js';
import { tokenAnswerShape, xScopes, xSecretsShape, type XSecrets } from './secrets.js';
import { userIn } from './user.js';

/** Where a person agrees. */
const authorizeAddress = 'https://x.com/i/oauth2/authorize';

/** An app as its owner made it at https://console.x.com. */
export interface XApp {
  readonly clientId: string;
  /** Of a confidential client ("Web App, Automated App or Bot"); a "Native App" has none. */
  readonly clientSecret?: string;
  /** One of the app's "Callback URI / Redirect URL", to the letter. */
  readonly redirectUri: string;
}

/** What has to be kept between sending a person to X and their return; a secret. */
export interface XSignInBegun {
  /** Where the person agrees. */
  readonly address: string;
  readonly state: string;
  readonly verifier: string;
}

/** What connecting came to. */
export type XConnected =
  | { readonly kind: 'connected'; readonly secrets: XSecrets; readonly user: XUser }
  /** A clause that says why not. */
  | { readonly kind: 'refused'; readonly reason: string };

/** How X is reached while an account is connected. */
export interface XConnectOptions {
  readonly clock: Clock;
  readonly api?: string;
  /** 20,000 ms without. */
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

/**
 * Begins a sign-in by OAuth 2.0 with PKCE: https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code
 *
 * @param random so many random bytes; tests give their own
 */
export function beginXSignIn(
  { clientId, redirectUri }: XApp,
  random: (bytes: number) => Buffer = randomBytes,
): XSignInBegun {
  const state = random(24).toString('base64url');
  const verifier = random(64).toString('base64url');
  const address = new URL(authorizeAddress);
  address.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: xScopes.join(' '),
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  }).toString();
  return { address: address.href, state, verifier };
}

/**
 * Ends a sign-in by the address that X sent the person back to, by callback or pasted. A code is good once, for 30 seconds.
 *
 * @param returned the whole address, with `state` and `code` or `error`
 */
export async function endXSignIn(
  app: XApp,
  begun: XSignInBegun,
  returned: string,
  options: XConnectOptions,
): Promise<XConnected> {
  const address = URL.canParse(returned.trim()) ? new URL(returned.trim()) : undefined;
  if (!address) return refused('this is no address: paste the whole line of the browser');
  const given = address.searchParams;
  if (given.get('state') !== begun.state) {
    return refused('this address belongs to another sign-in: begin again');
  }
  if (given.has('error')) return refused('X says that nobody agreed: begin again');
  const { clientId, clientSecret, redirectUri } = app;
  const body = {
    grant_type: 'authorization_code',
    code: given.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: begun.verifier,
    client_id: clientId,
  };
  const line = lineOf(options);
  const question = { method: 'POST', path: 'oauth2/token', body, bodyAs: 'form' } as const;
  const answer = await line({ clientId, clientSecret }, question, options.signal);
  const pair = isAccepted(answer) ? tokenAnswerShape.safeParse(answer.body).data : undefined;
  if (!pair) {
    return refused(whyNot(answer, 'X takes the code no more, or not from this app: begin again'));
  }
  if (pair.refresh_token === undefined) {
    return refused('X gave no refresh token: begin again and agree to "stay connected"');
  }
  return connected(
    {
      kind: 'oauth2',
      clientId,
      ...(clientSecret !== undefined && { clientSecret }),
      accessToken: pair.access_token,
      refreshToken: pair.refresh_token,
      expiresAt: options.clock.now() + pair.expires_in * 1_000,
      scopes: pair.scope?.split(' ').filter(Boolean) ?? [...xScopes],
    },
    options,
  );
}

/** Connects by the four keys of "Keys and tokens" in the developer console, which need no renewal. */
export async function connectXByKeys(
  keys: {
    readonly apiKey: string;
    readonly apiSecret: string;
    readonly accessToken: string;
    readonly accessSecret: string;
  },
  options: XConnectOptions,
): Promise<XConnected> {
  const trimmed = Object.fromEntries(
    Object.entries(keys).map(([name, value]) => [name, value.trim()]),
  );
  const secrets = xSecretsShape.safeParse({ kind: 'oauth1', ...trimmed }).data;
  return secrets ? connected(secrets, options) : refused('all four keys are needed');
}

/**
 * Disconnects an account: takes its tokens back at X where that is possible, and forgets its secrets here in any case. Answers whether they are good no more;
 * keys of OAuth 1.0a a person takes back in the developer console. https://docs.x.com/fundamentals/authentication/oauth-2-0/user-access-token
 */
export async function disconnectX(
  vault: AccountVault,
  options: Omit<XConnectOptions, 'clock'>,
): Promise<boolean> {
  return vault.exclusively(async () => {
    const secrets = xSecretsShape.safeParse(await vault.read()).data;
    const revoked = secrets?.kind === 'oauth2' && (await revoke(secrets, options));
    await vault.forget();
    return revoked;
  });
}

async function revoke(
  { clientId, clientSecret, refreshToken, accessToken }: Extract<XSecrets, { kind: 'oauth2' }>,
  options: Omit<XConnectOptions, 'clock'>,
): Promise<boolean> {
  const line = lineOf(options);
  const tokens = [
    { token: refreshToken, token_type_hint: 'refresh_token' },
    { token: accessToken, token_type_hint: 'access_token' },
  ];
  let all = true;
  for (const token of tokens) {
    const body = { ...token, client_id: clientId };
    const question = { method: 'POST', path: 'oauth2/revoke', body, bodyAs: 'form' } as const;
    all = isAccepted(await line({ clientId, clientSecret }, question, options.signal)) && all;
  }
  return all;
}

async function connected(secrets: XSecrets, options: XConnectOptions): Promise<XConnected> {
  const caller = secrets.kind === 'oauth2' ? { bearer: secrets.accessToken } : secrets;
  const answer = await lineOf(options)(caller, { method: 'GET', path: 'users/me' }, options.signal);
  const user = userIn(answer);
  if (!user) return refused(whyNot(answer, 'X does not take these keys'));
  return { kind: 'connected', secrets, user: { id: user.id, username: user.username } };
}

function whyNot(answer: XAnswer, otherwise: string): string {
  if (answer.kind !== 'answered') return `X was not reached: ${answer.reason}`;
  const ill = answer.status >= 500 || answer.status === 429;
  return ill ? `X has no time (${String(answer.status)}): try again in a while` : otherwise;
}

function lineOf({ api, timeoutMs = 20_000 }: Pick<XConnectOptions, 'api' | 'timeoutMs'>) {
  return openXLine({ api, timeoutMs });
}

function refused(reason: string): XConnected {
  return { kind: 'refused', reason };
}
