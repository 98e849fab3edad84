import { describe, expect, it } from 'vitest';

import { CallboardError } from '../../src/errors.js';
import { openWorkbooks } from '../../src/program/table/workbook.js';
import { zip } from '../support/workbook.js';

const relation = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;

/** A workbook of one sheet, as its XML. */
const book = (
  sheet: string,
  { strings = '', styles = '', properties = '' }: Readonly<Record<string, string>> = {},
) =>
  zip({
    'xl/workbook.xml': Buffer.from(
      `<workbook>${properties}<sheets><sheet name="Talks &amp; more" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': Buffer.from(
      `<Relationships>${relation('r1', 'worksheet', '/xl/worksheets/one.xml')}${relation('r2', 'styles', 'styles.xml')}</Relationships>`,
    ),
    'xl/sharedStrings.xml': Buffer.from(`<sst>${strings}</sst>`),
    'xl/styles.xml': Buffer.from(`<styleSheet>${styles}</styleSheet>`),
    'xl/worksheets/one.xml': Buffer.from(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`),
  });

const opened = async (bytes: Uint8Array) => {
  const [document] = await openWorkbooks([{ name: 'talks.xlsx', bytes }]);
  return document?.sheets;
};
const rows = async (...of: Parameters<typeof book>) => (await opened(book(...of)))?.[0]?.rows;
const complaint = async (sheet: string) => {
  try {
    await rows(sheet);
  } catch (thrown) {
    if (thrown instanceof CallboardError) return thrown.complaint.problem;
    throw thrown;
  }
  return 'none';
};

describe('the cells of a workbook', () => {
  it('are strings that are shared, in runs, without how they are pronounced, or stand in the cell', async () => {
    const strings =
      '<si><t>Ebb</t></si><si><r><t>Low </t></r><r><rPr><b/></rPr><t>&amp; high</t></r><rPh><t>x</t></rPh></si>';
    const sheet =
      '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>one_x000D_two</t></is></c><c r="D1" t="str"><f>A1</f><v>sum</v></c></row>';
    expect(await rows(sheet, { strings })).toEqual([['Low & high', 'Ebb', 'one\rtwo', 'sum']]);
  });

  it('are numbers, truths, errors and dates, by their style or their type', async () => {
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="[$-407]dd\\.mm\\.yyyy;@"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/><xf xfId="0"/></cellXfs>';
    const cells = [
      '<c s="0"><v>46268.5</v></c>',
      '<c s="1"><v>0.375</v></c>',
      '<c s="2"><v>46268.5</v></c>',
      '<c s="3"><v>2.5</v></c>',
      '<c s="4"><v>46268</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c t="e"><v>#REF!</v></c>',
      '<c t="d"><v>2026-09-03T09:00:00</v></c>',
    ];
    expect(await rows(`<row>${cells.join('')}</row>`, { styles })).toEqual([
      [
        '46268.5',
        '09:00:00',
        '2026-09-03T12:00:00',
        '2.5',
        '2026-09-03T00:00:00',
        'TRUE',
        '',
        '2026-09-03T09:00:00',
      ],
    ]);
  });

  it('count their days from 1904 where the workbook says so', async () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>';
    const properties = '<workbookPr date1904="1"/>';
    const sheet = '<row><c s="0"><v>44806</v></c></row>';
    expect(await rows(sheet, { styles, properties })).toEqual([['2026-09-03T00:00:00']]);
  });

  it('stand where their references say, with blank rows and cells before them and none after', async () => {
    const sheet = '<x:row r="3"><x:c r="C3"><x:v>1</x:v></x:c><x:c r="F3"/></x:row><x:row r="9"/>';
    expect(await rows(sheet)).toEqual([[], [], ['', '', '1']]);
    expect((await opened(book(sheet)))?.map(({ name }) => name)).toEqual(['Talks & more']);
  });

  it('are refused in a sentence where no program could have written them', async () => {
    expect(await complaint('<row><c t="s"><v>7</v></c></row>')).toMatch(/names the string 7/);
    expect(await complaint('<row r="2"/><row r="2"/>')).toMatch(/row 2 follows row 2/);
    expect(await complaint('<row><c r="B1"><v>1</v></c><c r="A1"/></row>')).toMatch(/follows A1/);
  });
});
