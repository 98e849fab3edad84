// npm run bench [-- --write] [-- --only planning|reading|due-at-once|processes|networks|site]
// npm run bench [-- --write] [-- --only planning|reading|due-at-once|processes|networks|search]
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { dueAtOnce } from './due-at-once.js';
import { cells, headings, writeTables } from './page.js';
import { networks } from './networks.js';
import { planning } from './planning.js';
import { processes } from './processes.js';
import { reading } from './reading.js';
import type { Row } from './row.js';
import { site } from './site.js';
import { search } from './search.js';

const parts: Readonly<Record<string, () => readonly Row[] | Promise<readonly Row[]>>> = {
  planning,
  reading,
  'due-at-once': dueAtOnce,
  processes,
  networks,
  site,
  search,
};
const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string' } },
});

const measured = new Map<string, readonly Row[]>();
for (const [name, part] of Object.entries(parts)) {
  if (values.only !== undefined && values.only !== name) continue;
  process.stderr.write(`${name} …\n`);
  measured.set(name, await part());
}
const rows = [...measured.values()].flat();
const table = new Table({
  head: [...headings],
  wordWrap: true,
  colWidths: [44, 28, 34, 10, 18],
});
for (const row of rows) table.push(cells(row));
const notes = rows.flatMap(({ note }) => note ?? []);
process.stdout.write(`${table.toString()}\n${notes.join('\n')}\n`);
if (values.write) await writeTables('docs/benchmarks.md', measured);
process.exit(0);
