import type { AccountId } from '../../campaign/network.js';
import type { Publisher } from '../../publish/publisher.js';
import { sentAnotherWay } from './another-way.js';
import { composerAddress, recognizePost } from './post-address.js';
import type { YoutubeMemory } from './youtube-memory.js';

/**
 * YouTube without access to its pilot: a person puts the post up, and gives its address back. Nobody is asked, and no secrets are needed.
 *
 * `publish` is never called where `byHand` is present. A call would be a bug; since nothing is sent, it answers `rejected`, which says so, brings a person, and leaves
 * nothing in doubt.
 */
export function createHandOff(options: {
  readonly account: AccountId;
  /** Without `@`. */
  readonly handle: string;
  readonly timeoutMs: number;
  readonly memory: Pick<YoutubeMemory, 'attempt'>;
}): Publisher {
  const { account, handle, timeoutMs, memory } = options;
  return {
    account,
    network: 'youtube',
    timeoutMs,
    byHand: {
      address: composerAddress(handle),
      instruction:
        'Open the channel’s “Posts” tab, paste the text under “Create a post”, add the picture, choose “Post”, and give the address of the post back.',
    },
    keyFor: ({ id }) => id,
    verify: () =>
      Promise.resolve({
        kind: 'ok',
        handle,
        id: handle,
        quotas: [],
        warnings: [
          'A person puts the posts up: YouTube takes community posts only from projects of its pilot.',
        ],
      }),
    prepare: () => Promise.resolve({ kind: 'ready' }),
    publish: () =>
      Promise.resolve({
        kind: 'rejected',
        reason: `YouTube @${handle}: posts are put up by a person there, and nothing was sent. Report this as a mistake of Callboard.`,
      }),
    // Else in doubt is only what a process died over before it was handed to anybody: nobody was told of it, so nothing stands.
    find: async ({ announcement }) =>
      sentAnotherWay(await memory.attempt(announcement.id), 'by-hand', handle) ?? {
        kind: 'absent',
      },
    // Whoever put it up takes it down.
    remove: () => Promise.resolve(false),
    measure: () => Promise.resolve(new Map()),
    recognize: recognizePost,
  };
}
