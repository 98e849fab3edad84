import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import { sentence } from '../../errors.js';
import type {
  AccountVault,
  DrawPicture,
  NetworkMemory,
  Prepared,
  Publisher,
} from '../../publish/publisher.js';
import { partsOfUri, postCollection, recognizePost } from './addresses.js';
import { openClient } from './client.js';
import { BlueskyFailure, outcomeOf } from './errors.js';
import { measurePosts } from './measure.js';
import { openLine } from './line.js';
import { makeParts } from './parts.js';
import { addBotLabel } from './profile.js';
import { findRecord, putRecord } from './put.js';
import { openPoints } from './points.js';
import type { ToldLimit } from './rate-limits.js';
import { openRecordMemory } from './record-memory.js';
import { unfitText, type Attachment } from './record.js';
import { openSessions } from './sessions.js';
import { tidOf } from './tid.js';
import { verifyAccount } from './verify.js';

/** What a Bluesky publisher needs. */
export interface BlueskyPublisherOptions {
  readonly account: AccountId;
  readonly clock: Clock;
  readonly vault: AccountVault;
  readonly memory: NetworkMemory;
  readonly drawPicture: DrawPicture;
  readonly attach: Attachment;
  /**
   * Base address of a server to use for everything. Left out, sessions begin at `https://bsky.social` and the rest goes to the server that the account's DID
   * document names.
   */
  readonly service?: string;
  /** The longest that one `publish` may take, milliseconds; 20,000 when left out. */
  readonly timeoutMs?: number;
}

/** A Bluesky account. */
export interface BlueskyPublisher extends Publisher {
  /** Says on the account's profile that it is automated, and keeps the rest of it; answers why it could not, as a sentence. */
  labelAsBot(signal: AbortSignal): Promise<string | undefined>;
}

const defaultTimeoutMs = 20_000;

/**
 * Bluesky, through the reference client. A post is a record under a key that is chosen before its first request and put only where nothing stands: sending it
 * again, however often and from however many processes, changes nothing.
 */
export function createBlueskyPublisher(options: BlueskyPublisherOptions): BlueskyPublisher {
  const { account, clock, vault, memory, drawPicture, attach } = options;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const { request, server } = openLine({ ...options, requestMs: timeoutMs }, account);
  const sessions = openSessions({ account, vault, server, clock });
  const points = openPoints(memory);
  let told: ToldLimit | undefined;
  const client = openClient({
    account,
    clock,
    request,
    server,
    sessions,
    onLimit: (method, limit) => {
      if (method === 'com.atproto.repo.putRecord') told = limit;
    },
  });
  const records = openRecordMemory(memory);
  const parts = { client, drawPicture, attach, resolveMs: Math.ceil(timeoutMs / 4) };
  /** A count of points is worth no post: it may be missing. */
  const notePoints = async (posts: number) => {
    const limit = told;
    told = undefined;
    await points.note({ posts, limit, now: clock.now() }).catch(() => undefined);
  };

  return {
    account,
    network: 'bluesky',
    timeoutMs,
    keyFor: ({ id, dueAt }) => tidOf(id, dueAt),
    verify: (signal) => verifyAccount({ account, client, points, clock }, signal),

    async prepare({ announcement, content, signal }): Promise<Prepared> {
      const unfit = unfitText(content.text);
      if (unfit !== undefined) return { kind: 'later', reason: tooLong(account, unfit) };
      try {
        await sessions.freshen(signal);
        const { digest } = content;
        if ((await records.sent(announcement.id))[digest]) return { kind: 'ready' };
        if (await records.parts(digest)) return { kind: 'ready' };
        const made = await makeParts(parts, content, signal);
        await records.keepParts(digest, made.parts);
        return made.missing === undefined
          ? { kind: 'ready' }
          : { kind: 'later', reason: `${account}: ${made.missing}; the post goes without it` };
      } catch (thrown) {
        if (!(thrown instanceof BlueskyFailure)) throw thrown;
        const { kind, reason, notBefore } = { notBefore: undefined, ...outcomeOf(thrown) };
        if (kind === 'unauthorized') return { kind, reason };
        return { kind: 'later', reason, ...(notBefore !== undefined && { notBefore }) };
      }
    },

    async publish(dispatch) {
      const { content } = dispatch.frozen;
      const unfit = unfitText(content.text);
      if (unfit !== undefined) return { kind: 'rejected', reason: tooLong(account, unfit) };
      try {
        const outcome = await putRecord(
          {
            client,
            records,
            attach,
            makeParts: async ({ signal }) => (await makeParts(parts, content, signal)).parts,
          },
          dispatch,
        );
        await notePoints(outcome.kind === 'published' ? 1 : 0);
        if (outcome.kind === 'published') await records.forgetParts(content.digest);
        return outcome;
      } catch (thrown) {
        if (thrown instanceof BlueskyFailure) return outcomeOf(thrown);
        throw thrown;
      }
    },

    async find(dispatch) {
      try {
        const found = await findRecord({ client, records }, dispatch);
        return found.kind === 'another' ? { kind: 'absent' } : found;
      } catch (thrown) {
        if (thrown instanceof BlueskyFailure) return { kind: 'unknown', reason: thrown.message };
        throw thrown;
      }
    },

    async remove(post, signal) {
      const { actor, key } = partsOfUri(post.uri) ?? {};
      if (actor === undefined || key === undefined) return false;
      const asking = { method: 'com.atproto.repo.deleteRecord', signal };
      try {
        return await client.ask(asking, async (agent, { did, handle }) => {
          if (actor !== did && actor !== handle) return false;
          await agent.com.atproto.repo.deleteRecord(
            { repo: did, collection: postCollection, rkey: key },
            { signal },
          );
          return true;
        });
      } catch (thrown) {
        if (thrown instanceof BlueskyFailure) return false;
        throw thrown;
      }
    },

    measure: (posts, signal) => measurePosts(client, posts, signal),
    recognize: recognizePost,

    async labelAsBot(signal) {
      try {
        await addBotLabel(client, signal);
        return undefined;
      } catch (thrown) {
        if (thrown instanceof BlueskyFailure) return thrown.message;
        throw thrown;
      }
    },
  };
}

function tooLong(account: AccountId, problem: string): string {
  return sentence({ place: account, problem, remedy: 'Shorten the template of this lead time' });
}
