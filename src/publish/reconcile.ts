import type { EpochMs } from '../program/time.js';
import { reasonOf } from '../errors.js';
import { answerInTime } from './answer.js';
import { doubtNotice } from './notice.js';
import type { Finding } from './outcome.js';
import type { Announcement, PublishContext, Settlement } from './ports.js';
import type { Publisher } from './publisher.js';
import { tell } from './tell.js';

/** How long one look at a network may take, or as long as one of its requests where that is shorter. */
const lookMs = 10_000;
/**
 * When to look where a network does not say it, in milliseconds after the answer was lost. Before the first of them at every pass: most doubts end at once, or
 * when no request can be under way any more.
 */
const usualLooksAfterMs = [1.25, 2, 3, 5, 10, 15].map((minutes) => minutes * 60_000);
/** A person was called; it is still looked for now and then. */
const idleLookMs = 60 * 60_000;
/** How long a pass goes on looking at one account; the next pass takes the rest. */
const passMs = 20_000;
/** Each pass begins at another announcement than the one before, so that none waits for ever behind others without an answer. */
const turnMs = 5_000;

/** How many uncertain announcements became what. */
export interface Reconciled {
  readonly found: number;
  readonly absent: number;
  readonly unknown: number;
}

/**
 * Looks on the network after every announcement whose answer was lost, and writes down what it finds: it stands, or it provably does not
 * and is sent again to the letter inside its deadline. Nothing else ends an `uncertain` announcement. Any number of processes may do
 * this at once.
 *
 * @throws the first thing that broke, when all others were looked after
 */
export async function reconcile(context: PublishContext): Promise<Reconciled> {
  const tally = { found: 0, absent: 0, unknown: 0 };
  const broken: unknown[] = [];
  const accounts = byAccount(await context.ledger.list({ states: ['uncertain'] }));
  // Side by side: one network that does not answer keeps no other waiting.
  await Promise.all(
    accounts.map(async (announcements) => {
      const until = performance.now() + passMs;
      for (const announcement of turned(announcements, context.clock.now())) {
        if (performance.now() > until) return;
        try {
          tally[await lookAfter(context, announcement)] += 1;
        } catch (thrown) {
          broken.push(thrown);
        }
      }
    }),
  );
  if (broken.length > 0) throw broken[0];
  return tally;
}

function byAccount(announcements: readonly Announcement[]): readonly (readonly Announcement[])[] {
  const accounts = new Map<string, Announcement[]>();
  for (const announcement of announcements) {
    const ofAccount = accounts.get(announcement.account) ?? [];
    ofAccount.push(announcement);
    accounts.set(announcement.account, ofAccount);
  }
  return [...accounts.values()];
}

function turned<T>(things: readonly T[], now: EpochMs): readonly T[] {
  const first = Math.floor(now / turnMs) % things.length;
  return [...things.slice(first), ...things.slice(0, first)];
}

async function lookAfter(
  context: PublishContext,
  announcement: Announcement,
): Promise<Finding['kind']> {
  const publisher = context.publisher(announcement.account);
  if (context.clock.now() < (announcement.retryAt ?? 0)) return 'unknown';
  const finding = await look(announcement, publisher, context.clock.now());
  const now = context.clock.now();
  if (finding.kind === 'found' && context.live?.(announcement.account)) {
    // Its answer was lost, and the network is well.
    await context.gate?.heard(announcement.account, { kind: 'published', post: finding.post }, now);
  }
  if (finding.kind === 'unknown') {
    await leaveInDoubt(context, announcement, { publisher, reason: finding.reason }, now);
    return 'unknown';
  }
  const settlement = settlementOf(finding, announcement, now);
  const resend = settlement.to === 'planned';
  try {
    const change = { ...settlement, resend, actor: 'reconcile' } as const;
    if (!(await context.ledger.move(announcement, change, now))) return finding.kind;
  } catch (thrown) {
    if (finding.kind !== 'found') throw thrown;
    // Another announcement has that post already: a person has to see which is whose.
    const reason = `the post that was found could not be recorded: ${reasonOf(thrown)}`;
    await leaveInDoubt(context, announcement, { publisher, reason }, now);
    return 'unknown';
  }
  tell(context, announcement, settlement, announcement.frozen?.content);
  if (resend) {
    const { id, network } = announcement;
    // The sweep brings it back where the queue does not.
    await context.queue.reschedule([{ id, network, at: now }]).catch(() => undefined);
  }
  return finding.kind;
}

/** Notes when to look again, and calls a person when all looks were in vain. */
async function leaveInDoubt(
  { ledger }: PublishContext,
  announcement: Announcement,
  { publisher, reason }: { readonly publisher: Publisher | undefined; readonly reason: string },
  now: EpochMs,
): Promise<void> {
  const { stateSince, needsPerson } = announcement;
  const looks = publisher?.looksAfterMs ?? usualLooksAfterMs;
  const next = looks.map((ms) => stateSince + ms).find((moment) => moment > now);
  const inVain = next === undefined;
  if (!publisher?.looksAfterMs && now < stateSince + (looks[0] ?? 0)) return;
  // Without a publisher nobody is asked: it is looked for as soon as there is one.
  if (!publisher && (needsPerson || !inVain)) return;
  const note = {
    to: 'uncertain',
    reason,
    needsPerson: needsPerson || inVain,
    ...(publisher && { retryAt: next ?? now + idleLookMs }),
    ...(inVain && !needsPerson && { notice: doubtNotice(announcement, reason, now) }),
  } as const;
  await ledger.move(announcement, { ...note, actor: 'reconcile' }, now);
}

async function look(
  announcement: Announcement,
  publisher: Publisher | undefined,
  now: EpochMs,
): Promise<Finding> {
  const { frozen } = announcement;
  if (!publisher) return { kind: 'unknown', reason: `${announcement.account} is not connected` };
  if (!frozen) return { kind: 'unknown', reason: 'its frozen text is missing from the ledger' };
  const finding = await answerInTime<Finding>(
    (signal) => publisher.find({ announcement, frozen, signal }),
    Math.min(lookMs, publisher.timeoutMs),
    (reason) => ({ kind: 'unknown', reason }),
  );
  // A request that was under way when its sender gave up may still arrive: absent counts only after its time-out.
  return finding.kind === 'absent' && now < announcement.stateSince + publisher.timeoutMs
    ? { kind: 'unknown', reason: 'a request may still be under way' }
    : finding;
}

function settlementOf(
  finding: Exclude<Finding, { kind: 'unknown' }>,
  announcement: Announcement,
  now: EpochMs,
): Settlement {
  if (finding.kind === 'found') {
    return { to: 'published', post: finding.post, reason: 'found on the network' };
  }
  return now <= announcement.expiresAt
    ? { to: 'planned', reason: 'proven absent, sent again to the letter', retryAt: now }
    : { to: 'expired', reason: 'proven absent, its deadline passed' };
}
