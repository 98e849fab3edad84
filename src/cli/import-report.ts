import type { ImportReport } from '../program/import-report.js';
import { leadingProblems } from './import-problems.js';
import type { Imported } from '../operations/import-program.js';
import { bothClocks } from '../operations/both-clocks.js';
import { changeLines } from './change-words.js';
import { outdatedLines } from './outdated-lines.js';
import { table } from './table.js';
import { plain, type Terminal } from './terminal.js';

/** What an import came to, with how it was asked for. */
export interface ShownImport extends Imported {
  /** The edition was begun by it. */
  readonly begun?: boolean;
  readonly dryRun?: boolean;
  /** `--strict` kept it from being stored. */
  readonly refused?: boolean;
}

const origins = {
  config: 'as you configured it',
  source: 'as the source says',
  offsets: 'guessed from the offsets of its times',
  default: 'assumed, because neither config nor source says one',
} as const;

/** An import for people: what was read, what is wrong with it, what changed, what the plan made of it. */
export function importLines(
  imported: ShownImport,
  terminal: Terminal,
  all: boolean,
): readonly string[] {
  const { bold, dim } = terminal.colours;
  const { report, changes } = imported;
  return [
    `${bold(`edition ${plain(imported.edition)}`)} ${dim('·')} ${outcomeOf(imported)}`,
    ...(report
      ? [
          dim(plain(`${report.address} (${report.format})`)),
          '',
          ...timeLines(report, terminal),
          '',
          table(
            terminal,
            Object.keys(report.counts).map((name) => ({ name, right: true })),
            [Object.values(report.counts).map(String)],
          ),
          ...leadingProblems(report.problems, terminal, all),
        ]
      : []),
    ...(changes.length > 0
      ? ['', ...changeLines(changes, report?.zone.name ?? 'UTC', terminal, all)]
      : []),
    ...planLine(imported),
    ...(imported.outdated.length > 0 ? ['', ...outdatedLines(imported.outdated, terminal)] : []),
  ];
}

/** Which zone, who says so, and what that means: on both clocks, so that a wrong one is seen at once. */
function timeLines(
  { zone, firstStart, lastStart }: ImportReport,
  { colours }: Terminal,
): readonly string[] {
  const clocks = (iso: string) => bothClocks(Date.parse(iso), zone.name);
  return [
    `zone      ${colours.bold(zone.name)} (${origins[zone.origin]})`,
    ...(firstStart === undefined
      ? []
      : [`first     the first session starts ${clocks(firstStart)}`]),
    ...(lastStart === undefined ? [] : [`last      the last session starts ${clocks(lastStart)}`]),
  ];
}

function outcomeOf({ version, stored, begun, dryRun, refused, changes }: ShownImport): string {
  if (refused === true) return 'not stored: --strict allows no problems';
  if (dryRun === true) {
    if (version === 0) return 'tried only: it would begin this edition';
    return changes.length > 0
      ? `tried only: it differs from version ${String(version)} in force`
      : `tried only: no session differs from version ${String(version)} in force`;
  }
  if (begun === true) return `begun with version ${String(version)}`;
  return stored
    ? `version ${String(version)} stored and in force`
    : `nothing new: version ${String(version)} stays in force`;
}

function planLine({ plan, dryRun }: ShownImport): readonly string[] {
  if (dryRun === true) return [];
  const { rescheduled: _moments, ...counts } = plan;
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  const said = parts.map(([what, count]) => `${String(count)} ${what}`).join(', ');
  return ['', `plan      ${said === '' ? 'stays as it is' : said}`];
}
