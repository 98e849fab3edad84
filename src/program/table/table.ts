import type { SourceDocument } from '../document.js';
import { unreadable } from '../problem.js';
import { headerOf, headingKey, type Header } from './binding.js';
import { firstRows, parseCsv } from './csv.js';
import type { TableMapping } from './mapping.js';
import { isBlank, type Sheet } from './sheet.js';

/** A row below the headings. */
export interface Row {
  /** `row 12`, or `Talks row 12` where there are several tables. */
  readonly place: string;
  readonly cells: readonly string[];
}

/** A sheet or CSV file with headings. */
export interface Table {
  readonly name: string;
  readonly header: Header;
  readonly rows: readonly Row[];
}

const headingsWithin = 15;

/**
 * The sheets of documents: those of each workbook, and each CSV text.
 *
 * @throws CallboardError exit `program` where a CSV text cannot be read
 */
export function sheetsOf(documents: readonly SourceDocument[]): readonly Sheet[] {
  return documents.flatMap(
    ({ sheets, text, name }) =>
      sheets ?? (text === '' ? [] : [{ name: bareName(name), rows: parseCsv(text, name) }]),
  );
}

/** The first rows of a document that may be a spreadsheet, with the headings among them. */
export function firstRowsOf(
  head: string,
  { sheets, text }: SourceDocument,
): readonly (readonly string[])[] {
  if (sheets)
    return sheets.find(({ rows }) => rows.length > 0)?.rows.slice(0, headingsWithin) ?? [];
  if (text === '' || /^\s*[<{[]|^BEGIN:/.test(head)) return [];
  return firstRows(head, headingsWithin).filter((row) => !isBlank(row));
}

/**
 * The table in a sheet: its headings are the row, among the first, that has most of the wanted ones; rows above it are titles. Undefined where the sheet
 * is blank.
 */
export function tableIn(
  { name, rows }: Sheet,
  isWanted: (heading: string) => boolean,
  isOnly: boolean,
): Table | undefined {
  let best: { at: number; count: number } | undefined;
  rows.slice(0, headingsWithin).forEach((row, at) => {
    const cells = row.filter((cell) => cell.trim() !== '');
    if (cells.length === 0) return;
    const count = cells.filter(isWanted).length;
    if (!best || count > best.count) best = { at, count };
  });
  if (!best) return undefined;
  const { at: top } = best;
  const place = isOnly ? 'row' : `${name} row`;
  return {
    name,
    header: headerOf(rows[top] ?? []),
    rows: rows.flatMap((cells, at) =>
      at <= top || isBlank(cells) ? [] : [{ place: `${place} ${at + 1}`, cells }],
    ),
  };
}

/** Whether a mapping names a heading; `#` stands for a number. */
export function wantedBy(mapping: TableMapping): (heading: string) => boolean {
  const names = new Set<string>();
  const add = (value: unknown): void => {
    if (typeof value === 'string') names.add(headingKey(value).replace(/\d+|#/, '#'));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(add);
  };
  const { sheet: _sheet, ...rest } = mapping;
  add(rest);
  return (heading) => names.has(headingKey(heading).replace(/\d+|#/, '#'));
}

/**
 * The sheet of that name, whatever its case.
 *
 * @throws CallboardError exit `program` where there is none
 */
export function sheetNamed(sheets: readonly Sheet[], name: string, place: string): Sheet {
  const found = sheets.find((sheet) => headingKey(sheet.name) === headingKey(bareName(name)));
  if (found) return found;
  throw unreadable(
    'program-sheet-missing',
    place,
    `program.columns names a sheet "${name}", which is not there`,
    `Name one of ${sheets
      .map((sheet) => `"${sheet.name}"`)
      .slice(0, 20)
      .join(', ')}`,
  );
}

const none: readonly string[] = [];

/** The texts of some columns of a row that are not blank. */
export function textsAt(
  cells: readonly string[],
  places: readonly number[] | undefined,
): readonly string[] {
  if (places === undefined) return none;
  let texts: string[] | undefined;
  for (const place of places) {
    const text = cells[place]?.trim() ?? '';
    if (text !== '') (texts ??= []).push(text);
  }
  return texts ?? none;
}

/**
 * A file's name without its ending.
 *
 * @example bareName('papers.csv') // 'papers'
 */
function bareName(name: string): string {
  return (name.split(/[\\/]/).at(-1) ?? name).replace(/\.(?:csv|tsv|txt|xlsx)$/i, '');
}
