import type { Post } from '../../publish/outcome.js';

/** A post's uri begins like this when only its short code is known. */
const shortcodePrefix = 'shortcode:';
/** A post's uri begins like this when Threads says that the container was published and shows no post of it. */
const containerPrefix = 'container:';

const hosts = new Set(['threads.com', 'www.threads.com', 'threads.net', 'www.threads.net']);

/** What a post's uri names. */
export type PostName =
  | { readonly kind: 'media'; readonly id: string }
  | { readonly kind: 'shortcode'; readonly code: string }
  | { readonly kind: 'container'; readonly id: string };

/**
 * Takes a uri apart. The uri of a post that we published is its media id; of one that a person gave back by its address it is the short code in that
 * address, since no rule leads from one to the other: only the own posts show both.
 *
 * @example postName('shortcode:DCkkKl_OGb1') // { kind: 'shortcode', code: 'DCkkKl_OGb1' }
 */
export function postName(uri: string): PostName {
  if (uri.startsWith(shortcodePrefix)) {
    return { kind: 'shortcode', code: uri.slice(shortcodePrefix.length) };
  }
  if (uri.startsWith(containerPrefix)) {
    return { kind: 'container', id: uri.slice(containerPrefix.length) };
  }
  return { kind: 'media', id: uri };
}

/** The uri of a post of which only the container is known. */
export function containerUri(container: string): string {
  return `${containerPrefix}${container}`;
}

/** Where a person sees an account. */
export function profileAddress(handle: string): string {
  return `https://www.threads.com/@${handle}`;
}

/**
 * The post that an address on Threads names; undefined when it names none.
 *
 * @example recognizePost('https://threads.net/@zuck/post/DCkkKl_OGb1?hl=en')
 * // { uri: 'shortcode:DCkkKl_OGb1', permalink: 'https://www.threads.com/@zuck/post/DCkkKl_OGb1' }
 */
export function recognizePost(address: string): Pick<Post, 'uri' | 'permalink'> | undefined {
  if (!URL.canParse(address.trim())) return undefined;
  const url = new URL(address.trim());
  if (!/^https?:$/.test(url.protocol) || !hosts.has(url.hostname)) return undefined;
  const [, handle, code] = /^\/@([\w.]{1,30})\/post\/([\w-]{5,40})\/?$/.exec(url.pathname) ?? [];
  if (handle === undefined || code === undefined) return undefined;
  return {
    uri: `${shortcodePrefix}${code}`,
    permalink: `${profileAddress(handle)}/post/${code}`,
  };
}
