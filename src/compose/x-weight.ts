import { findXLinks } from './x-links.js';

/**
 * The numbers of twitter-text's configuration, version 3:
 * https://github.com/twitter/twitter-text/blob/master/config/v3.json
 * The package `twitter-text` itself is not used: its last release is of 2020 and it brings deprecated dependencies.
 */
export const xWeights = {
  limit: 280,
  scale: 100,
  defaultWeight: 200,
  link: 23,
  emoji: 200,
  ranges: [
    { start: 0, end: 4351, weight: 100 },
    { start: 8192, end: 8205, weight: 100 },
    { start: 8208, end: 8223, weight: 100 },
    { start: 8242, end: 8247, weight: 100 },
  ],
} as const;

/** Whole emoji sequences, as Unicode recommends them for interchange. As a string, for the `v` flag is newer than our target. */
const emoji = new RegExp('\\p{RGI_Emoji}', 'gv');
/** All that does not weigh one stands beyond U+10FF; a text without it need not be looked at letter by letter. */
const heavy = /[\u1100-\uffff]/;

/**
 * The length of a text as X counts it: in NFC, a link 23, an emoji sequence 2, Latin and its neighbours 1, CJK and most
 * else 2.
 *
 * @example weighX('日本 👩‍🚀 https://example.org/a/very/long/path') // 31
 */
export function weighX(text: string): number {
  const normal = text.normalize('NFC');
  let weight = 0;
  let from = 0;
  for (const { start, end } of findXLinks(normal)) {
    weight += weighWords(normal.slice(from, start)) + xWeights.link * xWeights.scale;
    from = end;
  }
  return (weight + weighWords(normal.slice(from))) / xWeights.scale;
}

function weighWords(text: string): number {
  if (!heavy.test(text)) return text.length * xWeights.scale;
  let weight = 0;
  const rest = text.replace(emoji, () => {
    weight += xWeights.emoji;
    return '';
  });
  for (const character of rest) weight += weighCharacter(character.codePointAt(0) ?? 0);
  return weight;
}

function weighCharacter(code: number): number {
  for (const { start, end, weight } of xWeights.ranges) {
    if (code >= start && code <= end) return weight;
  }
  return xWeights.defaultWeight;
}
