import type { Post } from '../../publish/outcome.js';
import type { EpochMs } from '../../program/time.js';

/** The first millisecond of X's ids: https://docs.x.com/fundamentals/x-ids */
const idEpoch = 1_288_834_974_657n;

/**
 * When X made an id: its upper bits are milliseconds. X answers a new post with its id only, and says `created_at` in whole seconds.
 *
 * @example madeAt('1346889436626259968') // 2021-01-06T18:40:40.344Z
 */
export function madeAt(id: string): EpochMs {
  return Number((BigInt(id) >> 22n) + idEpoch);
}

/**
 * Where a person sees a post.
 *
 * @example permalinkOf('meeting', '20') // 'https://x.com/meeting/status/20'
 */
export function permalinkOf(handle: string, id: string): string {
  return `https://x.com/${handle}/status/${id}`;
}

/** A post as the ledger keeps it. */
export function postOf(handle: string, id: string): Post {
  return { uri: id, permalink: permalinkOf(handle, id), acceptedAt: madeAt(id) };
}

/**
 * The post that an address of x.com or twitter.com names, of whatever account; undefined when it names none.
 *
 * @example recognizePost('https://twitter.com/meeting/status/20?s=46')
 * // { uri: '20', permalink: 'https://x.com/meeting/status/20' }
 */
export function recognizePost(address: string): Pick<Post, 'uri' | 'permalink'> | undefined {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  if (!/^(?:(?:www|mobile)\.)?(?:x|twitter)\.com$/.test(url.hostname)) return undefined;
  const [, handle, id] = /^\/(\w{1,15})\/status\/(\d{1,19})(?:\/|$)/.exec(url.pathname) ?? [];
  return handle && id ? { uri: id, permalink: permalinkOf(handle, id) } : undefined;
}
