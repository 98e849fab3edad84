import { z } from 'zod';
import type { Content } from '../../compose/content.js';
import { countGraphemes } from '../../compose/graphemes.js';
import { blueskyBytes, textLimits } from '../../compose/measure.js';
import type { EpochMs } from '../../program/time.js';
import { postCollection } from './addresses.js';
import { facetsOf } from './facets.js';

/** What hangs below a text: a card of the link with a small picture, the picture itself, or nothing. */
export type Attachment = 'link-card' | 'picture' | 'nothing';

/**
 * The largest pictures, in bytes: the thumb of a link card (https://atproto.com/lexicons/app-bsky-embed#appbskyembedexternal) and a picture of its own
 * (https://atproto.com/lexicons/app-bsky-embed#appbskyembedimages).
 */
export const mostPictureBytes: Readonly<Record<Exclude<Attachment, 'nothing'>, number>> = {
  'link-card': 1_000_000,
  picture: 2_000_000,
};

/** At most so many languages: https://atproto.com/lexicons/app-bsky-feed#appbskyfeedpost */
const mostLanguages = 3;

const blob = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
});

/** A picture as it was uploaded, by the digest of its bytes. */
export const uploadedPicture = z.object({ blob, width: z.number(), height: z.number() });
/** A picture as it was uploaded, by the digest of its bytes. */
export type UploadedPicture = z.infer<typeof uploadedPicture>;

/** What a record is made of besides its content: made ahead, and to be made again at any time. */
export const recordParts = z.object({
  /** The DIDs of the handles that are mentioned and that resolved. */
  dids: z.record(z.string(), z.string()),
  picture: uploadedPicture.optional(),
});
/** What a record is made of besides its content. */
export type RecordParts = z.infer<typeof recordParts>;

/** A post's record as it is sent; a JSON object. */
export const postRecord = z.looseObject({
  $type: z.literal(postCollection),
  text: z.string(),
  createdAt: z.string(),
});
/** A post's record as it is sent; a JSON object. */
export type PostRecord = z.infer<typeof postRecord>;

/** The record of one post: https://atproto.com/lexicons/app-bsky-feed#appbskyfeedpost */
export function recordOf(
  content: Content,
  parts: RecordParts,
  attach: Attachment,
  createdAt: EpochMs,
): PostRecord {
  const facets = facetsOf(content.text, content.link.url, parts.dids);
  const embed = embedOf(content, parts.picture, attach);
  const langs = content.languages
    .filter((tag) => /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i.test(tag))
    .slice(0, mostLanguages);
  return {
    $type: postCollection,
    text: content.text,
    ...(facets.length > 0 && { facets }),
    ...(embed && { embed }),
    ...(langs.length > 0 && { langs }),
    createdAt: new Date(createdAt).toISOString(),
  };
}

function embedOf(content: Content, picture: UploadedPicture | undefined, attach: Attachment) {
  if (attach === 'nothing') return undefined;
  if (attach === 'picture' && picture) {
    const { blob: image, width, height } = picture;
    const alt = content.picture?.alt ?? '';
    return {
      $type: 'app.bsky.embed.images',
      images: [{ image, alt, aspectRatio: { width, height } }],
    };
  }
  const { url, title, description } = content.link;
  return {
    $type: 'app.bsky.embed.external',
    external: { uri: url, title, description, ...(picture && { thumb: picture.blob }) },
  };
}

/**
 * Why Bluesky would not take a text, as a clause; undefined when it would.
 *
 * @example unfitText('x'.repeat(301)) // 'the text has 301 graphemes, 300 are allowed'
 */
export function unfitText(text: string): string | undefined {
  const used = countGraphemes(text);
  if (used > textLimits.bluesky) {
    return `the text has ${String(used)} graphemes, ${String(textLimits.bluesky)} are allowed`;
  }
  const bytes = Buffer.byteLength(text);
  return bytes > blueskyBytes
    ? `the text has ${String(bytes)} bytes, ${String(blueskyBytes)} are allowed`
    : undefined;
}
