import type { Finding } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import { isAccepted } from './answer.js';
import { asking, type Ask } from './asking.js';
import { setbackOf } from './meaning.js';
import { madeAt, postOf } from './post-address.js';
import type { Sent } from './records.js';
import { clocksAgree, lookThrough } from './timeline.js';
import { ownUser } from './user.js';
import type { XContext } from './x-context.js';

/** How far before the freeze a look begins, for clocks that differ; as much as two may that prove anything. In milliseconds. */
const slackMs = 60_000;
/** X's `Date` has whole seconds. */
const secondMs = 1_000;

/** What a look for an announcement's own post showed. */
export type OwnLook =
  | { readonly kind: 'found'; readonly id: string }
  /** There is none among those that were seen; `proven` when the clocks agree. */
  | { readonly kind: 'none'; readonly proven: boolean }
  | { readonly kind: 'unseen'; readonly reason: string };

/**
 * Looks whether an announcement's post stands: by its id where X told it, else by its text among the account's posts since the freeze, leaving out those of
 * other announcements.
 */
export async function findPost(context: XContext, dispatch: Dispatch): Promise<Finding> {
  const { records, clock, handle, settledMs } = context;
  const { id } = dispatch.announcement;
  const sent = await records.sent(id);
  if (sent?.post !== undefined) return { kind: 'found', post: postOf(handle, sent.post) };
  const ask = asking(context.signIn, context.line, dispatch.signal);
  const look = await lookForOwn(context, dispatch, ask, sent, 'maybe-sent');
  if (look.kind === 'unseen') return { kind: 'unknown', reason: look.reason };
  if (look.kind === 'found') {
    await records.writeSent(id, { at: clock.now(), post: look.id });
    return { kind: 'found', post: postOf(handle, look.id) };
  }
  if (!look.proven) {
    const reason = `${context.account}: our clock and X's do not agree, so a search by time proves nothing. Set the clock of this machine.`;
    return { kind: 'unknown', reason };
  }
  const now = clock.now();
  const since = sent?.at ?? dispatch.frozen.frozenAt;
  // The clock went back: the time that has passed is counted from here.
  if (sent && now < since) await records.writeSent(id, { at: now });
  if (now < since + settledMs) {
    return { kind: 'unknown', reason: 'X may not show a post yet that it has just taken' };
  }
  return { kind: 'absent' };
}

/**
 * Looks for an announcement's post by its text, and makes the post it finds this announcement's own.
 *
 * @param certainty `never-sent`: only a post that is newer than the freeze, by X's clock, can be its own.
 */
export async function lookForOwn(
  { account, clock, records, vault }: XContext,
  { announcement, frozen }: Dispatch,
  ask: Ask,
  sent: Sent | undefined,
  certainty: 'maybe-sent' | 'never-sent',
): Promise<OwnLook> {
  const user = await ownUser(records, ask);
  if ('kind' in user)
    return { kind: 'unseen', reason: setbackOf(account, user, false, clock.now()).reason };
  const from = Math.min(frozen.frozenAt, sent?.at ?? frozen.frozenAt, clock.now());
  const lookFor = { user: user.id, text: frozen.content.text, since: from - slackMs };
  const look = await lookThrough(lookFor, ask, () => clock.now());
  if (look.kind === 'unseen') {
    const { answer } = look;
    const reason =
      answer && !isAccepted(answer)
        ? setbackOf(account, answer, false, clock.now()).reason
        : look.reason;
    return { kind: 'unseen', reason };
  }
  const { skewMs } = look;
  const strict = frozen.frozenAt + (skewMs ?? 0) - secondMs;
  const ids = look.ids.filter((id) => certainty === 'maybe-sent' || madeAt(id) >= strict);
  // One at a time, so that two announcements with one text never take the same post.
  const own = await vault.exclusively(async () => {
    for (const id of ids) {
      const owner = await records.ownerOf(id);
      if (owner === undefined) await records.writeOwner(id, announcement.id);
      if (owner === undefined || owner === announcement.id) return id;
    }
    return undefined;
  });
  return own === undefined
    ? { kind: 'none', proven: clocksAgree(skewMs) }
    : { kind: 'found', id: own };
}
