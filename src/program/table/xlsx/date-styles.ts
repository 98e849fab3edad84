import { readXml } from './xml.js';

/** Formats of dates and times that every workbook has without declaring them, those of East Asia and Thailand too. */
const builtIn: readonly (readonly [from: number, to: number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
  [71, 81],
];

/** Numbers from here on are declared in the workbook. */
const firstDeclared = 100;

/** Which styles of cells show a number as a date or a time, by their numbers. */
export async function dateStyles(part: AsyncIterable<Uint8Array>): Promise<readonly boolean[]> {
  const formats = new Map<number, boolean>();
  const bases: (number | undefined)[] = [];
  const styles: boolean[] = [];
  let list = '';
  const isDate = (format: number | undefined) =>
    format !== undefined &&
    (builtIn.some(([from, to]) => format >= from && format <= to) || formats.get(format) === true);
  await readXml(part, {
    opens(name, { numFmtId, formatCode = '', xfId = '' }) {
      const format = numFmtId === undefined ? undefined : Number(numFmtId);
      if (name === 'numFmt' && format !== undefined && format >= firstDeclared)
        formats.set(format, isDateFormat(formatCode));
      else if (name === 'cellStyleXfs' || name === 'cellXfs') list = name;
      else if (name === 'xf' && list === 'cellStyleXfs') bases.push(format);
      else if (name === 'xf' && list === 'cellXfs')
        styles.push(isDate(format ?? bases[Number(xfId)]));
    },
    closes(name) {
      if (name === list) list = '';
    },
  });
  return styles;
}

const tokens = /^(?:s{1,2}|m{1,5}|h{1,2}|[ap]m?|d{1,4}|a{3,5}|y{1,2}|y{4}|e{1,2}|e{4})$/;

/**
 * Whether a format shows a number as a date, a time or a length of time: whether one of its sections holds nothing else.
 *
 * Codes: https://learn.microsoft.com/office/vba/api/excel.range.numberformat
 *
 * @example isDateFormat('[$-407]dd.mm.yyyy hh:mm;@') // true
 * @example isDateFormat('#,##0.00') // false
 */
export function isDateFormat(code: string): boolean {
  const plain = code.toLowerCase().replace(/;@$/, '').replace(/\\./g, ' ');
  return plain.split(';').some((section) => {
    const signs = section
      .replace(/"[^"]*"/g, ' ')
      .replace(/(\[?[smhd]{1,2}\]?)[.,]0{1,3}/g, '$1')
      .replace(/\[([smhd]{1,2})\]/g, '$1')
      .replace(/\[[^\]]*\]/g, '')
      .split(/[^a-z0#?%]+/)
      .filter((sign) => sign !== '');
    return signs.length > 0 && signs.every((sign) => tokens.test(sign));
  });
}
