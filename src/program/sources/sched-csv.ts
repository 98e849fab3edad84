import { headingKey } from '../table/binding.js';
import { readSpreadsheet } from '../table/read-spreadsheet.js';
import { firstRowsOf } from '../table/table.js';
import type { TableMapping } from '../table/mapping.js';
import type { Source } from '../source.js';

const people = (columns: string) => ({ columns, separator: ',' });

/** Columns of Sched's export of sessions: its people are names joined by commas, its times are local. */
const mapping: TableMapping = {
  id: ['id', 'event_key'],
  title: 'name',
  start: 'event_start',
  end: 'event_end',
  room: 'venue',
  type: 'event_type',
  abstract: 'description',
  url: 'url',
  recording: 'media_url',
  presenter: people('speakers'),
  moderator: people('moderators'),
  participant: people('artists'),
};

/** Sched's export of sessions as CSV: https://sched.com/ */
export const schedCsv: Source = {
  name: 'sched-csv',
  title: 'Sched CSV',
  from: 'Sched’s export of sessions as CSV',
  carries: ['sessions', 'speakers and moderators by name', 'venues', 'types', 'descriptions'],
  lacks: ['its time zone', 'ids of people', 'presentations inside sessions', 'cancellations'],
  recognizes: (head, document) =>
    firstRowsOf(head, document).some((row) => {
      const headings = new Set(row.map(headingKey));
      return ['event_start', 'event_end', 'name'].every((heading) => headings.has(heading));
    }),
  read: (documents, hints) =>
    readSpreadsheet(documents, hints, {
      mapping,
      markup: 'html',
      // Its calendar gives the same sessions by the same ids.
      idKind: (id) => (/^[\da-f]{32}$/.test(id) ? 'uid' : 'id'),
      leaves: {
        column: 'active',
        is: (value) => /^n(?:o)?$|^0$/i.test(value),
        problem: 'of sessions that are not active in Sched were left out',
      },
    }),
};
