import type { Command } from 'commander';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallboardError, reasonOf } from '../errors.js';
import { unreadable } from '../program/problem.js';
import { tooLarge } from '../program/fetch/too-large.js';
import { storageError } from '../storage/storage-error.js';
import { configOf, worldOf } from './command.js';
import type { StandardInput } from './world.js';

const mostBytes = 64 * 1024 * 1024;
const place = 'standard input';

/**
 * Before a command acts: where `--program -` asks for it, takes the program from standard input, keeps it in the data folder by its digest, and goes on with
 * that file, so that the same program is the same edition again and can be read anew.
 *
 * @throws CallboardError exit `program` where nothing comes, too much, or a person sits there
 */
export async function takeStandardInput(command: Command): Promise<void> {
  const readsPrograms = command.options.some((option) => option.attributeName() === 'format');
  if (!readsPrograms || command.getOptionValue('program') !== '-') return;
  const { stdin } = worldOf(command);
  if (stdin.isTTY === true) {
    throw new CallboardError(
      'stdin-is-terminal',
      {
        place,
        problem: 'it is the keyboard, and a program is expected from it',
        remedy: `Pipe one into it, as in: callboard ${command.name()} --program - < schedule.xml`,
      },
      'usage',
    );
  }
  const bytes = await readAll(stdin);
  command.setOptionValue('program', undefined);
  const folder = join(configOf(command).dataFolder, 'stdin');
  const path = join(folder, createHash('sha256').update(bytes).digest('hex').slice(0, 12));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, bytes, { mode: 0o600 });
  } catch (thrown) {
    throw storageError(path, thrown);
  }
  command.setOptionValue('program', path);
}

async function readAll(stdin: StandardInput): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stdin) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > mostBytes) throw tooLarge(place, mostBytes);
      chunks.push(bytes);
    }
  } catch (cause) {
    if (cause instanceof CallboardError) throw cause;
    throw unreadable(
      'program-unreadable',
      place,
      `it cannot be read (${reasonOf(cause)})`,
      'Give the program as a file',
      cause,
    );
  }
  if (size === 0) {
    throw unreadable(
      'program-empty',
      place,
      'nothing came from it',
      'Check the command that was to write into it',
    );
  }
  return Buffer.concat(chunks, size);
}
