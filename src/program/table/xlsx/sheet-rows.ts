import { sheetBounds } from './bounds.js';
import { cellText, type CellContext } from './cell-text.js';
import { textRuns, unescaped } from './strings.js';
import { readXml } from './xml.js';

interface OpenCell {
  readonly type: string;
  readonly style: string | undefined;
  readonly row: number;
  readonly column: number;
}

const blank: readonly string[] = [];

/**
 * The rows of a sheet, the blank ones before the last too.
 *
 * @throws CallboardError exit `program` where it is larger than any program
 * @throws Error where it cannot be read
 */
export async function sheetRows(
  part: AsyncIterable<Uint8Array>,
  context: CellContext,
  place: string,
): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  const bounds = sheetBounds(place);
  const runs = textRuns();
  let row: { readonly number: number; readonly cells: string[] } | undefined;
  let cell: OpenCell | undefined;
  let lastRow = 0;
  let lastColumn = 0;
  let inValue = false;
  let value = '';

  const finishCell = () => {
    if (!row || !cell) return;
    const inline = runs.take();
    const said =
      cell.type === 'inlineStr' ? inline : cell.type === 'str' ? unescaped(value) : value;
    const text = cellText({ type: cell.type, style: cell.style, value: said }, context);
    if (text !== '') {
      bounds.cell(cell.row, cell.column);
      while (row.cells.length < cell.column - 1) row.cells.push('');
      row.cells.push(text);
    }
    cell = undefined;
  };
  const finishRow = () => {
    if (!row || row.cells.length === 0) return;
    while (rows.length < row.number - 1) rows.push(blank);
    rows.push(row.cells);
  };

  await readXml(part, {
    opens(name, { r, t = 'n', s }) {
      if (name === 'row') {
        const number = r === undefined ? lastRow + 1 : Number(r);
        bounds.row(number);
        if (number <= lastRow) throw new Error(`row ${number} follows row ${lastRow}`);
        row = { number, cells: [] };
        lastRow = number;
        lastColumn = 0;
      } else if (name === 'c' && row) {
        const { column, row: at } =
          r === undefined ? { column: lastColumn + 1, row: 0 } : placeOf(r);
        if (column <= lastColumn) throw new Error(`in row ${row.number} a cell follows ${r ?? ''}`);
        cell = { type: t, style: s, column, row: Math.max(at, row.number) };
        lastColumn = column;
        value = '';
      } else if (name === 'v') inValue = true;
      else if (cell) runs.opens(name);
    },
    text(text) {
      if (!cell) return;
      if (inValue) value += text;
      else runs.text(text);
    },
    closes(name) {
      if (name === 'v') inValue = false;
      else if (name === 'c') finishCell();
      else if (name === 'row') {
        finishRow();
        row = undefined;
      } else runs.closes(name);
    },
  });
  return rows;
}

/**
 * The numbers of a cell's column and row.
 *
 * @example placeOf('AB12') // { column: 28, row: 12 }
 */
function placeOf(reference: string): { readonly column: number; readonly row: number } {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~32;
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return { column, row: Number(reference.slice(at)) || 0 };
}
