import type { Clock } from '../../../src/clock.js';
import { weighX } from '../../../src/compose/x-weight.js';

/** A post as X keeps it. */
export interface XServerPost {
  readonly id: string;
  /** As it was sent. */
  readonly sent: string;
  readonly createdAt: number;
  readonly mediaIds: readonly string[];
  removed: boolean;
}

/** Why X takes no post. */
export type XRefusedPost = 'duplicate' | 'too-long' | 'media';

/** A picture that was uploaded. */
export interface XServerMedia {
  readonly id: string;
  readonly type: string;
  readonly total: number;
  readonly parts: Buffer[];
  readonly expiresAt: number;
  ended: boolean;
  alt?: string;
}

const week = 7 * 24 * 60 * 60_000;
const mediaSeconds = 86_400;
/** The first millisecond of X's ids. */
const idEpoch = 1_288_834_974_657n;
const link = /https?:\/\/\S*[\w/]|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net)\b(?:\/\S*\w)?/gi;

/** The posts and pictures of one account: ids that tell the time, the rule on texts, links that are wrapped. */
export function openXPosts(clock: Clock, username: string) {
  const posts: XServerPost[] = [];
  const media = new Map<string, XServerMedia>();
  let count = 0;
  const nextId = () => {
    count += 1;
    return String(((BigInt(clock.now()) - idEpoch) << 22n) + BigInt(count % 4_194_304));
  };

  return {
    /** All that ever were, in order. */
    all: posts as readonly XServerPost[],
    media: media as ReadonlyMap<string, XServerMedia>,
    mediaSeconds,
    create(text: string, mediaIds: readonly string[] = []): XServerPost | XRefusedPost {
      const held = mediaIds.map((id) => media.get(id));
      if (held.some((each) => !each?.ended || each.expiresAt <= clock.now())) return 'media';
      if (weighX(text) > 280) return 'too-long';
      const young = posts.filter(({ createdAt }) => createdAt > clock.now() - week);
      if (young.some(({ sent }) => sent.normalize('NFC') === text.normalize('NFC'))) {
        return 'duplicate';
      }
      const post = { id: nextId(), sent: text, createdAt: clock.now(), mediaIds, removed: false };
      posts.push(post);
      return post;
    },
    remove(id: string): boolean {
      const post = posts.find((each) => each.id === id && !each.removed);
      if (post) post.removed = true;
      return post !== undefined;
    },
    standing: () => posts.filter(({ removed }) => !removed),
    beginMedia(type: string, total: number): XServerMedia {
      const id = nextId();
      const expiresAt = clock.now() + mediaSeconds * 1_000;
      const held: XServerMedia = { id, type, total, parts: [], expiresAt, ended: false };
      media.set(id, held);
      return held;
    },
    /** X loses a picture before its time. */
    forgetMedia(): void {
      media.clear();
    },
    /** A post as X shows it: escaped, its links wrapped, an address behind it for a picture. */
    shown(post: XServerPost, fields: ReadonlySet<string>): Record<string, unknown> {
      const urls: Record<string, unknown>[] = [];
      const wrap = (expanded: string) => {
        const short = `https://t.co/${Number(post.id.slice(-7)).toString(36)}x${String(urls.length)}`;
        urls.push({
          start: 0,
          end: 0,
          url: short,
          expanded_url: expanded,
          display_url: expanded.slice(0, 20),
        });
        return short;
      };
      let text = post.sent
        .normalize('NFC')
        .replace(link, (found) => wrap(/^https?:/i.test(found) ? found : `http://${found}`))
        .replace(/&/g, '&amp;')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;');
      if (post.mediaIds.length > 0)
        text += ` ${wrap(`https://x.com/${username}/status/${post.id}/photo/1`)}`;
      for (const entity of urls) {
        const at = Array.from(text.slice(0, text.indexOf(entity.url as string))).length;
        Object.assign(entity, { start: at, end: at + (entity.url as string).length });
      }
      const metrics = {
        repost_count: 2,
        reply_count: 1,
        like_count: 5,
        quote_count: 0,
        bookmark_count: 0,
        impression_count: 120,
      };
      return {
        id: post.id,
        text,
        ...(fields.has('created_at') && {
          created_at: new Date(Math.floor(post.createdAt / 1_000) * 1_000).toISOString(),
        }),
        ...(fields.has('entities') && urls.length > 0 && { entities: { urls } }),
        ...(fields.has('public_metrics') && { public_metrics: metrics }),
      };
    },
  };
}
