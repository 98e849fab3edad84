import { XRPCError } from '@atproto/api';
import type { AccountId } from '../../campaign/network.js';
import { sentence } from '../../errors.js';
import type { EpochMs } from '../../program/time.js';
import type { Outcome } from '../../publish/outcome.js';
import { notBeforeOf } from './rate-limits.js';

/** What a failed request means for what was asked. */
export type Meaning =
  /** The request never left. */
  | 'unsent'
  /** Whether it was taken is open: no answer, half of one, a broken server. */
  | 'doubtful'
  /** Refused for now, nothing was taken: too many requests. */
  | 'busy'
  /** The network refuses this request for good. */
  | 'refused'
  /** The access token is used up; refreshing it helps. */
  | 'session-spent'
  /** The account may not; a person has to act. */
  | 'unauthorized';

interface Entry {
  readonly meaning: Meaning;
  readonly problem: string;
  readonly remedy: string;
}

const reconnect =
  'Make a new app password in Bluesky under Settings, Privacy and security, and connect the account again';
const tokenSpent: Entry = {
  meaning: 'session-spent',
  problem: 'Bluesky does not take its session any more',
  remedy: reconnect,
};
const blocked = (problem: string): Entry => ({
  meaning: 'unauthorized',
  problem,
  remedy: 'Sign in at bsky.app to see what Bluesky asks of you, then connect the account again',
});
const takenDown = blocked('Bluesky has taken the account down');
const suspended = blocked('Bluesky has suspended the account');
const deactivated = blocked('the account is deactivated, or has moved to another server');
const limited: Entry = {
  meaning: 'busy',
  problem: 'Bluesky says that there were too many requests',
  remedy: 'It goes on by itself when there is room again',
};
const broken: Entry = {
  meaning: 'doubtful',
  problem: 'Bluesky’s server is broken or overloaded',
  remedy: 'It is tried again by itself',
};

/**
 * What Bluesky's own names of errors mean; https://docs.bsky.app/docs/advanced-guides/api-directory and the lexicons of each method, and the source of the
 * reference server for the rest.
 */
const byName: Readonly<Record<string, Entry>> = {
  AuthenticationRequired: {
    meaning: 'unauthorized',
    problem: 'Bluesky does not accept the handle and the app password',
    remedy: reconnect,
  },
  AuthFactorTokenRequired: {
    meaning: 'unauthorized',
    problem: 'Bluesky wants a sign-in code by e-mail, which it does only for the main password',
    remedy: reconnect,
  },
  AccountTakedown: takenDown,
  RepoTakendown: takenDown,
  AccountSuspended: suspended,
  RepoSuspended: suspended,
  AccountDeactivated: deactivated,
  RepoDeactivated: deactivated,
  AuthMissing: tokenSpent,
  ExpiredToken: tokenSpent,
  InvalidToken: tokenSpent,
  RateLimitExceeded: limited,
  // Also what the client makes of a redirect, which is not followed: a page to sign in to a network without wires, for one.
  XRPCNotSupported: {
    meaning: 'busy',
    problem: 'what answers is not Bluesky',
    remedy:
      'Check the connection to the internet and the address of the server; it is tried again by itself',
  },
  UpstreamFailure: broken,
  UpstreamTimeout: broken,
  NotEnoughResources: broken,
  InternalServerError: broken,
};

/** A request to Bluesky that failed, and what that means. Its message is a sentence for a person and holds no secret. */
export class BlueskyFailure extends Error {
  override readonly name = 'BlueskyFailure';

  constructor(
    readonly account: AccountId,
    /** `com.atproto.repo.putRecord` */
    readonly method: string,
    readonly meaning: Meaning,
    /** Bluesky's own name for it, or the status. */
    readonly code: string,
    complaint: { readonly problem: string; readonly remedy: string },
    readonly notBefore?: EpochMs,
  ) {
    super(sentence({ place: account, ...complaint }));
  }
}

/** Whether it is a failure of this name. */
export function isFailure(thrown: unknown, code: string): boolean {
  return thrown instanceof BlueskyFailure && thrown.code === code;
}

/** Requests in which passwords and tokens travel: nothing of their answers is ever repeated. */
const secretMethods = [
  'com.atproto.server.createSession',
  'com.atproto.server.refreshSession',
  'com.atproto.server.deleteSession',
];

/** What a thrown value of Bluesky's client means; what is no failure of a request (a bug) is thrown on. */
export function failureOf(
  thrown: unknown,
  {
    account,
    method,
    now,
  }: { readonly account: AccountId; readonly method: string; readonly now: EpochMs },
): BlueskyFailure {
  if (thrown instanceof BlueskyFailure) return thrown;
  if (!(thrown instanceof XRPCError)) throw thrown;
  const status: number = thrown.status;
  const code = /^[A-Za-z]{1,60}$/.test(thrown.error) ? thrown.error : String(status);
  const fail = ({ meaning, problem, remedy }: Entry, notBefore?: EpochMs) =>
    new BlueskyFailure(account, method, meaning, code, { problem, remedy }, notBefore);

  if (status < 200) return fail(withoutAnswer(thrown));
  if (status < 300) return fail({ ...broken, problem: 'Bluesky’s answer could not be read' });
  if (status === 429) return fail(limited, notBeforeOf(thrown.headers ?? {}, now));
  if (status >= 500) return fail({ ...broken, problem: `${broken.problem} (${code})` });
  const known = byName[code];
  const secret = secretMethods.includes(method);
  // A 401 without a name of its own reads AuthenticationRequired: only where a password was sent is that about the password.
  const aboutPassword = code === 'AuthenticationRequired' || known?.meaning !== 'unauthorized';
  if (status === 401 && !secret && aboutPassword) return fail(tokenSpent);
  if (known) return fail(known);
  const said = secret ? '' : `: ${quoted(thrown.message)}`;
  return fail({
    meaning: 'refused',
    problem: `Bluesky refuses this (${code}${said})`,
    remedy: 'Change what is said, or put it up by hand',
  });
}

/** Failures of a request before its connection stood, by the name that Node gives them. */
const neverConnected =
  /^(UND_ERR_CONNECT_TIMEOUT|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+)$/;

function withoutAnswer(thrown: XRPCError): Entry {
  const causes = causesOf(thrown.cause);
  const left = causes.some(({ name }) => name === 'NeverSent') || causes.some(wasNotSent);
  const aborted = causes.some(({ name }) => name === 'TimeoutError' || name === 'AbortError');
  return {
    meaning: left ? 'unsent' : 'doubtful',
    problem: left
      ? 'Bluesky cannot be reached'
      : aborted
        ? 'Bluesky did not answer in time'
        : 'the connection to Bluesky broke, or its answer could not be read',
    remedy: left
      ? 'Check the connection to the internet; it is tried again by itself'
      : broken.remedy,
  };
}

interface Cause {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly errors?: unknown;
}

function wasNotSent({ code, syscall, errors }: Cause): boolean {
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (typeof code === 'string' && neverConnected.test(code)) return true;
  return (
    Array.isArray(errors) && errors.length > 0 && errors.every((one: Cause) => wasNotSent(one))
  );
}

function causesOf(thrown: unknown): readonly Cause[] {
  const causes: Cause[] = [];
  for (let cause = thrown; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(cause);
  }
  return causes;
}

const mostQuoted = 160;

/** One short line of another's text, without anything that looks like a token or an app password. */
export function quoted(text: string): string {
  const line = text
    .replace(/[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g, '…')
    .replace(/\b[a-z0-9]{4}(-[a-z0-9]{4}){3}\b/gi, '…')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  return line.length <= mostQuoted ? line : `${line.slice(0, mostQuoted).trimEnd()}…`;
}

const visible = 'com.atproto.repo.putRecord';

/** What a failed request means for the announcement: only a doubt about the put itself leaves open whether a post stands. */
export function outcomeOf(failure: BlueskyFailure): Exclude<Outcome, { kind: 'published' }> {
  const reason = failure.message;
  const notBefore = failure.notBefore === undefined ? {} : { notBefore: failure.notBefore };
  switch (failure.meaning) {
    case 'unsent':
    case 'busy':
      return { kind: 'retry-later', reason, ...notBefore };
    case 'doubtful':
      return failure.method === visible
        ? { kind: 'uncertain', reason }
        : { kind: 'retry-later', reason };
    case 'refused':
      return { kind: 'rejected', reason };
    case 'session-spent':
    case 'unauthorized':
      return { kind: 'unauthorized', reason };
  }
}
