/** What the cells of a workbook refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  /** Which styles show numbers as dates. */
  readonly dateStyles: readonly boolean[];
  /** Whether days are counted from 1904, as old Macs did. */
  readonly from1904: boolean;
}

/** A cell as it stands in the sheet. */
export interface RawCell {
  readonly type: string;
  readonly style: string | undefined;
  readonly value: string;
}

const dayMs = 86_400_000;
/** The days that workbooks count before 1970. */
const daysBefore = { from1900: 25_569, from1904: 24_107 } as const;
/** Before it, a date is a time of the clock: the workbooks' days begin in 1900 or 1904. */
const firstDay = Date.UTC(1910, 0, 1) / 1000;

/**
 * What a cell says, as text. A date is a wall clock: `2026-04-23T09:00:00`; a time alone, which the workbook keeps as a day around 1900, is `09:00:00`.
 * Errors of formulas are blank.
 *
 * Types: ECMA-376 part 1, 18.18.11
 *
 * @throws Error where no program could have written the cell so
 * @example cellText({ type: 'b', style: undefined, value: '1' }, context) // 'TRUE'
 */
export function cellText({ type, style, value }: RawCell, context: CellContext): string {
  if (value === '') return '';
  switch (type) {
    case 'n': {
      const number = Number(value);
      if (Number.isNaN(number)) throw new Error(`a cell holds the number "${value}"`);
      const isDate = style !== undefined && context.dateStyles[Number(style)] === true;
      return isDate ? dateText(timeOf(number, context)) : String(number);
    }
    case 's': {
      const string = context.strings[Number(value)];
      if (string === undefined) throw new Error(`a cell names the string ${value}`);
      return string;
    }
    case 'str':
    case 'inlineStr':
      return value;
    case 'b':
      if (value !== '1' && value !== '0') throw new Error(`a cell is neither true nor false`);
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'd': {
      const at = Date.parse(/T[\d:.]+$/.test(value) ? `${value}Z` : value);
      if (Number.isNaN(at)) throw new Error(`a cell holds the date "${value}"`);
      return dateText(at);
    }
    case 'e':
      return '';
    default:
      throw new Error(`a cell is of the type "${type}"`);
  }
}

/** The wall clock, as if it were UTC, in milliseconds. */
function timeOf(serial: number, { from1904 }: CellContext): number {
  return Math.floor((serial - (from1904 ? daysBefore.from1904 : daysBefore.from1900)) * dayMs);
}

/**
 * A moment as text, to the nearest second.
 *
 * @example dateText(Date.parse('2026-04-23T08:59:59.999Z')) // '2026-04-23T09:00:00'
 */
function dateText(at: number): string {
  const seconds = Math.round(at / 1000);
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8.64e12) return '';
  const iso = new Date(seconds * 1000).toISOString().slice(0, 19);
  return seconds < firstDay ? iso.slice(11) : iso;
}
