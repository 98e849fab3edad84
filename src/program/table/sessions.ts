import { sourceId } from '../identity.js';
import { report, type Problems } from '../problem.js';
import type {
  SourceHints,
  SourceMoment,
  SourceParticipation,
  SourcePresentation,
  SourceSession,
} from '../source.js';
import { bindPresentations, bindSessions } from './binding.js';
import type { TableMapping, TextField } from './mapping.js';
import { fieldReader, oncePerRole, type FieldReader } from './row-fields.js';
import { timeReader, type RowTimes, type TimeCells, type TimeReader } from './row-times.js';
import type { Row, Table } from './table.js';

/** What reading a table needs beside it. */
export interface TableContext {
  readonly hints: SourceHints;
  readonly problems: Problems;
  /** File or sheet, for problems of the whole. */
  readonly place: string;
  /** Whether every column that the mapping names must be there. */
  readonly strict: boolean;
  /** The kind of an id; `id` unless said. */
  readonly idKind?: ((id: string) => string) | undefined;
}

/** A session whose presentations are still being gathered. */
export interface OpenSession extends Omit<SourceSession, 'presentations' | 'people'> {
  people: SourceParticipation[];
  presentations: SourcePresentation[];
  /** Its day, for presentations that say a time only. */
  readonly day: string | undefined;
}

interface PresentationColumns {
  readonly fields: FieldReader;
  readonly times: TimeReader;
}

/**
 * The sessions of a table: rows with the same id, or with the same title, start and room, are one session. Presentations are those of the row itself and
 * those in its numbered columns; rows that only name a presentation belong to the session above.
 */
export function readSessions(
  table: Table,
  mapping: TableMapping,
  context: TableContext,
): OpenSession[] {
  const { rows, header } = table;
  const { hints, problems, place } = context;
  const fields = fieldReader(bindSessions(mapping, header, context), rows, context);
  const times = timeReader(cellsOf(rows, fields), { hints, place, problems });
  const inRows = mapping.presentation?.sheet === undefined ? mapping.presentation : undefined;
  const columns = (inRows ? bindPresentations(inRows, header, context) : []).map(
    (bound): PresentationColumns => {
      const own = fieldReader(bound, rows, context);
      return { fields: own, times: timeReader(cellsOf(rows, own), { hints, place, problems }) };
    },
  );
  const open = new Map<string, OpenSession>();
  let above: OpenSession | undefined;
  let dayAbove: string | undefined;
  let borrowed: string | undefined;
  for (const row of rows) {
    const own = fields.times(row);
    const said = times.dayOf(own);
    const isContinued = above !== undefined && isBare(row, fields) && columns.length > 0;
    dayAbove = said ?? (own.date.length === 0 ? dayAbove : undefined);
    const when = times.read(own, row.place, dayAbove);
    if (said === undefined && when.start !== undefined && 'wall' in when.start && !isContinued)
      borrowed ??= row.place;
    const mark = isContinued ? undefined : markOf(row, fields, when);
    const known: OpenSession | undefined = mark === undefined ? above : open.get(mark);
    const isJoined = known !== undefined && (isContinued || columns.length > 0);
    const session: OpenSession = isJoined
      ? known
      : sessionOf(row, fields, when, dayAbove, context.idKind);
    if (isJoined) session.people.push(...fields.people(row));
    else open.set(mark !== undefined && !open.has(mark) ? mark : row.place, session);
    for (const column of columns)
      session.presentations.push(...presentationIn(row, column, session.day));
    above = session;
  }
  if (borrowed !== undefined) tellBorrowed(problems, borrowed);
  const sessions = [...open.values()];
  for (const session of sessions) session.people = [...oncePerRole(session.people)];
  return sessions;
}

/** The cells that say when, row by row: kept all at once they would be most of the memory. */
export function* cellsOf(rows: readonly Row[], fields: FieldReader): Iterable<TimeCells> {
  for (const row of rows) yield fields.times(row);
}

function sessionOf(
  row: Row,
  fields: FieldReader,
  when: RowTimes,
  day: string | undefined,
  idKind: (id: string) => string = () => 'id',
): OpenSession {
  const text = (field: TextField) => fields.text(row, field);
  const named = (name: string | undefined) => (name === undefined ? undefined : { ids: [], name });
  const room = named(text('room'));
  return {
    place: row.place,
    ids: fields.ids(row).flatMap((id) => sourceId(idKind(id), id)),
    title: text('title'),
    subtitle: text('subtitle'),
    ...when,
    room: room && { ...room, building: text('building'), floor: text('floor') },
    unit: named(text('unit')),
    type: text('type'),
    abstract: text('abstract'),
    languages: text('language'),
    url: text('url'),
    stream: text('stream'),
    recording: text('recording'),
    cancelled: fields.cancelled(row),
    people: [...fields.people(row)],
    presentations: [],
    day,
  };
}

/** A row in which the cells of the session are left blank, as where they span several rows. */
function isBare(row: Row, fields: FieldReader): boolean {
  return fields.text(row, 'title') === undefined && fields.ids(row).length === 0;
}

function markOf(row: Row, fields: FieldReader, { start }: RowTimes): string {
  const [id] = fields.ids(row);
  if (id !== undefined) return `id ${id}`;
  return JSON.stringify([fields.text(row, 'title'), start, fields.text(row, 'room')]);
}

function presentationIn(
  row: Row,
  { fields, times }: PresentationColumns,
  day: string | undefined,
): readonly SourcePresentation[] {
  const presentation = presentationOf(row, fields, times, day);
  const isThere = presentation.title !== undefined || presentation.ids.length > 0;
  return isThere ? [presentation] : [];
}

/** A presentation of a row; a time of its own without a day is on the day of its session. */
export function presentationOf(
  row: Row,
  fields: FieldReader,
  times: TimeReader,
  day: string | undefined,
): SourcePresentation {
  const { start, end, durationMs } = times.read(fields.times(row), row.place, day);
  const url = fields.text(row, 'url');
  return {
    place: row.place,
    ids: fields.ids(row).flatMap((id) => sourceId('id', id)),
    title: fields.text(row, 'title'),
    start,
    end: end ?? after(start, durationMs),
    abstract: fields.text(row, 'abstract'),
    people: oncePerRole(fields.people(row)),
    links: url === undefined ? [] : [{ url }],
    cancelled: fields.cancelled(row),
  };
}

function after(start: SourceMoment | undefined, ms: number | undefined): SourceMoment | undefined {
  if (start === undefined || ms === undefined) return undefined;
  if ('at' in start) return { ...start, at: start.at + ms };
  const wall = new Date(Date.parse(`${start.wall}Z`) + ms).toISOString().slice(0, 19);
  return { ...start, wall };
}

function tellBorrowed(problems: Problems, place: string): void {
  report(problems, 'repaired', 'day-from-above', {
    place,
    problem: 'it has a time and no day, so the day of the row above is taken, here and below',
    remedy: 'Write the day into every row',
  });
}
