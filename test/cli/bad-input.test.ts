import { copyFileSync, mkdirSync, existsSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/storage/opening.js';
import { openEmbeddedForTest } from '../support/database.js';
import { place, programOf, sentenceOf } from './command-line.js';

// Opening the embedded database takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const fixtures = new URL('../fixtures/programs/', import.meta.url).pathname;

it('refuses another program for an edition that was named', async () => {
  const here = place();
  for (const command of ['import', 'plan']) {
    const ended = await here.run(command, '--program', 'program.json', '--edition', 'm-1');
    expect(ended.code).toBe(2);
    expect(sentenceOf(ended)).toMatch(
      new RegExp(`callboard ${command}: --program and --edition contradict each other`),
    );
  }
});

describe('a move', () => {
  const here = place();

  it.each([
    [['migrate'], /nothing says which server the editions go to\. Add --to <address>/],
    [['migrate', '--abandon'], /nothing says which move is ended\. Add --edition <id>/],
    [
      ['migrate', '--abandon', '--edition', 'm-1', '--to', 'postgres://db.example/m'],
      /--abandon and --to contradict each other/,
    ],
    [['migrate', '--abandon', '--edition', 'm-1'], /each post is sent twice\. Add --yes/],
  ])('%j is refused', async (args, about) => {
    const ended = await here.run(...args);
    expect(ended.code).toBe(2);
    expect(sentenceOf(ended)).toMatch(about);
  });

  it('that is not unfinished is not abandoned', async () => {
    expect((await here.run('import')).code).toBe(0);
    const ended = await here.run('migrate', '--abandon', '--edition', 'm-1', '--yes');
    expect(ended.code).toBe(2);
    expect(sentenceOf(ended)).toMatch(/m-1: no move of an edition of this name is unfinished here/);
  });
});

describe('a program that cannot be read', () => {
  const here = place();
  const bad: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['empty.json', '', /empty/],
    ['broken.json', '{"format":"callboard-program","version":1,', /JSON/],
    ['no-sessions.json', programOf([]), /session/],
    ['noise.bin', new Uint8Array([0, 1, 2, 255, 254, 0]), /noise\.bin/],
  ];
  for (const command of ['import', 'plan', 'rehearse']) {
    for (const [name, content, about] of bad) {
      it(`ends ${command} of ${name} with 3 and one sentence, and stores nothing`, async () => {
        const file = here.write(name, content);
        const ended = await here.run(command, '--program', file, '--json');
        expect(ended.code).toBe(3);
        expect(sentenceOf(ended)).toMatch(about);
        expect(existsSync(here.data)).toBe(false);
      });
    }
  }

  it('expands no entity of a bomb', async () => {
    copyFileSync(join(fixtures, 'bomb.frab.xml'), join(here.folder, 'bomb.xml'));
    const ended = await here.run('plan', '--program', 'bomb.xml');
    expect(ended.code).toBe(3);
    expect(sentenceOf(ended)).toMatch(/bomb\.xml/);
  });

  it('names the file that is not there', async () => {
    const ended = await here.run('plan', '--program', 'nowhere.json');
    expect(ended.code).toBe(3);
    expect(sentenceOf(ended)).toMatch(/nowhere\.json.*no such file/);
  });

  it('leaves what is in force alone', async () => {
    const other = place();
    expect((await other.run('import')).code).toBe(0);
    other.write('program.json', '[');
    const failed = await other.run('import');
    expect(failed.code).toBe(3);
    expect(sentenceOf(failed)).toMatch(/program\.json/);
    const { out } = await other.run('status', '--json');
    expect((JSON.parse(out) as { program: object }).program).toMatchObject({
      version: 1,
      sessions: 3,
    });
  });
});

describe('a command line or config that is wrong', () => {
  it('tells ten faults of a config at once, each on its line', async () => {
    const faulty = `conference:
  nmae: Meeting
  zone: Europe/Berln
  hashtags: tide
program: 7
site: program.example.org
web: { port: 99999 }
accounts:
  - preview:myspace
  - bluesky:@meeting
leads: [P1M]
quietHours: all night
approval: perhaps
`;
    const here = place({}, faulty);
    const { code, err, out } = await here.run('run');
    expect(code).toBe(2);
    expect(out).toBe('');
    const [summary, ...lines] = err.split('\n');
    expect(summary).toMatch(/^✗ config: \d+ things are wrong\. Correct them and start again\.$/);
    expect(lines.length).toBeGreaterThanOrEqual(10);
    for (const line of lines) expect(line).toMatch(/^ +callboard\.yaml:\d+: .+\.$|\?$/);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('names the place that is wrong, and writes no config that would be refused', async () => {
    const here = place();
    for (const [args, why] of [
      [['--config', '.', 'status'], /^\/\S+: it is a folder\. Name the config file in it\.$/],
      [['migrate', '--to', 'foo'], /^--to: this is no address of a Postgres database/],
      [
        ['init', 'new.yaml', '--yes', '--hashtag', 'two words'],
        /^--hashtag: "two words" is no hashtag/,
      ],
    ] as const) {
      const ended = await here.run(...args);
      expect(ended.code).toBe(2);
      expect(sentenceOf(ended)).toMatch(why);
    }
    expect(existsSync(join(here.folder, 'new.yaml'))).toBe(false);
  });

  it('refuses an unknown zone', async () => {
    const ended = await place().run('plan', '--program', 'program.json', '--zone', 'Mars/Olympus');
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/^✗ command line: --zone: there is no such time zone\. .+\.$/);
  });

  it('suggests the command that was meant', async () => {
    const ended = await place().run('statsu');
    expect(ended).toEqual({
      code: 2,
      out: '',
      err: "✗ callboard: unknown command 'statsu'. Did you mean status? See callboard --help.",
    });
  });

  it.each([
    [['plan', '--al'], "callboard plan: unknown option '--al'. Did you mean --all?"],
    [['show'], "callboard show: missing required argument 'id'."],
    [['feeds', 'publish', '--of'], "callboard feeds publish: unknown option '--of'."],
    [['feeds', 'pub'], "callboard feeds: unknown command 'pub'."],
    [['help', 'pln'], "callboard: unknown command 'pln'. Did you mean plan?"],
    [['help', 'feeds', 'zap'], "callboard feeds: unknown command 'zap'."],
    [['--confg', 'x', 'plan'], "callboard: unknown option '--confg'. Did you mean --config?"],
  ])('names the help of the command that %j means', async (args, said) => {
    const [command = ''] = said.split(':');
    expect(await place().run(...args)).toEqual({
      code: 2,
      out: '',
      err: `✗ ${said} See ${command} --help.`,
    });
  });

  it.each([
    [['hold'], /neither ids nor a choice/],
    [['pause'], /no reason was given/],
    [['migrate', '--to', 'mysql://a:secret@b/c'], /^(?!.*secret).*no address of a Postgres/],
    [['plan', '--network', 'myspace'], /there is no myspace; these are: bluesky, threads/],
    [['plan', '--limit', 'few'], /whole number/],
    [['hold', '--lead', 'soon'], /no lead time/],
    [['hold', '--before', 'noon'], /no moment/],
    [['show'], /missing required argument/],
    [['init', '--zone', 'Nowhere', 'x.yaml'], /no such time zone/],
    [['init', 'x.yaml'], /nobody is there to be asked/],
    [['init'], /a file stands there already/],
  ])('ends %j with 2 and one sentence', async (args, about) => {
    const ended = await place().run(...args);
    expect(ended.code).toBe(2);
    expect(sentenceOf(ended)).toMatch(about);
  });

  it('shows the help without a command, with an example for every command', async () => {
    const here = place();
    const { code, out } = await here.run();
    expect(code).toBe(0);
    const names = [...out.matchAll(/^ {2}([a-z]+) .*/gm)].map(([, name]) => name ?? '');
    expect(names).toContain('rehearse');
    for (const name of names.filter((one) => one !== 'help')) {
      const help = await here.run(name, '--help');
      expect(help.code).toBe(0);
      expect(help.out).toMatch(new RegExp(`Examples:\n.*callboard ${name}`));
    }
  });
});

describe('data that cannot be opened', () => {
  it('says that a file stands where the data folder should be', async () => {
    const here = place();
    here.write('data', 'not a folder');
    for (const command of ['status', 'import', 'run']) {
      const ended = await here.run(command);
      expect(ended.code).toBe(4);
      expect(sentenceOf(ended)).toMatch(/data: a file stands where a folder is needed/);
    }
  });

  it('says that the data folder is a link that leads nowhere', async () => {
    const here = place();
    symlinkSync(join(here.folder, 'gone', 'further'), here.data);
    for (const command of ['import', 'run']) {
      const ended = await here.run(command);
      expect(ended.code).toBe(4);
      expect(sentenceOf(ended)).toMatch(/data: it is not there, and cannot be made/);
    }
  });

  it('says that a folder holds no whole database', async () => {
    const here = place();
    mkdirSync(join(here.data, 'database'), { recursive: true });
    const ended = await here.run('status');
    expect(ended.code).toBe(4);
    expect(sentenceOf(ended)).toMatch(/no whole database/);
  });

  it('refuses a database of a newer version and leaves it as it is', async () => {
    const here = place();
    const database = await openEmbeddedForTest(here.data);
    await database.query(
      `INSERT INTO callboard.migration (name, timestamp) VALUES ('9999-future', 'now')`,
    );
    await database.close();
    const ended = await here.run('status');
    expect(ended.code).toBe(4);
    expect(sentenceOf(ended)).toMatch(/newer Callboard \(it has 9999-future\)/);
    const diagnosis = await here.run('doctor');
    expect(diagnosis.code).toBe(5);
    expect(diagnosis.out).toMatch(/✗ failure +database .*newer Callboard/);
    expect(diagnosis.out).toMatch(/✓ ok +templates/);
    await expect(openDatabase({ folder: here.data })).rejects.toThrow(/newer/);
  });

  it('makes no database when it only looks', async () => {
    const here = place();
    for (const args of [['status'], ['show', 'abcd'], ['hold', '--all'], ['backup', 'b.tgz']]) {
      const ended = await here.run(...args);
      expect(ended.code).toBe(2);
      expect(sentenceOf(ended)).toMatch(/nothing was imported yet/);
    }
    expect(readdirSync(here.folder).sort()).toEqual(['callboard.yaml', 'program.json']);
  });

  it('names an unreachable server without its password', async () => {
    const here = place({ DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/callboard' });
    const ended = await here.run('status');
    expect(ended.code).toBe(4);
    expect(sentenceOf(ended)).toMatch(/^127\.0\.0\.1:1\/callboard: .*cannot be reached/);
    const diagnosis = await here.run('doctor', '--json');
    expect(diagnosis.code).toBe(5);
    expect(diagnosis.out).toMatch(/cannot be reached/);
    expect(diagnosis.out + diagnosis.err).not.toMatch(/secret/);
  });

  it('refuses a backup that is none', async () => {
    const here = place();
    const ended = await here.run('restore', 'program.json');
    expect(ended.code).toBe(4);
    expect(sentenceOf(ended)).toMatch(/no readable backup/);
    expect(existsSync(join(here.data, 'database'))).toBe(false);
  });
});

describe('a port that is taken', () => {
  it('is named by run, which then ends and gives its data back', async () => {
    const here = place();
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const { code, err } = await here.run('run', '--port', String(port));
    taken.close();
    expect(code).toBe(2);
    expect(err.split('\n').at(-1)).toBe(
      `✗ port ${String(port)}: another program listens on it. Choose another with --port or CALLBOARD_PORT.`,
    );
    expect((await here.run('status')).code).toBe(0);
  });
});
