import { z } from 'zod';
import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import type { Post } from '../../publish/outcome.js';
import type {
  AccountVault,
  DrawPicture,
  NetworkMemory,
  Preparation,
  Prepared,
  Publisher,
} from '../../publish/publisher.js';
import { isAccepted } from './answer.js';
import { asking } from './asking.js';
import { findPost } from './find-post.js';
import { openXLine } from './line.js';
import { measurePosts } from './measure.js';
import { recognizePost } from './post-address.js';
import { holdPicture, publishPost } from './publish-post.js';
import { recordsIn } from './records.js';
import { createSignIn } from './sign-in.js';
import { verifyAccount } from './verify.js';
import type { XContext } from './x-context.js';

/** What a publisher of one account on X needs. */
export interface XPublisherOptions {
  readonly account: AccountId;
  /** Without `@`. */
  readonly handle: string;
  readonly clock: Clock;
  readonly vault: AccountVault;
  readonly memory: NetworkMemory;
  readonly drawPicture: DrawPicture;
  /** In place of `https://api.x.com`. */
  readonly api?: string;
  /** In place of the above for pictures. */
  readonly upload?: string;
  /** Whether posts bear their picture. */
  readonly attach: 'picture' | 'nothing';
  /** The longest that publishing one post may take, in milliseconds: 20,000 without. */
  readonly timeoutMs?: number;
  /** So long after a post was sent its absence from X's answers proves that it does not stand, in milliseconds: 30,000 without. [belief] */
  readonly settledMs?: number;
  /** When to look for a post whose answer was lost, in milliseconds after it was; each look costs money. 15 s to 15 min without. */
  readonly looksAfterMs?: readonly number[];
}

const usualLooksAfterMs = [15_000, 60_000, 120_000, 300_000, 900_000];
const minute = 60_000;

/**
 * A publisher for one account on X, over API v2. X knows no key that makes a second post the same as the first: a post is sent once, and after a lost
 * answer it is looked for before the same text is sent again. See `docs/networks/x.md`.
 */
export function createXPublisher(options: XPublisherOptions): Publisher {
  const { account, handle, clock, vault, drawPicture, attach, api, upload } = options;
  const { timeoutMs = 20_000, settledMs = 30_000 } = options;
  const { looksAfterMs = usualLooksAfterMs } = options;
  const line = openXLine({ api, upload, timeoutMs });
  const records = recordsIn(options.memory);
  const signIn = createSignIn({ account, vault, line, clock });
  const shared = { account, handle, clock, vault, records, line, signIn, attach, settledMs };
  const context: XContext = { ...shared, drawPicture };

  return {
    account,
    network: 'x',
    timeoutMs,
    looksAfterMs,
    keyFor: ({ id }) => id,
    verify: (signal) => verifyAccount(context, signal),
    prepare: (preparation) => prepare(context, preparation),
    publish: (dispatch) => publishPost(context, dispatch),
    find: (dispatch) => findPost(context, dispatch),
    remove: (post, signal) => remove(context, post, signal),
    measure: (posts, signal) => measurePosts(asking(signIn, line, signal), posts),
    recognize: recognizePost,
  };
}

/** A token that lasts past the due moment, and a picture that X holds. */
async function prepare(context: XContext, preparation: Preparation): Promise<Prepared> {
  const { announcement, content, signal } = preparation;
  const ahead = announcement.dueAt - context.clock.now() + 5 * minute;
  const signed = await context.signIn(
    { forMs: Math.min(Math.max(ahead, 5 * minute), 60 * minute) },
    signal,
  );
  if (signed.kind !== 'signed-in') return signed;
  const ask = asking(context.signIn, context.line, signal);
  const held = await holdPicture(context, announcement.id, content, ask);
  if (typeof held !== 'object') return { kind: 'ready' };
  if (held.kind === 'unauthorized') return held;
  const notBefore = held.kind === 'retry-later' ? held.notBefore : undefined;
  return { kind: 'later', reason: held.reason, ...(notBefore !== undefined && { notBefore }) };
}

const deletedShape = z.object({ data: z.object({ deleted: z.literal(true) }) });

/** https://docs.x.com/x-api/posts/delete-post */
async function remove(context: XContext, post: Post, signal: AbortSignal): Promise<boolean> {
  const ask = asking(context.signIn, context.line, signal);
  const answer = await ask({ method: 'DELETE', path: `tweets/${post.uri}` });
  const gone = answer.kind === 'answered' && answer.status === 404;
  return gone || (isAccepted(answer) && deletedShape.safeParse(answer.body).success);
}
