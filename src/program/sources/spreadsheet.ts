import { isKnownHeading } from '../table/propose.js';
import { readSpreadsheet } from '../table/read-spreadsheet.js';
import { firstRowsOf } from '../table/table.js';
import type { Source } from '../source.js';

/**
 * A spreadsheet, CSV or XLSX, with one row per session or per presentation, or with a second sheet of presentations. Which column is what is said in the
 * config (`program.columns`) or seen from the headings.
 */
export const spreadsheet: Source = {
  name: 'spreadsheet',
  title: 'Spreadsheet (CSV, XLSX)',
  from: 'Excel, LibreOffice, Google Sheets (Download as CSV or XLSX), or any system’s CSV export',
  carries: [
    'sessions',
    'presentations',
    'people with roles and affiliations',
    'rooms',
    'units',
    'types',
    'cancellations',
  ],
  lacks: ['its time zone', 'ids of people, so that one name is one person'],
  recognizes(head, document) {
    if (document.sheets) return true;
    const rows = firstRowsOf(head, document);
    const widths = rows.map((row) => row.length);
    const [width = 0] = widths;
    if (width < 2 || rows.length < 2) return false;
    return (
      rows.some((row) => row.filter(isKnownHeading).length >= 2) ||
      (/\.(?:csv|tsv)$/i.test(document.name) && widths.every((other) => other === width))
    );
  },
  read: (documents, hints) => readSpreadsheet(documents, hints),
};
