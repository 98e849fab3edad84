import { describe, expect, it, vi } from 'vitest';

import { place, programOf, sessions } from './command-line.js';

// Opening the embedded database takes seconds on a busy machine, and each command does so anew.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const [ebb, flood, slack] = sessions as [
  (typeof sessions)[number],
  (typeof sessions)[number],
  (typeof sessions)[number],
];
const next = programOf([
  { ...ebb, start: '2031-04-04T15:00:00Z', end: '2031-04-04T15:45:00Z' },
  { ...flood, title: 'High water' },
  { id: 's9', title: 'Spring tide', start: '2031-04-05T14:00:00Z', end: '2031-04-05T15:00:00Z' },
]);

describe('changes', () => {
  it('shows the last two versions, old and new side by side on the conference’s clock', async () => {
    const here = place();
    expect((await here.run('import')).code).toBe(0);
    here.write('program.json', next);
    const imported = await here.run('import');
    expect(imported.out).toContain('Thu 3 Apr 09:00 → Fri 4 Apr 10:00');
    const { out, code } = await here.run('changes');
    expect(code).toBe(0);
    const keys = /\b[a-z2-7]{12}\b/g;
    expect(out.replace(keys, 'KEY').split('\n').slice(4)).toEqual([
      'moved · 1 session',
      '  KEY  Ebb',
      '                Thu 3 Apr 09:00 → Fri 4 Apr 10:00',
      'retitled · 1 session',
      '  KEY  High water',
      '                was: Flood',
      'added · 1 session',
      '  KEY  Spring tide',
      '                Sat 5 Apr 09:00',
      'gone from the program · 1 session',
      `  KEY  ${slack.title}`,
      '                Thu 3 Apr 11:00',
    ]);
    expect(out.split('\n')[0]).toBe(
      'edition tide-meeting · version 1 → 2, times in America/Chicago',
    );

    const json = await here.run('changes', '--from', '1', '--to', '2', '--json');
    expect(JSON.parse(json.out)).toMatchObject({
      edition: 'tide-meeting',
      from: { version: 1 },
      to: { version: 2 },
      zone: 'America/Chicago',
      changes: [{ kind: 'retitled' }, { kind: 'moved' }, { kind: 'added' }, { kind: 'vanished' }],
    });
  });
});
