import { excerpt, report } from '../problem.js';
import { bindPresentations } from './binding.js';
import type { PresentationMapping } from './mapping.js';
import { fieldReader } from './row-fields.js';
import { timeReader } from './row-times.js';
import { cellsOf, presentationOf, type OpenSession, type TableContext } from './sessions.js';
import type { Table } from './table.js';

/** Adds the presentations of a table of their own to the sessions that it names, by id or by title. */
export function addPresentations(
  sessions: readonly OpenSession[],
  table: Table,
  mapping: PresentationMapping,
  context: TableContext,
): void {
  const { hints, problems, place } = context;
  const [bound] = bindPresentations(mapping, table.header, context);
  if (!bound) return;
  const fields = fieldReader(bound, table.rows, context);
  const times = timeReader(cellsOf(table.rows, fields), { hints, place, problems });
  const find = finderOf(sessions);
  for (const row of table.rows) {
    const reference = fields.text(row, 'session') ?? '';
    const found = find(reference);
    if (found.length > 0) {
      for (const session of found)
        session.presentations.push(presentationOf(row, fields, times, session.day));
      continue;
    }
    report(problems, 'dropped', 'session-unknown', {
      place: row.place,
      problem:
        reference === ''
          ? 'the presentation names no session'
          : `the presentation names the session "${excerpt(reference)}", which is not there`,
      remedy: 'Name its session by the id or the title that the session has',
    });
  }
}

/** Finds by id, else by title; a title that several sessions share points at none of them. */
function finderOf(sessions: readonly OpenSession[]): (reference: string) => readonly OpenSession[] {
  const byId = new Map<string, OpenSession>();
  const byTitle = new Map<string, OpenSession[]>();
  for (const session of sessions) {
    for (const id of session.ids) if (!byId.has(id)) byId.set(id, session);
    const title = key(session.title ?? '');
    const same = byTitle.get(title);
    if (same) same.push(session);
    else byTitle.set(title, [session]);
  }
  return (reference) => {
    const same = byId.get(`id:${reference}`);
    if (same) return [same];
    const titled = byTitle.get(key(reference)) ?? [];
    return reference !== '' && titled.length === 1 ? titled : [];
  };
}

function key(title: string): string {
  return title.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
}
