import type { ImportProblem, Severity } from '../program/import-report.js';
import { counted } from './moments.js';
import { plain, type Terminal } from './terminal.js';

const shownOfAKind = 3;

const severities: Readonly<Record<Severity, string>> = {
  dropped: 'left out',
  repaired: 'guessed',
  note: 'worth knowing',
};

/** The problems of an import by severity and kind: the first of each with its place, and the remedy once. */
export function leadingProblems(
  problems: readonly ImportProblem[],
  { colours }: Terminal,
  all: boolean,
): readonly string[] {
  const colourOf = { dropped: colours.red, repaired: colours.yellow, note: colours.dim };
  const severitiesSeen = (Object.keys(severities) as Severity[]).filter((severity) =>
    problems.some((problem) => problem.severity === severity),
  );
  return severitiesSeen.flatMap((severity) => {
    const ofSeverity = problems.filter((problem) => problem.severity === severity);
    const codes = [...new Set(ofSeverity.map(({ code }) => code))];
    return [
      '',
      `${colourOf[severity](severities[severity])} ${colours.dim(`· ${counted(ofSeverity.length, 'problem')}`)}`,
      ...codes.flatMap((code) =>
        kindLines(
          ofSeverity.filter((problem) => problem.code === code),
          all,
          colours.dim,
        ),
      ),
    ];
  });
}

function kindLines(
  problems: readonly ImportProblem[],
  all: boolean,
  dim: (text: string) => string,
): readonly string[] {
  const shown = all ? problems : problems.slice(0, shownOfAKind);
  const rest = problems.length - shown.length;
  const remedies = [...new Set(shown.map(({ remedy }) => plain(remedy)))];
  return [
    // The code is what the documentation calls it by.
    ...shown.map(
      ({ place, problem, code }, at) =>
        `  ${dim(plain(place))}  ${plain(problem)}${at === 0 ? dim(`  ${code}`) : ''}`,
    ),
    ...(rest > 0 ? [dim(`  … and ${String(rest)} more of these: --all`)] : []),
    ...remedies.map((remedy) => `    → ${remedy}`),
  ];
}
