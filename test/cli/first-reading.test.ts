import { describe, expect, it, vi } from 'vitest';
import { join } from 'node:path';
import type { Finding } from '../../src/operations/doctor/finding.js';
import type { PlanOutput } from '../../src/operations/plan.js';
import { tryCommand } from '../../src/operations/reading-notes.js';
import { loadConfig } from '../../src/config/config.js';
import { meeting, place, sentenceOf } from './command-line.js';

// Opening the embedded database takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const table = `Title,Date,Start,End
Ebb,2031-04-03,09:00,09:45
Flood,2031-04-03,10:00,10:45
Slack water,soon,11:00,11:45
`;

const zoneNote =
  'the source says no time zone, so UTC is assumed. Name the zone of the venue with --zone, such as --zone Europe/Lisbon.';

describe('a program that is read for the first time', () => {
  it('is planned with what was guessed and left out, and called by its file', async () => {
    const here = place();
    const file = here.write('tide-meeting.csv', table);
    const { out } = await here.run('plan', '--program', 'tide-meeting.csv', '--json');
    const { summary } = JSON.parse(out) as PlanOutput;
    expect(summary.conference).toBe('tide-meeting');
    expect(summary.notes).toEqual([
      zoneNote,
      `1 entry of the program was left out. See why with: callboard import --dry-run --program ${file}`,
    ]);
    const said = await here.run('plan', '--program', file, '--zone', 'Europe/Lisbon');
    expect(said.out).not.toMatch(/UTC is assumed/);
    expect(said.out).toMatch(/--zone Europe\/Lisbon$/m);
  });

  it('takes the order of day and month from the command line, and asks for it there', async () => {
    const here = place();
    here.write('talks.csv', 'Title,Date,Start\nEbb,3/4/2031,09:00\n');
    const told = await here.run('plan', '--program', 'talks.csv');
    expect(sentenceOf(told)).toMatch(/Say it with --date-order dmy \(day first\)/);
    const read = async (order: string) => {
      const given = ['--program', 'talks.csv', '--date-order', order, '--zone', 'UTC'];
      return (await here.run('import', '--dry-run', ...given)).out;
    };
    expect(await read('dmy')).toMatch(/starts Thu 3 Apr 2031/);
    expect(await read('mdy')).toMatch(/starts Tue 4 Mar 2031/);
    const wrong = await here.run('plan', '--program', 'talks.csv', '--date-order', 'day');
    expect(sentenceOf(wrong)).toBe(
      'command line: --date-order: there is no such order. Use dmy (day first) or mdy (month first).',
    );
  });
});

describe('what doctor says of a program of which something was left out', () => {
  it('names the command that reads the same program', async () => {
    const here = place({}, meeting.replace('program.json', 'own.csv'));
    here.write('own.csv', table);
    const file = here.write('other.csv', table);
    const begun = await here.run('import', '--program', 'other.csv', '--json');
    const { edition } = JSON.parse(begun.out) as { edition: string };
    const remedyFor = async (...args: string[]) => {
      const { out } = await here.run('doctor', '--json', ...args);
      const { findings } = JSON.parse(out) as { findings: Finding[] };
      return findings.find(({ finding }) => finding.includes('left out'))?.remedy;
    };
    expect(await remedyFor()).toBe('See them with `callboard import --dry-run`');
    expect(await remedyFor('--edition', edition)).toBe(
      `See them with \`callboard import --dry-run --program ${file}\``,
    );
  });

  it('can be pasted into a shell, and holds no password', () => {
    const here = place();
    const commandFor = (program: string) =>
      tryCommand(loadConfig({ cwd: here.folder, env: {}, overrides: { program } }));
    expect(commandFor("Ada's talks.csv")).toBe(
      `callboard import --dry-run --program '${join(here.folder, String.raw`Ada'\''s talks.csv`)}'`,
    );
    expect(commandFor('https://ada:secret@example.org/a?b=1&c=2')).toBe(
      "callboard import --dry-run --program 'https://example.org/a?b=1&c=2'",
    );
  });
});
