import { isUtf8 } from 'node:buffer';

import { report, unreadable, type Problems } from './problem.js';

/**
 * The text of a file: UTF-8 or UTF-16 by its byte order mark, another encoding where an XML declaration names it, else UTF-8.
 * Bytes that are no character become U+FFFD and are reported. Never empty: that throws.
 */
export function decodeText(bytes: Uint8Array, address: string, problems: Problems): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    throw unreadable('program-malformed', address, 'it is compressed (gzip)', 'Unpack it first');
  }
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0) {
    throw unreadable(
      'program-malformed',
      address,
      'it is a file of an old Office format (.xls)',
      'Save it as XLSX, or as CSV UTF-8',
    );
  }
  const label = encodingOf(bytes);
  // A decoder told to be fatal is many times slower than this check and a lenient one.
  const isBroken = label === 'utf-8' && !isUtf8(bytes);
  const isWestern = isBroken && speaksWindows1252(bytes);
  const text = new TextDecoder(isWestern ? 'windows-1252' : label).decode(bytes);
  if (isWestern) {
    report(problems, 'repaired', 'encoding', {
      place: address,
      problem: 'it is no UTF-8, so it was read as Windows-1252, the encoding of Western Europe',
      remedy: 'Look at the letters with accents; export it as UTF-8 where they are wrong',
    });
  } else if (label === 'utf-8' ? isBroken : text.includes('\uFFFD')) {
    report(problems, 'repaired', 'encoding', {
      place: address,
      problem: `some bytes are no ${label.toUpperCase()} and show as \uFFFD`,
      remedy: 'Export it as UTF-8',
    });
  }
  const trimmed = text.trim();
  if (trimmed === '') {
    throw unreadable(
      'program-empty',
      address,
      'it is empty',
      'Export the program again; the last good version stays in force',
    );
  }
  return trimmed;
}

/**
 * Whether bytes that are no UTF-8 may be Windows-1252: it is neither JSON nor XML, which may not be, no mark says UTF-8, none of the five bytes that it leaves undefined is there, and most of what is
 * not ASCII forms no UTF-8 either: a UTF-8 file with a few broken letters stays one.
 */
function speaksWindows1252(bytes: Uint8Array): boolean {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return false;
  const head = String.fromCharCode(...bytes.subarray(0, 100)).trimStart();
  if (/^(?:[{[]|<\?xml)/.test(head)) return false;
  let alone = 0;
  let together = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      // A text has no zero bytes.
      if (byte === 0) return false;
      continue;
    }
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    if (length > 1 && isUtf8(bytes.subarray(at, at + length))) {
      together++;
      at += length - 1;
    } else if (undefinedIn1252.has(byte)) return false;
    else alone++;
  }
  return alone > together;
}

const undefinedIn1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const named = /^\s*<\?xml[^>]*encoding=["']([\w.:-]+)["']/.exec(head)?.[1];
  if (named === undefined) return 'utf-8';
  try {
    return new TextDecoder(named).encoding;
  } catch {
    return 'utf-8';
  }
}
