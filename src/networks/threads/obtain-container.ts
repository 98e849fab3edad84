import { sentence, unreachable } from '../../errors.js';
import type { Outcome } from '../../publish/outcome.js';
import type { ContainerRequest } from './container-request.js';
import { wordsOf } from './graph-refusal.js';
import { awaitContainer, makeContainer } from './containers.js';
import { lookAt } from './find-post.js';
import { throttledMs, type PublishTools } from './publish-tools.js';
import { failureSentence, type GraphFailure } from './threads-account.js';
import type { ContainerRecord, TriedRecord } from './threads-memory.js';

/** A container that may be sent to be published, or what the attempt comes to without. */
export type Obtained =
  | { readonly kind: 'container'; readonly tried: TriedRecord }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

/** For which announcement, and what is wanted. */
interface Wanted {
  readonly id: string;
  readonly request: ContainerRequest;
  readonly signal: AbortSignal;
}

/** The first, and one more in place of each of two that failed. */
const mostContainers = 3;

/**
 * The container to publish: the one that was tried last while it may still be published, else the one that was made ahead for this very content, else a new
 * one. Answers it finished.
 */
export async function obtainContainer(tools: PublishTools, wanted: Wanted): Promise<Obtained> {
  let candidate = await candidateOf(tools, wanted);
  let plain = false;
  let said = '';
  for (let count = 0; count < mostContainers; count += 1) {
    if (!candidate) {
      const made = await makeContainer(tools, wanted.request, plain, wanted.signal);
      if (made.kind === 'failed') return ended(beforeSending(tools, made.failure));
      await tools.memory.rememberMade(wanted.id, made.record);
      candidate = untried(made.record);
    }
    const isWanted = candidate.digest === wanted.request.digest;
    const state = await awaitContainer(tools, candidate.container, wanted.signal);
    switch (state.kind) {
      case 'FINISHED':
        if (isWanted || !candidate.open) return { kind: 'container', tried: candidate };
        break;
      case 'ERROR':
        said = state.said;
        break;
      case 'PUBLISHED':
      case 'EXPIRED':
      case 'gone':
        break;
      case 'IN_PROGRESS': {
        const reason = 'Threads is still at work on it';
        return ended(whileWaiting(tools, candidate, { kind: 'lost', sent: true, reason }));
      }
      case 'blind':
        return ended(whileWaiting(tools, candidate, state.failure));
      default:
        return unreachable(state);
    }
    if (candidate.open || state.kind === 'PUBLISHED') {
      const outcome = await leave(tools, wanted, candidate);
      if (outcome) return ended(outcome);
    }
    // Without its picture it may do; where it has none, the next one may.
    plain = isWanted && (candidate.plain || state.kind === 'ERROR');
    candidate = undefined;
  }
  const place = `Threads @${tools.handle}`;
  const problem = `Threads could not make the post${said ? ` (“${wordsOf(said)}”)` : ''}`;
  const remedy = 'It is tried again by itself';
  return ended({ kind: 'retry-later', reason: sentence({ place, problem, remedy }) });
}

async function candidateOf(
  { memory }: PublishTools,
  { id, request }: Wanted,
): Promise<TriedRecord | undefined> {
  const tried = await memory.tried(id);
  // Whatever was tried without an answer may yet come out, so nothing may be sent beside it.
  if (tried && (tried.open || tried.digest === request.digest)) return tried;
  const made = await memory.made(id);
  return made?.digest === request.digest ? untried(made) : undefined;
}

function untried(record: ContainerRecord): TriedRecord {
  return { ...record, triedAt: record.madeAt, open: false };
}

/**
 * Leaves a container that was tried, for another: only when nothing of it stands and nothing under way can make it stand. Answers the outcome when that is not
 * so.
 */
async function leave(
  tools: PublishTools,
  { id, signal }: Wanted,
  candidate: TriedRecord,
): Promise<Outcome | undefined> {
  const sight = await lookAt(tools, id, candidate, signal);
  switch (sight.kind) {
    case 'stands':
      return { kind: 'published', post: sight.post };
    case 'dead':
      return undefined;
    case 'ready': {
      // Another text is wanted now. A request that is older than the time-out is not under way any more.
      const past = tools.clock.now() - candidate.triedAt >= tools.timeoutMs;
      const reason = sight.doubt ?? 'an earlier text may still come out';
      return past && sight.doubt === undefined ? undefined : { kind: 'uncertain', reason };
    }
    case 'open':
      return { kind: 'uncertain', reason: sight.reason };
    case 'blind':
      return whileWaiting(tools, candidate, sight.failure);
    default:
      return unreachable(sight);
  }
}

/** What a failure comes to while a container is waited for: nothing stands, unless an earlier attempt was left open. */
function whileWaiting(tools: PublishTools, candidate: TriedRecord, failure: GraphFailure): Outcome {
  const { kind, reason, ...rest } = beforeSending(tools, failure);
  return candidate.open && kind !== 'unauthorized'
    ? { kind: 'uncertain', reason }
    : { kind, reason, ...rest };
}

/** What a failure comes to before anything that can be seen was sent. */
function beforeSending(
  { handle, clock }: PublishTools,
  failure: GraphFailure,
): Exclude<Outcome, { kind: 'published' | 'uncertain' }> {
  const reason = failureSentence(handle, 'making the post ready', failure);
  if (failure.kind === 'lost') return { kind: 'retry-later', reason };
  switch (failure.meaning) {
    case 'token':
    case 'permission':
      return { kind: 'unauthorized', reason };
    case 'throttled': {
      const notBefore = failure.refusal.notBefore ?? clock.now() + throttledMs;
      return { kind: 'retry-later', reason, notBefore };
    }
    case 'missing':
    case 'transient':
      return { kind: 'retry-later', reason };
    case 'policy':
    case 'duplicate':
    case 'links':
    case 'invalid':
    case 'unknown':
      return { kind: 'rejected', reason };
    default:
      return unreachable(failure.meaning);
  }
}

function ended(outcome: Outcome): Obtained {
  return { kind: 'outcome', outcome };
}
