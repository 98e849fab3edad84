import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { CallboardError, reasonOf } from '../errors.js';

interface Cause {
  readonly place: string;
  readonly problem: string;
  /** What would make it possible there, where anything would. */
  readonly mend?: string;
}

/**
 * Why a file that a person named could not be written, and what to do: of its folder where that is the cause.
 *
 * @param otherwise what else to do than make it possible there
 */
export function notWritten(
  file: string,
  thrown: unknown,
  otherwise = 'name a file elsewhere',
): CallboardError {
  const { place, problem, mend } = causeOf(file, thrown);
  const ways = mend === undefined ? otherwise : `${mend}, or ${otherwise}`;
  const remedy = ways.charAt(0).toUpperCase() + ways.slice(1);
  const complaint = { place, problem, remedy };
  return new CallboardError('file-not-written', complaint, 'failure', { cause: thrown });
}

function causeOf(file: string, thrown: unknown): Cause {
  const folder = nearestFolder(dirname(file));
  switch ((thrown as { readonly code?: unknown }).code) {
    case 'EACCES':
    case 'EPERM': {
      const mend = 'give this user the right to';
      return existsSync(file) && mayWrite(folder)
        ? { place: file, problem: 'this user may not write it', mend }
        : { place: folder, problem: 'this user may not write in this folder', mend };
    }
    case 'EROFS':
      return { place: folder, problem: 'this folder is on a disk that may only be read' };
    case 'ENOENT':
      return { place: dirname(file), problem: 'there is no such folder', mend: 'make it' };
    case 'ENOTDIR':
    case 'EEXIST':
      return { place: folder, problem: 'it is a file, and a folder is needed there' };
    case 'EISDIR':
      return { place: file, problem: 'it is a folder', mend: 'name a file in it' };
    case 'ENOSPC':
    case 'EDQUOT':
      return { place: file, problem: 'the disk is full', mend: 'free some space and try again' };
    default:
      return { place: file, problem: `it could not be written (${reasonOf(thrown)})` };
  }
}

/** The folder, or the nearest above it that is there. */
function nearestFolder(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestFolder(dirname(folder));
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
