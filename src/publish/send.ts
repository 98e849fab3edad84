import { unreachable } from '../errors.js';
import type { EpochMs } from '../program/time.js';
import { answerInTime } from './answer.js';
import { retryMoment, spreadOf } from './backoff.js';
import { settleMarginMs } from './lease.js';
import { handOffNotice, rejectedNotice } from './notice.js';
import type { Outcome } from './outcome.js';
import type { Announcement, Claim, PublishContext, Settlement } from './ports.js';
import type { PublishResult } from './publish-result.js';
import type { Publisher } from './publisher.js';
import { tell } from './tell.js';

/** Sends what was claimed and writes down what the network answered; what a person puts up is handed over instead. */
export async function send(
  context: PublishContext,
  publisher: Publisher,
  claim: Claim,
): Promise<PublishResult> {
  const { announcement, frozen } = claim;
  if (publisher.byHand) return handOver(context, publisher.byHand, claim);
  const live = context.live?.(announcement.account) !== undefined;
  if (live) {
    const { id, edition, attempts: attempt } = announcement;
    const at = context.clock.now();
    await context.journal?.append({ edition, announcement: id, attempt, at, frozen });
  }
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
  // First the account: whatever happens before the settlement, nothing more is sent to one that has to be connected again.
  if (live) await context.gate?.heard(announcement.account, outcome, now);
  const settlement: Settlement = {
    ...settlementOf(outcome, announcement, now, { live, firstLookMs: publisher.looksAfterMs?.[0] }),
    ...(live &&
      outcome.kind === 'rejected' && {
        notice: rejectedNotice(announcement, outcome.reason, now),
      }),
  };
  const settled = await context.ledger.settle(claim, settlement, now);
  if (!settled) return { kind: 'done', outcome: 'uncertain' };
  tell(context, announcement, settlement, frozen.content);
  return settlement.to === 'planned' && settlement.retryAt !== undefined
    ? { kind: 'again', at: settlement.retryAt }
    : { kind: 'done', outcome: outcome.kind };
}

/** Made on time, and waiting for a person from now on. */
async function handOver(
  context: PublishContext,
  byHand: NonNullable<Publisher['byHand']>,
  claim: Claim,
): Promise<PublishResult> {
  const { announcement, frozen } = claim;
  const now = context.clock.now();
  const settlement: Settlement = {
    to: 'handed-off',
    reason: byHand.instruction,
    needsPerson: true,
    notice: handOffNotice(announcement, byHand, announcement.expiresAt, now),
  };
  const settled = await context.ledger.settle(claim, settlement, now);
  if (!settled) return { kind: 'done', outcome: 'uncertain' };
  tell(context, announcement, settlement, frozen.content);
  return { kind: 'done', outcome: 'handed-off' };
}

function settlementOf(
  outcome: Outcome,
  announcement: Announcement,
  now: EpochMs,
  { live, firstLookMs }: { readonly live: boolean; readonly firstLookMs: number | undefined },
): Settlement {
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
      // A live account was parked by it.
      return {
        to: 'held',
        reason: `${live ? 'parked' : 'account'}: ${outcome.reason}`,
        needsPerson: true,
      };
    case 'uncertain':
      return {
        to: 'uncertain',
        reason: outcome.reason,
        ...(firstLookMs !== undefined && { retryAt: now + firstLookMs }),
      };
    default:
      return unreachable(outcome);
  }
}
