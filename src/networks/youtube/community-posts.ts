import type { Content } from '../../compose/content.js';
import type { Outcome } from '../../publish/outcome.js';
import type { Dispatch } from '../../publish/publisher.js';
import type { Failure } from './answer.js';
import { anything, communityPost, uploadedImage } from './answers.js';
import { findCommunityPost, postOf } from './find-community-post.js';
import { outcomeOf } from './outcome-of.js';
import { isGone, readReach } from './reach.js';
import type { WayTools, YoutubeWay } from './youtube-way.js';

/** The pilot takes pictures up to 16 MB, between 2:5 and 5:2; ours are 1200×630. */
const mostPictureBytes = 16_000_000;
const uploading = 'uploading the picture';

/**
 * Community posts by the pilot of the Data API, closed but for projects that Google has admitted. No released client has it, so these requests are ours.
 *
 * It takes no key: an attempt is noted before it is sent, and a lost answer is looked for among the channel's own posts by text and time.
 */
export function communityPostsWay(tools: WayTools): YoutubeWay {
  const { ask } = tools;
  return {
    async prepare({ content, signal }) {
      const uploaded = await obtainPicture(tools, content, signal);
      if (uploaded.kind !== 'failed') return { kind: 'ready' };
      const { failure } = uploaded;
      const outcome = outcomeOf(failure, { doing: uploading, visible: false }, tools);
      return outcome.kind === 'unauthorized'
        ? { kind: 'unauthorized', reason: outcome.reason }
        : { ...outcome, kind: 'later' };
    },
    publish: (dispatch) => publishPost(tools, dispatch),
    find: (dispatch) => findCommunityPost(tools, dispatch),
    async remove({ uri }, signal) {
      const parameters = { id: uri };
      const by = { method: 'DELETE', path: '/youtube/v3/posts', parameters } as const;
      return isGone(await ask({ name: 'posts.delete', by, shape: anything }, signal));
    },
    measure: (posts, signal) =>
      readReach(
        ask,
        posts,
        (ids) => ({
          name: 'posts.list',
          by: {
            method: 'GET',
            path: '/youtube/v3/posts',
            parameters: { part: 'statistics', id: ids.join(',') },
          },
        }),
        signal,
      ),
  };
}

async function publishPost(tools: WayTools, dispatch: Dispatch): Promise<Outcome> {
  const { memory } = tools;
  const { announcement, frozen, signal } = dispatch;
  const { content } = frozen;
  const picture = await obtainPicture(tools, content, signal);
  if (picture.kind === 'failed') {
    return outcomeOf(picture.failure, { doing: uploading, visible: false }, tools);
  }
  const token = picture.kind === 'uploaded' ? picture.uploadToken : undefined;
  let answer = await insertPost(tools, dispatch, token);
  const isStale =
    answer.kind === 'refused' &&
    (answer.meaning === 'invalid' || answer.meaning === 'missing') &&
    picture.kind === 'uploaded' &&
    picture.isOld;
  if (isStale) {
    // The picture was uploaded a while ago, and nothing was taken: it may be that which was refused.
    await memory.rememberPicture(content.digest, undefined);
    const again = await obtainPicture(tools, content, signal);
    if (again.kind === 'failed') {
      return outcomeOf(again.failure, { doing: uploading, visible: false }, tools);
    }
    const fresh = again.kind === 'uploaded' ? again.uploadToken : undefined;
    answer = await insertPost(tools, dispatch, fresh);
  }
  if (answer.kind !== 'answered') {
    return outcomeOf(answer, { doing: 'putting up the post', visible: true }, tools);
  }
  await memory.rememberOwner(answer.value.id, announcement.id);
  return { kind: 'published', post: postOf(answer.value) };
}

async function insertPost(
  { ask, memory, clock }: WayTools,
  { announcement, frozen, signal }: Dispatch,
  uploadToken: string | undefined,
) {
  await memory.rememberAttempt(announcement.id, { at: clock.now(), way: 'posts' });
  const attachments = uploadToken !== undefined && {
    attachments: { imageAttachments: [{ uploadToken }] },
  };
  return ask(
    {
      name: 'posts.insert',
      by: {
        method: 'POST',
        path: '/youtube/v3/posts',
        parameters: { part: attachments ? 'snippet,attachments' : 'snippet' },
        mimeType: 'application/json',
        body: JSON.stringify({ snippet: { textDisplay: frozen.content.text }, ...attachments }),
      },
      shape: communityPost,
    },
    signal,
  );
}

type ObtainedPicture =
  | { readonly kind: 'none' }
  | { readonly kind: 'uploaded'; readonly uploadToken: string; readonly isOld: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** The picture's upload token: remembered, or new. A picture that cannot be drawn, or that YouTube does not want, is left out: the post is worth more. */
async function obtainPicture(
  { ask, memory, drawPicture }: WayTools,
  content: Content,
  signal: AbortSignal,
): Promise<ObtainedPicture> {
  if (!content.picture) return { kind: 'none' };
  const kept = await memory.picture(content.digest);
  if (kept !== undefined) return { kind: 'uploaded', uploadToken: kept, isOld: true };
  const drawn = await drawPicture(content.picture, mostPictureBytes).catch(() => undefined);
  if (!drawn) return { kind: 'none' };
  const { bytes, mimeType } = drawn;
  const answer = await ask(
    {
      name: 'posts.image',
      by: {
        method: 'POST',
        path: '/upload/youtube/v3/posts/image',
        parameters: { uploadType: 'media' },
        body: bytes,
        mimeType,
      },
      shape: uploadedImage,
    },
    signal,
  );
  if (answer.kind === 'answered') {
    const { uploadToken } = answer.value;
    await memory.rememberPicture(content.digest, uploadToken);
    return { kind: 'uploaded', uploadToken, isOld: false };
  }
  return answer.kind === 'refused' && answer.meaning === 'invalid'
    ? { kind: 'none' }
    : { kind: 'failed', failure: answer };
}
