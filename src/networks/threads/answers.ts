import { z } from 'zod';

// Meta's ids exceed 2^53 and come as strings; some answers of the past had numbers.
const id = z.union([z.string().min(1).max(64), z.number().transform(String)]);

/** What making a container and publishing one answer. */
export const created = z.object({ id });

/** How a container is doing: https://developers.facebook.com/docs/threads/troubleshooting. */
export const containerStatus = z.object({
  status: z.enum(['IN_PROGRESS', 'FINISHED', 'PUBLISHED', 'ERROR', 'EXPIRED']),
  error_message: z.string().optional(),
});

const timestamp = z
  .string()
  // `2024-09-12T23:17:39+0000` has no colon in its offset.
  .transform((text) => Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))
  .refine((at) => !Number.isNaN(at));

/** A post as Threads has it: https://developers.facebook.com/docs/threads/retrieve-and-discover-posts. */
export const media = z.object({
  id,
  permalink: z.string().optional(),
  shortcode: z.string().optional(),
  text: z.string().default(''),
  timestamp,
});

/** A post as Threads has it. */
export type Media = z.infer<typeof media>;

/** The fields of `media`, for `?fields=`. */
export const mediaFields = 'id,permalink,shortcode,text,timestamp';

/** One page of the account's own posts, newest first. */
export const mediaPage = z.object({
  data: z.array(media),
  paging: z.object({ cursors: z.object({ after: z.string().optional() }).optional() }).optional(),
});

/** Whose account it is. */
export const profile = z.object({ id, username: z.string().min(1), name: z.string().optional() });

const config = z.object({ quota_total: z.number(), quota_duration: z.number() });

/** What is used of the limits: https://developers.facebook.com/docs/threads/troubleshooting#retrieve-quota-limits. */
export const publishingLimit = z.object({
  data: z.tuple(
    [
      z.object({
        quota_usage: z.number(),
        config,
        delete_quota_usage: z.number().optional(),
        delete_config: config.optional(),
      }),
    ],
    z.unknown(),
  ),
});

/** How far one post got: https://developers.facebook.com/docs/threads/insights. */
export const insights = z.object({
  data: z.array(
    z.object({
      name: z.string(),
      values: z.array(z.object({ value: z.number() })).optional(),
      total_value: z.object({ value: z.number() }).optional(),
    }),
  ),
});

/** What deleting answers. */
export const deleted = z.object({ success: z.boolean() });

/** A long-lived token, by exchange or refresh. */
export const longLivedToken = z.object({
  access_token: z.string().min(1),
  /** Seconds. */
  expires_in: z.number().positive(),
});

/** A token of an hour, for a code. */
export const shortLivedToken = z.object({ access_token: z.string().min(1), user_id: id });

/** What Meta knows of a token; times in seconds since 1970: https://developers.facebook.com/docs/threads/troubleshooting/debug-access-token. */
export const tokenReport = z.object({
  data: z.object({
    is_valid: z.boolean().default(true),
    issued_at: z.number().optional(),
    expires_at: z.number().optional(),
    scopes: z.array(z.string()).optional(),
    user_id: id.optional(),
  }),
});
