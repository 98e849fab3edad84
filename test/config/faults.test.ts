import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { errorOf, folderWith, load, minimal } from './config-error.js';

/** The lines of the error's message, for this text. */
const linesOf = (text: string | Uint8Array, env: Readonly<Record<string, string>> = {}) =>
  errorOf(() => load(text, { env })).message.split('\n');

describe('a wrong config', () => {
  it('tells ten faults at once, each with its line and what to do', () => {
    const text = `conference:
  nam: Meeting
  zone: Europe/Berln
  hashtags: [2026, 'two words']
program: webcal://example.org/x.ics
site: example.org
leads: [P1D, 15m, PT24H, P1D]
accounts:
  - preview:tread
  - account: preview:x
    lead: [P1D]
    textLimit: 200
  - bluesky:@meeting
  - preview:x
approval: yes
quietHours: 22:00-22:00
`;
    const error = errorOf(() => load(text));
    expect(error.code).toBe('config-invalid');
    expect(error.exit).toBe('usage');
    expect(error.message.split('\n')).toEqual([
      'config: 15 things are wrong. Correct them and start again.',
      '  callboard.yaml:2: conference.nam: there is no such setting. Did you mean `name`?',
      '  callboard.yaml:3: conference.zone: "Europe/Berln" is no time zone. Did you mean `Europe/Berlin`?',
      "  callboard.yaml:4: conference.hashtags[0]: it must be a text, not a number. Put it in quotes: '2026'.",
      '  callboard.yaml:4: conference.hashtags[1]: "two words" is no hashtag. Use letters, digits and _ only, and not digits alone.',
      '  callboard.yaml:5: program: webcal:// is not read. Name a file or an http(s) address.',
      '  callboard.yaml:6: site: it is no web address. Begin with https:// or http://.',
      '  callboard.yaml:7: leads[1]: "15m" is no lead time. Did you mean `PT15M`?',
      '  callboard.yaml:7: leads[3]: the same lead time stands here twice. Leave one of the two out.',
      '  callboard.yaml:9: accounts[0]: "preview:tread" is no account. Did you mean `preview:threads`?',
      '  callboard.yaml:11: accounts[1].lead: there is no such setting. Did you mean `leads`?',
      '  callboard.yaml:12: accounts[1].textLimit: x has no such setting. Leave it out; it is for YouTube accounts only.',
      '  callboard.yaml:13: accounts[2]: "bluesky:@meeting" is no account: a handle of Bluesky is a domain. Did you mean `bluesky:@meeting.bsky.social`?',
      '  callboard.yaml:14: accounts[3]: the same account stands here twice. Leave one of the two out.',
      '  callboard.yaml:15: approval: it must be true or false, not a text. Write true or false, without quotes.',
      '  callboard.yaml:16: quietHours: they begin and end at the same time. Write two times, such as 22:00-07:00, or leave quietHours out.',
    ]);
    expect(error.faults).toHaveLength(15);
    expect(error.faults[1]).toEqual({
      source: 'callboard.yaml',
      line: 3,
      setting: 'conference.zone',
      problem: '"Europe/Berln" is no time zone',
      hint: 'Did you mean `Europe/Berlin`?',
    });
  });

  it.each([
    ['bluesky:meeting', 'bluesky:@meeting.bsky.social'],
    ['bluesky:@meeting', 'bluesky:@meeting.bsky.social'],
    ['Bluesky:@meeting', 'bluesky:@meeting.bsky.social'],
    ['bluesky@meeting', 'bluesky:@meeting.bsky.social'],
    ['bluesky:tide.example', 'bluesky:@tide.example'],
    ['x:meeting', 'x:@meeting'],
    ['Threads', 'preview:threads'],
  ])('suggests for the account %s one that is accepted when pasted', (written, suggested) => {
    const named = (account: string) => minimal.replace('preview:bluesky', `'${account}'`);
    const [line = ''] = linesOf(named(written));
    expect(/Did you mean `(.+)`\?$/.exec(line)?.[1]).toBe(suggested);
    expect(load(named(suggested)).accounts[0]?.account.id).toBe(suggested);
  });

  it('suggests no lead time that would be refused', () => {
    const lead = (text: string) => linesOf(`${minimal}leads: ['${text}']\n`)[0];
    expect(lead('90 min')).toMatch(/Did you mean `PT90M`\?$/);
    expect(lead('400 days')).toMatch(/no lead time\. Write P7D .* at most P366D\.$/);
  });

  it('tells a single fault in one sentence', () => {
    expect(linesOf(minimal.replace('zone: America/Chicago', 'zone: Chicago'))).toEqual([
      'callboard.yaml:3: conference.zone: "Chicago" is no time zone. Use a name of the IANA list, such as Europe/Berlin.',
    ]);
  });

  it('tells what is missing, at the place where it belongs', () => {
    expect(linesOf('\n\nconference:\n  zone: Europe/Berlin\nprogram: {}\naccounts: []\n')).toEqual([
      'config: 3 things are wrong. Correct them and start again.',
      '  callboard.yaml:3: conference.name: it is missing. Add `name:` below conference.',
      '  callboard.yaml:5: program.address: it is missing. Add `address:` below program.',
      '  callboard.yaml:6: accounts: it must be at least 1 entry. Write one on a line that begins with -.',
    ]);
  });

  it('tells wrong kinds of value in plain words', () => {
    const text = `conference: Meeting
program: [a.json]
accounts: preview:x
leads: P1D
web: { port: high }
quietHours: { from: 25:00 }
graces: { PT15: PT3M, P1D: 3h }
`;
    expect(linesOf(text).slice(1)).toEqual([
      '  callboard.yaml:1: conference: it must be a group of settings, not a text. Write its settings below it, each on a line of its own.',
      '  callboard.yaml:2: program: it must be a group of settings, not a list. Write its settings below it, each on a line of its own.',
      '  callboard.yaml:3: accounts: it must be a list, not a text. Write each entry on a line that begins with -.',
      '  callboard.yaml:4: leads: it must be a list, not a text. Write each entry on a line that begins with -.',
      '  callboard.yaml:5: web.port: it must be a number, not a text. Write it in digits, without quotes.',
      '  callboard.yaml:6: quietHours.from: "25:00" is no time of day. Write HH:MM, such as 07:30.',
      '  callboard.yaml:6: quietHours.to: it is missing. Add `to:` below quietHours.',
      '  callboard.yaml:7: graces.PT15: "PT15" is no lead time. Write P7D for 7 days, PT1H for an hour, PT15M for 15 minutes, at most P366D.',
      '  callboard.yaml:7: graces.P1D: "3h" is no ISO 8601 duration of days, hours and minutes. Write PT15M for 15 minutes, PT1H for an hour, P1D for a day.',
    ]);
  });

  it('tells rules for a lead time that the account does not have', () => {
    const text = `${minimal.replace('  - preview:bluesky\n', '')}  - account: preview:bluesky
    leads: [P1D, PT60M]
    graces: { PT1H: PT5M, PT15M: PT2M }
    templates:
      P2D: bluesky/two
`;
    expect(linesOf(text).slice(1)).toEqual([
      '  callboard.yaml:9: accounts[0].graces.PT15M: this account has no lead time PT15M. Its lead times are P1D, PT1H.',
      '  callboard.yaml:11: accounts[0].templates.P2D: this account has no lead time P2D. Its lead times are P1D, PT1H.',
    ]);
  });

  it('tells what is no YAML, with the line', () => {
    expect(linesOf('conference:\n  name: "Meeting\nprogram: x\n')[0]).toMatch(
      /^callboard\.yaml:\d+: /,
    );
    expect(linesOf('conference: {name: a}\nconference: {name: b}\n')).toEqual([
      'callboard.yaml:2: Map keys must be unique. Check indentation, quotes and colons there.',
    ]);
    expect(linesOf('conference: !!js/function "x"\n')[0]).toMatch(
      /^callboard\.yaml:1: Unresolved tag/,
    );
  });

  it('is refused when it is empty, a bare text, not UTF-8, a bomb of aliases, or not there', () => {
    expect(linesOf('# only a comment\n')).toEqual([
      'callboard.yaml:1: the file is empty. Write a starter with `callboard init`.',
    ]);
    expect(linesOf('hello\n')).toEqual([
      'callboard.yaml:1: it must be a group of settings, not a text. Write its settings below it, each on a line of its own.',
    ]);
    expect(linesOf(new Uint8Array([0x61, 0x3a, 0x20, 0xff, 0xfe]))).toEqual([
      'callboard.yaml: it is not written in UTF-8. Save it as UTF-8.',
    ]);
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (const [one, next] of ['a b', 'b c', 'c d', 'd e', 'e f'].map((pair) => pair.split(' '))) {
      bomb.push(
        `${next ?? ''}: &${next ?? ''} [${Array(10)
          .fill(`*${one ?? ''}`)
          .join(', ')}]`,
      );
    }
    expect(linesOf(bomb.join('\n'))[0]).toMatch(/^callboard\.yaml:1: Excessive alias count/);
    const empty = mkdtempSync(join(tmpdir(), 'callboard-config-'));
    const missing = errorOf(() => loadConfig({ cwd: empty, file: 'none.yaml', env: {} }));
    expect(missing.message).toBe(
      'none.yaml: there is no such file. Write one with `callboard init`, or name another with --config.',
    );
    const folder = errorOf(() => loadConfig({ cwd: empty, file: empty, env: {} }));
    expect(folder.message).toMatch(/: it is a folder\. Name the config file in it\.$/);
  });

  it('cannot reach the prototype of anything', () => {
    expect(linesOf(`${minimal}__proto__: { approval: true }\nconstructor: 1\n`)).toHaveLength(3);
  });

  it('is told together with what is wrong in the environment and on the command line', () => {
    const overrides = {
      port: '99999',
      program: 'ftp://x/y',
      zone: 'Nowhere',
      site: 'x',
      host: 'a b',
    };
    const error = errorOf(() =>
      load(minimal.replace('preview:bluesky', 'preview:blusky'), {
        env: { CALLBOARD_PRT: '1', CALLBOARD_TEST_DATABASE_URL: 'x', CALLBOARD_REAL_PROGRAMS: 'x' },
        overrides,
      }),
    );
    expect(error.message.split('\n').slice(1)).toEqual([
      '  callboard.yaml:7: accounts[0]: "preview:blusky" is no account. Did you mean `preview:bluesky`?',
      '  environment: CALLBOARD_PRT: there is no such setting. Did you mean `CALLBOARD_PORT`?',
      '  command line: --program: ftp:// is not read. Give a file or an http(s) address.',
      '  command line: --zone: there is no such time zone. Use a name such as Europe/Berlin.',
      '  command line: --port: it is no port. Write a number from 1 to 65535.',
      '  command line: --host: it is no address to listen on. Write 127.0.0.1 or 0.0.0.0.',
      '  command line: --site: it is no web address. Begin with https:// and leave out user, ? and #.',
    ]);
  });
});

describe('a wrong environment', () => {
  it('is told without the secrets in it', () => {
    const env = {
      DATABASE_URL: 'mysql://cb:hunter2@db/callboard',
      REDIS_URL: 'hunter2@redis',
      CALLBOARD_PORT: '0x10',
      CALLBOARD_HOST: 'http://localhost',
      CALLBOARD_LOG: 'loud',
      CALLBOARD_WHATEVER_ELSE: 'hunter2',
    };
    const error = errorOf(() => load(minimal, { env }));
    expect(error.message.split('\n').slice(1)).toEqual([
      '  environment: DATABASE_URL: it is no address of a Postgres server. Write postgres://user:password@host:5432/database; % and other signs in a password are written as %25 and so on.',
      '  environment: REDIS_URL: it is no address of a Redis server. Write redis://host:6379, or rediss:// with TLS.',
      '  environment: CALLBOARD_PORT: it is no port. Write a number from 1 to 65535.',
      '  environment: CALLBOARD_HOST: it is no address to listen on. Write 127.0.0.1 for this machine only, or 0.0.0.0 for all networks.',
      '  environment: CALLBOARD_LOG: there is no such level. Use one of info, warn, error, silent.',
      '  environment: CALLBOARD_WHATEVER_ELSE: there is no such setting. docs/configuration.md lists those that there are.',
    ]);
    expect(JSON.stringify(error.faults)).not.toContain('hunter2');
  });

  it('includes a password with a stray %', () => {
    const env = { DATABASE_URL: 'postgres://cb:100%25@db/x', REDIS_URL: 'redis://:50%@redis' };
    expect(errorOf(() => load(minimal, { env })).faults.map((fault) => fault.setting)).toEqual([
      'REDIS_URL',
    ]);
  });
});

describe('the place of a fault', () => {
  it('is the file as a person there would call it', () => {
    const folder = folderWith('x: 1');
    const inside = errorOf(() => loadConfig({ cwd: folder, env: {} }));
    expect(inside.faults[0]?.source).toBe('callboard.yaml');
    const outside = errorOf(() =>
      loadConfig({ cwd: '/', file: join(folder, 'callboard.yaml'), env: {} }),
    );
    expect(outside.faults[0]?.source).toBe(join(folder, 'callboard.yaml').slice(1));
  });
});
