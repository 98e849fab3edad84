// npm run bench [-- --write] [-- --only planning|reading|due-at-once|processes]
import { writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { dueAtOnce } from './due-at-once.js';
import { planning } from './planning.js';
import { processes } from './processes.js';
import { reading } from './reading.js';
import type { Row } from './row.js';

const parts: Readonly<Record<string, () => readonly Row[] | Promise<readonly Row[]>>> = {
  planning,
  reading,
  'due-at-once': dueAtOnce,
  processes,
};
const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const head = ['what', 'figure', 'beside it, in the same run', 'ratio', 'goal'];

const rows: Row[] = [];
for (const [name, part] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...(await part()));
}
const table = new Table({ head, wordWrap: true, colWidths: [44, 28, 34, 10, 18] });
for (const row of rows) table.push(cells(row));
process.stdout.write(`${table.toString()}\n${notes(rows).join('\n')}\n`);
if (values.write) writeFileSync('docs/benchmarks.md', page(rows));
process.exit(0);

function cells({ what, figure, beside, ratio, goal }: Row): string[] {
  return [what, figure, beside, ratio, goal];
}

function notes(of: readonly Row[]): readonly string[] {
  return of.flatMap(({ note }) => note ?? []);
}

function page(of: readonly Row[]): string {
  const lines = [head, head.map(() => '---'), ...of.map(cells)].map(
    (line) => `| ${line.join(' | ')} |`,
  );
  const cpu = cpus();
  const machine = `${String(cpu.length)} × ${cpu[0]?.model.trim() ?? 'unknown'}, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Linux ${release()}, Node ${process.versions.node}`;
  return `# Benchmarks

Ratios of things measured in one run, since machines are noisy; the figures are medians. Made by:

\`\`\`sh
npm run build && npm run bench -- --write
\`\`\`

${new Date().toISOString().slice(0, 10)}, ${machine}.

${lines.join('\n')}

${notes(of).join('\n\n')}

## Where the time goes

An announcement through the ledger is, beside BullMQ's own work, four statements and the composing of its text: read how it stands (with the version of the program and whether
everything is paused), claim (compare-and-set, freeze, coverage and story in one), the preview network's own insert, settle (state, post and story in one).
On the embedded database all of them share one connection and one thread with BullMQ, so the ratio there is the number of statements. With Redis, BullMQ's
share costs almost nothing in this process, so the ratio compares a promise kept in SQL with a no-op kept in memory.
`;
}
