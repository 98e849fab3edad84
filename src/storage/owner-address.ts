import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The longest path of a Unix socket that every system takes: 104 bytes with the closing zero on macOS, 108 on Linux. */
const longestSocketPath = 100;

const passingSuffix = '.sock.new';
const socketName = /^owner\.(\d{1,9})\.sock$/;

/** The name of the socket of the nth owner of a folder. */
export function socketNameOf(generation: number): string {
  return `owner.${String(generation)}.sock`;
}

/**
 * A name under which a starter listens before it is the owner, of its own for each attempt: two who shared one, in one process or with the same
 * process id in two containers, would show each other's sockets as their own.
 */
export function passingName(): string {
  return `owner.${randomBytes(8).toString('hex')}${passingSuffix}`;
}

/** The passing names in the folder: of starters under way, or of such as were killed. */
export async function passingNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => name.startsWith('owner.') && name.endsWith(passingSuffix));
}

/** The numbers of all owners whose sockets are in the folder, living or dead, highest first. */
export async function generations(folder: string): Promise<readonly number[]> {
  const numbers = (await readdir(folder)).flatMap((name) => {
    const number = socketName.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
  return numbers.sort((a, b) => b - a);
}

/**
 * Calls the work with a path of the folder that is short enough for sockets in it: the folder's own, or a passing link to it in the
 * system's temporary folder. The sockets themselves are always in the data folder, so that every process finds the same.
 */
export async function withShortPath<T>(
  folder: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const longest = join(folder, passingName());
  if (Buffer.byteLength(longest) <= longestSocketPath) return work(folder);
  const temporary = await mkdtemp(join(tmpdir(), 'callboard-'));
  try {
    const link = join(temporary, 'd');
    await symlink(folder, link, 'dir');
    return await work(link);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** Windows has named pipes, which end with their process and cannot be made twice: one for each folder. */
export async function pipeOf(folder: string): Promise<string> {
  const path = (await realpath(folder)).toLowerCase();
  return `\\\\.\\pipe\\callboard-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
}
