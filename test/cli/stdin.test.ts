import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { meeting, piped, place, programOf, sentenceOf, sessions } from './command-line.js';

const program = programOf(sessions);

describe('--program -', () => {
  it('imports what is piped in, as an edition of its own, and the same again as the same', async () => {
    const here = place();
    const first = await here.pipe(piped(program), 'import', '--program', '-', '--json');
    expect(first.code).toBe(0);
    const { edition, begun } = JSON.parse(first.out) as { edition: string; begun?: boolean };
    expect(begun).toBe(true);
    const again = await here.pipe(piped(program), 'import', '--program', '-', '--json');
    expect(JSON.parse(again.out)).toMatchObject({ edition, version: 1, stored: false });
    const [file = '', ...others] = readdirSync(join(here.data, 'stdin'));
    expect([file, others]).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/), []]);
    expect(statSync(join(here.data, 'stdin', file)).mode & 0o777).toBe(0o600);
  });

  it('plans what is piped in', async () => {
    const { code, out } = await place().pipe(piped(program), 'plan', '--program', '-', '--json');
    expect(code).toBe(0);
    expect(out).toContain('Slack water');
  });

  it('is a sentence where nothing comes, too much, or a person sits at the keyboard', async () => {
    const here = place();
    const said = async (input: Parameters<typeof here.pipe>[0]) => {
      const ended = await here.pipe(input, 'import', '--program', '-');
      return [ended.code, sentenceOf(ended)];
    };
    expect(await said(Readable.from([]))).toEqual([
      3,
      'standard input: nothing came from it. Check the command that was to write into it.',
    ]);
    const flood = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(16 * 1024 * 1024);
      })(),
    );
    expect(await said(flood)).toEqual([
      3,
      expect.stringMatching(/^standard input: it is larger than 64 MiB/),
    ]);
    expect(await said(Object.assign(Readable.from([]), { isTTY: true }))).toEqual([
      2,
      expect.stringMatching(/^standard input: it is the keyboard/),
    ]);
  });

  it('is refused in the config, which is read again and again', async () => {
    const here = place({}, meeting.replace('program: program.json', "program: '-'"));
    const ended = await here.run('import');
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/program.*standard input is there once/);
  });
});
