import { roles } from '../model.js';
import type { Problems } from '../problem.js';
import type { SourceParticipation } from '../source.js';
import type { BoundColumns } from './binding.js';
import type { TextField } from './mapping.js';
import { peopleReader } from './people.js';
import type { TimeCells } from './row-times.js';
import { textsAt, type Row } from './table.js';

/** Reads the fields of rows. */
export interface FieldReader {
  /** Several columns are joined by a space. */
  readonly text: (row: Row, field: TextField) => string | undefined;
  readonly ids: (row: Row) => readonly string[];
  readonly times: (row: Row) => TimeCells;
  readonly people: (row: Row) => readonly SourceParticipation[];
  readonly cancelled: (row: Row) => boolean;
}

const cancelledWords =
  /^(?:y|yes|x|1|true|wahr|ja|oui|s[ií]|si|sim|cancell?ed|cancell?ation|withdrawn|abgesagt|entf[aä]llt|annul[eé]e?|cancelad[oa]|annullat[oa]|geannuleerd|inst[aä]lld)$/i;

/** Makes the reader of a table's rows for bound columns. */
export function fieldReader(
  bound: BoundColumns,
  rows: readonly Row[],
  { place, problems }: { readonly place: string; readonly problems: Problems },
): FieldReader {
  const cells = rows.map((row) => row.cells);
  const readers = bound.people.map((people) => peopleReader(people, cells, place, problems));
  const at = (row: Row, field: TextField) => textsAt(row.cells, bound.fields.get(field));
  return {
    text(row, field) {
      const places = bound.fields.get(field) ?? [];
      const [first] = places;
      if (first === undefined) return undefined;
      if (places.length > 1) {
        const texts = textsAt(row.cells, places);
        return texts.length === 0 ? undefined : texts.join(' ');
      }
      const text = row.cells[first]?.trim();
      return text === '' ? undefined : text;
    },
    ids: (row) => at(row, 'id'),
    times: (row) => ({
      date: at(row, 'date'),
      start: at(row, 'start'),
      end: at(row, 'end'),
      duration: at(row, 'duration'),
    }),
    people: (row) =>
      readers.length === 1
        ? (readers[0]?.(row.cells) ?? [])
        : readers.flatMap((read) => read(row.cells)),
    cancelled: (row) => at(row, 'cancelled').some((text) => cancelledWords.test(text)),
  };
}

/** The same person in the same role once, in the order of roles and then of the rows. */
export function oncePerRole(
  people: readonly SourceParticipation[],
): readonly SourceParticipation[] {
  if (people.length < 2) return people;
  const kept = new Map<string, SourceParticipation>();
  for (const part of people) {
    const mark = `${part.role} ${part.person.name ?? ''}`;
    if (!kept.has(mark)) kept.set(mark, part);
  }
  return [...kept.values()].sort(
    (one, other) => roles.indexOf(one.role) - roles.indexOf(other.role),
  );
}
