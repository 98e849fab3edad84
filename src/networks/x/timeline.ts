import { z } from 'zod';
import type { EpochMs } from '../../program/time.js';
import { isAccepted, skewOf } from './answer.js';
import type { Ask, Asked } from './asking.js';
import { madeAt } from './post-address.js';
import { isSameText } from './post-text.js';

/** Further apart than this, the search by time proves nothing. In milliseconds. */
const mostSkewMs = 60_000;
/** So many posts in the minutes around one announcement are more than X lets anybody post. */
const mostPages = 5;

const linkShape = z.object({ url: z.string().nullish(), expanded_url: z.string().nullish() });
const pageShape = z.object({
  data: z
    .array(
      z.object({
        id: z.string().regex(/^\d{1,19}$/),
        text: z.string(),
        // Without the fields that were asked for a text with links cannot be compared.
        created_at: z.string(),
        entities: z.object({ urls: z.array(linkShape).nullish() }).nullish(),
      }),
    )
    .optional(),
  meta: z.object({ next_token: z.string().optional() }).optional(),
});

/** What a look at an account's own posts showed. */
export type Look =
  /** Posts with that text, newest first, and how far X's clock is ahead of ours. */
  | { readonly kind: 'seen'; readonly ids: readonly string[]; readonly skewMs: number | undefined }
  /** X was asked for nothing, or answered nothing that could be read. */
  | { readonly kind: 'unseen'; readonly answer?: Asked; readonly reason: string };

/** Where to look, and for what. */
export interface LookFor {
  readonly user: string;
  readonly text: string;
  /** By our clock. */
  readonly since: EpochMs;
}

/**
 * Looks through an account's posts since a moment for those with a text. One page is enough but for accounts that post a hundred times in the minutes
 * that are looked at; every post that is read costs money. https://docs.x.com/x-api/users/get-posts
 */
export async function lookThrough(
  { user, text, since }: LookFor,
  ask: Ask,
  now: () => EpochMs,
): Promise<Look> {
  const ids: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await askWithFields(
      ask,
      `users/${user}/tweets`,
      ['created_at', 'entities', 'text'],
      {
        max_results: '100',
        start_time: new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'),
        ...(token !== undefined && { pagination_token: token }),
      },
    );
    if (!isAccepted(answer)) return { kind: 'unseen', answer, reason: 'X did not show the posts' };
    const posts = pageShape.safeParse(answer.body).data;
    if (!posts)
      return { kind: 'unseen', reason: 'X showed the posts in a shape that is not known' };
    for (const post of posts.data ?? []) {
      if (madeAt(post.id) >= since && isSameText(post.text, post.entities?.urls ?? [], text)) {
        ids.push(post.id);
      }
    }
    token = posts.meta?.next_token;
    if (token === undefined) return { kind: 'seen', ids, skewMs: skewOf(answer, now()) };
  }
  return { kind: 'unseen', reason: 'there are more posts than can be looked through' };
}

/** Whether two clocks agree well enough for a search by time to prove that something is not there. */
export function clocksAgree(skewMs: number | undefined): boolean {
  return skewMs !== undefined && Math.abs(skewMs) <= mostSkewMs;
}

/**
 * Asks for posts with fields besides id and text. The specification 2.167 names the parameter `post.fields`, the pages and the client library
 * `tweet.fields` [belief: one of the two works]: the other is asked where the first is refused or passed over.
 */
export async function askWithFields(
  ask: Ask,
  path: string,
  fields: readonly [string, ...string[]],
  query: Readonly<Record<string, string>>,
): Promise<Asked> {
  const asked = (name: string) =>
    ask({ method: 'GET', path, query: { ...query, [name]: fields.join(',') } });
  const answer = await asked('post.fields');
  if (answer.kind !== 'answered') return answer;
  const refused =
    answer.status === 400 || (isAccepted(answer) && !hasField(answer.body, fields[0]));
  return refused ? asked('tweet.fields') : answer;
}

function hasField(body: unknown, field: string): boolean {
  const posts = someShape.safeParse(body).data?.data ?? [];
  return posts.every((post) => field in post);
}

const someShape = z.object({ data: z.array(z.record(z.string(), z.unknown())).optional() });
