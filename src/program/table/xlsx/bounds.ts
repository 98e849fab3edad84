import { unreadable } from '../../problem.js';
import { sheetLimits } from '../sheet.js';

const mostRows = 1_048_576;

/** Notes how far out the rows and cells of a sheet stand. */
export interface Bounds {
  /** @throws CallboardError exit `program` where no spreadsheet has such a row */
  row(number: number): void;
  /** @throws CallboardError exit `program` where the empty cells before it would fill the memory */
  cell(row: number, column: number): void;
}

/** Bounds of one sheet: a row far down costs the rows above it; a cell far right costs every row its width. */
export function sheetBounds(place: string): Bounds {
  let rows = 0;
  let columns = 0;
  return {
    row(number) {
      if (!(number <= mostRows)) throw tooLarge(place, `it has a row ${number}`);
    },
    cell(row, column) {
      if (row <= rows && column <= columns) return;
      rows = Math.max(rows, row);
      columns = Math.max(columns, column);
      if (
        rows > sheetLimits.rows ||
        columns > sheetLimits.columns ||
        rows * columns > sheetLimits.cells
      )
        throw tooLarge(place, `a sheet of it is ${rows} rows by ${columns} columns`);
    },
  };
}

/** What is said of a workbook that is larger than any program. */
export function tooLarge(place: string, problem: string) {
  return unreadable(
    'program-too-large',
    place,
    problem,
    'Keep only the sheet of the program, without empty rows and columns around it, and save it again',
  );
}
