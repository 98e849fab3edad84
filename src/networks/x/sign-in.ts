import type { Clock } from '../../clock.js';
import { CallboardError, sentence } from '../../errors.js';
import type { EpochMs } from '../../program/time.js';
import type { AccountVault } from '../../publish/publisher.js';
import { isAccepted } from './answer.js';
import type { XCaller, XLine } from './line.js';
import { againAt } from './rate-limits.js';
import { tokenAnswerShape, xSecretsShape, type XSecrets, type XTokens } from './secrets.js';

/** A way to ask X as the account, or why there is none. Nothing was posted in either case. */
export type SignedIn =
  | { readonly kind: 'signed-in'; readonly caller: XCaller; readonly secrets: XSecrets }
  | { readonly kind: 'unauthorized'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string; readonly notBefore?: EpochMs };

/** What is wanted of a sign-in. */
export interface SignInWish {
  /** How long the token has to last at least, in milliseconds. */
  readonly forMs: number;
  /** An access token that X has just refused: another is wanted. */
  readonly refused?: string | undefined;
}

/** What signing in needs. */
export interface SignInOptions {
  readonly account: string;
  readonly vault: AccountVault;
  readonly line: XLine;
  readonly clock: Clock;
}

/**
 * Signs an account in. Keys of OAuth 1.0a are good until they are taken back. An access token of OAuth 2.0 is renewed ahead of its end by a refresh token
 * that is good once, so one renewal at a time over all processes, and in three steps, each of which a crash may follow:
 *
 * 1. the intent is written into the vault;
 * 2. X is asked, and uses the old refresh token up;
 * 3. the new pair is written in its place, and the intent with it is gone.
 *
 * An intent that is found means that step 3 is missing and step 2 may be. Then the access token is used for as long as it works; the old refresh token is
 * tried only when it does not, for a server may take a used one for a theft and end the access token too.
 */
export function createSignIn({ account, vault, line, clock }: SignInOptions) {
  /** The access token that has worked although an intent was found. */
  let working: string | undefined;

  const usable = (secrets: XSecrets, { forMs, refused }: SignInWish): SignedIn | undefined => {
    if (secrets.kind === 'oauth1') return { kind: 'signed-in', caller: secrets, secrets };
    const { accessToken, expiresAt, refreshing } = secrets;
    const wanted = refreshing ? (accessToken === working ? 0 : Infinity) : forMs;
    if (accessToken === refused || expiresAt - clock.now() <= wanted) return undefined;
    return { kind: 'signed-in', caller: { bearer: accessToken }, secrets };
  };

  return async function signIn(wish: SignInWish, signal: AbortSignal): Promise<SignedIn> {
    const before = await read(account, vault);
    if (before.kind === 'unauthorized') return before;
    const ready = usable(before, wish);
    if (ready) return ready;
    return vault.exclusively(async () => {
      const secrets = await read(account, vault);
      if (secrets.kind === 'unauthorized') return secrets;
      const meanwhile = usable(secrets, wish);
      if (meanwhile || secrets.kind === 'oauth1') return meanwhile ?? notConnected(account);
      if (secrets.refreshing && secrets.accessToken !== wish.refused) {
        const works = await stillWorks(secrets, signal);
        if (works !== 'no') return works;
      }
      return renew(secrets, signal);
    });
  };

  async function stillWorks(secrets: XTokens, signal: AbortSignal): Promise<SignedIn | 'no'> {
    const { accessToken, expiresAt } = secrets;
    if (expiresAt <= clock.now()) return 'no';
    const caller = { bearer: accessToken };
    const answer = await line(caller, { method: 'GET', path: 'users/me' }, signal);
    if (answer.kind === 'answered' && answer.status === 401) return 'no';
    if (isAccepted(answer)) {
      working = accessToken;
      return { kind: 'signed-in', caller, secrets };
    }
    return later(account, 'X does not say whether the sign-in still works');
  }

  async function renew(secrets: XTokens, signal: AbortSignal): Promise<SignedIn> {
    const { clientId, clientSecret, refreshToken, refreshing } = secrets;
    await vault.write({ ...secrets, refreshing: refreshing ?? { since: clock.now() } });
    const question = {
      method: 'POST',
      path: 'oauth2/token',
      body: { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId },
      bodyAs: 'form',
    } as const;
    const answer = await line({ clientId, clientSecret }, question, signal);
    const pair = isAccepted(answer) ? tokenAnswerShape.safeParse(answer.body).data : undefined;
    if (pair) {
      const { refreshing: _gone, ...kept } = secrets;
      const renewed: XTokens = {
        ...kept,
        accessToken: pair.access_token,
        refreshToken: pair.refresh_token ?? refreshToken,
        expiresAt: clock.now() + pair.expires_in * 1_000,
        ...(pair.scope !== undefined && { scopes: pair.scope.split(' ').filter(Boolean) }),
      };
      await vault.write(renewed);
      return { kind: 'signed-in', caller: { bearer: renewed.accessToken }, secrets: renewed };
    }
    const limited = answer.kind === 'answered' && answer.status === 429;
    // The refresh token was not used: what is in the vault is as good as before.
    if (answer.kind === 'unreached' || limited) await vault.write(secrets);
    if (limited) {
      const notBefore = againAt(answer, clock.now(), false);
      const busy = later(account, 'X renews no more sign-ins for now');
      return notBefore === undefined ? busy : { ...busy, notBefore };
    }
    if (answer.kind === 'answered' && [400, 401, 403].includes(answer.status)) {
      return refused(account, refreshing);
    }
    return later(account, 'X did not renew the sign-in');
  }
}

/** Signs the account in, as long as wanted, or says why not. */
export type SignIn = ReturnType<typeof createSignIn>;

async function read(
  account: string,
  vault: AccountVault,
): Promise<XSecrets | Extract<SignedIn, { kind: 'unauthorized' }>> {
  try {
    return xSecretsShape.safeParse(await vault.read()).data ?? notConnected(account);
  } catch (thrown) {
    // The vault says what is wrong with its key and what to do.
    if (!(thrown instanceof CallboardError)) throw thrown;
    return { kind: 'unauthorized', reason: thrown.message };
  }
}

const connect = 'Connect it with "callboard connect x"';

function notConnected(account: string): Extract<SignedIn, { kind: 'unauthorized' }> {
  const reason = sentence({ place: account, problem: 'it is not connected', remedy: connect });
  return { kind: 'unauthorized', reason };
}

function refused(account: string, interrupted: { readonly since: EpochMs } | undefined): SignedIn {
  const problem = interrupted
    ? `renewing the sign-in was interrupted at ${new Date(interrupted.since).toISOString()} after X may have used up the old one, and X takes the old one no more`
    : 'X renews the sign-in no more, for it was taken back or is too old';
  return {
    kind: 'unauthorized',
    reason: sentence({ place: account, problem, remedy: connect.replace('it', 'it again') }),
  };
}

function later(account: string, problem: string): Extract<SignedIn, { kind: 'later' }> {
  const reason = sentence({ place: account, problem, remedy: 'It is tried again' });
  return { kind: 'later', reason };
}
