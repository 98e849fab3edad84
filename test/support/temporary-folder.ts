import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a run of the tests a temporary folder of its own, which every process that it starts inherits, and clears it away at the end.
 * Others may enter it: a Postgres server runs as a user of its own.
 */
export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cb-'));
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
}
