import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { loadConfig, type Config } from '../../src/config/config.js';

/** A session of the invented program; all are in Lisbon, on 14 September 2030 where nothing else is said. */
export interface SessionSketch {
  readonly start: string;
  readonly title?: string;
  readonly room?: string;
  readonly cancelled?: boolean;
}

/** A folder for a config with its program; also the place of temporary files while the tests of this file run. */
export function rehearsalFolder(): {
  readonly temporary: string;
  config(sessions: readonly SessionSketch[], settings: readonly string[]): Config;
} {
  const folder = mkdtempSync(join(tmpdir(), 'callboard-test-'));
  const temporary = mkdtempSync(join(folder, 'temporary-'));
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  afterAll(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    temporary,
    config(sessions, settings) {
      const program = {
        format: 'callboard-program',
        version: 1,
        title: 'Harbour Meeting',
        zone: 'Europe/Lisbon',
        sessions: sessions.map(({ start, ...session }, index) => ({
          id: `s${index}`,
          title: `Session ${index}`,
          start: start.length > 5 ? start : `2030-09-14T${start}`,
          minutes: 30,
          ...session,
        })),
      };
      const named = program.sessions.map(({ minutes: _minutes, ...session }) => ({
        ...session,
        end: endOf(session.start),
      }));
      writeFileSync(join(folder, 'program.json'), JSON.stringify({ ...program, sessions: named }));
      const file = join(folder, 'callboard.yaml');
      writeFileSync(
        file,
        [
          'conference: { name: Harbour Meeting, zone: Europe/Lisbon }',
          'program: program.json',
          'site: https://harbour.example',
          ...settings,
        ].join('\n'),
      );
      return loadConfig({ file, env: {} });
    },
  };
}

function endOf(start: string): string {
  return new Date(Date.parse(`${start}Z`) + 1_800_000).toISOString().slice(0, 19);
}
