import type { PlannedAnnouncement } from '../../campaign/announcement.js';
import { networkNames, type Network } from '../../campaign/network.js';
import { unreachable } from '../../errors.js';
import type { EpochMs } from '../../program/time.js';
import type { Outcome } from '../../publish/outcome.js';
import type { DueAnnouncement, PublishContext } from '../../publish/ports.js';
import type { Publisher } from '../../publish/publisher.js';
import { publishAnnouncement } from '../../publish/publish.js';
import { reconcile } from '../../publish/reconcile.js';
import type { SimulatedClock } from './simulated-clock.js';
import type { Hindrance, Turns, Waiting } from './turns.js';

/** What a rehearsal is played with. */
export interface Play extends Omit<PublishContext, 'queue' | 'clock'> {
  readonly clock: SimulatedClock;
  readonly turns: Turns;
  readonly planned: ReadonlyMap<string, PlannedAnnouncement>;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then how many are through. */
  readonly onProgress: (done: number, now: EpochMs) => void;
}

/** What happened on stage that the ledger does not say. */
export interface Played {
  readonly attempts: number;
  /** Why an announcement was never sent, by its id; in words. */
  readonly missed: ReadonlyMap<string, string>;
}

/** After a lost answer, as often as a worker looks on the network. */
const reconcileEveryMs = 5_000;
/** So many at a stretch; then signals, timers and the progress bar have their turn. */
const atAStretch = 50;

/**
 * Plays the campaign: whatever is due goes through the real use cases `publishAnnouncement` and `reconcile`, one at a time, each at its own
 * moment of the simulated clock. Ends when nothing waits any more.
 */
export async function play(given: Play): Promise<Played> {
  const { clock, turns, planned } = given;
  const missed = new Map<string, string>();
  const heard: { last?: Outcome | undefined } = {};
  let lookAt: EpochMs | undefined;
  let attempts = 0;
  let through = 0;

  const context: PublishContext = {
    ...given,
    queue: { schedule: (due) => rejoin(due), reschedule: (due) => rejoin(due) },
    publisher: (account) =>
      overheard(given.publisher(account), (outcome) => (heard.last = outcome)),
  };
  const rejoin = (due: readonly DueAnnouncement[]) => {
    turns.add(due.flatMap(({ id, at }) => waitingOf(planned.get(id), at)));
    return Promise.resolve();
  };

  for (let steps = 1; !given.signal?.aborted; steps += 1) {
    if (steps % atAStretch === 0) {
      given.onProgress(through, clock.now());
      await new Promise((resolve) => setImmediate(resolve));
    }
    const nextAt = turns.nextAt();
    if (lookAt !== undefined && (nextAt === undefined || lookAt <= nextAt)) {
      clock.set(lookAt);
      const { unknown } = await reconcile(context);
      lookAt = unknown > 0 ? lookAt + reconcileEveryMs : undefined;
      continue;
    }
    const turn = turns.next();
    if (!turn) break;
    const { waiting, startsAt, hindrance } = turn;
    if (startsAt > waiting.expiresAt) {
      through += 1;
      if (!missed.has(waiting.id)) missed.set(waiting.id, reasonFor(waiting.network, hindrance));
      continue;
    }
    clock.set(startsAt);
    heard.last = undefined;
    attempts += 1;
    const result = await publishAnnouncement(context, waiting.id);
    turns.took(turn, clock.now());
    if (result.kind === 'done') through += 1;
    if (result.kind === 'again') {
      const { last } = heard;
      const limitedUntil = limitOf(last);
      if (limitedUntil !== undefined) turns.block(waiting.account, limitedUntil);
      missed.set(
        waiting.id,
        limitedUntil === undefined ? refusalOf(last) : reasonFor(waiting.network, 'limit'),
      );
      turns.add([{ ...waiting, at: result.at }]);
    } else if (result.outcome === 'uncertain') {
      lookAt ??= clock.now() + reconcileEveryMs;
    }
  }
  return { attempts, missed };
}

/** An announcement of the plan that waits for its turn; none when the plan does not know it. */
export function waitingOf(
  announcement: PlannedAnnouncement | undefined,
  at: EpochMs,
): readonly Waiting[] {
  if (!announcement) return [];
  const { id, account, network, expiresAt } = announcement;
  return [{ id, account, network, at, expiresAt }];
}

function overheard(
  publisher: Publisher | undefined,
  hear: (outcome: Outcome) => void,
): Publisher | undefined {
  return (
    publisher && {
      ...publisher,
      async publish(dispatch) {
        const outcome = await publisher.publish(dispatch);
        hear(outcome);
        return outcome;
      },
    }
  );
}

/** Until when the network takes nothing more from this account. */
function limitOf(outcome: Outcome | undefined): EpochMs | undefined {
  return outcome?.kind === 'retry-later' ? outcome.notBefore : undefined;
}

function refusalOf(outcome: Outcome | undefined): string {
  return outcome && 'reason' in outcome ? outcome.reason : 'it was put off';
}

function reasonFor(network: Network, hindrance: Hindrance | undefined): string {
  const name = networkNames[network];
  switch (hindrance) {
    case 'limit':
      return `the posts that ${name} allows were used up until past its deadline`;
    case 'pace':
      return `so many were due together that at the pace for ${name} its turn came past its deadline`;
    case 'senders':
      return `all senders for ${name} were busy until past its deadline`;
    case undefined:
      return 'its next try came past its deadline';
    default:
      return unreachable(hindrance);
  }
}
