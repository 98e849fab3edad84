import { networkNames, networks } from '../campaign/network.js';
import type { LatenessMs, RehearsalResult } from '../operations/rehearsal/result.js';
import type { Tally } from '../operations/rehearsal/tally.js';
import { table } from './table.js';
import { plain, type Terminal } from './terminal.js';

const columns = [
  'planned',
  'published',
  'expired',
  'held',
  'cancelled',
  'rejected',
  'uncertain',
  'duplicates',
] as const;
const mostReasons = 12;

/** What a rehearsal came to, for a person at a terminal. */
export function rehearsalLines(
  result: RehearsalResult,
  terminal: Terminal,
  report: string | undefined,
): readonly string[] {
  const { bold, dim, green, yellow } = terminal.colours;
  const { program, reasons, notes, remarks, findings } = result;
  const days = (result.simulatedSeconds / 86_400).toFixed(1);
  return [
    `${bold(plain(program.conference))} ${dim(`· ${String(program.sessions)} sessions, ${days} days rehearsed in ${result.wallSeconds.toFixed(1)} s${result.limits ? '' : ', without limits'}`)}`,
    '',
    tallies(result, terminal),
    ...section(
      'Why not',
      reasons
        .slice(0, mostReasons)
        .map(
          (one) =>
            `${String(one.count)} ${one.state} on ${networkNames[one.network]}, ${one.leadTime}: ${plain(one.reason)}`,
        ),
      terminal,
    ),
    ...(reasons.length > mostReasons
      ? [dim(`  … and ${String(reasons.length - mostReasons)} more; --json has all`)]
      : []),
    ...section(
      'Left out of the plan',
      notes.map((note) => plain(note)),
      terminal,
    ),
    ...(remarks.length === 0 ? [] : ['', ...remarks.map((remark) => `${yellow('!')} ${remark}`)]),
    ...(findings.length === 0
      ? ['', `${green('✓')} every announcement is accounted for, none was posted twice`]
      : []),
    ...(report === undefined ? [] : [`${bold('→')} ${report}`]),
  ];
}

function tallies(result: RehearsalResult, terminal: Terminal): string {
  const row = (name: string, tally: Tally & { latenessMs?: LatenessMs }) => [
    name,
    ...columns.map((column) => String(tally[column])),
    ...(['p50', 'p99', 'max'] as const).map((part) => seconds(tally.latenessMs?.[part])),
  ];
  const rows = networks.flatMap((network) => {
    const tally = result.networks[network];
    return tally ? [row(networkNames[network], tally)] : [];
  });
  return table(
    terminal,
    [
      { name: '' },
      ...[...columns, 'late p50', 'p99', 'max'].map((name) => ({ name, right: true })),
    ],
    [...rows, row('all', result)],
  );
}

function section(
  title: string,
  lines: readonly string[],
  { colours }: Terminal,
): readonly string[] {
  return lines.length === 0 ? [] : ['', colours.bold(title), ...lines.map((line) => `  ${line}`)];
}

/** `1.2 s`, `3 min`; a dash where nothing was posted. */
function seconds(ms: number | undefined): string {
  if (ms === undefined) return '–';
  return ms < 60_000
    ? `${(ms / 1_000).toFixed(1)} s`
    : ms < 5_400_000
      ? `${String(Math.round(ms / 60_000))} min`
      : `${(ms / 3_600_000).toFixed(1)} h`;
}
