/**
 * Gives each text a number, the same text the same: for making short what is long and compared often.
 *
 * @example ['a', 'b', 'a'].map(numbering()) // [0, 1, 0]
 */
export function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    const fresh = numbers.size;
    numbers.set(text, fresh);
    return fresh;
  };
}
