import { randomBytes, scryptSync } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CallboardError, reasonOf } from '../errors.js';

/** Name of the key file in the data folder. */
export const keyFileName = 'secret.key';
const keyBytes = 32;
/** A word of our own, not a secret: it keeps the key apart from others made of the same passphrase. */
const salt = 'callboard vault 1';

/**
 * The key that secrets are sealed with: made from `CALLBOARD_SECRET` where it is set, else read from the key file in the data folder, which is made at
 * first use, for its owner alone (0600).
 *
 * @throws CallboardError `key-file-broken` when the file cannot be read or is none of ours
 */
export function vaultKey({
  secret,
  dataFolder,
}: {
  readonly secret?: string | undefined;
  readonly dataFolder: string;
}): Uint8Array {
  return secret === undefined ? keyOfFile(dataFolder) : scryptSync(secret, salt, keyBytes);
}

function keyOfFile(folder: string): Uint8Array {
  const file = join(folder, keyFileName);
  try {
    return read(file) ?? make(folder, file);
  } catch (thrown) {
    if (thrown instanceof CallboardError) throw thrown;
    throw broken(file, reasonOf(thrown));
  }
}

function read(file: string): Uint8Array | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
  const key = Buffer.from(text.trim(), 'base64url');
  if (key.length !== keyBytes) throw broken(file, 'it holds no key');
  return key;
}

/**
 * Whole or not at all, and once: of two processes that make it at the same time, one makes it for both. Each writes under a name of its own: in two
 * containers they may have the same process id.
 */
function make(folder: string, file: string): Uint8Array {
  mkdirSync(folder, { recursive: true });
  const fresh = `${file}.${randomBytes(8).toString('hex')}.new`;
  writeFileSync(fresh, `${randomBytes(keyBytes).toString('base64url')}\n`, { mode: 0o600 });
  chmodSync(fresh, 0o600);
  try {
    linkSync(fresh, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(fresh, { force: true });
  }
  const key = read(file);
  if (key === undefined) throw broken(file, 'it vanished');
  return key;
}

function broken(file: string, problem: string): CallboardError {
  return new CallboardError(
    'key-file-broken',
    {
      place: file,
      problem: `the key of the stored secrets cannot be used: ${problem}`,
      remedy:
        'Put the file back from a backup, or remove it and connect the accounts again with `callboard connect`',
    },
    'storage',
  );
}
