import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock.js';
import { sentence } from '../../errors.js';
import type { AccountVault } from '../../publish/publisher.js';
import { lostBy } from '../lost.js';
import { testingWarning } from './account-report.js';
import { readReply } from './answer.js';
import { channels } from './answers.js';
import { send } from './line.js';
import { youtubeScope } from './scopes.js';
import { youtubeAddresses } from './youtube-addresses.js';
import { throughClient } from './youtube-client.js';
import { askForToken, type YoutubeSecrets } from './youtube-token.js';

/** An OAuth client of type “Desktop app” or “Web application” in a Google Cloud project. */
export interface YoutubeApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** One attempt to connect: what is kept here (`state`, `verifier`) and what is shown (`challenge`). */
export interface ConnectAttempt {
  readonly state: string;
  readonly verifier: string;
  readonly challenge: string;
}

/** What connecting came to. */
export type Connected =
  | {
      readonly kind: 'connected';
      /** To be written into the vault. */
      readonly secrets: YoutubeSecrets;
      /** Without `@`. */
      readonly handle: string;
      readonly name: string;
      readonly warnings: readonly string[];
    }
  /** Google said no. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Google could not be asked; the same again may work. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Where to ask. */
export interface ConnectOptions {
  /** One base address for all of Google's; Google's own when left out. */
  readonly api?: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const place = 'YouTube';
const requestMs = 15_000;

/** Draws state and verifier at random (PKCE, https://www.rfc-editor.org/rfc/rfc7636). */
export function beginConnecting(random: (bytes: number) => Buffer = randomBytes): ConnectAttempt {
  const verifier = random(48).toString('base64url');
  return {
    state: random(24).toString('base64url'),
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
  };
}

/**
 * The address at which a person allows the app: https://developers.google.com/identity/protocols/oauth2/native-app. Asks for a refresh token (`offline`), and again each
 * time (`consent`), because Google gives it only at the first consent otherwise.
 *
 * @param request.redirectUri `http://127.0.0.1:<port>` of a callback on this machine, or one that is registered with the app
 */
export function authorizeAddress(request: {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly attempt: Pick<ConnectAttempt, 'state' | 'challenge'>;
  readonly api?: string;
}): string {
  const url = new URL('/o/oauth2/v2/auth', youtubeAddresses(request.api).consent);
  url.search = new URLSearchParams({
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    response_type: 'code',
    scope: youtubeScope,
    state: request.attempt.state,
    code_challenge: request.attempt.challenge,
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent',
  }).toString();
  return url.href;
}

/** The code in the address that the browser was sent to, from the callback or as a person pastes it. */
export function readRedirect(
  address: string,
  state: string,
):
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly reason: string } {
  const no = (problem: string, remedy: string) =>
    ({ kind: 'refused', reason: sentence({ place, problem, remedy }) }) as const;
  const trimmed = address.trim();
  if (!URL.canParse(trimmed)) {
    return no('this is no web address', 'Paste the whole address from the browser');
  }
  const { searchParams } = new URL(trimmed);
  if (!isSame(searchParams.get('state') ?? '', state)) {
    return no('the address belongs to another attempt', 'Begin again and paste the newest address');
  }
  if (searchParams.has('error')) {
    return no('the account did not allow it', 'Begin again and choose “Continue” on Google’s page');
  }
  const code = searchParams.get('code');
  return code
    ? { kind: 'code', code }
    : no('there is no code in the address', 'Paste the whole address from the browser');
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return expected !== '' && a.length === b.length && timingSafeEqual(a, b);
}

/** A code, good once, for tokens; and whose channel they are for. */
export async function exchangeCode(
  options: ConnectOptions,
  request: YoutubeApp & {
    readonly code: string;
    readonly redirectUri: string;
    readonly verifier: string;
  },
): Promise<Connected> {
  const { clock, signal } = options;
  const addresses = youtubeAddresses(options.api);
  const { clientId, clientSecret } = request;
  const answer = await askForToken(
    { address: addresses.tokens, requestMs },
    {
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      code: request.code,
      code_verifier: request.verifier,
      redirect_uri: request.redirectUri,
    },
    signal,
  );
  if (answer.kind === 'lost') return unreachable(`exchanging the code failed, ${answer.reason}`);
  if (answer.kind === 'none') {
    return refused(
      `exchanging the code was refused (${answer.error})`,
      'Look whether client ID, client secret and redirect address are those of the app, and begin again: a code is good once',
    );
  }
  const { value } = answer;
  if (value.refresh_token === undefined) {
    return refused(
      'Google gave no refresh token',
      'Take the app away at https://myaccount.google.com/connections and begin again',
    );
  }
  const now = clock.now();
  const ends = value.refresh_token_expires_in;
  const secrets: YoutubeSecrets = {
    clientId,
    clientSecret,
    refreshToken: value.refresh_token,
    accessToken: value.access_token,
    expiresAt: now + value.expires_in * 1_000,
    ...(value.scope !== undefined && { scopes: value.scope.split(' ') }),
    ...(ends !== undefined && { refreshEndsAt: now + ends * 1_000 }),
  };
  return whoseChannel(addresses.data, secrets, options);
}

async function whoseChannel(
  root: string,
  secrets: YoutubeSecrets,
  { clock, signal }: ConnectOptions,
): Promise<Connected> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(requestMs)]);
  const asked = await throughClient(
    root,
    (client, with_) => client.channels.list({ part: ['id', 'snippet'], mine: true }, with_),
    { accessToken: secrets.accessToken ?? '', signal: bounded },
  ).catch((thrown: unknown) => lostBy(thrown, bounded));
  const answer = 'kind' in asked ? asked : readReply(asked, channels, clock.now());
  const doing = 'asking whose channel it is';
  if (answer.kind === 'lost') return unreachable(`${doing} failed, ${answer.reason}`);
  if (answer.kind === 'refused') {
    return refused(
      `${doing} was refused (${answer.refusal.said || answer.meaning})`,
      'Enable “YouTube Data API v3” in the Google Cloud project and tick the box on Google’s page',
    );
  }
  const [channel] = answer.value.items;
  if (!channel) {
    return refused(
      'the Google account has no channel',
      'Begin again and choose the account, or brand account, that has the channel',
    );
  }
  const { id, snippet } = channel;
  return {
    kind: 'connected',
    secrets: { ...secrets, channelId: id },
    handle: snippet.customUrl?.replace(/^@/, '') ?? '',
    name: snippet.title,
    warnings: [secrets.refreshEndsAt === undefined ? testingHint : testingWarning],
  };
}

/** What nobody can see from here, and everybody forgets. */
const testingHint =
  'If the app’s publishing status is still “Testing”, Google ends this access after 7 days: choose “Publish app” under “Google Auth Platform”, “Audience”.';

/**
 * Disconnects: withdraws the access at Google (https://developers.google.com/identity/protocols/oauth2/web-server#tokenrevoke) and forgets it. Answers with what is left to
 * do, as a sentence; undefined when nothing is. It is forgotten here in any case.
 */
export async function disconnect(
  vault: AccountVault,
  { api, signal }: Pick<ConnectOptions, 'api' | 'signal'>,
): Promise<string | undefined> {
  const kept = (await vault.read()) as Partial<YoutubeSecrets> | undefined | null;
  const token = kept?.refreshToken;
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(requestMs)]);
  const status =
    token === undefined
      ? 200
      : await send(`${youtubeAddresses(api).tokens}/revoke`, {
          method: 'POST',
          body: new URLSearchParams({ token }),
          signal: bounded,
        }).then(
          (reply) => reply.status,
          () => 0,
        );
  await vault.forget();
  // 400: Google knows it no longer.
  if (status === 200 || status === 400) return undefined;
  return sentence({
    place,
    problem: 'the access is forgotten here and could not be withdrawn at Google',
    remedy: 'Take the app away at https://myaccount.google.com/connections',
  });
}

function refused(problem: string, remedy: string): Connected {
  return { kind: 'refused', reason: sentence({ place, problem, remedy }) };
}

function unreachable(problem: string): Connected {
  return { kind: 'unreachable', reason: sentence({ place, problem, remedy: 'Try again' }) };
}
