import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import type { AccountVault } from '../../publish/publisher.js';
import { BlueskyFailure } from './errors.js';
import { isAging, readSecrets, type BlueskySecrets, type Session } from './secrets.js';
import type { SessionServer } from './session-server.js';

/** What the sessions of one account need. */
export interface SessionsOptions {
  readonly account: AccountId;
  readonly vault: AccountVault;
  readonly server: SessionServer;
  readonly clock: Pick<Clock, 'now'>;
}

/** The one session of an account that all processes share through its vault. Throws `BlueskyFailure`. */
export interface Sessions {
  /** The session in use, whatever its age; begun with the app password only when there is none. */
  open(signal: AbortSignal): Promise<Session>;
  /** Refreshes it ahead of need when it ages, so that nothing waits for that at the due moment. */
  freshen(signal: AbortSignal): Promise<void>;
  /** Another one for one that the network refused; whoever asks first refreshes it, the others get what that gave. */
  renew(spent: Session, signal: AbortSignal): Promise<Session>;
}

/**
 * Opens the sessions of one account. A process that dies between a refresh and its writing loses nothing: for two hours the server takes the old refresh token
 * again, and after that there is the app password.
 */
export function openSessions({ account, vault, server, clock }: SessionsOptions): Sessions {
  const refuse = (problem: string, remedy: string) =>
    new BlueskyFailure(account, 'vault', 'unauthorized', 'not-connected', { problem, remedy });
  const read = async (): Promise<BlueskySecrets> => {
    const kept = await vault.read();
    const remedy = 'Connect it with `callboard connect bluesky`';
    if (kept === undefined) throw refuse('it is not connected', remedy);
    const secrets = readSecrets(kept);
    if (!secrets) throw refuse('its stored secrets are none of Bluesky’s', remedy);
    return secrets;
  };
  const logIn = async ({ credentials, session }: BlueskySecrets, signal: AbortSignal) => {
    const begun = await server.logIn(credentials, signal).catch((thrown: unknown) => {
      throw aboutPassword(thrown, account);
    });
    if (session && session.did !== begun.did) {
      throw refuse(
        'its handle belongs to another account now',
        'Connect the account again if that is meant',
      );
    }
    await vault.write({ credentials, session: begun });
    return begun;
  };
  /** Refreshes; with the app password when the network does not take the refresh token. */
  const refresh = async (secrets: BlueskySecrets, session: Session, signal: AbortSignal) => {
    let renewed: Session;
    try {
      renewed = await server.refresh(session, signal);
    } catch (thrown) {
      if (!isRefusal(thrown)) throw thrown;
      return logIn(secrets, signal);
    }
    if (renewed.did !== session.did) {
      throw refuse('Bluesky answered with another account’s session', 'Connect it again');
    }
    await vault.write({ credentials: secrets.credentials, session: renewed });
    return renewed;
  };
  /** Nobody waits for the lock longer than there is time. */
  const exclusively = (signal: AbortSignal, work: () => Promise<Session>) =>
    unlessAborted(
      vault.exclusively(async () => {
        if (signal.aborted) throw outOfTime(account);
        return work();
      }),
      signal,
      () => outOfTime(account),
    );

  const open = async (signal: AbortSignal): Promise<Session> => {
    const { session } = await read();
    if (session) return session;
    return exclusively(signal, async () => {
      const secrets = await read();
      return secrets.session ?? logIn(secrets, signal);
    });
  };

  return {
    open,
    async freshen(signal) {
      const session = await open(signal);
      if (!isAging(session, clock.now())) return;
      try {
        await exclusively(signal, async () => {
          const secrets = await read();
          if (!secrets.session) return logIn(secrets, signal);
          if (!isAging(secrets.session, clock.now())) return secrets.session;
          return refresh(secrets, secrets.session, signal);
        });
      } catch (thrown) {
        // Aging is not yet refused: while the refresh fails for now, the old one still does.
        if (!isForNow(thrown)) throw thrown;
      }
    },
    renew: (spent, signal) =>
      exclusively(signal, async () => {
        const secrets = await read();
        if (!secrets.session) return logIn(secrets, signal);
        return secrets.session.accessJwt === spent.accessJwt
          ? refresh(secrets, secrets.session, signal)
          : secrets.session;
      }),
  };
}

function isForNow(thrown: unknown): boolean {
  return (
    thrown instanceof BlueskyFailure && ['unsent', 'doubtful', 'busy'].includes(thrown.meaning)
  );
}

/** Whether the refresh token was refused, and not the account. */
function isRefusal(thrown: unknown): boolean {
  if (!(thrown instanceof BlueskyFailure)) return false;
  if (thrown.meaning === 'unauthorized') return thrown.code === 'AuthenticationRequired';
  return thrown.meaning === 'refused' || thrown.meaning === 'session-spent';
}

/** Whatever a login is refused for, no announcement can go out before a person has acted. */
function aboutPassword(thrown: unknown, account: AccountId): unknown {
  if (!(thrown instanceof BlueskyFailure) || thrown.meaning !== 'refused') return thrown;
  const { method, code } = thrown;
  return new BlueskyFailure(account, method, 'unauthorized', code, {
    problem: `Bluesky refuses the login (${code})`,
    remedy: 'Check handle and app password, and connect the account again',
  });
}

function outOfTime(account: AccountId): BlueskyFailure {
  return new BlueskyFailure(account, 'vault', 'unsent', 'no-time', {
    problem: 'its session was being refreshed for too long',
    remedy: 'It is tried again by itself',
  });
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal, why: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(why());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
