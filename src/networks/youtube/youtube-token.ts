import { z } from 'zod';
import type { Clock } from '../../clock.js';
import type { AccountVault } from '../../publish/publisher.js';
import { lostBy, type Lost } from '../lost.js';
import { json, type Answer } from './answer.js';
import { send } from './line.js';

const secrets = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  refreshToken: z.string().min(1),
  accessToken: z.string().optional(),
  /** When the access token ends, milliseconds since 1970. */
  expiresAt: z.number().optional(),
  /** As granted. */
  scopes: z.array(z.string()).optional(),
  channelId: z.string().optional(),
  /** When the refresh token ends, where Google said that it does. */
  refreshEndsAt: z.number().optional(),
});

/** What the vault keeps of an account on YouTube; the environment gives the first three. */
export type YoutubeSecrets = z.infer<typeof secrets>;

/** https://developers.google.com/identity/protocols/oauth2/web-server#offline; `refresh_token_expires_in` comes where access is for a time only. */
const tokenAnswer = z.object({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.number().positive(),
  refresh_token: z.string().min(1).optional(),
  refresh_token_expires_in: z.number().positive().optional(),
  scope: z.string().optional(),
});

/** An answer of the token endpoint. */
export type TokenAnswer = z.infer<typeof tokenAnswer>;

/** A token to ask with; or why there is none: a person must act (`none`), or Google could not be asked. */
export type TokenState =
  | { readonly kind: 'token'; readonly accessToken: string }
  | { readonly kind: 'none'; readonly problem: string }
  | Lost;

/** Errors of the token endpoint that no waiting cures: https://www.rfc-editor.org/rfc/rfc6749#section-5.2 and Google's own. */
const final = new Set([
  'invalid_grant',
  'invalid_client',
  'unauthorized_client',
  'deleted_client',
  'disabled_client',
  'admin_policy_enforced',
  'org_internal',
  'access_denied',
  'invalid_scope',
  'redirect_uri_mismatch',
]);

/** Where tokens come from. */
export interface TokenSource {
  /** Base address of `/token` and `/revoke`. */
  readonly address: string;
  /** The longest that one request may take, in milliseconds. */
  readonly requestMs: number;
}

/** Asks for a token; `none` when Google says for certain that there is none. */
export async function askForToken(
  { address, requestMs }: TokenSource,
  parameters: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<
  | { readonly kind: 'answered'; readonly value: TokenAnswer }
  | { readonly kind: 'none'; readonly error: string }
  | Lost
> {
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(requestMs)]);
  try {
    const reply = await send(`${address}/token`, {
      method: 'POST',
      body: new URLSearchParams(parameters),
      signal: bounded,
    });
    const body = json(reply.text);
    if (reply.status === 200) {
      const { data } = tokenAnswer.safeParse(body);
      return data
        ? { kind: 'answered', value: data }
        : { kind: 'lost', sent: true, reason: 'its token cannot be read' };
    }
    const error = z.object({ error: z.string() }).safeParse(body).data?.error;
    if (error !== undefined && final.has(error) && reply.status < 500)
      return { kind: 'none', error };
    const reason = `it gave no token and answered with status ${String(reply.status)}`;
    return { kind: 'lost', sent: true, reason };
  } catch (thrown) {
    return lostBy(thrown, bounded);
  }
}

/** A token this close to its end is renewed before it is used. */
const soonMs = 60_000;

/** The tokens of one account. */
export interface TokenKeeper {
  read(): Promise<YoutubeSecrets | undefined>;
  /** A token that holds for at least a minute, or `leastMs`. `refused` is one that Google did not take, whatever its time. */
  token(
    signal: AbortSignal,
    wish?: { readonly leastMs?: number; readonly refused?: string },
  ): Promise<TokenState>;
}

/**
 * Keeps the access token of one account, renewed once whoever else does the same, by our own clock and not the client's. Google's refresh tokens may be used
 * again and again, so a crash between renewing and storing costs nothing.
 */
export function keepTokens(options: {
  readonly vault: AccountVault;
  readonly source: TokenSource;
  readonly clock: Clock;
}): TokenKeeper {
  const { vault, source, clock } = options;
  // Where the vault takes nothing, as with secrets from the environment, the process remembers.
  let renewed: YoutubeSecrets | undefined;
  const read = async (): Promise<YoutubeSecrets | undefined> => {
    const { data } = secrets.safeParse(await vault.read());
    if (!data) return undefined;
    const isNewer =
      renewed?.refreshToken === data.refreshToken &&
      (renewed.expiresAt ?? 0) > (data.expiresAt ?? 0);
    return isNewer ? renewed : data;
  };
  const usable = (
    kept: YoutubeSecrets,
    { leastMs = soonMs, refused }: { readonly leastMs?: number; readonly refused?: string },
  ): TokenState | undefined => {
    const { accessToken, expiresAt = 0 } = kept;
    if (accessToken === undefined || accessToken === refused) return undefined;
    return expiresAt - clock.now() >= leastMs ? { kind: 'token', accessToken } : undefined;
  };
  const renew = async (kept: YoutubeSecrets, signal: AbortSignal): Promise<TokenState> => {
    const answer = await askForToken(
      source,
      {
        grant_type: 'refresh_token',
        client_id: kept.clientId,
        client_secret: kept.clientSecret,
        refresh_token: kept.refreshToken,
      },
      signal,
    );
    if (answer.kind === 'none') return { kind: 'none', problem: problemOf(answer.error) };
    if (answer.kind === 'lost') return { ...answer, sent: false };
    const { access_token: accessToken, expires_in, refresh_token, scope } = answer.value;
    renewed = {
      ...kept,
      accessToken,
      expiresAt: clock.now() + expires_in * 1_000,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
      ...(scope !== undefined && { scopes: scope.split(' ') }),
    };
    await vault.write(renewed);
    return { kind: 'token', accessToken };
  };

  return {
    read,
    async token(signal, wish = {}) {
      const kept = await read();
      if (!kept) return { kind: 'none', problem: 'it is not connected' };
      return (
        usable(kept, wish) ??
        vault.exclusively(async () => {
          // Whoever came first has renewed it.
          const now = await read();
          if (!now) return { kind: 'none', problem: 'it is not connected' };
          return usable(now, wish) ?? renew(now, signal);
        })
      );
    },
  };
}

function problemOf(error: string): string {
  return error === 'invalid_grant'
    ? 'Google no longer takes its refresh token, which dies when it is withdrawn, and after 7 days while the app’s publishing status is “Testing”'
    : `Google gives no access token (${error})`;
}

/** The failure that a missing token is for a request that was not even sent. */
export function withoutToken(
  state: Exclude<TokenState, { kind: 'token' }>,
): Exclude<Answer<never>, { kind: 'answered' }> {
  return state.kind === 'lost'
    ? state
    : { kind: 'refused', meaning: 'token', refusal: { status: 0, said: state.problem } };
}
