import { setImmediate as untilIdle } from 'node:timers/promises';
import type { AccountId } from '../campaign/network.js';
import type { Content } from '../compose/content.js';
import { answerInTime } from '../publish/answer.js';
import type { Announcement, Compose, DueAnnouncement, Ledger } from '../publish/ports.js';
import type { Prepared, Publisher } from '../publish/publisher.js';

/** Only what has so much time left is prepared; what is due now is composed by its claim anyhow. */
const leastAheadMs = 1_000;
const mostAtOnce = 500;
/** Of one account so many are made ready at once, each within so long. */
const lanes = 3;
const prepareMs = 30_000;

/** What preparing works with. */
export interface PrepareContext {
  readonly ledger: Ledger;
  readonly compose: Compose;
  /** Version of the program in force; 0 before the first import. */
  readonly programVersion: () => Promise<number>;
  readonly now: () => number;
  /** The publisher of a live account; undefined for a preview, which has nothing to make ready. */
  readonly livePublisher?: (account: AccountId) => Publisher | undefined;
  readonly heard?: (account: AccountId, prepared: Prepared) => Promise<void>;
}

/**
 * Composes what is due soon before it is due, and has live networks make it ready, so that many announcements of one moment leave in that moment. Changes no state and freezes nothing: the claim
 * composes again, and finds it kept if nothing changed meanwhile. Yields between any two, so that what is due now goes first.
 */
export async function prepare(
  { ledger, compose, programVersion, now, livePublisher, heard }: PrepareContext,
  due: readonly DueAnnouncement[],
  signal: AbortSignal,
): Promise<void> {
  const ahead = due.filter(({ at }) => at > now() + leastAheadMs).map(({ id }) => id);
  const version = ahead.length === 0 ? 0 : await programVersion();
  if (version === 0) return;
  const ended = () => signal.aborted;
  const live: LiveOne[] = [];
  for (let at = 0; at < ahead.length; at += mostAtOnce) {
    for (const announcement of await ledger.list({ ids: ahead.slice(at, at + mostAtOnce) })) {
      if (ended()) return;
      if (announcement.state === 'planned') {
        const composed = await compose(announcement, version);
        const publisher = livePublisher?.(announcement.account);
        if (composed.ok && publisher && !publisher.byHand) {
          live.push({ publisher, announcement, content: composed.content });
        }
      }
      await untilIdle();
    }
  }
  await makeReady(live, heard, signal);
}

interface LiveOne {
  readonly publisher: Publisher;
  readonly announcement: Announcement;
  readonly content: Content;
}

/** Has the networks make ready what can be: accounts side by side, of each account a few at once, the soonest first. */
async function makeReady(
  live: readonly LiveOne[],
  heard: PrepareContext['heard'],
  signal: AbortSignal,
): Promise<void> {
  const accounts = new Map<AccountId, LiveOne[]>();
  for (const one of live) {
    const ofAccount = accounts.get(one.publisher.account) ?? [];
    ofAccount.push(one);
    accounts.set(one.publisher.account, ofAccount);
  }
  await Promise.all(
    [...accounts].map(async ([account, waiting]) => {
      const queue = [...waiting].sort((a, b) => a.announcement.dueAt - b.announcement.dueAt);
      let stopped = false;
      const lane = async () => {
        for (let one = queue.shift(); one && !stopped; one = queue.shift()) {
          if (signal.aborted) return;
          const { publisher, announcement, content } = one;
          const prepared = await answerInTime<Prepared>(
            (late) => {
              const both = AbortSignal.any([late, signal]);
              return publisher.prepare({ announcement, content, signal: both });
            },
            prepareMs,
            (reason) => ({ kind: 'later', reason }),
          );
          // One that did not work says nothing of the next; one that must wait, or may not, does.
          stopped ||=
            prepared.kind === 'unauthorized' ||
            (prepared.kind === 'later' && prepared.notBefore !== undefined);
          if (prepared.kind !== 'ready') await heard?.(account, prepared);
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
    }),
  );
}
