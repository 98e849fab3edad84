import readWorkbook from 'read-excel-file/universal';

import { reasonOf } from '../../errors.js';
import { isZip, type FetchedDocument } from '../document.js';
import { excerpt, unreadable } from '../problem.js';
import type { Sheet } from './sheet.js';
import { checkXlsxBounds } from './xlsx-bounds.js';

/**
 * Opens the workbooks (XLSX) among documents, so that sources find their cells in `sheets`; everything else stays as it is. Of several documents an archive
 * that is no workbook stays closed; a single one throws.
 *
 * @throws CallboardError exit `program`
 */
export async function openWorkbooks(
  documents: readonly FetchedDocument[],
): Promise<readonly FetchedDocument[]> {
  const opened: FetchedDocument[] = [];
  for (const document of documents) {
    if (!isZip(document.bytes)) opened.push(document);
    else {
      try {
        opened.push({ ...document, sheets: await sheetsOf(document) });
      } catch (thrown) {
        if (documents.length === 1) throw thrown;
        opened.push(document);
      }
    }
  }
  return opened;
}

async function sheetsOf({ bytes, name }: FetchedDocument): Promise<readonly Sheet[]> {
  checkXlsxBounds(bytes, name);
  try {
    const copy = new Uint8Array(bytes).buffer;
    const sheets = await readWorkbook(copy, { trim: false });
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: (data as readonly (readonly unknown[])[]).map((row) => row.map(cellText)),
    }));
  } catch (cause) {
    throw unreadable(
      'program-malformed',
      name,
      `it is an archive, but no workbook that can be read (${excerpt(reasonOf(cause), 120)})`,
      'Save it again as XLSX, or as CSV UTF-8',
      cause,
    );
  }
}

/**
 * What a cell says, as text. A date is a wall clock, which the workbook keeps as if it were UTC: `2026-04-23T09:00:00`; a time alone, which it keeps
 * as a day around 1900, is `09:00:00`.
 *
 * @example cellText(new Date('2026-04-23T08:59:59.999Z')) // '2026-04-23T09:00:00'
 */
export function cellText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (!(value instanceof Date)) return '';
  const seconds = Math.round(value.getTime() / 1000);
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return '';
  const iso = new Date(seconds * 1000).toISOString().slice(0, 19);
  return seconds < firstDay ? iso.slice(11) : iso;
}

/** Before it, a date is a time of the clock: the workbooks' days begin in 1900 or 1904. */
const firstDay = Date.UTC(1910, 0, 1) / 1000;
