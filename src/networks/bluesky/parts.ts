import type { Content } from '../../compose/content.js';
import type { DrawPicture, DrawnPicture } from '../../publish/publisher.js';
import type { Client } from './client.js';
import { BlueskyFailure } from './errors.js';
import { handlesIn } from './facets.js';
import { reasonOf } from '../../errors.js';
import {
  mostPictureBytes,
  uploadedPicture,
  type Attachment,
  type RecordParts,
  type UploadedPicture,
} from './record.js';

/** What the making of parts needs. */
export interface PartsOptions {
  readonly client: Client;
  readonly drawPicture: DrawPicture;
  readonly attach: Attachment;
  /** Longest time for resolving handles, all together, milliseconds. */
  readonly resolveMs: number;
}

/** Parts, and what is missing of them though it was wanted. */
export interface MadeParts {
  readonly parts: RecordParts;
  /** Why the picture is missing, a clause. */
  readonly missing?: string;
}

/** At most so many handles are resolved; a text of 300 graphemes holds no more that anybody means. */
const mostHandles = 10;

/**
 * Makes what a record is made of: uploads its picture and resolves its mentions. May be repeated: the same bytes are the same blob. A picture that cannot be
 * drawn or that Bluesky refuses keeps no announcement from its moment. Throws `BlueskyFailure` where trying again may help.
 */
export async function makeParts(
  options: PartsOptions,
  content: Content,
  signal: AbortSignal,
): Promise<MadeParts> {
  const [dids, picture] = await Promise.all([
    resolveHandles(options, content.text, signal),
    uploadPicture(options, content, signal),
  ]);
  if (picture === undefined) return { parts: { dids } };
  return typeof picture === 'string'
    ? { parts: { dids }, missing: picture }
    : { parts: { dids, picture } };
}

/** A handle that does not resolve, for whatever reason, stays plain text. */
async function resolveHandles(
  { client, resolveMs }: PartsOptions,
  text: string,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const handles = handlesIn(text).slice(0, mostHandles);
  if (handles.length === 0) return {};
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(resolveMs)]);
  const asking = { method: 'com.atproto.identity.resolveHandle', signal: inTime };
  const resolved = await Promise.all(
    handles.map(async (handle) => {
      try {
        const { data } = await client.look(asking, (agent) =>
          agent.resolveHandle({ handle }, { signal: inTime }),
        );
        return [[handle, data.did]] as const;
      } catch (thrown) {
        if (thrown instanceof BlueskyFailure) return [];
        throw thrown;
      }
    }),
  );
  return Object.fromEntries(resolved.flat());
}

async function uploadPicture(
  { client, drawPicture, attach }: PartsOptions,
  { picture }: Content,
  signal: AbortSignal,
): Promise<UploadedPicture | string | undefined> {
  if (attach === 'nothing' || !picture) return undefined;
  const mostBytes = mostPictureBytes[attach];
  let drawn: DrawnPicture;
  try {
    drawn = await drawPicture(picture, mostBytes);
  } catch (thrown) {
    return `the picture could not be drawn (${reasonOf(thrown).slice(0, 160)})`;
  }
  const { bytes, mimeType, width, height } = drawn;
  if (bytes.length > mostBytes) {
    return `the picture has ${String(bytes.length)} bytes, ${String(mostBytes)} are allowed`;
  }
  const asking = { method: 'com.atproto.repo.uploadBlob', signal };
  try {
    const { data } = await client.ask(asking, (agent) =>
      agent.uploadBlob(bytes, { encoding: mimeType, signal }),
    );
    // As it stands in JSON, so that what is kept is what is sent.
    return uploadedPicture.parse({
      blob: JSON.parse(JSON.stringify(data.blob)) as unknown,
      width,
      height,
    });
  } catch (thrown) {
    if (thrown instanceof BlueskyFailure && thrown.meaning === 'refused') {
      return `Bluesky does not take the picture (${thrown.code})`;
    }
    throw thrown;
  }
}
