import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type Server } from 'node:http';
import { Ajv } from 'ajv';
import { loadConfig } from '../../src/config/config.js';
import { packageRoot } from '../../src/config/package-root.js';
import type { Changed } from '../../src/operations/change.js';
import type { Finding } from '../../src/operations/doctor/finding.js';
import { replanEdition } from '../../src/operations/replan-edition.js';
import { openEdition, type OpenEdition } from '../../src/operations/open-edition.js';
import type { PlanOutput } from '../../src/operations/plan.js';
import type { Shown } from '../../src/operations/show.js';
import type { Status } from '../../src/operations/status.js';
import { meeting, place, programOf, sentenceOf, sessions, type Ended } from './command-line.js';

// Opening the embedded database takes seconds on a busy machine, and each command does so anew.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** What a command wrote, when it wrote JSON and nothing else. */
function jsonOf({ out, err, code }: Ended): unknown {
  expect({ err, code }).toEqual({ err: '', code: 0 });
  return JSON.parse(out);
}

describe('plan', () => {
  it('gives the whole plan as JSON, in order of due moments, without a database', async () => {
    const here = place();
    const plan = jsonOf(
      await here.run('plan', '--program', 'program.json', '--json'),
    ) as PlanOutput;
    expect(existsSync(here.data)).toBe(false);
    expect(plan.announcements).toHaveLength(12);
    const iso = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$';
    const validate = new Ajv({ strict: false }).compile({
      type: 'object',
      required: ['announcements', 'summary'],
      properties: {
        announcements: {
          type: 'array',
          items: {
            type: 'object',
            required: [
              'id',
              'sessions',
              'network',
              'leadTime',
              'dueAt',
              'expiresAt',
              'text',
              'length',
            ],
            properties: {
              id: { type: 'string', pattern: '^[a-z0-9]{16}$' },
              sessions: { type: 'array', items: { type: 'string' }, minItems: 1 },
              network: { enum: ['bluesky', 'x'] },
              leadTime: { enum: ['P1D', 'PT15M'] },
              dueAt: { type: 'string', pattern: iso },
              expiresAt: { type: 'string', pattern: iso },
              text: { type: 'string' },
              length: {
                type: 'object',
                required: ['used', 'limit', 'unit'],
                properties: {
                  used: { type: 'integer' },
                  limit: { type: 'integer' },
                  unit: { type: 'string' },
                },
              },
            },
          },
        },
        summary: { type: 'object' },
      },
    });
    expect(validate(plan), JSON.stringify(validate.errors)).toBe(true);
    const dues = plan.announcements.map(({ dueAt }) => dueAt);
    expect(dues).toEqual([...dues].sort());
    // A day before at the same time on the clock: 9:00 in Chicago is 14:00 UTC on both days.
    expect(dues[0]).toBe('2031-04-02T14:00:00Z');
    expect(plan.summary).toMatchObject({
      announcements: 12,
      sessions: 3,
      byNetwork: { bluesky: 6, x: 6 },
      byLeadTime: { P1D: 6, PT15M: 6 },
      problems: 0,
    });
  });

  it('plans what is stored nowhere from the config’s own program', async () => {
    const here = place();
    const plan = jsonOf(
      await here.run('plan', '--json', '--network', 'x', '--limit', '2'),
    ) as PlanOutput;
    expect(plan.announcements.map(({ network }) => network)).toEqual(['x', 'x']);
    expect(plan.summary).toMatchObject({ edition: 'tide-meeting', announcements: 6 });
    expect(existsSync(here.data)).toBe(false);
  });

  it('plans a program that is past as if the campaign had begun before it, and says so', async () => {
    const here = place();
    const past = sessions.map((session) => ({
      ...session,
      start: session.start.replace('2031', '2021'),
      end: session.end.replace('2031', '2021'),
    }));
    here.write('past.json', programOf(past));
    const plan = jsonOf(await here.run('plan', '--program', 'past.json', '--json')) as PlanOutput;
    expect(plan.announcements).toHaveLength(12);
    expect(plan.summary.notes).toEqual([
      'All sessions have begun already: planned as if the campaign had begun before the first due moment.',
    ]);
  });

  it('moves the program to now where the config says startsIn', async () => {
    const here = place(
      {},
      meeting.replace(
        'program: program.json',
        'program: { address: program.json, startsIn: PT1H }',
      ),
    );
    const before = Date.now();
    const plan = jsonOf(await here.run('plan', '--json')) as PlanOutput;
    const [first] = plan.announcements;
    expect(plan.summary.edition).toBe('tide-meeting-1');
    expect(Date.parse(first?.dueAt ?? '') - before).toBeGreaterThanOrEqual(45 * 60_000);
    expect(Date.parse(first?.dueAt ?? '') - before).toBeLessThan(47 * 60_000);
  });

  it('groups by the days of the conference and says times on its clock', async () => {
    const { out } = await place().run('plan', '--program', 'program.json');
    expect(out).toMatch(/^first Wed 2 Apr 2031, 09:00 CDT, 14:00 UTC$/m);
    expect(out).toMatch(
      /^Thu 3 Apr 2031\ndue .*\n08:45:00 {2}\S+ +15 minutes +\d+\/\d+ {2}\w{8} {2}Ebb$/m,
    );
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });
});

describe('plan for people', () => {
  it('shows with --texts what is said, and takes a network as it is written there', async () => {
    const here = place();
    const given = ['--program', 'program.json', '--limit', '1'];
    const { announcements } = jsonOf(
      await here.run('plan', ...given, '--network', 'x', '--json'),
    ) as PlanOutput;
    const { id, text } = { text: '', ...announcements[0] };
    const { out } = await here.run('plan', ...given, '--network', 'X', '--texts');
    expect(out).toMatch(
      new RegExp(`^09:00:00 {2}X {2}1 day before {2}${String(id).slice(0, 8)} {2}Ebb$`, 'm'),
    );
    for (const line of text.split('\n')) expect(out).toContain(`\n│ ${line}\n`);
    expect(out).not.toMatch(/callboard status/);
  });
});

describe('import', () => {
  it('tells what it read, what the zone means, and what would begin', async () => {
    const here = place();
    const { code, out } = await here.run('import', '--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/the first session starts Thu 3 Apr 2031, 09:00 CDT, 14:00 UTC/);
    expect(out).toMatch(/^edition tide-meeting · tried only: it would begin this edition$/m);
    expect(existsSync(here.data)).toBe(false);
  });

  it('stores nothing with --strict when something had to be guessed', async () => {
    const here = place();
    const odd = sessions.map((session) => ({ ...session, end: '2031-04-03T13:00:00Z' }));
    here.write('program.json', programOf(odd));
    const ended = await here.run('import', '--strict');
    expect(ended.code).toBe(3);
    expect(ended.out).toMatch(/not stored: --strict allows no problems/);
    expect(ended.out).toMatch(/ends before it starts/);
    expect(existsSync(here.data)).toBe(false);
  });
});

describe('init', () => {
  it('writes a config that loads and plans, and names the next commands', async () => {
    const here = place();
    const { code, out } = await here.run(
      'init',
      'mine.yaml',
      '--name',
      'Tides: 2031 # second',
      '--program',
      'program.json',
      '--zone',
      'America/Chicago',
      '--site',
      'https://tides.example.org',
      '--network',
      'bluesky,threads',
      '--hashtag',
      '#Tides',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/import --dry-run --config mine\.yaml/);
    const config = loadConfig({ file: join(here.folder, 'mine.yaml'), env: {} });
    expect(config.conference).toEqual({
      name: 'Tides: 2031 # second',
      zone: 'America/Chicago',
      hashtags: ['Tides'],
    });
    expect(config.accounts.map(({ account }) => account.id)).toEqual([
      'preview:bluesky',
      'preview:threads',
    ]);
    const plan = jsonOf(await here.run('plan', '--config', 'mine.yaml', '--json')) as PlanOutput;
    expect(plan.summary.conference).toBe('Tides: 2031 # second');
  });

  it('names the schema that is there: of the package beside the config, else of this Callboard', async () => {
    const here = place();
    const schemaOf = async (file: string) => {
      expect((await here.run('init', '--yes', file)).code).toBe(0);
      const text = readFileSync(join(here.folder, file), 'utf8');
      return /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1];
    };
    const ours = (await schemaOf('deep/below/mine.yaml')) ?? 'none';
    expect(realpathSync(join(here.folder, 'deep/below', ours))).toBe(
      realpathSync(join(packageRoot, 'config/callboard.schema.json')),
    );
    mkdirSync(join(here.folder, 'node_modules/callboard/config'), { recursive: true });
    here.write('node_modules/callboard/config/callboard.schema.json', '{}');
    expect(await schemaOf('mine.yaml')).toBe(
      './node_modules/callboard/config/callboard.schema.json',
    );
  });

  it('says of a place where no file can be written what is wrong with it', async () => {
    const here = place();
    mkdirSync(join(here.folder, 'folder'));
    const init = async (...args: string[]) => sentenceOf(await here.run('init', '--yes', ...args));
    for (const args of [['folder'], ['folder', '--force']]) {
      expect(await init(...args)).toMatch(/folder: it is a folder\. Name a file in it, such as /);
    }
    expect(await init('program.json/mine.yaml')).toMatch(
      /program\.json: it is a file, and a folder is needed there\. Name a file elsewhere\.$/,
    );
  });

  it('never replaces a config without --force', async () => {
    const here = place();
    expect(sentenceOf(await here.run('init', '--yes'))).toMatch(/a file stands there already/);
    expect(readFileSync(join(here.folder, 'callboard.yaml'), 'utf8')).toBe(meeting);
    expect((await here.run('init', '--yes', '--force')).code).toBe(0);
    expect(
      loadConfig({ file: join(here.folder, 'callboard.yaml'), env: {} }).accounts,
    ).toHaveLength(4);
  });
});

describe('health', () => {
  const servers: Server[] = [];
  afterAll(() => servers.forEach((server) => server.close()));
  const answering = (status: number, body: string): Promise<string> =>
    new Promise((resolve) => {
      const server = createServer((_request, response) => {
        response.writeHead(status).end(body);
      }).listen(0, '127.0.0.1', () => {
        resolve(String((server.address() as { port: number }).port));
      });
      servers.push(server);
    });

  it.each([
    [200, '{"ok":true}', 0],
    [503, '{"ok":false}', 1],
    [200, '<html>', 1],
  ])('turns an answer of %i %s into exit %i', async (status, body, code) => {
    const port = await answering(status, body);
    expect((await place().run('health', '--port', port)).code).toBe(code);
  });

  it('says what is not well beside the pages', async () => {
    const checks = { database: { ok: true }, publishing: { ok: false, detail: '2 overdue' } };
    const port = await answering(200, JSON.stringify({ ok: true, checks }));
    const { code, out } = await place().run('health', '--port', port);
    expect([code, out]).toEqual([
      0,
      `! http://localhost:${port}/health answers, but publishing: 2 overdue`,
    ]);
  });

  it('is 1 when nobody answers', async () => {
    const ended = await place().run('health', '--port', '1');
    expect(ended.code).toBe(1);
    expect(sentenceOf(ended)).toMatch(/^http:\/\/localhost:1\/health: it does not answer/);
  });
});

describe('doctor without a process', () => {
  it('finds what likely is a slip, and goes on without a database', async () => {
    const here = place({ CALLBOARD_HOST: '0.0.0.0' });
    const { out, code } = await here.run('doctor', '--json');
    const { findings, warnings } = JSON.parse(out) as { findings: Finding[]; warnings: number };
    expect(code).toBe(0);
    expect(warnings).toBe(2);
    expect(findings.filter(({ verdict }) => verdict === 'warning').map(({ area }) => area)).toEqual(
      ['config', 'program'],
    );
    expect(existsSync(here.data)).toBe(false);
  });

  it('fails on a template that breaks and on a source that is gone', async () => {
    const here = place({}, `${meeting}templatesFolder: .\n`);
    here.write('default.liquid', '{{ title');
    expect((await here.run('doctor')).out).toMatch(/✗ failure +templates .*default\.liquid:1/);
    const gone = place({}, meeting.replace('program.json', 'gone.json'));
    const { code, out } = await gone.run('doctor');
    expect(code).toBe(5);
    expect(out).toMatch(/✗ failure +program .*gone\.json: there is no such file/);
    expect(out).toMatch(/tried on the sample conference/);
  });

  it('names live accounts that are not connected before anything was imported', async () => {
    const live = meeting
      .replace('preview:bluesky', 'bluesky:@tide.example')
      .replace('preview:x', 'youtube:@tide');
    const failures = async (env: Record<string, string> = {}) =>
      (await place(env, live).run('doctor')).out.match(/^✗ failure.*$/gm);
    expect(await failures()).toEqual([
      '✗ failure  accounts   bluesky:@tide.example is not connected',
    ]);
    expect(await failures({ CALLBOARD_BLUESKY_APP_PASSWORD: 'abcd-efgh-ijkl-mnop' })).toBeNull();
  });

  it('reports every fault of a config, which cannot be loaded', async () => {
    const { code, out } = await place({}, 'conference: { nmae: A }\n').run('doctor');
    expect(code).toBe(5);
    expect(out).toMatch(/✗ failure +config +callboard\.yaml:1: .*nmae/);
  });
});

describe('commands while a process runs', () => {
  const here = place();
  let owner: OpenEdition | undefined;
  let plan: PlanOutput;

  beforeAll(async () => {
    const begun = await here.run('import');
    expect(begun.out).toMatch(/^edition tide-meeting · begun with version 1$/m);
    expect(begun.out).toMatch(/^plan {6}12 added$/m);
    const config = loadConfig({ cwd: here.folder, env: {} });
    owner = await openEdition(config, { edition: 'begin', queue: 'none' });
    await replanEdition(owner.context);
    plan = jsonOf(await here.run('plan', '--json')) as PlanOutput;
  });
  afterAll(() => owner?.close());

  const status = async () => jsonOf(await here.run('status', '--json')) as Status;
  const idsOf = (network: string) =>
    plan.announcements.filter((one) => one.network === network).map(({ id }) => id);

  it('count and show what stands', async () => {
    expect(await status()).toMatchObject({
      edition: 'tide-meeting',
      counts: { planned: { bluesky: 6, x: 6 } },
      total: 12,
      needsPerson: 0,
      lateness: [],
      program: { version: 1, sessions: 3 },
    });
    const { out } = await here.run('status');
    expect(out).toMatch(/^planned +6 +6 +12$/m);
    expect(out).not.toMatch(/no process runs here/);
    const planned = await here.run('plan');
    expect(planned.out.split('\n')[1]).toBe(
      'what the rules want now; what stands, is held or was posted says callboard status',
    );
    const [id = ''] = idsOf('x');
    const shown = jsonOf(await here.run('show', id.slice(0, 8), '--json')) as Shown;
    expect(shown).toMatchObject({ id, network: 'x', state: 'planned', text: { frozen: false } });
    const story = await here.run('show', id);
    expect(story.out).toMatch(/^session {2}Ebb$/m);
    expect(story.out).toMatch(/as it would be sent now · \d+ of 280 /);
    expect(story.out).toMatch(/^due {6}Wed 2 Apr 2031, 09:00 CDT, 14:00 UTC$/m);
    expect(story.out).toMatch(/:\d\d:\d\d C[DS]T {2}planned {2}by plan$/m);
  });

  it('hold, release, skip and retry what is named', async () => {
    const [id = '', other = ''] = idsOf('bluesky');
    const held = jsonOf(
      await here.run('hold', id, '--reason', 'the speaker is ill', '--json'),
    ) as Changed;
    expect(held).toEqual({
      changed: [{ id, from: 'planned', to: 'held' }],
      refused: [],
      unknown: [],
    });
    expect((await here.run('show', id)).out).toMatch(
      /held +by person +person: the speaker is ill$/m,
    );
    const again = await here.run('hold', id, other);
    expect(again.code).toBe(1);
    expect(again.out).toMatch(
      new RegExp(`! ${id} {2}refused: it is held; hold works on what is planned`),
    );
    expect(again.out).toMatch(/1 announcement held, 1 refused$/);
    expect((await here.run('release', id, other)).code).toBe(0);
    expect((await here.run('skip', id)).out).toMatch(/planned → cancelled/);
    expect((await here.run('retry', id)).out).toMatch(/cancelled → planned/);
    expect((await status()).counts).toEqual({ planned: { bluesky: 6, x: 6 } });
  });

  it('refuse ids that do not exist', async () => {
    for (const verb of ['hold', 'show']) {
      const { code, err } = await here.run(verb, 'nosuchannounceme');
      expect(code).toBe(2);
      expect(err).toMatch(/^✗ announcement nosuchannounceme: .*none with this id\. .*\.$/);
    }
  });

  it('ask before many are changed, and take --yes for an answer', async () => {
    const asked = await here.run('hold', '--network', 'x', '--lead', 'PT15M');
    expect(asked.code).toBe(2);
    expect(sentenceOf(asked)).toMatch(
      /this would change 3 announcements and nobody is there to be asked/,
    );
    expect((await status()).counts).toEqual({ planned: { bluesky: 6, x: 6 } });
    const done = jsonOf(
      await here.run('hold', '--network', 'x', '--after', '2031-04-03T09:00', '--yes', '--json'),
    ) as Changed;
    // Due at 9:45 and 10:45 there; the one at 8:45 is before.
    expect(done.changed).toHaveLength(2);
    expect(
      (jsonOf(await here.run('release', '--all', '--yes', '--json')) as Changed).changed,
    ).toHaveLength(2);
  });

  it('pause with a reason and resume', async () => {
    expect((await here.run('pause', 'fire', 'alarm')).code).toBe(0);
    expect((await status()).paused?.reason).toBe('fire alarm');
    expect((await here.run('status')).out).toMatch(
      /^‖ paused since .*: fire alarm \(callboard resume\)$/m,
    );
    expect((await here.run('resume')).out).toMatch(/goes on/);
    expect((await status()).paused).toBeUndefined();
    expect((await here.run('resume')).out).toMatch(/was not paused/);
  });

  it('follow a program that changed', async () => {
    const [first, second, third] = sessions;
    if (!first || !second || !third) throw new Error('the program has three sessions');
    const moved = { ...second, start: '2031-04-03T18:00:00Z', end: '2031-04-03T18:45:00Z' };
    here.write('program.json', programOf([first, moved, { ...third, title: 'Slack' }]));
    const tried = await here.run('import', '--dry-run');
    expect(tried.out).toMatch(/it differs from version 1 in force/);
    expect(tried.out).toMatch(/^moved · 1 session\n {2}\S+ {2}Flood\n +Thu 3 Apr 10:00 → 13:00$/m);
    expect(tried.out).toMatch(/^retitled · 1 session\n {2}\S+ {2}Slack\n +was: Slack water$/m);
    expect((await status()).program?.version).toBe(1);
    const stored = await here.run('import');
    expect(stored.out).toMatch(/version 2 stored and in force/);
    expect(stored.out).toMatch(/^plan {6}4 moved$/m);
    expect((await here.run('import')).out).toMatch(/nothing new: version 2 stays in force/);
  });

  it('speak of another edition where it is named', async () => {
    const unknown = await here.run('status', '--edition', 'nope');
    expect(unknown.code).toBe(2);
    expect(sentenceOf(unknown)).toMatch(/^edition nope: it is not there; these are: tide-meeting/);
    here.write('other.json', programOf(sessions.slice(0, 1)));
    const begun = await here.run('import', '--program', 'other.json');
    expect(begun.code).toBe(2);
    expect(sentenceOf(begun)).toMatch(/^edition other-json-\w{8}: it is not there/);
  });

  it('look at everything and find nothing wrong', async () => {
    const { out, code } = await here.run('doctor', '--json');
    expect(code).toBe(0);
    const diagnosis = JSON.parse(out) as { by: string; failures: number; findings: Finding[] };
    expect(diagnosis).toMatchObject({ by: 'running process', failures: 0 });
    expect(new Set(diagnosis.findings.map(({ area }) => area))).toEqual(
      new Set([
        'config',
        'accounts',
        'folder',
        'database',
        'clock',
        'queue',
        'program',
        'templates',
      ]),
    );
  });

  it('write a backup that another folder starts from', async () => {
    expect((await here.run('backup', 'kept/backup.tgz')).code).toBe(0);
    const refused = await here.run('backup', '.');
    expect(refused.code).toBe(2);
    expect(sentenceOf(refused)).toMatch(/it is a folder\. Name a file in it/);
    const inUse = await here.run('restore', 'kept/backup.tgz');
    expect(inUse.code).toBe(4);
    expect(sentenceOf(inUse)).toMatch(/the data folder is in use: process \d+ has had it since/);
    expect((await here.run('restore', 'kept/backup.tgz', '--data', 'second')).code).toBe(0);
    const restored = jsonOf(await here.run('status', '--json', '--data', 'second')) as Status;
    expect(restored).toMatchObject({ edition: 'tide-meeting', total: 12, program: { version: 2 } });
  });

  it('refuse a second owner', async () => {
    for (const command of ['run', 'serve', 'work']) {
      const ended = await here.run(command);
      expect(ended.code).toBe(4);
      expect(sentenceOf(ended)).toMatch(/the data folder is in use: process \d+ has had it since/);
    }
  });
});

describe('commands while no process runs', () => {
  it('open the data themselves, and close it again', async () => {
    const here = place();
    expect((await here.run('import')).code).toBe(0);
    const before = await here.run('status');
    expect(before.out).toMatch(/^! no process runs here: nothing is published \(callboard run\)$/m);
    expect(before.out).toMatch(/^planned +6 +6 +12$/m);
    const held = jsonOf(await here.run('hold', '--all', '--yes', '--json')) as Changed;
    expect(held.changed).toHaveLength(12);
    expect((await here.run('pause', '--reason', 'fire')).code).toBe(0);
    const status = jsonOf(await here.run('status', '--json')) as Status;
    expect(status).toMatchObject({
      counts: { held: { bluesky: 6, x: 6 } },
      paused: { reason: 'fire' },
      queue: { backend: 'embedded', depth: { bluesky: 0, x: 0 } },
    });
    const diagnosis = await here.run('doctor');
    expect(diagnosis.code).toBe(0);
    expect(diagnosis.out).toMatch(/✓ ok +database +embedded \(Postgres/);
    // On the clock of the conference, as everywhere.
    expect(diagnosis.out).toMatch(
      /imported \w{3} \d+ \w{3} \d{4}, \d\d:\d\d C[DS]T, \d\d:\d\d UTC$/m,
    );
    expect(diagnosis.out).not.toMatch(/\d\dT\d\d:\d\d/);
    expect((await here.run('backup', 'kept/backup.tgz')).code).toBe(0);
    const restored = await here.run('restore', 'kept/backup.tgz');
    expect(restored.code).toBe(4);
    expect(sentenceOf(restored)).toMatch(/a database stands there already/);
  });
});

describe('a campaign that asks for approval', () => {
  it('says how many wait for release, lists them with their ids, and lets them go', async () => {
    const here = place({}, `${meeting}approval: true\n`);
    await here.run('import');
    const before = await here.run('status');
    expect(before.out).toMatch(/^! 12 announcements wait for release: callboard release --all/m);
    const { out } = await here.run('status', '--needs-person');
    expect(out.match(/^[a-z0-9]{16} .* held +approval +/gm)).toHaveLength(12);
    expect((await here.run('release', '--all', '--yes')).out).toMatch(/12 announcements released$/);
    expect((await here.run('status', '--needs-person')).out).toBe(
      'no announcement waits for a person',
    );
  });
});

describe('editions of one database', () => {
  it('do not mix: a named one is planned with its own title and read from its own source', async () => {
    const here = place();
    here.write('other.json', programOf(sessions.slice(0, 1)));
    expect((await here.run('import')).code).toBe(0);
    const begun = await here.run('import', '--program', 'other.json', '--json');
    const { edition } = jsonOf(begun) as { edition: string };
    expect(edition).toMatch(/^other-json-\w{8}$/);
    const own = jsonOf(await here.run('plan', '--json')) as PlanOutput;
    const other = jsonOf(await here.run('plan', '--edition', edition, '--json')) as PlanOutput;
    expect(own.summary).toMatchObject({ conference: 'Tide Meeting', announcements: 12 });
    expect(other.summary).toMatchObject({ conference: 'The Tides of 2031', announcements: 4 });
    const again = await here.run('import', '--edition', edition);
    expect(again.out).toMatch(new RegExp(`^edition ${edition} · nothing new: version 1`));
  });

  it('are read anew as they were read first, with the options that they were begun with', async () => {
    const here = place();
    here.write('tides.txt', 'Title,Date,Start\nEbb,3/4/2031,09:00\nFlood,3/4/2031,10:00\n');
    const file = ['--program', 'tides.txt'];
    const options = ['--format', 'spreadsheet', '--zone', 'Europe/Lisbon', '--date-order', 'dmy'];
    const begun = await here.run('import', ...file, ...options, '--json');
    const { edition } = jsonOf(begun) as { edition: string };
    const same = new RegExp(`^edition ${edition} · nothing new: version 1`);
    expect((await here.run('import', '--edition', edition)).out).toMatch(same);
    expect((await here.run('import', ...file)).out).toMatch(same);
    const { out } = await here.run('doctor', '--edition', edition);
    expect(out).toMatch(/tides\.txt can be read: spreadsheet, 2 sessions$/m);
    expect(out).not.toMatch(/something newer/);
    // Also where another config is at hand than the one that it was made from.
    here.write('table.csv', 'Talk,When,Starts\nEbb,3/4/2031,9:00\n');
    const columns = '{ title: Talk, date: When, start: Starts }';
    const program = `{ address: table.csv, dateOrder: dmy, columns: ${columns} }`;
    const tides = meeting.replace('Tide Meeting', 'Tides').replace('program.json', program);
    here.write('tides.yaml', tides);
    expect((await here.run('import', '--config', 'tides.yaml')).code).toBe(0);
    expect((await here.run('import', '--edition', 'tides')).out).toMatch(/nothing new: version 1/);
    // What is said now counts.
    const moved = await here.run('import', ...file, '--zone', 'America/Chicago');
    expect(moved.out).toMatch(/version 2 stored and in force/);
    expect((await here.run('import', '--edition', edition)).out).toMatch(/nothing new: version 2/);
  });
});
