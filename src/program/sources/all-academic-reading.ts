import type { Severity } from '../import-report.js';
import { report, type Problems } from '../problem.js';
import type { AcademicPresentation } from './all-academic-presentation.js';
import type { YearOfDays } from './year-of-days.js';

/** What reading a session needs beside its page. */
export interface AcademicReading {
  readonly days: YearOfDays;
  /** The conference's, from the config. */
  readonly zone: string | undefined;
  /** By id. */
  readonly presentations: ReadonlyMap<string, AcademicPresentation>;
  readonly problems: Problems;
  /** What is said once for the whole program. */
  readonly noted: Set<string>;
}

/** Reports what is true of much of a program once, for the first that it is about. */
export function noteOnce(
  { problems, noted }: Pick<AcademicReading, 'problems' | 'noted'>,
  about: string,
  severity: Severity,
  code: string,
  complaint: { readonly place: string; readonly problem: string; readonly remedy: string },
): void {
  const mark = `${code} ${about.toLowerCase()}`;
  if (noted.has(mark)) return;
  noted.add(mark);
  report(problems, severity, code, complaint);
}
