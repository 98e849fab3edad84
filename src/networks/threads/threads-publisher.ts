import type { AccountId } from '../../campaign/network.js';
import type { Clock } from '../../clock.js';
import { CallboardError, sentence } from '../../errors.js';
import type {
  AccountVault,
  NetworkMemory,
  Preparation,
  Prepared,
  Publisher,
} from '../../publish/publisher.js';
import { reportOnAccount } from './account-report.js';
import {
  containerRequest,
  textProblem,
  topicTagProblem,
  type ContainerOptions,
} from './container-request.js';
import { findPost } from './find-post.js';
import { createGraph } from './graph.js';
import { recognizePost } from './post-address.js';
import { prepareContainer } from './prepare-container.js';
import { publishPost } from './publish-post.js';
import type { PublishTools } from './publish-tools.js';
import { measurePosts, removePost } from './reach.js';
import { askForAccount, failureSentence } from './threads-account.js';
import { threadsMemory } from './threads-memory.js';
import { createTokenKeeper, type TokenKeeper } from './threads-token.js';

/** Meta's address of the Threads API. */
export const threadsApi = 'https://graph.threads.net';

/** What a Threads publisher needs. */
export interface ThreadsPublisherOptions extends ContainerOptions {
  readonly account: AccountId;
  /** Without `@`. */
  readonly handle: string;
  readonly clock: Clock;
  readonly vault: AccountVault;
  readonly memory: NetworkMemory;
  /** Base address; Meta's own when left out. */
  readonly api?: string;
  /** The longest that one `publish` may take; 60 s, so that a container that was not made ahead has the half minute that Meta recommends. */
  readonly timeoutMs?: number;
  /** The longest that one request may take; 15 s. */
  readonly requestMs?: number;
  /** The first pause between two questions about a container; 1 s. */
  readonly pollMs?: number;
}

/**
 * Threads, by Meta's official API: https://developers.facebook.com/docs/threads. Exactly once by its containers: what was tried is written down before it is
 * tried, and a container is published once however often that is asked for.
 *
 * @throws CallboardError `topic-tag-invalid`
 */
export function createThreadsPublisher(options: ThreadsPublisherOptions): Publisher {
  const { account, handle, clock, vault } = options;
  const { api = threadsApi, timeoutMs = 60_000, pollMs = 1_000 } = options;
  refuseTopicTag(options.topicTag);
  const graph = createGraph({
    api,
    requestMs: Math.min(options.requestMs ?? 15_000, timeoutMs),
    clock,
  });
  const tokens = createTokenKeeper({ vault, ask: graph, clock });
  const ask = askForAccount(graph, tokens);
  const memory = threadsMemory(options.memory);
  const { attach, topicTag, pictureAddress } = options;
  const content = { attach, topicTag, pictureAddress };
  const tools: PublishTools = { ask, memory, clock, handle, pollMs, timeoutMs, ...content };

  return {
    account,
    network: 'threads',
    timeoutMs,
    // Threads takes no key from its clients; the container is what is used once.
    keyFor: ({ id }) => id,

    verify: async (signal) => {
      await tokens.refreshed(signal);
      return reportOnAccount({ ...tools, tokens }, signal);
    },
    keepFresh: async (signal) => {
      await tokens.refreshed(signal);
    },
    prepare: (preparation) => prepare(tools, tokens, preparation),
    publish: (dispatch) => publishPost(tools, dispatch),
    find: (dispatch) => findPost(tools, dispatch),
    remove: (post, signal) => removePost(ask, post, signal),
    measure: (posts, signal) => measurePosts(ask, posts, signal),
    recognize: recognizePost,
  };
}

async function prepare(
  tools: PublishTools,
  tokens: TokenKeeper,
  { announcement, content, signal }: Preparation,
): Promise<Prepared> {
  const state = await tokens.refreshed(signal);
  if (state.kind === 'none') {
    const refusal = { status: 0, transient: false, said: state.problem };
    const failure = { kind: 'refused', meaning: 'token', refusal } as const;
    return { kind: 'unauthorized', reason: failureSentence(tools.handle, 'making ready', failure) };
  }
  const problem = textProblem(content.text);
  if (problem !== undefined) {
    const place = `Threads @${tools.handle}`;
    const reason = sentence({ place, problem, remedy: 'Shorten its template' });
    return { kind: 'later', reason };
  }
  const request = containerRequest(content, tools);
  return prepareContainer(tools, { id: announcement.id, request, signal });
}

function refuseTopicTag(tag: string | undefined): void {
  const problem = tag === undefined ? undefined : topicTagProblem(tag);
  if (problem === undefined) return;
  throw new CallboardError(
    'topic-tag-invalid',
    {
      place: 'topic tag of Threads',
      problem,
      remedy: 'Choose 1 to 50 characters without “.” and “&”',
    },
    'usage',
  );
}
