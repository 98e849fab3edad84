import type { Post } from '../../publish/outcome.js';

const site = 'https://www.youtube.com';
const hosts = new Set(['youtube.com', 'www.youtube.com', 'm.youtube.com']);

/** Belief: opens the composer on the posts tab. Without effect where it is wrong: the tab opens. */
const composerQuery = '?show_create_dialog=1';

/** The posts tab of a channel, with the composer open. */
export function composerAddress(handle: string): string {
  return `${site}/@${handle}/posts${composerQuery}`;
}

/** Where a person sees a community post. */
export function postAddress(id: string): string {
  return `${site}/post/${id}`;
}

/** Where a person sees a video or live event. */
export function watchAddress(id: string): string {
  return `${site}/watch?v=${id}`;
}

/** The video in a post's uri: a broadcast's has the key of the announcement behind it. */
export function videoOf(uri: string): string {
  return uri.replace(/#.*$/s, '');
}

const post = /^Ug[\w-]{10,120}$/;
const video = /^[\w-]{11}$/;

/**
 * The post or live event that an address on YouTube names; undefined when it names none. Whatever else is in the address is left out.
 *
 * @example recognizePost('https://youtube.com/post/Ugkx123456789?si=abc')
 * // { uri: 'Ugkx123456789', permalink: 'https://www.youtube.com/post/Ugkx123456789' }
 */
export function recognizePost(address: string): Pick<Post, 'uri' | 'permalink'> | undefined {
  const trimmed = address.trim();
  if (!URL.canParse(trimmed)) return undefined;
  const url = new URL(trimmed);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  const [first = '', second = '', third = '', ...more] = url.pathname.split('/').filter(Boolean);
  if (more.length > 0) return undefined;
  if (url.hostname === 'youtu.be') return second ? undefined : videoPost(first);
  if (!hosts.has(url.hostname)) return undefined;
  if (first === 'post' && !third) return communityPost(second);
  if (first === 'watch' && !second) return videoPost(url.searchParams.get('v') ?? '');
  if (first === 'live' && !third) return videoPost(second);
  const tab = first === 'channel' ? third : first.startsWith('@') && !third ? second : '';
  return tab === 'community' ? communityPost(url.searchParams.get('lb') ?? '') : undefined;
}

function communityPost(id: string) {
  return post.test(id) ? { uri: id, permalink: postAddress(id) } : undefined;
}

function videoPost(id: string) {
  return video.test(id) ? { uri: id, permalink: watchAddress(id) } : undefined;
}
