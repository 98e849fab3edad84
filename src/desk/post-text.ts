import type { Network } from '../campaign/network.js';
import { safeAddress } from '../site/safe-address.js';

/** A stretch of a post's text, as its network shows it. */
export type TextPart =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly address: string }
  | { readonly kind: 'hashtag'; readonly text: string; readonly address: string };

// An address ends before the punctuation that closes a sentence or a bracket; a hashtag needs a letter.
const linked =
  /(?<address>https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}»”’])|(?<![\p{L}\p{N}_&/])#(?<tag>[\p{L}\p{N}\p{M}_]*\p{L}[\p{L}\p{N}\p{M}_]*)/gu;

const hashtagAddresses: Readonly<Record<Network, (tag: string) => string>> = {
  bluesky: (tag) => `https://bsky.app/hashtag/${encodeURIComponent(tag)}`,
  threads: (tag) => `https://www.threads.com/search?q=${encodeURIComponent(`#${tag}`)}`,
  x: (tag) => `https://x.com/hashtag/${encodeURIComponent(tag)}`,
  youtube: (tag) => `https://www.youtube.com/hashtag/${encodeURIComponent(tag)}`,
};

/**
 * Cuts a text where its network would make links of it. Joined again, the plain parts and hashtags are the text; a
 * link may be shown shortened.
 *
 * @example textParts('At 14:15 #ICA', 'x')
 * // [{ kind: 'plain', text: 'At 14:15 ' }, { kind: 'hashtag', text: '#ICA', address: 'https://x.com/hashtag/ICA' }]
 */
export function textParts(text: string, network: Network): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  let hashtags = 0;
  for (const match of text.matchAll(linked)) {
    const { address, tag } = match.groups ?? {};
    // Threads makes a topic of one hashtag per post; the others stay text.
    const part =
      tag === undefined
        ? link(address ?? '', network)
        : network === 'threads' && hashtags++ > 0
          ? undefined
          : ({ kind: 'hashtag', text: match[0], address: hashtagAddresses[network](tag) } as const);
    if (part === undefined) continue;
    if (match.index > end) parts.push({ kind: 'plain', text: text.slice(end, match.index) });
    parts.push(part);
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: 'plain', text: text.slice(end) });
  return parts;
}

function link(written: string, network: Network): TextPart | undefined {
  const address = safeAddress(written);
  return address === undefined
    ? undefined
    : { kind: 'link', text: shownAddress(written, network), address };
}

/** X and Threads show addresses without scheme and cut after some characters of the path; the others show them whole. */
function shownAddress(address: string, network: Network): string {
  if (network === 'bluesky' || network === 'youtube') return address;
  const bare = address.replace(/^https?:\/\/(www\.)?/, '');
  const host = bare.split('/')[0] ?? '';
  const longest = host.length + 16;
  return bare.length > longest ? `${bare.slice(0, longest)}…` : bare;
}
