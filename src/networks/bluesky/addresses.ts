import type { Post } from '../../publish/outcome.js';

/** The collection in which posts stand: https://atproto.com/lexicons/app-bsky-feed#appbskyfeedpost */
export const postCollection = 'app.bsky.feed.post';

const actor = String.raw`did:[a-z]+:[A-Za-z0-9._:%-]+|(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*`;
/** https://atproto.com/specs/record-key */
const recordKey = '[A-Za-z0-9._:~-]{1,512}';
const webAddress = new RegExp(`^/profile/(${actor})/post/(${recordKey})/?$`);
const atAddress = new RegExp(
  `^at://(${actor})/${postCollection.replaceAll('.', '\\.')}/(${recordKey})$`,
);

/**
 * Where a person sees a post.
 *
 * @param of a handle or a DID
 * @example permalinkOf('meeting.example', '3mks3d2jrtjy6') // 'https://bsky.app/profile/meeting.example/post/3mks3d2jrtjy6'
 */
export function permalinkOf(of: string, key: string): string {
  return `https://bsky.app/profile/${of}/post/${key}`;
}

/**
 * The network's own name for a post.
 *
 * @example uriOf('did:plc:abc', '3mks3d2jrtjy6') // 'at://did:plc:abc/app.bsky.feed.post/3mks3d2jrtjy6'
 */
export function uriOf(of: string, key: string): string {
  return `at://${of}/${postCollection}/${key}`;
}

/**
 * Whose post an at-uri names, and under which key; undefined when it names none.
 *
 * @example partsOfUri('at://did:plc:abc/app.bsky.feed.post/3mks3d2jrtjy6') // { actor: 'did:plc:abc', key: '3mks3d2jrtjy6' }
 */
export function partsOfUri(uri: string): { actor: string; key: string } | undefined {
  const [, of, key] = atAddress.exec(uri) ?? [];
  return of === undefined || key === undefined ? undefined : { actor: of, key };
}

/**
 * The post that an address of the Bluesky app or an at-uri names, of any actor.
 *
 * @example recognizePost('https://bsky.app/profile/a.example/post/3mks3d2jrtjy6')?.uri // 'at://a.example/app.bsky.feed.post/3mks3d2jrtjy6'
 */
export function recognizePost(address: string): Pick<Post, 'uri' | 'permalink'> | undefined {
  const given = address.trim();
  const { actor: of, key } = partsOfUri(given) ?? partsOfPage(given) ?? {};
  if (of === undefined || key === undefined) return undefined;
  return { uri: uriOf(of, key), permalink: permalinkOf(of, key) };
}

function partsOfPage(address: string): { actor: string; key: string } | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, host, pathname } = new URL(address);
  if (protocol !== 'https:' || (host !== 'bsky.app' && host !== 'www.bsky.app')) return undefined;
  // The browser's own spelling of a DID in an address.
  const [, of, key] = webAddress.exec(pathname.replaceAll('%3A', ':')) ?? [];
  return of === undefined || key === undefined ? undefined : { actor: of, key };
}
