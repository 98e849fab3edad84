import { excerpt } from '../problem.js';
import { readDay } from './day.js';
import type { Table } from './table.js';
import { readWrittenMoment } from './written-moment.js';

/** A column with some of its values, for guessing what it holds. */
export interface Column {
  readonly place: number;
  /** As written. */
  readonly name: string;
  /** Of the first rows, without blanks. */
  readonly values: readonly string[];
}

const rowsLookedAt = 200;

/** The columns of a table that have a heading. */
export function columnsOf({ header, rows }: Table): readonly Column[] {
  const some = rows.slice(0, rowsLookedAt);
  return header.names.flatMap((name, place) => {
    if (name === '') return [];
    const values = some.flatMap(({ cells }) => {
      const text = cells[place]?.trim() ?? '';
      return text === '' ? [] : [text];
    });
    return [{ place, name, values }];
  });
}

/** Up to three values, shortened, for people. */
export function samplesOf({ values }: Column): readonly string[] {
  return [...new Set(values)].slice(0, 3).map((value) => excerpt(value, 32));
}

/** How many values must agree: half where a heading says so already, nearly all where nothing else does. */
export type Certainty = 'half' | 'nearly all';

/** Whether values say a day. */
export function holdsDays(column: Column, certainty: Certainty = 'half'): boolean {
  return most(column, certainty, (value) => readDay(value) !== undefined || dayOf(value));
}

/** Whether values say a time of the clock, with a day or without. */
export function holdsClocks(column: Column, certainty: Certainty = 'half'): boolean {
  return most(column, certainty, (value) => {
    const moment = readWrittenMoment(value);
    return moment !== undefined && (moment.clock !== undefined || moment.at !== undefined);
  });
}

/** Whether most values are days at midnight, which is how a workbook keeps a day. */
export function holdsMidnights(column: Column): boolean {
  return most(column, 'nearly all', (value) => value.endsWith('T00:00:00'));
}

/** Whether most values are web addresses. */
export function holdsAddresses(column: Column): boolean {
  return most(column, 'half', (value) => /^https?:\/\//i.test(value));
}

/** Whether values come back, as those of sessions do in rows of presentations. */
export function repeats({ values }: Column): boolean {
  return values.length > 1 && new Set(values).size * 10 < values.length * 9;
}

/** Whether no value is a bare yes or no: a state in words. */
export function isInWords({ values }: Column): boolean {
  return !values.some((value) =>
    /^(?:y|n|yes|no|x|0|1|true|false|ja|nein|oui|non|si|sí)$/i.test(value),
  );
}

function dayOf(value: string): boolean {
  const moment = readWrittenMoment(value);
  return moment !== undefined && (moment.day !== undefined || moment.at !== undefined);
}

function most(
  { values }: Column,
  certainty: Certainty,
  holds: (value: string) => boolean,
): boolean {
  const said = values.filter((value) => !/^(?:TB[ACD]|[-–—?])$/i.test(value));
  const share = certainty === 'half' ? 0.5 : 0.8;
  return said.length > 0 && said.filter(holds).length >= said.length * share;
}
