import { CsvError, parse } from 'csv-parse/sync';

import { excerpt, unreadable } from '../problem.js';
import { sheetLimits } from './sheet.js';

const delimiters = [',', ';', '\t', '|'] as const;

/**
 * The rows of a CSV text. What parts its cells is seen from its first lines: comma, semicolon, tab or bar.
 *
 * RFC 4180: https://www.rfc-editor.org/rfc/rfc4180
 *
 * @throws CallboardError exit `program` where a quote is never closed, or it is larger than any program
 */
export function parseCsv(text: string, place: string): readonly (readonly string[])[] {
  let rows: readonly (readonly string[])[];
  try {
    rows = parse(text, {
      ...lenient,
      delimiter: delimiterOf(text),
      to: sheetLimits.rows + 1,
      on_record: sharingCells(),
    });
  } catch (cause) {
    const unclosed = cause instanceof CsvError && cause.code === 'CSV_QUOTE_NOT_CLOSED';
    throw unreadable(
      unclosed ? 'program-truncated' : 'program-malformed',
      place,
      unclosed
        ? 'a quotation mark is opened and never closed'
        : `it cannot be read as CSV (${excerpt(cause instanceof Error ? cause.message : '', 120)})`,
      unclosed
        ? 'Export it again, whole, or look for a single " in it'
        : 'Export it again as CSV UTF-8',
      cause,
    );
  }
  if (rows.length > sheetLimits.rows || rows.some((row) => row.length > sheetLimits.columns)) {
    throw unreadable(
      'program-too-large',
      place,
      `it has more than ${sheetLimits.rows} rows or ${sheetLimits.columns} columns`,
      'Export only the program',
    );
  }
  return rows;
}

/** A cell that says what the one above it says is that one: rows of presentations repeat all of their session. */
function sharingCells(): (row: string[]) => string[] {
  let above: readonly string[] = [];
  return (row) => {
    for (let at = 0; at < row.length; at++) {
      const same = above[at];
      if (same !== undefined && row[at] === same) row[at] = same;
    }
    above = row;
    return row;
  };
}

/** The first rows of a text that may be CSV; none where it cannot be read as that. */
export function firstRows(head: string, count: number): readonly (readonly string[])[] {
  try {
    return parse(head, { ...lenient, delimiter: delimiterOf(head), to: count });
  } catch {
    return [];
  }
}

const lenient = {
  bom: true,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: false,
} as const;

/** The one that most often parts cells in the first line that has any of them; text in quotes does not count. */
function delimiterOf(text: string): string {
  const bare = text.slice(0, 65_536).replace(/"[^"]*"/g, '');
  for (const line of bare.split(/\r\n?|\n/, 20)) {
    const counts = delimiters.map((sign) => line.split(sign).length - 1);
    const most = Math.max(...counts);
    if (most > 0) return delimiters[counts.indexOf(most)] ?? ',';
  }
  return ',';
}
