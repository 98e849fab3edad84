import { unreachable } from '../errors.js';
import type { EpochMs } from '../program/time.js';
import {
  cappedReason,
  type Announcement,
  type PublishContext,
  type Settlement,
  type Standing,
} from './ports.js';
import type { Frozen, Publisher } from './publisher.js';
import { spentNotice } from './notice.js';
import type { PublishResult } from './publish-result.js';
import { send } from './send.js';
import { settleMarginMs } from './lease.js';
import { tell } from './tell.js';

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
  const barred = await bar(context, announcement, now);
  if (barred) return barred;
  const frozen = await freeze(context, standing, publisher);
  if ('place' in frozen) {
    const reason = `${frozen.place}: ${frozen.problem}`;
    return stop(context, announcement, {
      to: 'held',
      reason: `template: ${reason}`,
      needsPerson: true,
    });
  }

  const objection = context.live?.(announcement.account)?.objection(frozen.content);
  if (objection !== undefined) {
    const reason = `account: ${objection}`;
    return stop(context, announcement, { to: 'held', reason, needsPerson: true });
  }

  const terms = termsFor(context, announcement, frozen);
  const answer = await context.ledger.claim({
    announcement,
    programVersion: standing.programVersion,
    frozen,
    boot: context.boot,
    leaseMs: publisher.timeoutMs + settleMarginMs,
    now: context.clock.now(),
    ...terms,
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
    case 'capped':
      return putOff(context, announcement, {
        to: 'planned',
        reason: cappedReason(announcement.account),
        retryAt: answer.freeAt,
      });
    case 'spent':
      return stop(context, announcement, {
        to: 'held',
        reason: `account: the money that ${announcement.account} may spend is spent`,
        needsPerson: true,
        notice: spentNotice(announcement, terms?.caps.microUsd ?? 0, now),
      });
    default:
      return unreachable(answer);
  }
}

/** Keeps back what a parked or resting account may not send now; undefined when nothing is in the way. */
async function bar(
  context: PublishContext,
  announcement: Announcement,
  now: EpochMs,
): Promise<PublishResult | 'changed' | undefined> {
  const { account } = announcement;
  if (!context.gate || !context.live?.(account)) return undefined;
  const admission = await context.gate.admit(account, now);
  switch (admission.kind) {
    case 'open':
      return undefined;
    case 'resting':
      return { kind: 'again', at: admission.at };
    case 'parked':
      return stop(context, announcement, {
        to: 'held',
        reason: `parked: ${admission.reason}`,
        needsPerson: true,
      });
    default:
      return unreachable(admission);
  }
}

/** The caps of a live account and what this costs; nothing for a preview. */
function termsFor({ live }: PublishContext, { account }: Announcement, { content }: Frozen) {
  const terms = live?.(account);
  return terms && { caps: terms.caps, costMicroUsd: terms.costOf(content) };
}

/** Notes why it waits, for whoever looks, and until when. */
async function putOff(
  context: PublishContext,
  announcement: Announcement,
  note: Settlement & { readonly to: 'planned'; readonly retryAt: EpochMs },
): Promise<PublishResult | 'changed'> {
  const change = { ...note, actor: 'publish' } as const;
  return (await context.ledger.move(announcement, change, context.clock.now()))
    ? { kind: 'again', at: note.retryAt }
    : 'changed';
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
