/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** From 0 up to 1, exclusive. */
  next(): number;
  /** From `low` up to `high`, exclusive. */
  between(low: number, high: number): number;
  /** Whole, from 0 up to `count`, exclusive. */
  below(count: number): number;
}

/** A stream of random numbers from a seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (low: number, high: number) => low + next() * (high - low);
  return { next, between, below: (count) => Math.floor(next() * count) };
}
