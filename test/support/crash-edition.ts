import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './crash-random.js';

const networks = ['bluesky', 'threads', 'x', 'youtube'];

/**
 * Writes the config and the program of an edition of its own, whose announcements fall due over a time that begins when a worker begins it.
 * They expire a quarter of an hour later, so that a slow machine loses none.
 *
 * @param announcements A multiple of four: one for each network.
 * @returns The path of the config.
 */
export function writeCrashEdition({
  folder,
  edition,
  announcements,
  overMs,
  random,
  firstDueAfterS = 2,
}: {
  readonly folder: string;
  readonly edition: string;
  readonly announcements: number;
  readonly overMs: number;
  readonly random: Random;
  /** How long after the beginning of the edition the first ones fall due; rounded up to five seconds of the clock. */
  readonly firstDueAfterS?: number;
}): string {
  const count = announcements / networks.length;
  if (!Number.isInteger(count)) throw new Error('a multiple of four announcements');
  const epoch = Date.UTC(2030, 0, 1);
  const sessions = Array.from({ length: count }, (_, index) => {
    // The first one counts as the beginning of the program.
    const start = epoch + (index === 0 ? 0 : Math.floor(random.next() * overMs));
    return {
      id: `${edition}-${String(index + 1)}`,
      title: `Session ${String(index + 1)} of ${edition}`,
      start: new Date(start).toISOString(),
      end: new Date(start + 1_800_000).toISOString(),
      room: `Hall ${String(1 + (index % 5))}`,
    };
  });
  const program = join(folder, `${edition}.json`);
  const format = { format: 'callboard-program', version: 1 };
  writeFileSync(program, JSON.stringify({ ...format, title: edition, zone: 'UTC', sessions }));
  const config = {
    conference: { name: edition, zone: 'UTC' },
    edition,
    program: { address: program, startsIn: `PT15M${String(firstDueAfterS)}S`, reread: 'PT1H' },
    accounts: networks.map((network) => `preview:${network}`),
    leads: ['PT15M'],
    graces: { PT15M: 'PT15M' },
  };
  const path = join(folder, `${edition}.yaml`);
  // JSON is YAML, too.
  writeFileSync(path, JSON.stringify(config));
  return path;
}
