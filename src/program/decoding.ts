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
  const label = encodingOf(bytes);
  // A decoder told to be fatal is many times slower than this check and a lenient one.
  const text = new TextDecoder(label).decode(bytes);
  if (label === 'utf-8' ? !isUtf8(bytes) : text.includes('\uFFFD')) {
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
