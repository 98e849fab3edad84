import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.js';
import { sentence } from '../../errors.js';
import type { AccountVault } from '../../publish/publisher.js';
import { longLivedToken, profile, shortLivedToken, tokenReport } from './answers.js';
import { createGraph, type AskGraph, type GraphAnswer } from './graph.js';
import type { ThreadsSecrets } from './threads-token.js';

/** Meta's page where an account allows an app to post for it. */
export const threadsAuthorization = 'https://www.threads.net';

/** What we ask an account for: whose it is, posting, taking down, counting. https://developers.facebook.com/docs/threads/get-started */
export const threadsScopes = [
  'threads_basic',
  'threads_content_publish',
  'threads_delete',
  'threads_manage_insights',
] as const;

/** A Meta app with the use case “Access the Threads API”. */
export interface ThreadsApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What connecting came to. */
export type Connected =
  | {
      readonly kind: 'connected';
      /** To be written into the vault. */
      readonly secrets: ThreadsSecrets;
      /** Without `@`. */
      readonly handle: string;
    }
  /** Threads said no. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Threads could not be asked; the same again may work. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Where to ask. */
export interface ConnectOptions {
  /** Base address of the API. */
  readonly api: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const place = 'Threads';
const requestMs = 15_000;
const day = 86_400_000;
/** https://developers.facebook.com/docs/threads/get-started/long-lived-tokens */
const longLivedMs = 60 * day;

/**
 * The address at which a person allows the app to post: https://developers.facebook.com/docs/threads/get-started/get-access-tokens-and-permissions.
 *
 * @param redirectUri to the letter one of the “Redirect Callback URLs” of the app; HTTPS only
 * @param state       chosen at random, and asked for again by `readRedirect`
 * @example authorizeAddress({ clientId: '1', redirectUri: 'https://a.example/', state: 's', scopes: ['threads_basic'] })
 * // 'https://www.threads.net/oauth/authorize?client_id=1&redirect_uri=https%3A%2F%2Fa.example%2F&scope=threads_basic&response_type=code&state=s'
 */
export function authorizeAddress(request: {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly scopes: readonly string[];
  /** Base address of the page. */
  readonly authorization?: string;
}): string {
  const url = new URL('/oauth/authorize', request.authorization ?? threadsAuthorization);
  url.search = new URLSearchParams({
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(','),
    response_type: 'code',
    state: request.state,
  }).toString();
  return url.href;
}

/**
 * The code in the address that the browser was sent to, as a person pastes it. Threads hangs `#_` on it, which is no part of the code.
 *
 * @example readRedirect('https://a.example/?code=AQ1&state=s#_', 's') // { kind: 'code', code: 'AQ1' }
 */
export function readRedirect(
  address: string,
  state: string,
):
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly reason: string } {
  const no = (problem: string, remedy: string) =>
    ({ kind: 'refused', reason: sentence({ place, problem, remedy }) }) as const;
  const trimmed = address.trim().replace(/^<|>$/g, '');
  if (!URL.canParse(trimmed)) {
    return no('this is no web address', 'Paste the whole address from the browser, with https://');
  }
  const { searchParams } = new URL(trimmed);
  if (!isSame(searchParams.get('state') ?? '', state)) {
    return no('the address belongs to another attempt', 'Begin again and paste the newest address');
  }
  if (searchParams.has('error')) {
    return no('the account did not allow it', 'Begin again and choose “Continue” on Threads’ page');
  }
  const code = searchParams.get('code')?.replace(/#_$/, '');
  return code
    ? { kind: 'code', code }
    : no('there is no code in the address', 'Paste the whole address from the browser');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return expected !== '' && a.length === b.length && timingSafeEqual(a, b);
}

/** A code, good once, for a token of an hour, and that for one of 60 days. */
export async function exchangeCode(
  { api, clock, signal }: ConnectOptions,
  request: ThreadsApp & { readonly code: string; readonly redirectUri: string },
): Promise<Connected> {
  const ask = createGraph({ api, clock, requestMs });
  const { clientId, clientSecret, code, redirectUri } = request;
  const short = await ask(
    {
      method: 'POST',
      path: '/oauth/access_token',
      parameters: {
        client_id: clientId,
        client_secret: clientSecret,
        code,
        grant_type: 'authorization_code',
        redirect_uri: redirectUri,
      },
      signal,
    },
    undefined,
    shortLivedToken,
  );
  if (short.kind !== 'answered') return failed('exchanging the code', short);
  const app = { clientId, clientSecret };
  return prolong(ask, { clock, signal }, app, short.value.access_token);
}

/**
 * Takes a token that a person made with the “User Token Generator” of the app's dashboard. Such a token is long-lived; with the app's secret at hand a short-lived
 * one is exchanged.
 */
export async function acceptToken(
  { api, clock, signal }: ConnectOptions,
  accessToken: string,
  app?: ThreadsApp,
): Promise<Connected> {
  const ask = createGraph({ api, clock, requestMs });
  const token = accessToken.trim();
  const known = await reportOn(ask, token, signal);
  if (app && known?.expiresAt !== undefined && known.expiresAt - clock.now() < day) {
    return prolong(ask, { clock, signal }, app, token);
  }
  return connected(ask, { clock, signal }, app, token, longLivedMs);
}

/**
 * Disconnects: forgets the token. Threads has no request that revokes one, so a person takes the app away there; answers with where, as a sentence.
 */
export async function disconnect(vault: AccountVault): Promise<string> {
  await vault.forget();
  return sentence({
    place,
    problem: 'the access token is forgotten here and is still good at Meta',
    // Belief: the names of Threads' own pages.
    remedy:
      'Take the app away on threads.com under Settings, Account, Website permissions; or choose another app secret in the dashboard of the Meta app',
  });
}

interface Asking {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

async function prolong(
  ask: AskGraph,
  asking: Asking,
  app: ThreadsApp,
  shortLived: string,
): Promise<Connected> {
  const long = await ask(
    {
      method: 'GET',
      path: '/access_token',
      parameters: { grant_type: 'th_exchange_token', client_secret: app.clientSecret },
      signal: asking.signal,
    },
    shortLived,
    longLivedToken,
  );
  if (long.kind !== 'answered') return failed('getting a token of 60 days', long);
  return connected(ask, asking, app, long.value.access_token, long.value.expires_in * 1_000);
}

/** Whose token it is, and since and until when it is good; where Meta does not say, from now for as long as such a token lives. */
async function connected(
  ask: AskGraph,
  { clock, signal }: Asking,
  app: ThreadsApp | undefined,
  accessToken: string,
  livesMs: number,
): Promise<Connected> {
  const who = await ask(
    { method: 'GET', path: '/v1.0/me', parameters: { fields: 'id,username,name' }, signal },
    accessToken,
    profile,
  );
  if (who.kind !== 'answered') return failed('asking whose account it is', who);
  const known = await reportOn(ask, accessToken, signal);
  const now = clock.now();
  const token = {
    accessToken,
    obtainedAt: known?.issuedAt ?? now,
    expiresAt: known?.expiresAt ?? now + livesMs,
    userId: who.value.id,
    ...(known?.scopes && { scopes: known.scopes }),
  };
  return {
    kind: 'connected',
    secrets: { ...(app && { credentials: { ...app } }), token },
    handle: who.value.username,
  };
}

/** What Meta knows of a token; undefined where it does not say, as of tokens of those who have no role in the app. */
async function reportOn(ask: AskGraph, accessToken: string, signal: AbortSignal) {
  const answer = await ask(
    { method: 'GET', path: '/debug_token', parameters: { input_token: accessToken }, signal },
    accessToken,
    tokenReport,
  );
  if (answer.kind !== 'answered') return undefined;
  const { issued_at, expires_at, scopes } = answer.value.data;
  // 0 stands for “never”, or not known.
  return {
    ...(issued_at && { issuedAt: issued_at * 1_000 }),
    ...(expires_at && { expiresAt: expires_at * 1_000 }),
    ...(scopes && { scopes }),
  };
}

function failed(
  doing: string,
  answer: Exclude<GraphAnswer<never>, { kind: 'answered' }>,
): Connected {
  if (answer.kind === 'lost') {
    const problem = `${doing} failed, ${answer.reason}`;
    return { kind: 'unreachable', reason: sentence({ place, problem, remedy: 'Try again' }) };
  }
  const { said } = answer.refusal;
  const problem = `${doing} was refused${said ? ` (“${said}”)` : ''}`;
  if (answer.meaning === 'transient' || answer.meaning === 'throttled') {
    return { kind: 'unreachable', reason: sentence({ place, problem, remedy: 'Try again later' }) };
  }
  const remedy =
    'Look whether app id, app secret and redirect address are those of the app, and begin again: a code is good once and for an hour';
  return { kind: 'refused', reason: sentence({ place, problem, remedy }) };
}
