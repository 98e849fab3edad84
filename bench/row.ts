/** One line of the table: a figure, what it stands beside in the same run, and the ratio of the two. */
export interface Row {
  readonly what: string;
  readonly figure: string;
  readonly beside: string;
  readonly ratio: string;
  readonly goal: string;
  readonly note?: string;
}

/** The middle of several measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** How long the work takes, in milliseconds: the median of so many runs after one that is not counted. */
export function timed(runs: number, work: () => unknown): number {
  work();
  return median(
    Array.from({ length: runs }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );
}

/** `timed` for work that is waited for. */
export async function timedAsync(runs: number, work: () => Promise<unknown>): Promise<number> {
  await work();
  const taken: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const began = performance.now();
    await work();
    taken.push(performance.now() - began);
  }
  return median(taken);
}

/** Milliseconds for a reader. */
export function ms(value: number): string {
  return value >= 1_000
    ? `${(value / 1_000).toFixed(2)} s`
    : `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

/** A ratio for a reader. */
export function times(one: number, other: number): string {
  return `${(one / other).toFixed(2)} ×`;
}
