import type { Dispatch } from '../../publish/publisher.js';
import { anything } from './answers.js';
import type { WayTools } from './youtube-way.js';

/** https://developers.google.com/youtube/v3/docs/thumbnails/set */
const mostThumbnailBytes = 2_000_000;

/**
 * Gives an event its picture. It may be repeated, and the event is worth more than its picture: where it does not work the event keeps the one that it has, and
 * the session's next announcement tries again.
 */
export async function showThumbnail(
  { ask, memory, drawPicture }: WayTools,
  videoId: string,
  { frozen, signal }: Dispatch,
): Promise<void> {
  const { picture } = frozen.content;
  if (!picture || (await memory.thumbnail(videoId)) === picture.digest) return;
  const drawn = await drawPicture(picture, mostThumbnailBytes).catch(() => undefined);
  if (!drawn) return;
  const media = { mimeType: drawn.mimeType, body: Buffer.from(drawn.bytes) };
  const answer = await ask(
    {
      name: 'thumbnails.set',
      by: (client, options) => client.thumbnails.set({ videoId, media }, options),
      shape: anything,
    },
    signal,
  );
  if (answer.kind === 'answered') await memory.rememberThumbnail(videoId, picture.digest);
}
