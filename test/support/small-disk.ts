import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A small disk to fill, in memory. */
export interface SmallDisk {
  readonly folder: string;
  remove(): void;
}

/** Mounts a disk of a given size, such as `60m`. */
export function smallDisk(size: string): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder], { stdio: 'ignore' });
  return {
    folder,
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

/** Whether this user may mount disks; tests of full ones are skipped where not. */
export const mayMount = userInfo().uid === 0 && canMount();

function canMount(): boolean {
  try {
    smallDisk('1m').remove();
    return true;
  } catch {
    return false;
  }
}
