import type { ImportProblem, Severity } from './import-report.js';
import { CallboardError } from '../errors.js';

/** Where sources put what they find wrong while they read on. */
export type Problems = ImportProblem[];

/** Notes something wrong that does not stop the reading. `place` is a path, row or line within the source. */
export function report(
  problems: Problems,
  severity: Severity,
  code: string,
  complaint: { readonly place: string; readonly problem: string; readonly remedy: string },
): void {
  problems.push({ severity, code, ...complaint });
}

/** The error for a source that cannot be read as a whole; the last good version stays in force. */
export function unreadable(
  code: `program-${string}`,
  place: string,
  problem: string,
  remedy: string,
  cause?: unknown,
): CallboardError {
  return new CallboardError(
    code,
    { place, problem, remedy },
    'program',
    cause === undefined ? undefined : { cause },
  );
}

/** Text of the source inside a message: one line, and not the whole of a hostile one. */
export function excerpt(text: string, length = 60): string {
  const line = text.replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ').trim();
  return line.length > length ? `${line.slice(0, length).replace(/\p{Cs}$/u, '')}…` : line;
}
