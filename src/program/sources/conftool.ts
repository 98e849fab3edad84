import { headingKey } from '../table/binding.js';
import { readSpreadsheet } from '../table/read-spreadsheet.js';
import { firstRowsOf } from '../table/table.js';
import type { TableMapping } from '../table/mapping.js';
import type { Source } from '../source.js';

/**
 * Columns of ConfTool's export of sessions; those of presentations are numbered and there where the export was asked to include them. Older versions write
 * some of them otherwise.
 */
const mapping: TableMapping = {
  id: 'session_ID',
  title: 'session_title',
  start: 'session_start',
  end: 'session_end',
  room: 'session_room',
  unit: 'session_track',
  type: 'session_type',
  abstract: 'session_info',
  url: 'session_url',
  chair: {
    columns: ['chair#', 'session_chair#'],
    affiliations: ['chair#_organisation', 'session_chair#_organisation'],
    separator: ';',
    lastNameFirst: true,
  },
  presentation: {
    id: ['p#_paperID', 'presentation#_paperID'],
    title: 'p#_title',
    start: 'p#_start',
    end: 'p#_end',
    abstract: 'p#_abstract',
    author: { columns: 'p#_authors', affiliations: 'p#_organisations', lastNameFirst: true },
    presenter: { columns: 'p#_presenting_author', lastNameFirst: true },
  },
};

/** ConfTool's export of sessions as CSV or XLSX, with its presentations in numbered columns: https://www.conftool.net/ */
export const conftool: Source = {
  name: 'conftool',
  title: 'ConfTool',
  from: 'ConfTool’s data export of sessions, with presentations and their abstracts, as CSV or XLSX',
  carries: [
    'sessions',
    'presentations with their times',
    'chairs',
    'authors and affiliations',
    'rooms',
    'abstracts',
  ],
  lacks: ['its time zone', 'ids of people'],
  recognizes: (head, document) =>
    firstRowsOf(head, document).some((row) => {
      const headings = new Set(row.map(headingKey));
      return (
        headings.has('session_start') &&
        (headings.has('session_title') || headings.has('session_short'))
      );
    }),
  read: (documents, hints) => readSpreadsheet(documents, hints, { mapping, markup: 'html' }),
};
