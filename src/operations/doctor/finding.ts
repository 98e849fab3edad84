import { CallboardError, reasonOf } from '../../errors.js';

/** The parts of Callboard that `doctor` looks at, in its order. */
export const areas = [
  'config',
  'accounts',
  'folder',
  'database',
  'clock',
  'queue',
  'program',
  'templates',
  'ledger',
] as const;

/** One of them. */
export type Area = (typeof areas)[number];

/** One line of what `doctor` found. */
export interface Finding {
  readonly area: Area;
  readonly verdict: 'ok' | 'warning' | 'failure';
  /** What is so, as a sentence without its full stop. */
  readonly finding: string;
  /** What to do about it, without its full stop; always where it is not ok. */
  readonly remedy?: string;
}

/** All is well with it. */
export function fine(area: Area, finding: string): Finding {
  return { area, verdict: 'ok', finding };
}

/** It works, but should be looked at. */
export function warning(area: Area, finding: string, remedy: string): Finding {
  return { area, verdict: 'warning', finding, remedy };
}

/** It does not work. */
export function failure(area: Area, finding: string, remedy: string): Finding {
  return { area, verdict: 'failure', finding, remedy };
}

/** What was thrown, as a failure. */
export function failureOf(area: Area, thrown: unknown): Finding {
  if (thrown instanceof CallboardError) {
    const { place, problem, remedy } = thrown.complaint;
    return failure(area, `${place}: ${problem}`, remedy);
  }
  return failure(area, reasonOf(thrown), 'Run it again with --debug and report what it shows');
}

/** What the check found, or the failure that it broke off with: one broken part never hides the others. */
export async function guarded(
  area: Area,
  check: () => Promise<readonly Finding[]> | readonly Finding[],
): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (thrown) {
    return [failureOf(area, thrown)];
  }
}
