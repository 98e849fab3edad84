import type { AccountId } from '../../campaign/network.js';
import type { EpochMs } from '../../program/time.js';
import type { AccountVault } from '../../publish/publisher.js';
import { openClient } from './client.js';
import { BlueskyFailure, outcomeOf } from './errors.js';
import { openLine, type LineOptions } from './line.js';
import { readProfile } from './profile.js';
import { claimsOf, looksLikeAppPassword, readSecrets, type BlueskySecrets } from './secrets.js';
import { isMainPassword, mainPassword } from './verify.js';

/** What connecting an account needs. */
export interface ConnectBlueskyOptions extends LineOptions {
  /** Handle, or e-mail address, or DID; an `@` before it does not matter. */
  readonly identifier: string;
  readonly appPassword: string;
  readonly signal: AbortSignal;
}

/** What came of connecting. */
export type BlueskyConnection =
  | {
      readonly kind: 'connected';
      /** For the account's vault; the session in it is good, so that nothing logs in again. */
      readonly secrets: BlueskySecrets;
      /** Without `@`. */
      readonly handle: string;
      readonly did: string;
      readonly name?: string;
      /** Whether its profile says that it is automated. */
      readonly isBot: boolean;
      readonly warnings: readonly string[];
    }
  /** Handle or password are wrong, or the account may not. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nothing is known of the password: Bluesky is away, or there were too many logins. */
  | { readonly kind: 'later'; readonly reason: string; readonly notBefore?: EpochMs };

/** Until the account has a name of its own. */
const nameless: AccountId = 'Bluesky';

/** Logs in once, and answers what is to be kept and whose account it is. Changes nothing there. */
export async function connectBluesky(options: ConnectBlueskyOptions): Promise<BlueskyConnection> {
  const { clock, signal } = options;
  const identifier = options.identifier.trim().replace(/^@/, '');
  const appPassword = options.appPassword.trim();
  const { request, server } = openLine(options, nameless);
  try {
    const session = await server.logIn({ identifier, appPassword }, signal);
    const sessions = {
      open: () => Promise.resolve(session),
      renew: () => Promise.resolve(session),
    };
    const client = openClient({ account: nameless, clock, request, server, sessions });
    const { name, isBot } = await readProfile(client, signal);
    const isMain =
      isMainPassword(claimsOf(session.accessJwt).scope) || !looksLikeAppPassword(appPassword);
    return {
      kind: 'connected',
      secrets: { credentials: { identifier, appPassword }, session },
      handle: session.handle,
      did: session.did,
      isBot,
      ...(name !== undefined && { name }),
      warnings: isMain ? [mainPassword(`@${session.handle}`)] : [],
    };
  } catch (thrown) {
    if (!(thrown instanceof BlueskyFailure)) throw thrown;
    const outcome = outcomeOf(thrown);
    if (outcome.kind === 'unauthorized' || outcome.kind === 'rejected') {
      return { kind: 'refused', reason: outcome.reason };
    }
    const { notBefore } = thrown;
    return {
      kind: 'later',
      reason: onceMore(thrown.message, options.service),
      ...(notBefore !== undefined && { notBefore }),
    };
  }
}

/** Nobody tries again here but the person who reads it; and where it was not Bluesky's own, the server is named. */
function onceMore(sentence: string, service: string | undefined): string {
  const said = sentence.replace(
    /; it is tried again by itself|It is tried again by itself/i,
    (words) => (words.startsWith(';') ? ', and try again' : 'Try again'),
  );
  return service === undefined ? said : said.replace(nameless, service);
}

/** What disconnecting an account needs. */
export interface DisconnectBlueskyOptions extends LineOptions {
  readonly account: AccountId;
  readonly vault: AccountVault;
  readonly signal: AbortSignal;
}

/**
 * Ends the account's session at Bluesky and forgets its secrets, also when Bluesky cannot be reached. The access token may be good for up to two hours more and
 * the app password until a person deletes it: only they can.
 *
 * @returns what a person should know or do, a sentence each
 */
export async function disconnectBluesky(
  options: DisconnectBlueskyOptions,
): Promise<readonly string[]> {
  const { account, vault, signal } = options;
  const { server } = openLine(options, account);
  return vault.exclusively(async () => {
    const session = readSecrets(await vault.read())?.session;
    await vault.forget();
    const said = [
      `${account}: its app password still works elsewhere. Delete it in Bluesky under Settings, Privacy and security, App passwords.`,
    ];
    if (!session) return said;
    try {
      await server.end(session, signal);
      return said;
    } catch (thrown) {
      if (!(thrown instanceof BlueskyFailure)) throw thrown;
      return [`${account}: its session could not be ended at Bluesky. ${thrown.message}`, ...said];
    }
  });
}
