import { unreachable } from '../errors.js';
import type { EpochMs } from '../program/time.js';
import { answerInTime } from './answer.js';
import { retryMoment, spreadOf } from './backoff.js';
import type { Outcome } from './outcome.js';
import type { Announcement, Claim, PublishContext, Settlement, Standing } from './ports.js';
import type { Frozen, Publisher } from './publisher.js';
import { tell } from './tell.js';

/** What became of one call of `publishAnnouncement`: whether the queue's job is done, or when it should come back. */
export type PublishResult =
  | {
      readonly kind: 'done';
      readonly outcome: Outcome['kind'] | 'expired' | 'held' | 'cancelled' | 'nothing';
    }
  | { readonly kind: 'again'; readonly at: EpochMs };

/** Time kept back between the end of a request and the end of its lease, for writing the answer down. */
const settleMarginMs = 5_000;
/** How often to start over when the announcement changed between reading and claiming. */
const mostReadings = 5;
/** While everything is paused a job comes back this much later; `resume` puts everything in anew anyhow. */
const pausedMs = 60_000;

const nothing: PublishResult = { kind: 'done', outcome: 'nothing' };

/**
 * Publishes one announcement, exactly once whatever else runs: reads it, composes, claims and freezes in one commit, sends, writes
 * down what the network answered. Safe to call at any time, any number of times, from any process: what is not due, not
 * planned, claimed by another or already out is left alone.
 */
export async function publishAnnouncement(
  context: PublishContext,
  id: string,
): Promise<PublishResult> {
  for (let reading = 0; reading < mostReadings; reading += 1) {
    const standing = await context.ledger.standing(id);
    if (standing?.announcement.state !== 'planned') return nothing;
    const result = await attempt(context, standing);
    if (result !== 'changed') return result;
  }
  // It changes faster than it can be read: the sweep brings it back.
  return nothing;
}

async function attempt(
  context: PublishContext,
  standing: Standing,
): Promise<PublishResult | 'changed'> {
  const { announcement } = standing;
  const now = context.clock.now();
  const at = Math.max(announcement.dueAt, announcement.retryAt ?? 0);
  if (now > announcement.expiresAt)
    return stop(context, announcement, { to: 'expired', reason: 'its deadline passed' });
  if (now < at) return { kind: 'again', at };
  if (standing.paused) return { kind: 'again', at: now + pausedMs };

  const publisher = context.publisher(announcement.account);
  if (!publisher) {
    return stop(context, announcement, {
      to: 'held',
      reason: `account: ${announcement.account} is not connected`,
      needsPerson: true,
    });
  }
  const frozen = await freeze(context, standing, publisher);
  if ('place' in frozen) {
    const reason = `${frozen.place}: ${frozen.problem}`;
    return stop(context, announcement, {
      to: 'held',
      reason: `template: ${reason}`,
      needsPerson: true,
    });
  }

  const answer = await context.ledger.claim({
    announcement,
    programVersion: standing.programVersion,
    frozen,
    boot: context.boot,
    leaseMs: publisher.timeoutMs + settleMarginMs,
    now: context.clock.now(),
  });
  if (answer.ok) return send(context, publisher, answer.claim);
  switch (answer.why) {
    case 'changed':
    case 'late':
      return 'changed';
    case 'paused':
      return { kind: 'again', at: now + pausedMs };
    case 'covered':
      return stop(context, announcement, {
        to: 'cancelled',
        reason: 'another announcement covers this session already',
      });
    default:
      return unreachable(answer.why);
  }
}

/** What will be sent: the frozen text to the letter after a lost answer, else composed from the program in force under the key it has. */
async function freeze(context: PublishContext, standing: Standing, publisher: Publisher) {
  const { announcement, programVersion } = standing;
  if (announcement.resend && announcement.frozen) return announcement.frozen;
  const composed = await context.compose(announcement, programVersion);
  if (!composed.ok) return composed.problem;
  const key = announcement.frozen?.key ?? publisher.keyFor(announcement);
  return { key, content: composed.content, frozenAt: context.clock.now() } satisfies Frozen;
}

async function send(
  context: PublishContext,
  publisher: Publisher,
  claim: Claim,
): Promise<PublishResult> {
  const { announcement, frozen } = claim;
  const left = claim.leaseUntil - context.clock.now() - settleMarginMs;
  const outcome: Outcome =
    left <= 0
      ? { kind: 'retry-later', reason: 'the claim came too late to be used' }
      : await answerInTime<Outcome>(
          (signal) => publisher.publish({ announcement, frozen, signal }),
          Math.min(left, publisher.timeoutMs),
          (reason) => ({ kind: 'uncertain', reason }),
        );

  const now = context.clock.now();
  const settlement = settlementOf(outcome, announcement, now);
  if (!(await context.ledger.settle(claim, settlement, now))) {
    return { kind: 'done', outcome: 'uncertain' };
  }
  tell(context, announcement, settlement, frozen.content);
  return settlement.to === 'planned' && settlement.retryAt !== undefined
    ? { kind: 'again', at: settlement.retryAt }
    : { kind: 'done', outcome: outcome.kind };
}

function settlementOf(outcome: Outcome, announcement: Announcement, now: EpochMs): Settlement {
  switch (outcome.kind) {
    case 'published':
      return { to: 'published', post: outcome.post };
    case 'rejected':
      return { to: 'rejected', reason: outcome.reason, needsPerson: true };
    case 'retry-later': {
      const { notBefore, key } = outcome;
      const attempt = announcement.attempts;
      const retryAt = retryMoment({ now, attempt, spread: spreadOf(announcement.id), notBefore });
      return { to: 'planned', reason: outcome.reason, retryAt, ...(key !== undefined && { key }) };
    }
    case 'unauthorized':
      return { to: 'held', reason: `account: ${outcome.reason}`, needsPerson: true };
    case 'uncertain':
      return { to: 'uncertain', reason: outcome.reason };
    default:
      return unreachable(outcome);
  }
}

async function stop(
  context: PublishContext,
  announcement: Announcement,
  settlement: Settlement & { readonly to: 'expired' | 'held' | 'cancelled' },
): Promise<PublishResult | 'changed'> {
  const moved = await context.ledger.move(
    announcement,
    { ...settlement, actor: 'publish' },
    context.clock.now(),
  );
  if (!moved) return 'changed';
  tell(context, announcement, settlement, announcement.frozen?.content);
  return { kind: 'done', outcome: settlement.to };
}
