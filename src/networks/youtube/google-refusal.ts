import type { EpochMs } from '../../program/time.js';

/** What a refusal of Google's comes down to. Of all but `transient` and `unknown` it is certain that nothing was taken. */
export type Meaning =
  /** The access is gone: withdrawn, expired, or never given. */
  | 'token'
  /** The account or the Google Cloud project may not do this. */
  | 'permission'
  /** The channel may not stream live yet. */
  | 'streaming-off'
  /** The units of the day are used up. */
  | 'quota'
  /** Too much at once. */
  | 'throttled'
  /** The chat or the broadcast has ended. */
  | 'ended'
  /** The stream has no chat. */
  | 'chat-off'
  /** What it was asked for is not there. */
  | 'missing'
  /** Something in the request is wrong; the same request gets the same answer. */
  | 'invalid'
  /** Google's own trouble; proves nothing about what was done. */
  | 'transient'
  | 'unknown';

/** A readable refusal: `{error: {code, message, errors: [{domain, reason, message}]}}`, or a bare status with a known meaning. */
export interface Refusal {
  readonly status: number;
  /** Google's word for it: `quotaExceeded`. */
  readonly reason?: string;
  /** Google's own words on one short line, without anything that looks like a token. */
  readonly said: string;
  readonly notBefore?: EpochMs;
}

/**
 * Reasons: https://developers.google.com/youtube/v3/live/docs/errors and https://developers.google.com/youtube/v3/docs/errors. One that is not here means
 * what its status means.
 */
const reasons: Readonly<Record<string, Meaning>> = {
  authError: 'token',
  authorizationRequired: 'token',
  invalidCredentials: 'token',
  youtubeSignupRequired: 'permission',
  accessNotConfigured: 'permission',
  channelClosed: 'permission',
  channelSuspended: 'permission',
  forbidden: 'permission',
  insufficientLivePermissions: 'permission',
  insufficientPermissions: 'permission',
  liveStreamingNotEnabled: 'streaming-off',
  dailyLimitExceeded: 'quota',
  quotaExceeded: 'quota',
  RATE_LIMIT_EXCEEDED: 'throttled',
  rateLimitExceeded: 'throttled',
  uploadRateLimitExceeded: 'throttled',
  userRateLimitExceeded: 'throttled',
  userRequestsExceedRateLimit: 'throttled',
  liveChatEnded: 'ended',
  liveChatNotFound: 'ended',
  liveChatDisabled: 'chat-off',
  liveBroadcastNotFound: 'missing',
  liveChatMessageNotFound: 'missing',
  notFound: 'missing',
  videoNotFound: 'missing',
  backendError: 'transient',
  internalError: 'transient',
};

const statuses: Readonly<Record<number, Meaning>> = {
  400: 'invalid',
  401: 'token',
  403: 'permission',
  404: 'missing',
  429: 'throttled',
};

/**
 * What a refusal means: by its status where that is Google's own trouble, else by its reason, else by its status. A 401 is about the token whatever its
 * reason.
 *
 * @example meaningOf({ status: 403, reason: 'quotaExceeded', said: '' }) // 'quota'
 */
export function meaningOf({ status, reason }: Refusal): Meaning {
  if (status >= 500) return 'transient';
  const bySignUp = reason === 'youtubeSignupRequired';
  if (status === 401 && !bySignUp) return 'token';
  const byReason =
    reason !== undefined && Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
  return byReason ?? statuses[status] ?? 'unknown';
}

/**
 * Words of the network, made fit for a sentence: one line, at most 140 characters, without marks of HTML and long runs that could be a token.
 *
 * @example wordsOf('Bad token ya29.a0Af1234567890123456789') // 'Bad token …'
 */
export function wordsOf(text: string): string {
  const line = text
    .replace(/<[^>]{0,200}>/g, '')
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .replace(/[\w|.~+/=-]{24,}/g, (run) => (/\d/.test(run) ? '…' : run));
  const characters = Array.from(line);
  return characters.length > 140 ? `${characters.slice(0, 139).join('')}…` : line;
}
