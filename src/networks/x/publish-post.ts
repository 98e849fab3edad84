import { z } from 'zod';
import type { Content } from '../../compose/content.js';
import { reasonOf, sentence } from '../../errors.js';
import type { Outcome } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import { isAccepted } from './answer.js';
import { asking, type Ask, type Asked } from './asking.js';
import { lookForOwn } from './find-post.js';
import { duplicateRule, setbackOf, type Setback } from './meaning.js';
import { mostPictureBytes, pictureDigest, uploadPicture } from './picture.js';
import { postOf } from './post-address.js';
import { quotasIn } from './rate-limits.js';
import type { Sent } from './records.js';
import { refusalOf } from './refusal.js';
import type { XContext } from './x-context.js';

const createdShape = z.object({ data: z.object({ id: z.string().regex(/^\d{1,19}$/) }) });

/**
 * Sends a post once. That it is sent is written down before; X has no key that would make a second one the same as the first, so whatever leaves open
 * whether it stands is `uncertain`, and the note of it stays. https://docs.x.com/x-api/posts/create-post
 */
export async function publishPost(context: XContext, dispatch: Dispatch): Promise<Outcome> {
  const { records, clock, handle } = context;
  const { id } = dispatch.announcement;
  const before = await records.sent(id);
  if (before?.post !== undefined) return { kind: 'published', post: postOf(handle, before.post) };
  const ask = asking(context.signIn, context.line, dispatch.signal);

  let tried = await send(context, dispatch, ask);
  if (refusalIn(tried, clock.now()) === 'media-unknown') {
    // X took nothing, for it does not know the picture any more.
    await records.forgetPicture(id);
    tried = await send(context, dispatch, ask);
  }
  const outcome = isStopped(tried)
    ? tried.stopped
    : await meaningOf(context, dispatch, ask, before, tried);
  if (outcome.kind !== 'published' && outcome.kind !== 'uncertain') {
    await (before ? records.writeSent(id, before) : records.forgetSent(id));
  }
  if (!isStopped(tried) && tried.kind === 'answered') {
    const quotas = quotasIn(tried, clock.now());
    if (quotas.length > 0) await records.writeQuotas(quotas);
  }
  return outcome;
}

const unnamed = {
  problem: 'X took the post and did not say under which id',
  remedy: 'It is looked for before anything is sent again',
};

/** Stopped before anything visible was asked, or what came of asking. */
type Tried = Asked | { readonly kind: 'stopped'; readonly stopped: Setback };

function isStopped(tried: Tried): tried is Extract<Tried, { kind: 'stopped' }> {
  return tried.kind === 'stopped';
}

async function send(context: XContext, dispatch: Dispatch, ask: Ask): Promise<Tried> {
  const { announcement, frozen } = dispatch;
  const media = await holdPicture(context, announcement.id, frozen.content, ask);
  if (typeof media === 'object') return { kind: 'stopped', stopped: media };
  await context.records.writeSent(announcement.id, { at: context.clock.now() });
  const body = { text: frozen.content.text, ...(media && { media: { media_ids: [media] } }) };
  return ask({ method: 'POST', path: 'tweets', body });
}

/** The id of the picture that goes with a content: one that X holds already or a new one; undefined where none is wanted. */
export async function holdPicture(
  { records, clock, drawPicture, attach, account }: XContext,
  announcement: string,
  { picture }: Content,
  ask: Ask,
): Promise<string | undefined | Setback> {
  if (!picture || attach === 'nothing') return undefined;
  const held = await records.picture(announcement);
  if (held?.digest === pictureDigest(picture) && held.expiresAt > clock.now()) return held.id;
  const drawn = await drawPicture(picture, mostPictureBytes).catch((thrown: unknown) => ({
    failed: reasonOf(thrown),
  }));
  if ('failed' in drawn) {
    const problem = `its picture could not be drawn (${drawn.failed})`;
    const reason = sentence({ place: account, problem, remedy: 'It is tried again' });
    return { kind: 'retry-later', reason };
  }
  const uploaded = await uploadPicture(picture, drawn, ask, clock);
  if (uploaded.kind === 'stopped') return setbackOf(account, uploaded.answer, false, clock.now());
  await records.writePicture(announcement, uploaded.picture);
  return uploaded.picture.id;
}

function refusalIn(tried: Tried, now: number) {
  return tried.kind === 'answered' && !isAccepted(tried) ? refusalOf(tried, now).kind : undefined;
}

async function meaningOf(
  context: XContext,
  dispatch: Dispatch,
  ask: Ask,
  before: Sent | undefined,
  asked: Asked,
): Promise<Outcome> {
  const { clock, account } = context;
  if (isAccepted(asked)) {
    const post = createdShape.safeParse(asked.body).data?.data.id;
    if (post !== undefined) return remember(context, dispatch, post);
    return { kind: 'uncertain', reason: sentence({ place: account, ...unnamed }) };
  }
  return refusalIn(asked, clock.now()) === 'duplicate'
    ? afterDuplicate(context, dispatch, ask, before)
    : setbackOf(account, asked, true, clock.now());
}

async function remember(
  context: XContext,
  { announcement }: Dispatch,
  post: string,
): Promise<Outcome> {
  // Whose it is comes first: no other announcement may find it and take it for its own.
  await context.records.writeOwner(post, announcement.id);
  await context.records.writeSent(announcement.id, { at: context.clock.now(), post });
  return { kind: 'published', post: postOf(context.handle, post) };
}

/**
 * X refused a text that stands already. It may be ours, for an earlier try may have arrived after all: so it is looked for at once. Without an earlier try
 * and without a post that is newer than the freeze, it is somebody else's.
 */
async function afterDuplicate(
  context: XContext,
  dispatch: Dispatch,
  ask: Ask,
  before: Sent | undefined,
): Promise<Outcome> {
  const certainty = before ? 'maybe-sent' : 'never-sent';
  const look = await lookForOwn(context, dispatch, ask, before, certainty);
  if (look.kind === 'found') return remember(context, dispatch, look.id);
  const say = (problem: string, remedy: string) =>
    sentence({ place: context.account, problem, remedy });
  if (!before && look.kind === 'none') {
    return { kind: 'rejected', reason: say(duplicateRule, 'Change the text, or post it by hand') };
  }
  const problem = `${duplicateRule}; whether it is this one could not be seen`;
  return { kind: 'uncertain', reason: say(problem, 'Look at the account and say what stands') };
}
