import { afterEach, describe, expect, it, vi } from 'vitest';
import { latenessInWords, spanInWords } from '../../src/cli/moments.js';
import { table } from '../../src/cli/table.js';
import { json, plain, plainLines, processTerminal } from '../../src/cli/terminal.js';
import { bothClocks } from '../../src/operations/both-clocks.js';

const hostile = 'Tide\u001b[2J\u009b1m\u0007ta\u202eble\r\nnext';

describe('text of others', () => {
  it('stands on one line without what steers a terminal', () => {
    expect(plain(hostile)).toBe('Tide [2J 1m table next');
  });

  it('keeps its lines where lines are wanted', () => {
    expect(plainLines(hostile)).toEqual(['Tide [2J 1m table', 'next']);
  });

  it('stands in JSON with escapes that give it back', () => {
    const written = json({ title: hostile });
    expect(written.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(written)).toEqual({ title: hostile });
  });
});

describe('the terminal', () => {
  afterEach(() => vi.restoreAllMocks());

  it('lets colours and line breaks through, and no other control character', () => {
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
    processTerminal(false).out('\u001b[32m✓\u001b[39m a\nb\u001b[2J\u009bH\u0007');
    expect(written).toEqual(['\u001b[32m✓\u001b[39m a\nb[2JH\n']);
  });

  it('shortens tables to its width, and to none where nobody watches', () => {
    const columns = [{ name: 'session' }, { name: 'posts', right: true }];
    const rows = [['a long title of a session', '7']];
    const wide = processTerminal(false);
    expect(table({ ...wide, width: undefined }, columns, rows)).toBe(
      ['session                    posts', 'a long title of a session      7'].join('\n'),
    );
    const narrow = table({ ...wide, width: 12 }, columns, rows).split('\n');
    expect(narrow.at(-1)).toBe('a long titl…');
  });
});

describe('moments', () => {
  it('are said on both clocks, across midnight and the change of the clocks', () => {
    expect(bothClocks(Date.parse('2026-04-02T14:00:00Z'), 'America/Chicago')).toBe(
      'Thu 2 Apr 2026, 09:00 CDT, 14:00 UTC',
    );
    expect(bothClocks(Date.parse('2026-12-31T23:30:00Z'), 'Europe/Berlin')).toBe(
      'Fri 1 Jan 2027, 00:30 CET, 23:30 UTC',
    );
    expect(bothClocks(Date.parse('2026-07-01T00:00:00Z'), 'UTC')).toBe('Wed 1 Jul 2026, 00:00 UTC');
  });

  it('are measured in their two greatest units', () => {
    expect([0, 999, 61_000, 3_725_000, 90_061_000].map(spanInWords)).toEqual([
      '0 s',
      '1 s',
      '1 min 1 s',
      '1 h 2 min',
      '1 d 1 h',
    ]);
    expect([1_240, -300, 61_000].map(latenessInWords)).toEqual(['+1.2 s', '−0.3 s', '+1 min 1 s']);
  });
});
