import type { Sheet } from './table/sheet.js';

/** One file of a program as it was fetched. Most programs are one; a folder of saved pages, or an address that continues on further pages, is many. */
export interface FetchedDocument {
  /** File name, or address without credentials: the place in problems. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The cells of a workbook (XLSX), which fetching has opened; absent of anything else. */
  readonly sheets?: readonly Sheet[];
}

/** One file of a program, decoded. */
export interface SourceDocument extends FetchedDocument {
  /** Without a byte order mark and blank ends; empty for a workbook, which is no text. */
  readonly text: string;
}

/** How a Zip archive begins, which is what an XLSX workbook is. */
const zip = [0x50, 0x4b, 0x03, 0x04] as const;

/** Whether the bytes are an archive of the Zip format, as XLSX workbooks are. */
export function isZip(bytes: Uint8Array): boolean {
  return zip.every((byte, index) => bytes[index] === byte);
}
