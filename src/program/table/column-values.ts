import { excerpt } from '../problem.js';
import { readClocks } from './clock.js';
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

/** Whether most values say a day. */
export function holdsDays(column: Column): boolean {
  return most(column, (value) => readDay(value) !== undefined || dayOf(value));
}

/** Whether most values say a time of the clock, with a day or without. */
export function holdsClocks(column: Column): boolean {
  return most(column, (value) => {
    const moment = readWrittenMoment(value);
    return moment !== undefined && (moment.clock !== undefined || moment.at !== undefined);
  });
}

/** Whether most values are days at midnight, which is how a workbook keeps a day. */
export function holdsMidnights(column: Column): boolean {
  return most(column, (value) => value.endsWith('T00:00:00'));
}

/** Whether most values are web addresses. */
export function holdsAddresses(column: Column): boolean {
  return most(column, (value) => /^https?:\/\//i.test(value));
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

function most({ values }: Column, holds: (value: string) => boolean): boolean {
  return values.length > 0 && values.filter(holds).length * 5 >= values.length * 4;
}

/** Whether a value is a time alone. */
export function isClockAlone(value: string): boolean {
  return readClocks(value)?.rest === '';
}
