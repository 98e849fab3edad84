import type { Prepared } from '../../publish/publisher.js';
import type { ContainerRequest } from './container-request.js';
import { awaitContainer, makeContainer } from './containers.js';
import type { PublishTools } from './publish-tools.js';
import { failureSentence, type GraphFailure } from './threads-account.js';

/**
 * Makes a container ahead, remembers it and waits until it is finished; one that is there for the same content already is only asked how it is. A picture that
 * Threads cannot get is left out. What was tried to be published is left alone.
 */
export async function prepareContainer(
  tools: PublishTools,
  wanted: {
    readonly id: string;
    readonly request: ContainerRequest;
    readonly signal: AbortSignal;
  },
): Promise<Prepared> {
  const { id, request, signal } = wanted;
  if (await tools.memory.tried(id)) return { kind: 'ready' };
  const kept = await tools.memory.made(id);
  let record = kept?.digest === request.digest ? kept : undefined;
  let plain = false;
  for (let count = 0; count < 3; count += 1) {
    if (!record) {
      const made = await makeContainer(tools, request, plain, signal);
      if (made.kind === 'failed') return later(tools, made.failure);
      record = made.record;
      await tools.memory.rememberMade(id, record);
    }
    const state = await awaitContainer(tools, record.container, signal);
    switch (state.kind) {
      case 'FINISHED':
      case 'PUBLISHED':
        return { kind: 'ready' };
      case 'IN_PROGRESS':
        return { kind: 'later', reason: 'Threads is still at work on the post' };
      case 'blind':
        return later(tools, state.failure);
      case 'ERROR':
      case 'EXPIRED':
      case 'gone':
        plain = record.plain || state.kind === 'ERROR';
        record = undefined;
    }
  }
  return { kind: 'later', reason: `Threads @${tools.handle}: Threads could not make the post.` };
}

function later({ handle }: PublishTools, failure: GraphFailure): Prepared {
  const reason = failureSentence(handle, 'making the post ready', failure);
  if (failure.kind === 'lost') return { kind: 'later', reason };
  if (failure.meaning === 'token' || failure.meaning === 'permission') {
    return { kind: 'unauthorized', reason };
  }
  const { notBefore } = failure.refusal;
  return { kind: 'later', reason, ...(notBefore !== undefined && { notBefore }) };
}
