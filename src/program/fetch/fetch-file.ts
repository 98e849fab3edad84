import { open, type FileHandle } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { CallboardError, reasonOf } from '../../errors.js';
import { unreadable } from '../problem.js';
import { fetchFolder } from './fetch-folder.js';
import type { FetchedProgram } from './fetched-program.js';
import { tooLarge } from './too-large.js';

/** Reads a file, or the files of a folder, named by its path or by a `file:` address. */
export async function fetchFile(
  address: string,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal?: AbortSignal | undefined },
): Promise<Omit<FetchedProgram, 'fetchedAt'>> {
  const path = pathOf(address);
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const stat = await file.stat();
    if (stat.isDirectory()) return await fetchFolder(path, address, { maxBytes, signal });
    if (stat.size > maxBytes) throw tooLarge(address, maxBytes);
    const bytes = await file.readFile({ signal });
    return {
      documents: [{ name: basename(path), bytes }],
      address,
      lastModified: stat.mtime.toISOString(),
    };
  } catch (cause) {
    throw cause instanceof CallboardError ? cause : fileError(address, path, cause);
  } finally {
    await file?.close();
  }
}

function pathOf(address: string): string {
  if (!/^file:/i.test(address)) return resolve(address);
  try {
    return fileURLToPath(address);
  } catch (cause) {
    throw unreadable(
      'program-not-found',
      address,
      `it is no address of a file (${reasonOf(cause)})`,
      'Give a path, or an address such as file:///home/me/program.json',
      cause,
    );
  }
}

function fileError(address: string, path: string, cause: unknown): CallboardError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return unreadable(
        'program-not-found',
        address,
        `there is no such file (${path})`,
        'Check the path; it is relative to the working directory',
        cause,
      );
    case 'EACCES':
    case 'EPERM':
      return unreadable(
        'program-unreadable',
        address,
        'this user may not read it',
        'Give the user that runs callboard the right to read it',
        cause,
      );
    case undefined:
    default:
      return unreadable(
        'program-unreadable',
        address,
        `it cannot be read (${reasonOf(cause)})`,
        'Check the file and the disk',
        cause,
      );
  }
}
