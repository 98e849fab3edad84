import { humaneCaps, usualAttachments } from '../../src/campaign/account-manners.js';
import type { Network } from '../../src/campaign/network.js';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { campaignFrom } from '../../src/config/campaign.js';
import { loadConfig } from '../../src/config/config.js';
import { editionFor } from '../../src/config/edition.js';
import { packageRoot } from '../../src/config/package-root.js';
import { folderWith, load, minimal } from './config-error.js';

const nothing = { units: [], types: [], rooms: [] };

/** What an account has without a word in the file. */
const usualManners = (network: Network) => ({
  links: 'always',
  attach: usualAttachments[network],
  caps: humaneCaps[network],
});

describe('a config', () => {
  it('of seven lines is enough', () => {
    const folder = folderWith(minimal);
    expect(loadConfig({ cwd: folder, env: {} })).toEqual({
      file: join(folder, 'callboard.yaml'),
      conference: { name: 'Meeting 2026', zone: 'America/Chicago', hashtags: [] },
      program: { address: 'https://example.org/program.json', rereadMs: 300_000, replaced: false },
      site: 'https://program.example.org',
      web: { host: '127.0.0.1', port: 4680 },
      accounts: [
        {
          account: { id: 'preview:bluesky', network: 'bluesky', mode: 'preview' },
          leads: [
            { leadTime: 'P7D', template: 'bluesky/P7D', grace: 'PT24H' },
            { leadTime: 'P1D', template: 'bluesky/P1D', grace: 'PT3H' },
            { leadTime: 'PT1H', template: 'bluesky/PT1H', grace: 'PT15M' },
            { leadTime: 'PT15M', template: 'bluesky/PT15M', grace: 'PT3M' },
          ],
          only: nothing,
          except: nothing,
          ...usualManners('bluesky'),
        },
      ],
      organizer: {},
      approval: false,
      holdWithoutRoom: false,
      dataFolder: join(folder, 'data'),
      credentials: {},
      logLevel: 'info',
    });
  });

  it('may say everything', () => {
    const folder = folderWith(`
conference:
  name: " Meeting 2026 "
  zone: Europe/Berlin
  hashtags: ['#Meeting26', Ökologie]
  unitLabel: Division
  language: de
edition: meeting-26
program:
  address: program/schedule.ics
  format: ical
  zone: Europe/Vienna
  reread: PT10M
  startsIn: PT15M10S
site: https://program.example.org/2026/
web: { host: 0.0.0.0, port: 8080 }
leads: [PT15M, P1D]
graces: { P1D: PT2H }
accounts:
  - account: preview:x
    links: first-lead-only
    attach: nothing
  - account: preview:youtube
    way: broadcast
    leads: [PT60M, P1W]
    graces: { PT1H: PT10M }
    templates: { P7D: youtube/week }
    only: { units: [Theory], types: [Panel] }
    except: { rooms: [Foyer] }
    pace: { posts: 5, per: PT1M }
    textLimit: 1200
  - account: bluesky:@meeting.example.org
    caps: { perHour: 20, usd: 1.5 }
    server: https://pds.example.org/
organizer: { email: you@example.org, webhook: https://hooks.example.org/a }
quietHours: 22:00 - 07:00
approval: true
holdWithoutRoom: true
templatesFolder: my-templates
dataFolder: store
`);
    expect(loadConfig({ cwd: folder, env: {} })).toEqual({
      file: join(folder, 'callboard.yaml'),
      conference: {
        name: 'Meeting 2026',
        zone: 'Europe/Berlin',
        hashtags: ['Meeting26', 'Ökologie'],
        unitLabel: 'Division',
        language: 'de',
      },
      edition: 'meeting-26',
      program: {
        address: join(folder, 'program/schedule.ics'),
        format: 'ical',
        zone: 'Europe/Vienna',
        rereadMs: 600_000,
        startsInMs: 910_000,
        replaced: false,
      },
      site: 'https://program.example.org/2026',
      web: { host: '0.0.0.0', port: 8080 },
      accounts: [
        {
          account: { id: 'preview:x', network: 'x', mode: 'preview' },
          leads: [
            { leadTime: 'P1D', template: 'x/P1D', grace: 'PT2H' },
            { leadTime: 'PT15M', template: 'x/PT15M', grace: 'PT3M' },
          ],
          only: nothing,
          except: nothing,
          ...usualManners('x'),
          links: 'first-lead-only',
          attach: 'nothing',
        },
        {
          account: { id: 'preview:youtube', network: 'youtube', mode: 'preview' },
          leads: [
            { leadTime: 'P7D', template: 'youtube/week', grace: 'PT24H' },
            { leadTime: 'PT1H', template: 'youtube/PT1H', grace: 'PT10M' },
          ],
          only: { units: ['Theory'], types: ['Panel'], rooms: [] },
          except: { units: [], types: [], rooms: ['Foyer'] },
          pace: { posts: 5, perMs: 60_000 },
          textLimit: 1200,
          ...usualManners('youtube'),
          way: 'broadcast',
        },
        {
          account: {
            id: 'bluesky:@meeting.example.org',
            network: 'bluesky',
            mode: 'live',
            handle: 'meeting.example.org',
          },
          leads: [
            { leadTime: 'P1D', template: 'bluesky/P1D', grace: 'PT2H' },
            { leadTime: 'PT15M', template: 'bluesky/PT15M', grace: 'PT3M' },
          ],
          only: nothing,
          except: nothing,
          ...usualManners('bluesky'),
          pace: { posts: 1, perMs: 1_000 },
          caps: { ...humaneCaps.bluesky, perHour: 20, microUsd: 1_500_000 },
          server: 'https://pds.example.org',
        },
      ],
      organizer: { email: 'you@example.org', webhook: 'https://hooks.example.org/a' },
      quietHours: { from: '22:00', to: '07:00' },
      approval: true,
      holdWithoutRoom: true,
      templatesFolder: join(folder, 'my-templates'),
      dataFolder: join(folder, 'store'),
      credentials: {},
      logLevel: 'info',
    });
  });

  it('is frozen to the bottom', () => {
    const config = load(minimal);
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.accounts[0]?.leads[0])).toBe(true);
    expect(() => Object.assign(config.web, { port: 1 })).toThrow(TypeError);
  });

  it('yields to the environment, which yields to the command line', () => {
    const text = `${minimal}web: { host: localhost, port: 4000 }\ndataFolder: store\n`;
    const env = {
      CALLBOARD_PORT: '5000',
      CALLBOARD_HOST: '0.0.0.0',
      CALLBOARD_DATA: 'elsewhere',
      CALLBOARD_LOG: 'error',
      DATABASE_URL: 'postgres://cb:pw@db:5432/callboard',
      REDIS_URL: 'rediss://redis:6380',
    };
    const folder = folderWith(text);
    const config = loadConfig({ cwd: folder, env });
    expect(config).toMatchObject({
      web: { host: '0.0.0.0', port: 5000 },
      dataFolder: join(folder, 'elsewhere'),
      logLevel: 'error',
      databaseUrl: 'postgres://cb:pw@db:5432/callboard',
      redisUrl: 'rediss://redis:6380',
    });
    const overrides = {
      port: '6000',
      host: '::1',
      dataFolder: '/srv/cb',
      logLevel: 'warn',
    } as const;
    expect(loadConfig({ cwd: folder, env, overrides })).toMatchObject({
      web: { host: '::1', port: 6000 },
      dataFolder: '/srv/cb',
      logLevel: 'warn',
    });
  });

  it('takes empty variables for none', () => {
    const config = load(minimal, { env: { DATABASE_URL: '', CALLBOARD_PORT: ' ', REDIS_URL: '' } });
    expect(config.web.port).toBe(4680);
    expect(config).not.toHaveProperty('databaseUrl');
    expect(config).not.toHaveProperty('redisUrl');
  });

  it('sends readers to this machine when no site is named, at the port that is used', () => {
    const text = minimal.replace(/site:.*\n/, '');
    expect(load(text).site).toBe('http://localhost:4680');
    expect(load(text, { overrides: { port: 5001, host: '0.0.0.0' } }).site).toBe(
      'http://localhost:5001',
    );
  });

  it('is found by argument, by environment, in the folder, in its config folder, and last is the sample’s', () => {
    const named = (name: string) => minimal.replace('Meeting 2026', name);
    const folder = folderWith(named('Here'));
    const other = folderWith(named('Other'), 'other.yaml');
    const env = { CALLBOARD_CONFIG: join(other, 'other.yaml') };
    const nameOf = (sources: Parameters<typeof loadConfig>[0]) =>
      loadConfig({ env: {}, ...sources }).conference.name;
    expect(nameOf({ cwd: folder })).toBe('Here');
    expect(nameOf({ cwd: folder, env })).toBe('Other');
    expect(nameOf({ cwd: other, file: join(folder, 'callboard.yaml'), env })).toBe('Here');
    expect(nameOf({ cwd: packageRoot })).toBe('Lights at Sea 2026');
    expect(nameOf({ cwd: mkdtempSync(join(tmpdir(), 'callboard-config-')) })).toBe(
      'Lights at Sea 2026',
    );
  });
});

describe('the sample’s config', () => {
  const config = loadConfig({ file: join(packageRoot, 'config/callboard.yaml'), env: {} });

  it('announces the sample on four previews at four lead times, with the first posts 10 seconds after the start', () => {
    expect(config.accounts.map(({ account, leads }) => [account.id, leads.length])).toEqual([
      ['preview:bluesky', 4],
      ['preview:threads', 4],
      ['preview:x', 4],
      ['preview:youtube', 4],
    ]);
    expect(config.program).toEqual({
      address: join(packageRoot, 'config/sample-conference.json'),
      rereadMs: 300_000,
      startsInMs: 910_000,
      replaced: false,
    });
    expect(config.site).toBe('http://localhost:4680');
    expect(editionFor(config)).toBe('sample');
  });
});

describe('a program from the command line', () => {
  const text = `${minimal}edition: meeting-26\n`.replace(
    'program: https://example.org/program.json',
    'program: { address: p.json, format: callboard, zone: Asia/Tokyo, reread: PT1H, startsIn: PT1H }',
  );
  const replaced = (program: string) => load(text, { overrides: { program } });

  it('leaves accounts and rules in force, and nothing that speaks of the other conference', () => {
    const config = replaced('https://example.net/schedule.xml');
    expect(config.conference).toEqual({ hashtags: [] });
    expect(config.edition).toBeUndefined();
    expect(config.program).toEqual({
      address: 'https://example.net/schedule.xml',
      rereadMs: 3_600_000,
      replaced: true,
    });
    expect(config.accounts).toEqual(load(text).accounts);
    expect(config.site).toBe('https://program.example.org');
  });

  it('may be given with its format and zone, and is looked for where the command runs', () => {
    const overrides = { program: 'some/schedule.ics', format: 'ical', zone: 'Europe/Rome' };
    const config = loadConfig({
      cwd: folderWith(text),
      env: {},
      file: join(folderWith(text), 'callboard.yaml'),
      overrides,
    });
    expect(config.program.address).toMatch(/\/some\/schedule\.ics$/);
    expect(config.program.address.startsWith(config.file.replace('/callboard.yaml', ''))).toBe(
      false,
    );
    expect(config.program).toMatchObject({ format: 'ical', zone: 'Europe/Rome' });
  });

  it('is an edition of its own, the same one each time', () => {
    const address = 'https://example.net/schedule.xml';
    expect(editionFor(replaced(address))).toBe('example-net-4a2d4bff');
    expect(editionFor(load(text), address)).toBe('example-net-4a2d4bff');
    expect(editionFor(replaced('https://example.net/other.xml'))).not.toBe(
      editionFor(replaced(address)),
    );
    expect(editionFor(replaced('https://me:secret@example.net/schedule.xml#x'))).toBe(
      'example-net-4a2d4bff',
    );
    expect(editionFor(load(text), '39c3.frab.json', '/srv/one')).toMatch(
      /^39c3-frab-json-[0-9a-f]{8}$/,
    );
    expect(editionFor(load(text), '39c3.frab.json', '/srv/one')).not.toBe(
      editionFor(load(text), '39c3.frab.json', '/srv/two'),
    );
    expect(editionFor(load(text), '../two/39c3.frab.json', '/srv/one')).toBe(
      editionFor(load(text), 'file:///srv/two/39c3.frab.json', '/srv/one'),
    );
  });
});

describe('an edition', () => {
  const of = (name: string) =>
    editionFor(load(minimal.replace('Meeting 2026', JSON.stringify(name))));

  it('is named by the config, else by the conference', () => {
    expect(editionFor(load(`${minimal}edition: meeting-26\n`))).toBe('meeting-26');
    expect(of('Jahrestagung für Ökologie & Maß 2026!')).toBe('jahrestagung-fur-okologie-mass-2026');
    expect(of('x'.repeat(100))).toBe('x'.repeat(40));
    expect(of('日本政治学会')).toMatch(/^conference-[0-9a-f]{8}$/);
    expect(of('日本政治学会')).not.toBe(of('日本選挙学会'));
  });
});

describe('a campaign', () => {
  const given = { edition: 'meeting-26', beganAt: 1_800_000_000_000 };

  it('has what the config says, before what the program says', () => {
    const config = load(`${minimal}quietHours: 22:00-07:00\n`);
    const program = { title: 'Program', zone: 'Asia/Tokyo', language: 'ja', unitLabel: 'SIG' };
    expect(campaignFrom(config, { ...given, ...program })).toEqual({
      edition: 'meeting-26',
      conference: {
        name: 'Meeting 2026',
        zone: 'America/Chicago',
        hashtags: [],
        unitLabel: 'SIG',
        language: 'ja',
        wordsIn: 'en',
      },
      site: 'https://program.example.org',
      beganAt: 1_800_000_000_000,
      accounts: config.accounts,
      quietHours: { from: '22:00', to: '07:00' },
      approval: false,
      holdWithoutRoom: false,
    });
  });

  it('says the words within sentences in its own language where its templates are its own', () => {
    const own = load(`${minimal}templatesFolder: own\n`);
    expect(campaignFrom(own, { ...given, language: 'ja' }).conference).not.toHaveProperty(
      'wordsIn',
    );
    expect(
      campaignFrom(load(minimal), { ...given, language: 'en-US' }).conference,
    ).not.toHaveProperty('wordsIn');
  });

  it('refuses a language that nobody knows how to say dates in', () => {
    for (const language of ['french', 'zz-QQ', 'e']) {
      expect(() =>
        load(minimal.replace('conference:', `conference:\n  language: ${language}`)),
      ).toThrow(/is no language tag/);
    }
  });

  it('has what is usual where neither says a thing', () => {
    const config = load(minimal, { overrides: { program: 'p.json' } });
    expect(campaignFrom(config, given).conference).toEqual({
      name: 'meeting-26',
      zone: 'UTC',
      hashtags: [],
      unitLabel: 'Track',
      language: 'en',
    });
  });
});
