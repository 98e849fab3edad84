import type { Clock } from '../../clock.js';
import type { EpochMs } from '../../program/time.js';
import type { Post } from '../../publish/outcome.js';
import { containerStatus, media, mediaFields, type Media } from './answers.js';
import { readOwnPosts, isSameText } from './own-posts.js';
import { profileAddress } from './post-address.js';
import type { AskAccount, GraphFailure } from './threads-account.js';
import type { ThreadsMemory } from './threads-memory.js';

/** What a container says of itself. */
export type ContainerState =
  | { readonly kind: 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'EXPIRED' }
  | { readonly kind: 'ERROR'; readonly said: string }
  /** Threads does not know it. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'blind'; readonly failure: GraphFailure };

/** Whether a text stands among the own posts. */
export type Listing =
  | { readonly kind: 'listed'; readonly post: Post }
  /** It is not there, and the whole time since the moment was read by clocks that agree. */
  | { readonly kind: 'unlisted' }
  /** It was not seen, which proves nothing. */
  | { readonly kind: 'open'; readonly reason: string }
  | { readonly kind: 'blind'; readonly failure: GraphFailure };

/** What looking needs. */
export interface SightOptions {
  readonly ask: AskAccount;
  readonly memory: ThreadsMemory;
  readonly clock: Clock;
  /** Without `@`. */
  readonly handle: string;
}

/** Clocks that are further apart make a search by time prove nothing; also how much earlier than the claim a post may seem to be. */
const skewMs = 60_000;

/** Asks a container how it is doing. */
export async function containerState(
  ask: AskAccount,
  container: string,
  signal: AbortSignal,
): Promise<ContainerState> {
  const answer = await ask(
    {
      method: 'GET',
      path: `/v1.0/${encodeURIComponent(container)}`,
      parameters: { fields: 'status,error_message' },
      signal,
    },
    containerStatus,
  );
  if (answer.kind === 'answered') {
    const { status, error_message: said = '' } = answer.value;
    return status === 'ERROR' ? { kind: 'ERROR', said } : { kind: status };
  }
  return answer.kind === 'refused' && answer.meaning === 'missing'
    ? { kind: 'gone' }
    : { kind: 'blind', failure: answer };
}

/**
 * Looks for a text among the own posts since a moment; a post that is known to belong to another announcement is none. The one that stands longest is taken.
 */
export async function lookAmongPosts(
  { ask, memory, clock, handle }: SightOptions,
  sought: { readonly announcement: string; readonly text: string; readonly since?: EpochMs },
  signal: AbortSignal,
): Promise<Listing> {
  const since = sought.since === undefined ? undefined : sought.since - skewMs;
  const own = await readOwnPosts(ask, signal, since);
  if (own.kind !== 'read') return { kind: 'blind', failure: own };
  // Newest first, so the first of our candidates comes last.
  for (const each of own.posts.toReversed()) {
    if (since !== undefined && each.timestamp < since) continue;
    if (!isSameText(sought.text, each.text)) continue;
    const owner = await memory.ownerOf(each.id);
    if (owner !== undefined && owner !== sought.announcement) continue;
    return { kind: 'listed', post: postOf(each, handle) };
  }
  const { networkTime } = own;
  if (networkTime !== undefined && Math.abs(networkTime - clock.now()) > skewMs) {
    return {
      kind: 'open',
      reason: 'this machine’s clock and that of Threads differ by more than a minute',
    };
  }
  return own.complete
    ? { kind: 'unlisted' }
    : { kind: 'open', reason: 'there are more posts on the account than could be read' };
}

/** Reads one post by its media id; undefined when it cannot be read. */
export async function readPost(
  { ask, handle }: Pick<SightOptions, 'ask' | 'handle'>,
  id: string,
  signal: AbortSignal,
): Promise<Post | undefined> {
  const answer = await ask(
    {
      method: 'GET',
      path: `/v1.0/${encodeURIComponent(id)}`,
      parameters: { fields: mediaFields },
      signal,
    },
    media,
  );
  return answer.kind === 'answered' ? postOf(answer.value, handle) : undefined;
}

function postOf({ id, permalink, shortcode, timestamp }: Media, handle: string): Post {
  const profile = profileAddress(handle);
  const address = permalink ?? (shortcode ? `${profile}/post/${shortcode}` : profile);
  return { uri: id, permalink: address, acceptedAt: timestamp };
}
