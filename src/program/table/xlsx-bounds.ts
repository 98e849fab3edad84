import { inflateRawSync } from 'node:zlib';

import { unreadable } from '../problem.js';
import { sheetLimits } from './sheet.js';

const mostBytes = 128 * 1024 * 1024;
const mostEntries = 5_000;
const mostRows = 1_048_576;

/**
 * Refuses a workbook that would grow out of bounds when it is unpacked: larger than 128 MiB, with more entries than any spreadsheet has, with
 * cells so far out that the empty ones before them would fill the memory, or one whose directory does not say the truth about its sizes. What passes
 * can be unpacked by its directory without surprise.
 *
 * The Zip format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @throws CallboardError exit `program`
 */
export function checkXlsxBounds(bytes: Uint8Array, place: string): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = directoryOf(file, place).filter(({ name }) => /\.(?:xml|rels)$/.test(name));
  const declared = entries.reduce((sum, { size }) => sum + size, 0);
  if (declared > mostBytes) throw tooLarge(place, `it unpacks to more than ${mostBytes >> 20} MiB`);
  for (const entry of entries) {
    const content = unpacked(file, entry, place);
    if (entry.name.startsWith('xl/worksheets/')) checkCells(content, place);
  }
}

interface Entry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

function directoryOf(file: Buffer, place: string): readonly Entry[] {
  const end = endOfDirectory(file);
  if (end === undefined) throw broken(place);
  const count = file.readUInt16LE(end + 8);
  if (count > mostEntries) throw tooLarge(place, `it holds ${count} files`);
  // The 64-bit variant is for archives of 4 GiB and more.
  if (end >= 20 && file.readUInt32LE(end - 20) === 0x07064b50) throw broken(place);
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || file.readUInt32LE(at) !== 0x02014b50) throw broken(place);
    const nameLength = file.readUInt16LE(at + 28);
    const after = file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
    entries.push({
      name: file.toString('latin1', at + 46, at + 46 + nameLength),
      method: file.readUInt16LE(at + 10),
      packed: file.readUInt32LE(at + 20),
      size: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + after;
  }
  return entries;
}

function endOfDirectory(file: Buffer): number | undefined {
  for (let at = file.length - 22; at >= 0 && file.length - at <= 65_557; at--) {
    if (file.readUInt32LE(at) === 0x06054b50) return at;
  }
  return undefined;
}

function unpacked(file: Buffer, { method, packed, size, offset }: Entry, place: string): Buffer {
  if (offset + 30 > file.length) throw broken(place);
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const content = file.subarray(start, start + packed);
  if (content.length !== packed || (method !== 0 && method !== 8)) throw broken(place);
  if (method === 0) {
    if (packed !== size) throw broken(place);
    return content;
  }
  let whole: Buffer;
  try {
    whole = inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch (cause) {
    throw broken(place, cause);
  }
  if (whole.length !== size) throw broken(place);
  return whole;
}

/** A row far down costs the rows above it; a cell far right costs every row its width. */
function checkCells(content: Buffer, place: string): void {
  const text = content.toString('latin1');
  for (const [, row = ''] of text.matchAll(
    /<(?:\w{1,20}:)?row\s[^<>]*?\br\s*=\s*["']([^"'<>]*)/g,
  )) {
    if (!(Number(row) <= mostRows)) throw tooLarge(place, `it has a row ${row.slice(0, 20)}`);
  }
  let rows = 0;
  let columns = 0;
  for (const [cell = '', letters = '', row] of text.matchAll(
    /<(?:\w{1,20}:)?c\s[^<>]*?\br\s*=\s*["']([A-Za-z]{1,9})(\d{1,9})["'][^<>]*>/g,
  )) {
    if (cell.endsWith('/>')) continue;
    rows = Math.max(rows, Number(row));
    columns = Math.max(columns, columnNumber(letters));
  }
  if (
    rows > sheetLimits.rows ||
    columns > sheetLimits.columns ||
    rows * columns > sheetLimits.cells
  )
    throw tooLarge(place, `a sheet of it is ${rows} rows by ${columns} columns`);
}

function columnNumber(letters: string): number {
  return Array.from(letters.toUpperCase()).reduce(
    (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
    0,
  );
}

function tooLarge(place: string, problem: string) {
  return unreadable(
    'program-too-large',
    place,
    problem,
    'Keep only the sheet of the program, without empty rows and columns around it, and save it again',
  );
}

function broken(place: string, cause?: unknown) {
  return unreadable(
    'program-malformed',
    place,
    'it begins like a workbook (XLSX) but cannot be unpacked',
    'Save it again as XLSX, or as CSV UTF-8',
    cause,
  );
}
