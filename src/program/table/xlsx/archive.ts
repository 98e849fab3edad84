import { createInflateRaw } from 'node:zlib';

import { unreadable } from '../../problem.js';
import { tooLarge } from './bounds.js';

const mostBytes = 128 * 1024 * 1024;
const mostEntries = 5_000;
const chunkSize = 64 * 1024;

/** An archive whose parts may be unpacked without surprise. */
export interface Archive {
  /** Names of the parts, `xl/workbook.xml`. */
  readonly names: readonly string[];
  /**
   * The bytes of a part, piece by piece; of one that is not there none.
   *
   * @throws CallboardError exit `program` where it is not as long as the directory says
   */
  part(name: string): AsyncIterable<Uint8Array>;
}

/**
 * Opens a workbook's archive, unless it would grow out of bounds when it is unpacked: larger than 128 MiB, or with more entries than any spreadsheet has.
 *
 * The Zip format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @throws CallboardError exit `program`
 */
export function openArchive(bytes: Uint8Array, place: string): Archive {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = directoryOf(file, place).filter(({ name }) => /\.(?:xml|rels)$/.test(name));
  const declared = entries.reduce((sum, { size }) => sum + size, 0);
  if (declared > mostBytes) throw tooLarge(place, `it unpacks to more than ${mostBytes >> 20} MiB`);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    names: [...byName.keys()],
    async *part(name) {
      const entry = byName.get(name);
      if (entry) yield* unpacked(file, entry, place);
    },
  };
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

async function* unpacked(
  file: Buffer,
  { method, packed, size, offset }: Entry,
  place: string,
): AsyncIterable<Uint8Array> {
  if (offset + 30 > file.length) throw broken(place);
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  const content = file.subarray(start, start + packed);
  if (content.length !== packed || (method !== 0 && method !== 8)) throw broken(place);
  let length = 0;
  for await (const chunk of method === 0 ? [content] : inflated(content, place)) {
    length += chunk.length;
    if (length > size) throw broken(place);
    yield chunk;
  }
  if (length !== size) throw broken(place);
}

async function* inflated(content: Buffer, place: string): AsyncIterable<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize });
  inflate.end(content);
  try {
    for await (const chunk of inflate) yield chunk as Uint8Array;
  } catch (cause) {
    throw broken(place, cause);
  }
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
