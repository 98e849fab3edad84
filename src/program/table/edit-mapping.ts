import { roles } from '../model.js';
import {
  presentationTextFields,
  textFields,
  type Columns,
  type PeopleColumns,
  type TableMapping,
} from './mapping.js';

/** Every field that a mapping may give a column to, as `room` or `presentation.title`. */
export const mappableFields: readonly string[] = [
  ...textFields,
  ...roles,
  ...[...presentationTextFields, ...roles].map((field) => `presentation.${field}`),
];

/**
 * The mapping with other columns for a field, or without it.
 *
 * @example withColumns({ title: 'Name' }, 'presentation.title', ['Paper']) // { title: 'Name', presentation: { title: 'Paper' } }
 */
export function withColumns(
  mapping: TableMapping,
  field: string,
  columns: readonly string[],
): TableMapping {
  const [only, ...others] = columns;
  const value: Columns | undefined =
    only === undefined ? undefined : others.length === 0 ? only : columns;
  const own = /^presentation\.(.+)$/.exec(field)?.[1];
  if (own === undefined) return pruned({ ...mapping, [field]: value });
  const presentation = pruned({ ...mapping.presentation, [own]: value });
  const isEmpty = presentation.title === undefined;
  return pruned({
    ...mapping,
    presentation: isEmpty && value === undefined ? undefined : presentation,
  });
}

/** A mapping field by field, in the order in which people read it. */
export function fieldsOf(
  mapping: TableMapping,
): readonly { readonly field: string; readonly columns: readonly string[] }[] {
  return mappableFields.flatMap((field) => {
    const own = /^presentation\.(.+)$/.exec(field)?.[1];
    const value = (own === undefined ? mapping : (mapping.presentation ?? {}))[
      (own ?? field) as 'title'
    ] as Columns | PeopleColumns | undefined;
    if (value === undefined) return [];
    const columns = typeof value === 'object' && 'columns' in value ? value.columns : value;
    return [{ field, columns: typeof columns === 'string' ? [columns] : columns }];
  });
}

function pruned<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
