import CliTable from 'cli-table3';
import cliTruncate from 'cli-truncate';
import type { Terminal } from './terminal.js';

/** A table's column. */
export interface Column {
  readonly name: string;
  /** Numbers stand at the right. */
  readonly right?: boolean;
}

const gap = '  ';
const none = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: gap,
} as const;

/** A table without borders: names of columns, then rows; lines longer than the terminal are shortened. Cells are safe text. */
export function table(
  { colours, width }: Terminal,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const made = new CliTable({
    chars: none,
    colAligns: columns.map(({ right }) => (right === true ? 'right' : 'left')),
    style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
  });
  made.push(columns.map(({ name }) => colours.dim(name)));
  for (const row of rows) made.push([...row]);
  return made
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .map((line) => (width === undefined ? line : cliTruncate(line, width)))
    .join('\n');
}
