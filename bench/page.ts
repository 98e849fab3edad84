import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { format, resolveConfig } from 'prettier';
import type { Row } from './row.js';

/** The headings of a table of rows. */
export const headings = ['what', 'figure', 'beside it, in the same run', 'ratio', 'goal'] as const;

/** The cells of a row, in the order of the headings. */
export function cells({ what, figure, beside, ratio, goal }: Row): string[] {
  return [what, figure, beside, ratio, goal];
}

/**
 * Writes the tables of some parts into the page, each between the two comments that bear its name; whatever else stands there, written by hand or by
 * another run, stays as it is.
 *
 * @throws Error where the page has no place for a part
 */
export async function writeTables(
  file: string,
  tables: ReadonlyMap<string, readonly Row[]>,
): Promise<void> {
  let page = readFileSync(file, 'utf8');
  for (const [part, rows] of tables) page = withTable(page, part, rows);
  const config = await resolveConfig(file);
  writeFileSync(file, await format(page, { ...config, parser: 'markdown' }));
}

function withTable(page: string, part: string, rows: readonly Row[]): string {
  const [opening, closing] = [`<!-- bench: ${part} -->`, `<!-- end: ${part} -->`];
  const [from, to] = [page.indexOf(opening), page.indexOf(closing)];
  if (from === -1 || to < from)
    throw new Error(`the page has no "${opening}" and "${closing}" in this order`);
  const lines = [headings, headings.map(() => '---'), ...rows.map(cells)].map(
    (line) => `| ${line.join(' | ')} |`,
  );
  const notes = rows.flatMap(({ note }) => note ?? []);
  const table = [machine(), lines.join('\n'), ...notes].join('\n\n');
  return `${page.slice(0, from)}${opening}\n\n${table}\n\n${page.slice(to)}`;
}

function machine(): string {
  const day = new Date().toISOString().slice(0, 10);
  const memory = String(Math.round(totalmem() / 2 ** 30));
  return `${day}, ${String(cpus().length)} cores, ${memory} GiB, Linux ${release().split('.', 2).join('.')}, Node ${process.versions.node}.`;
}
