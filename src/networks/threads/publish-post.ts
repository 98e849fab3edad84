import { sentence, unreachable } from '../../errors.js';
import type { EpochMs } from '../../program/time.js';
import type { Outcome } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import { created } from './answers.js';
import { containerRequest, textProblem } from './container-request.js';
import { mayPass, paused } from './containers.js';
import { lookAt } from './find-post.js';
import { obtainContainer } from './obtain-container.js';
import { profileAddress } from './post-address.js';
import { throttledMs, type PublishTools } from './publish-tools.js';
import { fullUntil } from './quota.js';
import { readPost } from './sighting.js';
import { failureSentence, type GraphFailure } from './threads-account.js';
import type { TriedRecord } from './threads-memory.js';

/** How often one container is sent to be published within one attempt. Publishing it again is safe: Threads publishes a container once. */
const mostSendings = 4;
/** How many finished containers one attempt may need: one that fails when it is published makes way for another. */
const mostContainers = 2;

/**
 * Publishes in two steps: a container, made ahead or now, and its publication. One container at a time; that publishing is tried with it is written down before
 * it is. See docs/networks/threads.md for why nothing stands twice.
 */
export async function publishPost(tools: PublishTools, dispatch: Dispatch): Promise<Outcome> {
  const { announcement, frozen, signal } = dispatch;
  const problem = textProblem(frozen.content.text);
  if (problem !== undefined) {
    const place = `Threads @${tools.handle}`;
    return {
      kind: 'rejected',
      reason: sentence({ place, problem, remedy: 'Shorten its template' }),
    };
  }
  const until = await knownFull(tools);
  if (until !== undefined) return usedUp(tools, until);

  const request = containerRequest(frozen.content, tools);
  for (let count = 0; count < mostContainers; count += 1) {
    const obtained = await obtainContainer(tools, { id: announcement.id, request, signal });
    if (obtained.kind === 'outcome') return obtained.outcome;
    const outcome = await sendContainer(tools, dispatch, obtained.tried);
    if (outcome.kind !== 'dead') return outcome;
  }
  return {
    kind: 'retry-later',
    reason: failureSentence(tools.handle, 'making the post ready', {
      kind: 'lost',
      sent: true,
      reason: 'Threads gave up its own container',
    }),
  };
}

/** Publishes one container; `dead` when it never will be, which Threads said, and nothing stands. */
async function sendContainer(
  tools: PublishTools,
  dispatch: Dispatch,
  before: TriedRecord,
): Promise<Outcome | { readonly kind: 'dead' }> {
  const { announcement, signal } = dispatch;
  const { ask, memory, clock, pollMs } = tools;
  const tried: TriedRecord = { ...before, open: true, triedAt: clock.now() };
  await memory.rememberTried(announcement.id, tried);
  /** Every attempt with it was answered with a no: another text may take its place. */
  const closed = async <T>(outcome: T): Promise<T> => {
    if (!before.open) await memory.rememberTried(announcement.id, { ...tried, open: false });
    return outcome;
  };

  for (let sending = 1; ; sending += 1) {
    const answer = await ask(
      {
        method: 'POST',
        path: '/v1.0/me/threads_publish',
        parameters: { creation_id: tried.container },
        signal,
      },
      created,
    );
    if (answer.kind === 'answered') return published(tools, dispatch, answer.value.id);
    if (answer.kind === 'lost') {
      const reason = failureSentence(tools.handle, 'publishing', answer);
      if (answer.sent || sending > 1) return { kind: 'uncertain', reason };
      return closed<Outcome>({ kind: 'retry-later', reason });
    }
    // A no is not taken at its word: Threads says “not found” of what it has published.
    const answered = { ...tried, open: before.open };
    const sight = await lookAt(tools, announcement.id, answered, signal);
    const last = sending >= mostSendings;
    if (sight.kind === 'stands') return { kind: 'published', post: sight.post };
    // One that is not known may only be not known yet.
    if (sight.kind === 'dead' && (last || !sight.gone)) return closed({ kind: 'dead' as const });
    const outcome = await refused(tools, answer, sight.kind === 'ready', signal);
    // A no to a second sending may mean that the first one did it: then only seeing is believing.
    const proven = sight.kind === 'blind' ? sending === 1 && !before.open : sight.kind !== 'open';
    if (outcome && proven) return closed(outcome);
    if (last || (sight.kind === 'blind' && !mayPass(sight.failure))) {
      return { kind: 'uncertain', reason: failureSentence(tools.handle, 'publishing', answer) };
    }
    await paused(pollMs * 2 ** (sending - 1), signal);
  }
}

/** What a no to publishing means; undefined when it proves nothing and may pass. `proven` when the container says itself that it is not published. */
async function refused(
  tools: PublishTools,
  failure: Extract<GraphFailure, { kind: 'refused' }>,
  proven: boolean,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  const reason = failureSentence(tools.handle, 'publishing', failure);
  switch (failure.meaning) {
    case 'token':
    case 'permission':
      return { kind: 'unauthorized', reason };
    case 'throttled': {
      const until = await fullUntil(tools, signal);
      await tools.memory.rememberFull(until);
      if (until !== undefined) return usedUp(tools, until);
      const notBefore = failure.refusal.notBefore ?? tools.clock.now() + throttledMs;
      return { kind: 'retry-later', reason, notBefore };
    }
    case 'policy':
    case 'links':
    case 'invalid':
      return { kind: 'rejected', reason };
    case 'duplicate':
      return proven ? { kind: 'rejected', reason } : undefined;
    case 'missing':
    case 'transient':
    case 'unknown':
      return undefined;
    default:
      return unreachable(failure.meaning);
  }
}

async function published(
  tools: PublishTools,
  { announcement, signal }: Dispatch,
  id: string,
): Promise<Outcome> {
  const acceptedAt = tools.clock.now();
  await tools.memory.rememberOwner(id, announcement.id);
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const post = await readPost(tools, id, signal);
    if (post) return { kind: 'published', post };
    await paused(tools.pollMs, signal);
  }
  // It stands, and its id is known; only its address is not.
  return {
    kind: 'published',
    post: { uri: id, permalink: profileAddress(tools.handle), acceptedAt },
  };
}

/** Until when the limit of posts is known to be used up; undefined when that is not known, or past. */
async function knownFull({ memory, clock }: PublishTools): Promise<EpochMs | undefined> {
  const until = await memory.fullUntil();
  const now = clock.now();
  // No more than a window ahead, or a clock has gone back.
  return until !== undefined && until > now && until <= now + 86_400_000 ? until : undefined;
}

function usedUp({ handle }: PublishTools, notBefore: EpochMs): Outcome {
  const reason = sentence({
    place: `Threads @${handle}`,
    problem: 'its limit of posts in 24 hours is used up',
    remedy:
      'It is tried again by itself when there is room; announce less per day, or leave out lead times',
  });
  return { kind: 'retry-later', reason, notBefore };
}
