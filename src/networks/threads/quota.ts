import type { Clock } from '../../clock.js';
import type { EpochMs } from '../../program/time.js';
import type { Quota } from '../../publish/publisher.js';
import { publishingLimit } from './answers.js';
import { readOwnPosts } from './own-posts.js';
import type { AskAccount } from './threads-account.js';

/** What asking for limits needs. */
export interface QuotaTools {
  readonly ask: AskAccount;
  readonly clock: Clock;
}

/** Where nothing says when there is room again. */
const unknownMs = 15 * 60_000;

/** What is left of the limits; undefined when Threads does not say. */
export async function readQuotas(
  { ask, clock }: QuotaTools,
  signal: AbortSignal,
): Promise<readonly Quota[] | undefined> {
  const answer = await ask(
    {
      method: 'GET',
      path: '/v1.0/me/threads_publishing_limit',
      parameters: { fields: 'quota_usage,config,delete_quota_usage,delete_config' },
      signal,
    },
    publishingLimit,
  );
  if (answer.kind !== 'answered') return undefined;
  const [{ quota_usage, config, delete_quota_usage, delete_config }] = answer.value.data;
  const left = Math.max(0, config.quota_total - quota_usage);
  const resetsAt =
    left > 0
      ? undefined
      : await roomAt({ ask, clock }, config.quota_total, config.quota_duration * 1_000, signal);
  return [
    {
      name: 'posts a day',
      limit: config.quota_total,
      left,
      ...(resetsAt !== undefined && { resetsAt }),
    },
    ...(delete_quota_usage !== undefined && delete_config
      ? [
          {
            name: 'deletes a day',
            limit: delete_config.quota_total,
            left: Math.max(0, delete_config.quota_total - delete_quota_usage),
          },
        ]
      : []),
  ];
}

/** From when there is room for a post again; undefined when there is room, or when Threads does not say. */
export async function fullUntil(
  tools: QuotaTools,
  signal: AbortSignal,
): Promise<EpochMs | undefined> {
  const quotas = await readQuotas(tools, signal);
  return quotas?.find(({ name }) => name === 'posts a day')?.resetsAt;
}

/** The window moves with the posts: there is room when the post leaves it that is as many back as are allowed. */
async function roomAt(
  { ask, clock }: QuotaTools,
  total: number,
  windowMs: number,
  signal: AbortSignal,
): Promise<EpochMs> {
  const now = clock.now();
  const own = await readOwnPosts(ask, signal, now - windowMs);
  if (own.kind !== 'read') return now + unknownMs;
  const newestFirst = own.posts.map(({ timestamp }) => timestamp).sort((a, b) => b - a);
  const leaving = newestFirst[total - 1];
  // Removed posts count and are not listed.
  return leaving === undefined ? now + unknownMs : Math.max(now + 1_000, leaving + windowMs);
}
