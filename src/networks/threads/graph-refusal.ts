import type { EpochMs } from '../../program/time.js';

/** What a refusal of Meta's Graph API comes down to. */
export type Meaning =
  /** The access token is expired, revoked or no token. */
  | 'token'
  /** The token may not do this. */
  | 'permission'
  /** Too many calls or posts. */
  | 'throttled'
  /** The post or container that it was asked for is not there, or not yet. */
  | 'missing'
  /** Against Meta's rules. */
  | 'policy'
  /** The same post stands already. */
  | 'duplicate'
  /** More distinct links than a post may hold. */
  | 'links'
  /** A parameter is wrong; the same request gets the same answer. */
  | 'invalid'
  /** Meta's own trouble; proves nothing about what was done. */
  | 'transient'
  | 'unknown';

/** A readable refusal: `{error: {message, type, code, error_subcode, is_transient, fbtrace_id}}`, or a bare status with a known meaning. */
export interface Refusal {
  readonly status: number;
  readonly code?: number;
  readonly subcode?: number;
  readonly transient: boolean;
  /** The network's own words on one short line, without anything that looks like a token. */
  readonly said: string;
  /** From `Retry-After`. */
  readonly notBefore?: EpochMs;
}

interface Row {
  readonly from: number;
  readonly to?: number;
  readonly subcode?: number;
  readonly meaning: Meaning;
}

/**
 * The first row that fits wins. Codes: https://developers.facebook.com/docs/graph-api/guides/error-handling; 24 with 4279009 is what Threads says of a
 * container that it does not find, or does not find yet. Belief: 9 stands for the limit of posts, as it does on Instagram.
 */
const table: readonly Row[] = [
  { from: 24, meaning: 'missing' },
  { from: 100, subcode: 33, meaning: 'missing' },
  { from: 102, meaning: 'token' },
  { from: 190, meaning: 'token' },
  { from: 4, meaning: 'throttled' },
  { from: 9, meaning: 'throttled' },
  { from: 17, meaning: 'throttled' },
  { from: 32, meaning: 'throttled' },
  { from: 341, meaning: 'throttled' },
  { from: 613, meaning: 'throttled' },
  { from: 10, meaning: 'permission' },
  { from: 200, to: 299, meaning: 'permission' },
  { from: 368, meaning: 'policy' },
  { from: 506, meaning: 'duplicate' },
  { from: 1, to: 2, meaning: 'transient' },
];

const statuses: Readonly<Record<number, Meaning>> = {
  401: 'token',
  403: 'permission',
  429: 'throttled',
};

/** The code of a post with more than five distinct links: https://developers.facebook.com/docs/threads/create-posts. */
const linkLimit = 'THREADS_API__LINK_LIMIT_EXCEEDED';

/**
 * What a refusal means, by its code, else by its status.
 *
 * @example meaningOf({ status: 400, code: 190, transient: false, said: '' }) // 'token'
 */
export function meaningOf({ status, code, subcode, transient, said }: Refusal): Meaning {
  if (said.includes(linkLimit)) return 'links';
  if (code === undefined) return statuses[status] ?? (status >= 500 ? 'transient' : 'unknown');
  const row = table.find(
    (each) =>
      code >= each.from &&
      code <= (each.to ?? each.from) &&
      (each.subcode === undefined || each.subcode === subcode),
  );
  if (row) return row.meaning;
  if (transient || status >= 500) return 'transient';
  return code === 100 ? 'invalid' : (statuses[status] ?? 'unknown');
}

/**
 * Words of the network, made fit for a sentence: one line, at most 140 characters, long runs that could be a token left out.
 *
 * @example wordsOf('Malformed access token THAA0123456789012345678901234567890123456789') // 'Malformed access token …'
 */
export function wordsOf(text: string): string {
  const line = text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    // A name like THREADS_API__LINK_LIMIT_EXCEEDED is no token: it has no digits.
    .replace(/[\w|.~+/=-]{24,}/g, (run) => (/\d/.test(run) ? '…' : run));
  const characters = Array.from(line);
  return characters.length > 140 ? `${characters.slice(0, 139).join('')}…` : line;
}
