import { unreachable } from '../../errors.js';
import type { EpochMs } from '../../program/time.js';
import type { Finding, Post } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import { containerUri, profileAddress } from './post-address.js';
import { containerState, lookAmongPosts, type Listing, type SightOptions } from './sighting.js';
import { failureSentence, type GraphFailure } from './threads-account.js';
import type { TriedRecord } from './threads-memory.js';

/** What a look at a container and at the own posts shows together. */
export type Sight =
  | { readonly kind: 'stands'; readonly post: Post }
  /** It says itself that it is finished and not published: publishing it (again) is safe. `doubt` is what the own posts leave open. */
  | { readonly kind: 'ready'; readonly doubt?: string }
  /** It will never be published: it failed, expired, or (`gone`) Threads does not know it. */
  | { readonly kind: 'dead'; readonly gone: boolean }
  | { readonly kind: 'open'; readonly reason: string }
  | { readonly kind: 'blind'; readonly failure: GraphFailure };

/**
 * So long after the last attempt the word of the container alone counts, where the own posts say something else. Belief: lists are behind by seconds at
 * most.
 */
const settledMs = 5 * 60_000;

/** Looks at a container that publishing was tried with, and at the own posts. */
export async function lookAt(
  options: SightOptions,
  announcement: string,
  tried: TriedRecord,
  signal: AbortSignal,
): Promise<Sight> {
  const state = await containerState(options.ask, tried.container, signal);
  if (state.kind === 'blind') return state;
  const now = options.clock.now();
  const settled = now - tried.triedAt >= settledMs;
  const sought = { announcement, text: tried.text };
  const since = Math.min(tried.madeAt, tried.triedAt, now);
  const listing = await lookAmongPosts(options, { ...sought, since }, signal);
  if (listing.kind === 'blind') return listing;
  if (listing.kind === 'listed' && state.kind !== 'FINISHED') {
    await options.memory.rememberOwner(listing.post.uri, announcement);
    return { kind: 'stands', post: listing.post };
  }
  switch (state.kind) {
    case 'PUBLISHED':
      return lookEverywhere(options, tried, sought, settled, signal);
    case 'IN_PROGRESS':
      return { kind: 'open', reason: 'Threads is still at work on it' };
    case 'FINISHED':
      if (listing.kind === 'listed' && !settled) {
        return { kind: 'open', reason: 'Threads shows such a post and says that ours is not out' };
      }
      return listing.kind === 'open' ? { kind: 'ready', doubt: listing.reason } : { kind: 'ready' };
    case 'ERROR':
    case 'EXPIRED':
      return listing.kind === 'open' ? listing : { kind: 'dead', gone: false };
    case 'gone':
      if (listing.kind === 'open') return listing;
      // Every attempt was answered with a no, or is long past.
      return !tried.open || settled
        ? { kind: 'dead', gone: true }
        : { kind: 'open', reason: 'Threads does not know it at the moment' };
    default:
      return unreachable(state);
  }
}

/** It was published for certain, and not when we thought: clocks were wrong, somebody took it down, or the list is behind. */
async function lookEverywhere(
  options: SightOptions,
  tried: TriedRecord,
  sought: { readonly announcement: string; readonly text: string },
  settled: boolean,
  signal: AbortSignal,
): Promise<Sight> {
  const listing = await lookAmongPosts(options, sought, signal);
  if (listing.kind === 'blind') return listing;
  if (listing.kind === 'listed') {
    await options.memory.rememberOwner(listing.post.uri, sought.announcement);
    return { kind: 'stands', post: listing.post };
  }
  const post = {
    uri: containerUri(tried.container),
    permalink: profileAddress(options.handle),
    acceptedAt: tried.triedAt,
  };
  return settled
    ? { kind: 'stands', post }
    : { kind: 'open', reason: 'Threads says that it is published and does not show it yet' };
}

/**
 * Whether an announcement stands. What was tried decides: its container's own word, with the own posts beside it. Where nothing was tried, or the memory of it was
 * lost with the machine, the own posts alone.
 */
export async function findPost(options: SightOptions, dispatch: Dispatch): Promise<Finding> {
  const { announcement, frozen, signal } = dispatch;
  const tried = await options.memory.tried(announcement.id);
  if (tried?.open) {
    const sight = await lookAt(options, announcement.id, tried, signal);
    switch (sight.kind) {
      case 'stands':
        return { kind: 'found', post: sight.post };
      case 'ready':
        return sight.doubt === undefined
          ? { kind: 'absent' }
          : { kind: 'unknown', reason: sight.doubt };
      case 'dead':
        return { kind: 'absent' };
      case 'open':
        return { kind: 'unknown', reason: sight.reason };
      case 'blind':
        return unknown(options, sight.failure);
      default:
        return unreachable(sight);
    }
  }
  const since: EpochMs = Math.min(frozen.frozenAt, options.clock.now());
  const sought = { announcement: announcement.id, text: frozen.content.text, since };
  return findingOf(options, announcement.id, await lookAmongPosts(options, sought, signal));
}

async function findingOf(
  options: SightOptions,
  announcement: string,
  listing: Listing,
): Promise<Finding> {
  switch (listing.kind) {
    case 'listed':
      await options.memory.rememberOwner(listing.post.uri, announcement);
      return { kind: 'found', post: listing.post };
    case 'unlisted':
      return { kind: 'absent' };
    case 'open':
      return { kind: 'unknown', reason: listing.reason };
    case 'blind':
      return unknown(options, listing.failure);
    default:
      return unreachable(listing);
  }
}

function unknown({ handle }: SightOptions, failure: GraphFailure): Finding {
  return { kind: 'unknown', reason: failureSentence(handle, 'looking for the post', failure) };
}
