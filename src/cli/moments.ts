/**
 * How long something takes or took, in its two greatest units.
 *
 * @example spanInWords(3_725_000) // '1 h 2 min'
 */
export function spanInWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000);
  const units = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) return '0 s';
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${String(count)} ${unit}`)
    .join(' ');
}

/**
 * How late a post was.
 *
 * @example latenessInWords(1240) // '+1.2 s'
 */
export function latenessInWords(ms: number): string {
  if (Math.abs(ms) >= 60_000) return `${ms < 0 ? '−' : '+'}${spanInWords(ms)}`;
  return `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1_000).toFixed(1)} s`;
}

/**
 * A count with its noun.
 *
 * @example counted(1, 'session') // '1 session'
 */
export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
