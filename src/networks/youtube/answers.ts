import { z } from 'zod';

const id = z.string().min(1).max(256);

/** A moment as Google writes it, in milliseconds since 1970. */
const moment = z
  .string()
  .transform((text) => Date.parse(text))
  .refine((at) => !Number.isNaN(at));

const nextPageToken = z.string().min(1).optional();

/** Whose account it is: https://developers.google.com/youtube/v3/docs/channels. */
export const channels = z.object({
  items: z
    .array(
      z.object({
        id,
        snippet: z.object({ title: z.string().default(''), customUrl: z.string().optional() }),
      }),
    )
    .default([]),
});

/** A broadcast: https://developers.google.com/youtube/v3/live/docs/liveBroadcasts. */
export const liveBroadcast = z.object({
  id,
  snippet: z.object({
    title: z.string().default(''),
    description: z.string().default(''),
    publishedAt: moment.optional(),
    scheduledStartTime: moment.optional(),
    actualStartTime: moment.optional(),
    liveChatId: z.string().optional(),
  }),
  status: z.object({ lifeCycleStatus: z.string().optional() }).optional(),
});

/** A broadcast. */
export type LiveBroadcast = z.infer<typeof liveBroadcast>;

/** A page of broadcasts. */
export const liveBroadcasts = z.object({
  items: z.array(liveBroadcast).default([]),
  nextPageToken,
});

/** A message in a live chat: https://developers.google.com/youtube/v3/live/docs/liveChatMessages. Messages of other kinds have no text of their own. */
const chatMessage = z.object({
  id,
  snippet: z.object({
    publishedAt: moment,
    textMessageDetails: z.object({ messageText: z.string().default('') }).optional(),
  }),
  authorDetails: z.object({ isChatOwner: z.boolean().default(false) }).optional(),
});

/** A page of a live chat, oldest message first. */
export const chatMessages = z.object({ items: z.array(chatMessage).default([]), nextPageToken });

/** What sending a message answers. */
export const sentMessage = z.object({ id, snippet: z.object({ publishedAt: moment.optional() }) });

/** A post of the pilot. */
export const communityPost = z.object({
  id,
  snippet: z.object({ textDisplay: z.string().default(''), publishTime: moment }),
});

/** A post of the pilot. */
export type CommunityPost = z.infer<typeof communityPost>;

/** A page of posts. */
export const communityPosts = z.object({
  items: z.array(communityPost).default([]),
  nextPageToken,
});

/** What uploading a picture answers. */
export const uploadedImage = z.object({ uploadToken: z.string().min(1).max(4_096) });

/** What setting a thumbnail or taking something down answers: nothing that we need. */
export const anything = z.unknown();

/** A number that Google writes as text. */
const count = z.coerce.number().int().nonnegative().optional();

/** How far videos or posts got. */
export const statistics = z.object({
  items: z
    .array(
      z.object({
        id,
        statistics: z
          .object({ viewCount: count, likeCount: count, commentCount: count })
          .optional(),
      }),
    )
    .default([]),
});
