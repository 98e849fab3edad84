/**
 * The candidate that a mistyped word most likely meant: at most a third of its letters may be wrong, left out, added
 * or swapped with their neighbour (optimal string alignment). Case does not count. Undefined when none is near.
 *
 * @example nearest('theads', ['bluesky', 'threads']) // 'threads'
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.floor(word.length / 3) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least || word === '') continue;
    const distance = differences(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/**
 * In how many letters two words differ: wrong, left out, added, or swapped with their neighbour.
 *
 * @example differences('chnage', 'change') // 1
 */
export function differences(one: string, other: string): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        cell(above, column) + 1,
        cell(current, column - 1) + 1,
        cell(above, column - 1) + (same ? 0 : 1),
        swapped ? cell(before, column - 2) + 1 : Infinity,
      );
    }
    [before, above] = [above, current];
  }
  return cell(above, other.length);
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
