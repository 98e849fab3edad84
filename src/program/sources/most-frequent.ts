/**
 * The text that is there most often, the first of several; undefined where there is none.
 *
 * @example mostFrequent(['Section', undefined, 'SIG', 'SIG']) // 'SIG'
 */
export function mostFrequent(texts: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) {
    if (text !== undefined && text.trim() !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  let best: string | undefined;
  for (const [text, count] of counts) {
    if (best === undefined || count > (counts.get(best) ?? 0)) best = text;
  }
  return best;
}
