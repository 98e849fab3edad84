import type { Archive } from './archive.js';
import { unescaped } from './strings.js';
import { bare, readXml } from './xml.js';

/** Where the parts of a workbook stand in its archive. */
export interface WorkbookParts {
  /** In the order in which they are shown. */
  readonly sheets: readonly { readonly name: string; readonly path: string }[];
  readonly strings: string;
  readonly styles: string;
  readonly from1904: boolean;
}

const workbook = 'xl/workbook.xml';
const relations = 'xl/_rels/workbook.xml.rels';

/**
 * Finds the parts of a workbook; undefined where the archive is none.
 *
 * Office Open XML, ECMA-376: https://ecma-international.org/publications-and-standards/standards/ecma-376/
 */
export async function partsOf(archive: Archive): Promise<WorkbookParts | undefined> {
  if (!archive.names.includes(workbook) || !archive.names.includes(relations)) return undefined;
  const paths = new Map<string, string>();
  const shared = { strings: 'xl/sharedStrings.xml', styles: 'xl/styles.xml' };
  await readXml(archive.part(relations), {
    opens(name, { Id = '', Type = '', Target = '' }) {
      if (name !== 'Relationship') return;
      const path = Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`;
      const kind = Type.slice(Type.lastIndexOf('/') + 1);
      if (kind === 'worksheet') paths.set(Id, path);
      else if (kind === 'sharedStrings') shared.strings = path;
      else if (kind === 'styles') shared.styles = path;
    },
  });
  const sheets: { name: string; path: string }[] = [];
  let from1904 = false;
  await readXml(archive.part(workbook), {
    opens(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet' || attributes.name === undefined) return;
      const id = Object.entries(attributes).find(([key]) => key !== 'id' && bare(key) === 'id');
      // A chart that fills a sheet of its own has no cells.
      const path = paths.get(id?.[1] ?? attributes.id ?? '');
      if (path !== undefined) sheets.push({ name: unescaped(attributes.name), path });
    },
  });
  return { sheets, from1904, ...shared };
}
