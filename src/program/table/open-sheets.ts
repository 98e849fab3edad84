import { decodeText } from '../decoding.js';
import type { FetchedDocument, SourceDocument } from '../document.js';
import { unreadable } from '../problem.js';
import { conftool } from '../sources/conftool.js';
import { schedCsv } from '../sources/sched-csv.js';
import type { Sheet } from './sheet.js';
import { sheetsOf } from './table.js';

/**
 * The sheets of what was fetched, for mapping their columns.
 *
 * @throws CallboardError exit `program` where it is no spreadsheet, or one that is read without a mapping
 */
export function openSheets(
  documents: readonly FetchedDocument[],
  address: string,
): readonly Sheet[] {
  const decoded = documents.map((document): SourceDocument => ({
    ...document,
    text: document.sheets ? '' : decodeText(document.bytes, address, []),
  }));
  const tables = decoded.filter(({ sheets, text }) => sheets ?? !/^(?:[<{[]|BEGIN:)/.test(text));
  if (tables.length === 0) {
    throw unreadable(
      'program-no-spreadsheet',
      address,
      'it is no spreadsheet, so it has no columns',
      'Import it as it is: its format is recognized, or named with --format',
    );
  }
  for (const format of [conftool, schedCsv]) {
    if (!tables.every((document) => format.recognizes(document.text.slice(0, 65_536), document)))
      continue;
    throw unreadable(
      'program-needs-no-mapping',
      address,
      `it is an export of ${format.title}, whose columns are known`,
      'Import it as it is, without a mapping',
    );
  }
  return sheetsOf(tables);
}
