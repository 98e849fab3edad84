import { CallboardError, reasonOf } from '../../errors.js';
import { isZip, type FetchedDocument } from '../document.js';
import { excerpt, unreadable } from '../problem.js';
import type { Sheet } from './sheet.js';
import { openArchive } from './xlsx/archive.js';
import { dateStyles } from './xlsx/date-styles.js';
import { partsOf } from './xlsx/parts.js';
import { sheetRows } from './xlsx/sheet-rows.js';
import { sharedStrings } from './xlsx/strings.js';

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
  const archive = openArchive(bytes, name);
  try {
    const parts = await partsOf(archive);
    const context = {
      strings: parts ? await sharedStrings(archive.part(parts.strings)) : [],
      dateStyles: parts ? await dateStyles(archive.part(parts.styles)) : [],
      from1904: parts?.from1904 ?? false,
    };
    const sheets: Sheet[] = [];
    for (const { name: title, path } of parts?.sheets ?? loose(archive.names)) {
      const rows = await sheetRows(archive.part(path), context, name);
      sheets.push({ name: title, rows });
    }
    if (!parts) throw new Error('it has no xl/workbook.xml');
    if (sheets.length === 0) throw new Error('it has no sheet');
    return sheets;
  } catch (cause) {
    if (cause instanceof CallboardError) throw cause;
    throw unreadable(
      'program-malformed',
      name,
      `it is an archive, but no workbook that can be read (${excerpt(reasonOf(cause), 120)})`,
      'Save it again as XLSX, or as CSV UTF-8',
      cause,
    );
  }
}

/** Sheets of an archive that lacks its list of them: that it is too large is said before that. */
function loose(names: readonly string[]) {
  return names
    .filter((path) => path.startsWith('xl/worksheets/') && path.endsWith('.xml'))
    .map((path) => ({ name: path, path }));
}
