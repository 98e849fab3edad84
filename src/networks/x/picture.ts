import { z } from 'zod';
import type { Clock } from '../../clock.js';
import { digestOf } from '../../compose/digest.js';
import type { Picture } from '../../compose/content.js';
import type { DrawnPicture } from '../../publish/publisher.js';
import { isAccepted } from './answer.js';
import type { Ask, Asked } from './asking.js';
import type { XQuestion } from './line.js';
import type { HeldPicture } from './records.js';

/** X takes pictures up to 5 MB: https://docs.x.com/x-api/media/quickstart/best-practices */
export const mostPictureBytes = 5_000_000;
/** How much of a picture goes with one request; X takes up to 5 MB, the client library sends 1 MB. */
const chunkBytes = 1_000_000;
/** https://docs.x.com/x-api/media/create-media-metadata */
const mostAlt = 1_000;
/** How long X keeps a picture that no post shows, where it does not say: a day. */
const keptSeconds = 86_400;
/** So long before its end a picture is uploaded anew, in milliseconds. */
const marginMs = 10 * 60_000;

const uploadShape = z.object({
  data: z.object({ id: z.string().regex(/^\d{1,19}$/), expires_after_secs: z.number().optional() }),
});

/** A picture that X holds, or the answer that stopped its upload. Nobody sees a picture that no post shows. */
export type Uploaded =
  | { readonly kind: 'held'; readonly picture: HeldPicture }
  | { readonly kind: 'stopped'; readonly answer: Asked };

/** The digest under which an uploaded picture is remembered: another alt text is another picture. */
export function pictureDigest({ digest, alt }: Picture): string {
  return digestOf({ digest, alt });
}

/**
 * Uploads a picture in the three steps of https://docs.x.com/x-api/media/quickstart/media-upload-chunked and gives it its alt text. May be repeated: each
 * time makes another that nobody sees.
 */
export async function uploadPicture(
  picture: Picture,
  drawn: DrawnPicture,
  ask: Ask,
  clock: Clock,
): Promise<Uploaded> {
  const begun = await ask(beginning(drawn));
  const session = idIn(begun);
  if (!session) return { kind: 'stopped', answer: begun };
  for (let start = 0, part = 0; start < drawn.bytes.length; start += chunkBytes, part += 1) {
    const media = Buffer.from(drawn.bytes.subarray(start, start + chunkBytes));
    const sent = await ask({
      method: 'POST',
      path: `media/upload/${session.id}/append`,
      body: { segment_index: part, media },
      bodyAs: 'multipart',
    });
    if (!isAccepted(sent)) return { kind: 'stopped', answer: sent };
  }
  const ended = await ask({ method: 'POST', path: `media/upload/${session.id}/finalize` });
  const held = idIn(ended);
  if (!held) return { kind: 'stopped', answer: ended };
  const alt = Array.from(picture.alt.trim()).slice(0, mostAlt).join('');
  if (alt !== '') {
    const metadata = { alt_text: { text: alt } };
    const said = await ask({
      method: 'POST',
      path: 'media/metadata',
      body: { id: held.id, metadata },
    });
    if (!isAccepted(said)) return { kind: 'stopped', answer: said };
  }
  const keptMs = (held.expires_after_secs ?? session.expires_after_secs ?? keptSeconds) * 1_000;
  const expiresAt = clock.now() + keptMs - marginMs;
  return { kind: 'held', picture: { digest: pictureDigest(picture), id: held.id, expiresAt } };
}

function beginning({ bytes, mimeType }: DrawnPicture): XQuestion {
  const body = { media_type: mimeType, media_category: 'tweet_image', total_bytes: bytes.length };
  return { method: 'POST', path: 'media/upload/initialize', body };
}

function idIn(answer: Asked): z.infer<typeof uploadShape>['data'] | undefined {
  return isAccepted(answer) ? uploadShape.safeParse(answer.body).data?.data : undefined;
}
