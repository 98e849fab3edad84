/** A sheet of a workbook, or a CSV file: its cells as text. */
export interface Sheet {
  /** Name of the sheet, or of the file without its ending. */
  readonly name: string;
  /** Every row, blank ones too, so that the first is row 1 of the spreadsheet. Rows may differ in length. */
  readonly rows: readonly (readonly string[])[];
}

/** The most rows, columns and cells that are read of one sheet. */
export const sheetLimits = { rows: 200_000, columns: 2_000, cells: 10_000_000 } as const;

/** Whether all cells of a row are blank. */
export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === '');
}
