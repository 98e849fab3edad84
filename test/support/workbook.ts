import { deflateRawSync } from 'node:zlib';

import writeWorkbook from 'write-excel-file/node';

import type { FetchedDocument } from '../../src/program/document.js';
import { readProgram, type ReadHints } from '../../src/program/import.js';
import { openWorkbooks } from '../../src/program/table/workbook.js';

/** A cell of a test's workbook; a date is a wall clock. */
export type TestCell = string | number | boolean | null | { value: number; format: string };

/** The bytes of a workbook with these sheets. */
export async function workbook(
  sheets: Readonly<Record<string, readonly (readonly TestCell[])[]>>,
): Promise<Uint8Array> {
  const written = await writeWorkbook(
    Object.entries(sheets).map(([sheet, rows]) => ({
      sheet,
      data: rows.map((row) =>
        row.map((cell) =>
          typeof cell === 'object' && cell !== null
            ? { value: cell.value, type: Number, format: cell.format }
            : cell,
        ),
      ),
    })),
  ).toBuffer();
  return new Uint8Array(written);
}

/** Reads fetched documents as fetching and importing would. */
export async function readOpened(
  documents: readonly FetchedDocument[],
  hints: Partial<ReadHints> = {},
) {
  const opened = await openWorkbooks(documents);
  return readProgram(opened, {
    address: 'program',
    edition: 'test',
    zone: 'Europe/Lisbon',
    ...hints,
  });
}

/** A Zip archive of these files; `size` may lie about how large one is. */
export function zip(
  files: Readonly<Record<string, Buffer>>,
  size: (content: Buffer) => number = (content) => content.length,
): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30 + name.length);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size(content), 22);
    local.writeUInt16LE(name.length, 26);
    local.write(name, 30);
    const entry = Buffer.alloc(46 + name.length);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size(content), 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    entry.write(name, 46);
    locals.push(local, packed);
    directory.push(entry);
    offset += local.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, ...directory, end]));
}
