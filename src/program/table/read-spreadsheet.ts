import type { SourceDocument } from '../document.js';
import { excerpt, report, unreadable, type Problems } from '../problem.js';
import type { Markup, SourceHints, SourceReading, SourceSession } from '../source.js';
import type { TableMapping } from './mapping.js';
import { addPresentations } from './presentation-sheet.js';
import { isKnownHeading, proposeMapping, type Proposal } from './propose.js';
import { readSessions } from './sessions.js';
import type { Sheet } from './sheet.js';
import { sheetNamed, sheetsOf, tableIn, wantedBy, type Row, type Table } from './table.js';

/** How a system writes its spreadsheets. */
export interface Preset {
  /** All columns that there may be; what the config says replaces single fields of it. */
  readonly mapping: TableMapping;
  readonly markup: Markup;
  /** The kind of a session's id; `id` unless said. */
  readonly idKind?: (id: string) => string;
  /** Rows that are no part of the program; each is reported. */
  readonly leaves?: {
    readonly column: string;
    readonly is: (value: string) => boolean;
    readonly problem: string;
  };
}

/**
 * Reads spreadsheets: sessions and presentations by the mapping of the config, by a preset, or else by the mapping that their headings suggest, which
 * is reported column by column.
 *
 * @throws CallboardError exit `program` where no mapping fits
 */
export function readSpreadsheet(
  documents: readonly SourceDocument[],
  hints: SourceHints,
  preset?: Preset,
): SourceReading {
  const problems: Problems = [];
  const sheets = sheetsOf(documents);
  const mapping = preset
    ? { ...preset.mapping, ...hints.columns }
    : (hints.columns ?? proposed(sheets, hints.address, problems));
  const strict = preset === undefined;
  const wanted = wantedBy(mapping);
  const table = (name: string | undefined): Table => {
    const sheet =
      name === undefined ? fittest(sheets, wanted) : sheetNamed(sheets, name, hints.address);
    const found =
      sheet &&
      tableIn(
        sheet,
        (heading) => wanted(heading) || (!strict && isKnownHeading(heading)),
        sheets.length === 1,
      );
    if (found) return found;
    throw unreadable(
      'program-empty',
      hints.address,
      'the sheet is blank',
      'Fill it, or name another sheet in the config',
    );
  };
  const main = without(table(mapping.sheet), preset?.leaves, problems);
  needed(mapping, main, hints.address);
  const context = { hints, problems, place: hints.address, strict, idKind: preset?.idKind };
  const sessions = readSessions(main, mapping, context);
  const { presentation } = mapping;
  if (presentation?.sheet !== undefined) {
    addPresentations(sessions, table(presentation.sheet), presentation, context);
  }
  return {
    problems,
    program: { markup: preset?.markup ?? 'plain', sessions: sessions.map(sessionOf) },
  };
}

function sessionOf({
  day: _day,
  ...session
}: SourceSession & { readonly day: string | undefined }): SourceSession {
  return session;
}

/** The sheet whose headings the mapping speaks of. */
function fittest(
  sheets: readonly Sheet[],
  wanted: (heading: string) => boolean,
): Sheet | undefined {
  const scored = sheets.map((sheet) => ({
    sheet,
    count: tableIn(sheet, wanted, true)?.header.names.filter(wanted).length ?? -1,
  }));
  return scored.sort((one, other) => other.count - one.count)[0]?.sheet;
}

function proposed(sheets: readonly Sheet[], place: string, problems: Problems): TableMapping {
  const proposal = proposeMapping(sheets);
  if (proposal.missing.length > 0) throw unclear(proposal, place);
  const said = proposal.taken.map(
    ({ field, column, by }) =>
      `${field} "${excerpt(column, 24)}"${by === 'values' ? ' (by its values)' : ''}`,
  );
  const unused = proposal.left.map(({ column }) => `"${excerpt(column, 24)}"`);
  report(problems, 'note', 'columns-taken', {
    place,
    problem: `no mapping is configured, so its columns were taken by their headings: ${someOf(said, 12)}${unused.length > 0 ? `; not used: ${someOf(unused, 8)}` : ''}`,
    remedy: 'Where that is wrong, run `callboard import --map` and put the mapping into the config',
  });
  return proposal.mapping;
}

/** The first of a list, each once, for a sentence that people read. */
function someOf(items: readonly string[], most: number): string {
  const each = [...new Set(items)];
  const rest = each.length - most;
  return rest > 0 ? `${each.slice(0, most).join(', ')} and ${String(rest)} more` : each.join(', ');
}

function unclear({ missing, taken, left }: Proposal, place: string) {
  const columns = [...taken, ...left].map(({ column }) => `"${excerpt(column, 24)}"`);
  const words = { title: 'the title', start: 'the start', date: 'the day' } as const;
  return unreadable(
    'program-columns-unclear',
    place,
    columns.length === 0
      ? 'it has no headings'
      : `none of its columns is clearly ${missing.map((field) => words[field]).join(' or ')} of a session; there are ${someOf(columns, 16)}`,
    'Run `callboard import --map` and say which column is what',
  );
}

/** Without title and start no session can be announced. */
function needed(mapping: TableMapping, { header }: Table, place: string): void {
  if (mapping.title !== undefined && (mapping.start !== undefined || mapping.date !== undefined))
    return;
  const names = header.names.filter((name) => name !== '').slice(0, 30);
  throw unreadable(
    'program-columns-unclear',
    place,
    `program.columns does not say which column is the ${mapping.title === undefined ? 'title' : 'start'} of a session`,
    `Name one of ${names.map((name) => `"${excerpt(name, 40)}"`).join(', ')}, or run \`callboard import --map\``,
  );
}

function without(table: Table, leaves: Preset['leaves'], problems: Problems): Table {
  const [column] = leaves === undefined ? [] : (table.header.places.get(leaves.column) ?? []);
  if (leaves === undefined || column === undefined) return table;
  const isLeft = ({ cells }: Row) => leaves.is(cells[column]?.trim() ?? '');
  const left = table.rows.filter(isLeft);
  const [first] = left;
  if (!first) return table;
  report(problems, 'note', 'rows-left-out', {
    place: first.place,
    problem: `${left.length} ${left.length === 1 ? 'row' : 'rows'} ${leaves.problem}`,
    remedy: 'Nothing, where that is meant; else publish them in that system and export again',
  });
  return { ...table, rows: table.rows.filter((row) => !isLeft(row)) };
}
