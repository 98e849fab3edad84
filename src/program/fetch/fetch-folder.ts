import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FetchedDocument } from '../document.js';
import { unreadable } from '../problem.js';
import type { FetchedProgram } from './fetched-program.js';
import { tooLarge } from './too-large.js';

/** A folder of saved pages is larger than a program in one file; more than this is something else. */
const mostFiles = 20_000;

/** What browsers put beside a saved page, and what no program is. */
const notPrograms = /\.(?:css|js|mjs|map|png|jpe?g|gif|svg|webp|ico|woff2?|ttf|pdf|zip|exe)$/i;

/** Reads the files of a folder, not those of the folders in it, in the order of their names. */
export async function fetchFolder(
  path: string,
  address: string,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<Omit<FetchedProgram, 'fetchedAt'>> {
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries
    .filter(
      (entry) => entry.isFile() && !entry.name.startsWith('.') && !notPrograms.test(entry.name),
    )
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (names.length === 0) {
    throw unreadable(
      'program-empty',
      address,
      'the folder holds no file that could be a program',
      'Name the folder that the exported or saved files are in, or one file',
    );
  }
  if (names.length > mostFiles) {
    throw unreadable(
      'program-too-large',
      address,
      `the folder holds ${names.length} files, more than ${mostFiles}`,
      'Name a folder that holds the saved pages of the program and nothing else',
    );
  }
  const documents: FetchedDocument[] = [];
  let size = 0;
  let newest = 0;
  for (const name of names) {
    signal?.throwIfAborted();
    const file = join(path, name);
    const { size: bytes, mtimeMs } = await stat(file);
    size += bytes;
    newest = Math.max(newest, mtimeMs);
    if (size > maxBytes) throw tooLarge(address, maxBytes);
    documents.push({ name, bytes: await readFile(file, signal ? { signal } : {}) });
  }
  return { documents, address, lastModified: new Date(newest).toISOString() };
}
