import type { Clock } from '../../../src/clock.js';
import {
  GoogleError,
  id,
  pageOf,
  parse,
  required,
  type ResourceRequest,
  type YoutubePost,
} from './youtube-request.js';

/** A community post of the pilot. */
interface StoredPost {
  readonly id: string;
  readonly text: string;
  readonly pictured: boolean;
  readonly at: number;
  readonly likeCount: number;
}

/** The pilot's posts of one channel, newest first. */
export function youtubePosts(clock: Pick<Clock, 'now'>, channelId: string) {
  const posts = new Map<string, StoredPost>();
  const uploads = new Set<string>();
  const resourceOf = ({ id: own, text, at, likeCount }: StoredPost) => ({
    kind: 'youtube#post',
    id: own,
    snippet: { channelId, textDisplay: text, publishTime: new Date(at).toISOString() },
    statistics: { likeCount: String(likeCount) },
  });
  const handlers: Readonly<Record<string, (request: ResourceRequest) => unknown>> = {
    'POST posts/image': ({ body }) => {
      if (body.length === 0 || body.length > 16_000_000) {
        throw new GoogleError(400, 'badRequest', 'The picture is too large');
      }
      const uploadToken = `upload-${id(16)}`;
      uploads.add(uploadToken);
      return { uploadToken };
    },
    'POST posts': ({ body }) => {
      const given = parse(body) as {
        snippet?: { textDisplay?: string };
        attachments?: { imageAttachments?: { uploadToken: string }[] };
      };
      const text = required(given.snippet?.textDisplay, 'required', 'text');
      const tokens = given.attachments?.imageAttachments ?? [];
      if (!tokens.every(({ uploadToken }) => uploads.has(uploadToken))) {
        throw new GoogleError(400, 'badRequest', 'The upload token is not valid');
      }
      const made = {
        id: `Ugkx${id(20)}`,
        text,
        pictured: tokens.length > 0,
        at: clock.now(),
        likeCount: 3,
      };
      posts.set(made.id, made);
      return resourceOf(made);
    },
    'GET posts': ({ query }) => {
      const ids = query.get('id')?.split(',');
      const all = [...posts.values()].filter((each) => !ids || ids.includes(each.id)).reverse();
      const { items, ...rest } = pageOf(all, query, 50);
      return { items: items.map(resourceOf), ...rest };
    },
    'DELETE posts': ({ query }) => {
      if (!posts.delete(query.get('id') ?? '')) {
        throw new GoogleError(404, 'notFound', 'The post was not found');
      }
    },
  };
  return {
    handlers,
    forgetUploads: () => uploads.clear(),
    standing: () =>
      [...posts.values()].map(({ id: own, text, pictured, at }): YoutubePost => ({
        kind: 'post',
        id: own,
        text,
        pictured,
        at,
      })),
  };
}
