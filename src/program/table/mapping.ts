import type { Role } from '../model.js';

/**
 * A column by its heading, or several whose values are joined. Where no heading is just that, a `#` in it stands for 1, 2, 3, …: `chair#` is `chair1`,
 * `chair2` and so on.
 */
export type Columns = string | readonly string[];

/** Whether day or month comes first where both are numbers. */
export type DateOrder = 'dmy' | 'mdy';

/** Whether a word of the command line is one of the two. */
export function isDateOrder(word: string): word is DateOrder {
  return word === 'dmy' || word === 'mdy';
}

/** Columns that name people. */
export interface PeopleColumns {
  readonly columns: Columns;
  /** What parts the names in one cell; without: semicolons and line ends, else commas where they part full names. */
  readonly separator?: string | undefined;
  /** Columns of their affiliations, in the same order; one column may list them for all names. */
  readonly affiliations?: Columns | undefined;
  /** Whether what follows the first comma of a name is the affiliation. */
  readonly affiliationAfterComma?: boolean | undefined;
  /** Whether names are written as `Roe, Jane`. */
  readonly lastNameFirst?: boolean | undefined;
}

/** Columns of people by role. */
export type RoleColumns = Readonly<Partial<Record<Role, Columns | PeopleColumns | undefined>>>;

/** Columns that say when. */
export interface TimeColumns {
  readonly date?: Columns | undefined;
  /** A time, or date and time; it may hold a span, `9:00–10:30`. */
  readonly start?: Columns | undefined;
  readonly end?: Columns | undefined;
  /** Minutes, or `1:30`, `90 min`. */
  readonly duration?: Columns | undefined;
}

/** Columns of presentations: of the row itself, numbered in it, or in a sheet of their own. */
export interface PresentationMapping extends RoleColumns, TimeColumns {
  /** Name of the sheet, or of the file without its ending; without, they stand in the rows of the sessions. */
  readonly sheet?: string | undefined;
  /** In a sheet of their own: the column that names the session by its id or title. */
  readonly session?: Columns | undefined;
  readonly id?: Columns | undefined;
  readonly title?: Columns | undefined;
  readonly abstract?: Columns | undefined;
  readonly url?: Columns | undefined;
  readonly cancelled?: Columns | undefined;
}

/** Which columns of a spreadsheet are what. */
export interface TableMapping extends RoleColumns, TimeColumns {
  /** Name of the sheet, or of the file without its ending; without, the first. */
  readonly sheet?: string | undefined;
  readonly id?: Columns | undefined;
  readonly title?: Columns | undefined;
  readonly subtitle?: Columns | undefined;
  readonly room?: Columns | undefined;
  readonly building?: Columns | undefined;
  readonly floor?: Columns | undefined;
  readonly unit?: Columns | undefined;
  readonly type?: Columns | undefined;
  readonly abstract?: Columns | undefined;
  readonly language?: Columns | undefined;
  readonly url?: Columns | undefined;
  readonly stream?: Columns | undefined;
  readonly recording?: Columns | undefined;
  readonly cancelled?: Columns | undefined;
  readonly presentation?: PresentationMapping | undefined;
}

/** Fields that hold one text, in the order in which mappings are shown. */
export const textFields = [
  'id',
  'title',
  'subtitle',
  'date',
  'start',
  'end',
  'duration',
  'room',
  'building',
  'floor',
  'unit',
  'type',
  'abstract',
  'language',
  'url',
  'stream',
  'recording',
  'cancelled',
] as const satisfies readonly (keyof TableMapping)[];

/** Fields of presentations that hold one text. */
export const presentationTextFields = [
  'session',
  'id',
  'title',
  'date',
  'start',
  'end',
  'duration',
  'abstract',
  'url',
  'cancelled',
] as const satisfies readonly (keyof PresentationMapping)[];

/** A field that holds one text, of a session or a presentation. */
export type TextField = (typeof textFields)[number] | (typeof presentationTextFields)[number];
