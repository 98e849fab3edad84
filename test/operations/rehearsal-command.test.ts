import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RehearsalResult } from '../../src/operations/rehearsal/result.js';
import { meeting, place } from '../cli/command-line.js';

describe('callboard rehearse', { timeout: 120_000 }, () => {
  test('writes its result as JSON and nothing else, and leaves the data folder alone', async () => {
    const here = place();
    const { code, out, err } = await here.run('rehearse', '--json', '--report', 'rehearsal.html');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { planned, published, duplicates, wallSeconds, program } = JSON.parse(
      out,
    ) as RehearsalResult;
    expect([planned, published, duplicates, wallSeconds > 0]).toEqual([12, 12, 0, true]);
    expect(program.conference).toBe('Tide Meeting');
    expect(() => readFileSync(here.data)).toThrow('ENOENT');
    expect(readFileSync(join(here.folder, 'rehearsal.html'), 'utf8')).toContain('Slack water');
  });

  test('says the same to a person as a table', async () => {
    const { code, out, err } = await place().run('rehearse', '--no-limits', '--to', '2031-04-02');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const all = out.split('\n').find((line) => line.startsWith('all'));
    expect(all?.trim().split(/\s+/)).toEqual(
      ['all', 6, 6, 0, 0, 0, 0, 0, 0, '0.0', 's', '0.0', 's', '0.0', 's'].map(String),
    );
    expect(out).toContain('6 announcements are due after the end of the rehearsal: left out.');
    expect(out).toContain('✓ every announcement is accounted for, none was posted twice');
  });

  test.each([
    ['with another program', ['--program', 'tides.csv', '--zone', 'Europe/Lisbon']],
    ['of a config that was named', ['--config', 'tides.yaml']],
  ])('%s, its report names the command that lists the losses', async (_how, given) => {
    const here = place();
    here.write('tides.csv', 'Title,Date,Start\nEbb,2031-04-03,09:00\nSlack water,soon,11:00\n');
    here.write('tides.yaml', meeting.replace('program.json', 'tides.csv'));
    const played = await here.run('rehearse', '--no-limits', '--report', 'r.html', ...given);
    expect(played).toMatchObject({ code: 0, err: '' });
    const report = readFileSync(join(here.folder, 'r.html'), 'utf8');
    const [, words = ''] =
      /which <code dir="auto">callboard ([^<]+)<\/code> lists/.exec(report) ?? [];
    const listed = await here.run(...words.split(' '));
    expect(listed).toMatchObject({ code: 0, err: '' });
    expect(listed.out).toMatch(/"Slack water" has no start that can be read/);
    expect(listed.out).toMatch(given.includes('--zone') ? /Europe\/Lisbon/ : /America\/Chicago/);
  });

  test('refuses what it cannot use in one sentence', async () => {
    const here = place();
    const { code, err } = await here.run('rehearse', '--faults', 'many');
    expect([code, err.includes('it must be a number from 0 to 100')]).toEqual([2, true]);
    const unreadable = await here.run('rehearse', '--program', 'nowhere.json');
    expect(unreadable.code).toBe(3);
    const nowhere = await here.run('rehearse', '--no-limits', '--report', 'no/such/folder.html');
    expect([nowhere.code, nowhere.err.includes('there is no such folder. Make it')]).toEqual([
      1,
      true,
    ]);
  });

  test('ends when it is asked to, without a result', async () => {
    const begun = place().start('rehearse');
    begun.end();
    const { code, out, err } = await begun.ended;
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('it was interrupted');
  });
});
