/** One letter as a reader sees it, whatever it is made of. The language does not matter to grapheme boundaries. */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Characters that are always a grapheme of their own next to each other. Most texts are made of nothing else, and the
 * segmenter takes a hundred times longer.
 */
const plain =
  '\\n\\x20-\\x7e\\u00a1-\\u00ac\\u00ae-\\u02ff\\u2010-\\u2027\\u2030-\\u203b\\u203d-\\u2048';
const onlyPlain = new RegExp(`^[${plain}]*$`);
/** A run of other characters, with the plain ones that they may join to. */
const mixedRun = new RegExp(`[${plain}]?[^${plain}]+(?:[${plain}][^${plain}]+)*[${plain}]?`, 'g');

/**
 * The graphemes of a text, in order; joined they are the text again.
 *
 * @example graphemes('né👩‍🚀') // ['n', 'é', '👩‍🚀']
 */
export function graphemes(text: string): string[] {
  if (onlyPlain.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/**
 * How many graphemes a text has: what Bluesky counts.
 *
 * @example countGraphemes('né👩‍🚀') // 3
 */
export function countGraphemes(text: string): number {
  if (onlyPlain.test(text)) return text.length;
  let count = text.length;
  for (const [run] of text.matchAll(mixedRun)) {
    count -= run.length;
    for (const _ of segmenter.segment(run)) count += 1;
  }
  return count;
}
