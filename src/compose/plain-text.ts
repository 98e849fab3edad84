import type { Network } from '../campaign/network.js';
import { findXLinks } from './x-links.js';
import { graphemes } from './graphemes.js';

/** Invisible and without width; keeps what stands on both sides of it from being read as one handle, tag or address. */
const wordJoiner = '\u2060';

const alreadyPlain = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
/** Controls, bidi embeddings, overrides and isolates, invisible separators, interlinear marks, non-characters, private use. */
const unwanted =
  /[\p{Cc}\u00ad\u061c\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\p{Co}]/gu;
const looseTags = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]/gu;
/** More marks on one letter than any script needs: they would run over the neighbouring lines. */
const towers = /(\p{M}{8})\p{M}+/gu;
const lineBreaks = /[\n\r\t\v\f\u0085\u2028\u2029]+/g;

/**
 * Text of unknown origin as one harmless line in NFC: no control characters, no direction overrides, no lone
 * surrogates, no towers of marks, single spaces. Zero-width joiners stay: emoji and scripts need them.
 *
 * @example oneLine('Bits &\n\u202eBytes') // 'Bits & Bytes'
 */
export function oneLine(text: string): string {
  if (text === '' || alreadyPlain.test(text)) return text;
  return text
    .replace(lineBreaks, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(unwanted, '')
    .replace(looseTags, '')
    .replace(towers, '$1')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Text that mentions nobody, joins no tag and links nowhere: on networks that read handles, tags and addresses out of
 * the text an invisible word joiner parts them. Bluesky links by facets only, which are made for our own link and tags.
 *
 * @example defuse('ask @someone', 'x') // 'ask @\u2060someone'
 */
export function defuse(text: string, network: Network): string {
  if (network === 'bluesky' || !/[@＠#＃.]|:\/\//.test(text)) return text;
  const parted = text
    .replace(/[@＠](?=[\p{L}\p{N}_]|$)/gu, `$&${wordJoiner}`)
    .replace(/(?<![\p{L}\p{N}])[#＃](?=[\p{L}\p{N}_]|$)/gu, `$&${wordJoiner}`)
    .replaceAll('://', `:${wordJoiner}//`);
  let result = '';
  let from = 0;
  for (const { start, end } of findXLinks(parted, 'strict')) {
    result +=
      parted.slice(from, start) + parted.slice(start, end).replaceAll('.', `${wordJoiner}.`);
    from = end;
  }
  return result + parted.slice(from);
}

/**
 * The beginning of a text, at most `size` graphemes with the ellipsis that marks the cut; cut after a word unless that
 * would lose more than half.
 *
 * @example shorten('The long road to Temporal', 14) // 'The long road…'
 */
export function shorten(text: string, size: number): string {
  if (text.length <= size) return text;
  const all = graphemes(text);
  if (all.length <= size) return text;
  const kept = all.slice(0, Math.max(0, size - 1));
  const space = all[kept.length] === ' ' ? kept.length : kept.lastIndexOf(' ');
  const words = (space > kept.length / 2 ? kept.slice(0, space) : kept).join('');
  return `${words.replace(/[\s,;:.!?…([{&/\\–—-]+$/u, '')}…`;
}
