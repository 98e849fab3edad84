import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../clock.js';
import { created } from './answers.js';
import type { ContainerRequest } from './container-request.js';
import { containerState, type ContainerState } from './sighting.js';
import type { AskAccount, GraphFailure } from './threads-account.js';
import type { ContainerRecord } from './threads-memory.js';

/** What making and awaiting containers needs. */
export interface ContainerTools {
  readonly ask: AskAccount;
  readonly clock: Clock;
  /** The first pause between two questions, in milliseconds; it grows to ten times as much. */
  readonly pollMs: number;
}

/** A container, or why there is none. */
export type MadeContainer =
  | { readonly kind: 'made'; readonly record: ContainerRecord }
  | { readonly kind: 'failed'; readonly failure: GraphFailure };

/** How often what shows nothing to anybody is asked again at once. */
const mostTries = 3;

/** Makes a container. Nobody sees it, so it is asked for again when the answer was lost. */
export async function makeContainer(
  tools: ContainerTools,
  request: ContainerRequest,
  plain: boolean,
  signal: AbortSignal,
): Promise<MadeContainer> {
  const parameters = plain ? (request.plain ?? request.parameters) : request.parameters;
  for (let attempt = 1; ; attempt += 1) {
    const answer = await tools.ask(
      { method: 'POST', path: '/v1.0/me/threads', parameters, signal },
      created,
    );
    if (answer.kind === 'answered') {
      const record = {
        container: answer.value.id,
        digest: request.digest,
        plain,
        text: parameters.text ?? '',
        madeAt: tools.clock.now(),
      };
      return { kind: 'made', record };
    }
    if (attempt >= mostTries || !mayPass(answer)) return { kind: 'failed', failure: answer };
    await paused(tools.pollMs, signal);
  }
}

/** Asks a container until it is done or there is no time left. Answers what it said last. */
export async function awaitContainer(
  { ask, pollMs }: ContainerTools,
  container: string,
  signal: AbortSignal,
): Promise<ContainerState> {
  let failures = 0;
  for (let wait = pollMs; ; wait = Math.min(pollMs * 10, wait * 1.5)) {
    const state = await containerState(ask, container, signal);
    // Belief: one that was made a moment ago may not be known yet.
    const failed = state.kind === 'gone' || (state.kind === 'blind' && mayPass(state.failure));
    if (failed) failures += 1;
    if (signal.aborted) return state;
    if (failed ? failures >= mostTries : state.kind !== 'IN_PROGRESS') return state;
    await paused(wait, signal);
  }
}

/** Whether the same question may well be answered a moment later. */
export function mayPass(failure: GraphFailure): boolean {
  return failure.kind === 'lost' || failure.meaning === 'transient';
}

/** Waits in real time, or until the signal falls. */
export async function paused(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
