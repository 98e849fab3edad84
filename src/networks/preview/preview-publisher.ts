import type { AccountId, Network } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import type { Finding, Outcome, Post } from '../../publish/outcome.js';
import type { Dispatch, Publisher } from '../../publish/publisher.js';
import type { PreviewPost, PreviewTimeline } from './timeline.js';

/** Something that goes wrong with one request. Tests and rehearsals switch these on; a preview for people has none. */
export type PreviewFault =
  /** The network takes the post and its answer is lost. */
  | { readonly kind: 'lost-answer' }
  /** The request is lost before the network sees it. */
  | { readonly kind: 'lost-request' }
  /** The network answers only after so many milliseconds; past the time-out its answer is lost, its post is not. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Any answer that a network can give without taking the post. */
  | Exclude<Outcome, { kind: 'published' | 'uncertain' }>;

/** What a preview publisher needs. */
export interface PreviewPublisherOptions {
  readonly account: AccountId;
  readonly network: Network;
  readonly timeline: PreviewTimeline;
  readonly clock: Clock;
  /** Where its posts are seen; the page of the preview timeline. */
  readonly page: string;
  readonly fault?: (dispatch: Dispatch) => PreviewFault | undefined;
}

/**
 * The preview network: a publisher like any other whose posts stand on a local timeline. Like Bluesky it takes a key from its client and
 * puts up one post per key.
 */
export function createPreviewPublisher(options: PreviewPublisherOptions): Publisher {
  const { account, network, timeline, clock } = options;
  const postOf = (standing: PreviewPost): Post => ({
    uri: `preview://${network}/${standing.key}`,
    permalink: `${options.page}#post-${String(standing.sequence)}`,
    acceptedAt: standing.acceptedAt,
  });
  const accept = async ({ announcement, frozen }: Dispatch) =>
    timeline.accept({
      account,
      network,
      key: frozen.key,
      announcement: announcement.id,
      content: frozen.content,
      acceptedAt: clock.now(),
    });

  return {
    account,
    network,
    timeoutMs: 5_000,
    keyFor: ({ id }) => id,

    verify: () =>
      Promise.resolve({ kind: 'ok', handle: network, id: account, quotas: [], warnings: [] }),
    prepare: () => Promise.resolve({ kind: 'ready' }),

    async publish(dispatch): Promise<Outcome> {
      const { length } = dispatch.frozen.content;
      if (length.used > length.limit) {
        return {
          kind: 'rejected',
          reason: `the text has ${String(length.used)} ${length.unit}, ${String(length.limit)} are allowed`,
        };
      }
      const fault = options.fault?.(dispatch);
      if (!fault) return { kind: 'published', post: postOf(await accept(dispatch)) };
      switch (fault.kind) {
        case 'lost-request':
          return { kind: 'uncertain', reason: 'the connection broke' };
        case 'lost-answer':
          await accept(dispatch);
          return { kind: 'uncertain', reason: 'the connection broke' };
        case 'slow': {
          await clock.sleep(fault.ms, dispatch.signal);
          const post = postOf(await accept(dispatch));
          return dispatch.signal.aborted
            ? { kind: 'uncertain', reason: 'the network did not answer in time' }
            : { kind: 'published', post };
        }
        case 'rejected':
        case 'retry-later':
        case 'unauthorized':
          return fault;
      }
    },

    async find({ frozen }): Promise<Finding> {
      const standing = await timeline.find(account, frozen.key);
      return standing ? { kind: 'found', post: postOf(standing) } : { kind: 'absent' };
    },

    async remove(post, _signal) {
      return timeline.remove(account, post.uri.slice(post.uri.lastIndexOf('/') + 1), clock.now());
    },

    // Nobody likes or shares there, and its addresses name a place on a page, not a post.
    measure: () => Promise.resolve(new Map()),
    recognize: () => undefined,
  };
}
