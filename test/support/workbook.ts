import writeWorkbook from 'write-excel-file/node';

import type { FetchedDocument } from '../../src/program/document.js';
import { readProgram, type ReadHints } from '../../src/program/import.js';
import { openWorkbooks } from '../../src/program/table/workbook.js';

/** A cell of a test's workbook; a date is a wall clock. */
export type TestCell = string | number | boolean | null | { value: number; format: string };

/** The bytes of a workbook with these sheets. */
export async function workbook(
  sheets: Readonly<Record<string, readonly (readonly TestCell[])[]>>,
): Promise<Uint8Array> {
  const written = await writeWorkbook(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) =>
        row.map((cell) =>
          typeof cell === 'object' && cell !== null
            ? { value: cell.value, type: Number, format: cell.format }
            : cell,
        ),
      ),
    })),
  ).toBuffer();
  return new Uint8Array(written);
}

/** Reads fetched documents as fetching and importing would. */
export async function readOpened(
  documents: readonly FetchedDocument[],
  hints: Partial<ReadHints> = {},
) {
  const opened = await openWorkbooks(documents);
  return readProgram(opened, {
    address: 'program',
    edition: 'test',
    zone: 'Europe/Lisbon',
    ...hints,
  });
}
