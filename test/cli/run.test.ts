import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { meeting, place } from './command-line.js';

// Whole processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const tsx = fileURLToPath(import.meta.resolve('tsx'));

/** Starts the command line as a process of its own, from source. */
function spawned(cwd: string, ...args: string[]) {
  const child = spawn(process.execPath, ['--import', tsx, main, ...args], {
    cwd,
    env: { PATH: process.env.PATH },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, out, err }));
  return { child, ended, err: () => err };
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return String(port);
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 1_200; tries += 1) {
    if (condition()) return;
    await wait(50);
  }
  throw new Error(`never came: ${what}`);
}

describe('run', () => {
  it('publishes, answers commands meanwhile, and ends cleanly when asked', async () => {
    // The first announcement is due five seconds after the start.
    const config = meeting
      .replace('program: program.json', 'program: { address: program.json, startsIn: PT15M5S }')
      .replace('[P1D, PT15M]', '[PT15M]');
    const here = place({}, config);
    const port = await freePort();
    const running = here.start('run', '--port', port);
    await until(() => running.out().includes('/preview'), 'the address of the pages');
    expect((await here.run('health', '--port', port)).code).toBe(0);
    await until(() => (running.out().match(/● .*Ebb/g) ?? []).length === 2, 'two posts');
    const { out } = await here.run('status', '--json');
    expect((JSON.parse(out) as { counts: object }).counts).toEqual({
      planned: { bluesky: 2, x: 2 },
      published: { bluesky: 1, x: 1 },
    });
    running.end();
    const ended = await running.ended;
    expect(ended.code).toBe(0);
    expect(ended.err.split('\n').at(-1)).toBe('ending: letting what is under way finish …');
    expect((await here.run('health', '--port', port)).code).toBe(1);
  });

  it('says at the first reading what was guessed and left out', async () => {
    const here = place();
    here.write('tides.csv', 'Title,Date,Start\nEbb,2031-04-03,09:00\nSlack water,soon,11:00\n');
    const running = here.start('run', '--program', 'tides.csv', '--port', await freePort());
    await until(() => running.out().includes('/preview'), 'the address of the pages');
    running.end();
    const { out } = await running.ended;
    expect(out).toMatch(/^tides · edition tides-csv-\w{8}, begun now$/m);
    expect(out).toMatch(/^! the source says no time zone, so UTC is assumed\. .* --zone /m);
    expect(out).toMatch(
      /^! 1 entry of the program was left out\. See why with: callboard import /m,
    );
  });

  describe('on a site that is not this machine’s', () => {
    const config = `${meeting}site: https://meeting.example.org/program\n`;

    it.each(['run', 'serve'])('%s tells its terminal a key to the posts', async (command) => {
      const here = place({}, config);
      const port = await freePort();
      const running = here.watch(command, '--port', port);
      await until(() => running.out().includes('/preview'), 'the address of the pages');
      const [, address = '', key = ''] =
        /^→ (\S+\/preview\?key=([\w-]{22,})) the posts$/m.exec(running.out()) ?? [];
      expect(address).toBe(`http://localhost:${port}/program/preview?key=${key}`);
      const entered = await fetch(address, { redirect: 'manual' });
      expect(entered.status).toBe(303);
      const [cookie = ''] = entered.headers.getSetCookie();
      const page = `http://localhost:${port}${entered.headers.get('location') ?? ''}`;
      const seen = await fetch(page, { headers: { cookie: cookie.split(';')[0] ?? '' } });
      expect([seen.status, seen.url]).toEqual([200, `http://localhost:${port}/program/preview`]);
      expect(await seen.text()).not.toContain(key);
      for (const asked of [
        ['status', '--json'],
        ['doctor', '--json'],
        ['health', '--port', port],
      ]) {
        const { out, err } = await here.run(...asked);
        expect(out + err).not.toContain(key);
      }
      running.end();
      const { out, err } = await running.ended;
      expect((out + err).split(key)).toHaveLength(2);
    });

    it('writes no key where a log may be, and says who sees the posts', async () => {
      const here = place({}, config);
      const port = await freePort();
      const running = here.start('run', '--port', port);
      await until(() => running.out().includes('/preview'), 'the address of the pages');
      running.end();
      const { out, err } = await running.ended;
      expect(out.split('\n')).toContain(
        `→ http://localhost:${port}/program/preview the posts, for organizers who sign in (callboard invite)`,
      );
      expect(out + err).not.toMatch(/key/);
    });

    it('tells no key where it could not be used', async () => {
      const here = place({}, `${config}web: { trustProxy: [127.0.0.1] }\n`);
      const running = here.watch('run', '--port', await freePort());
      await until(() => running.out().includes('/preview'), 'the address of the pages');
      running.end();
      expect((await running.ended).out).toMatch(/\/preview the posts, for organizers who sign in/);
    });
  });

  it('breaks off without a trace of a running process when it is asked to end while it starts', async () => {
    const here = place();
    const running = here.start('run', '--port', await freePort());
    running.end();
    expect(await running.ended).toMatchObject({ code: 0, out: '' });
    // What was opened was closed: the next one may have it.
    expect((await here.run('import')).code).toBe(0);
  });
});

describe('the process', () => {
  it('ends at a signal during its start, and has given its data back', async () => {
    const here = place();
    const { child, ended, err } = spawned(here.folder, 'run', '--port', await freePort());
    await until(() => err().includes('unpacking'), 'the first stage');
    child.kill('SIGTERM');
    const { code, out } = await ended;
    expect(code).toBe(0);
    expect(out).toBe('');
  });

  it('is silent when nobody reads its output any more', async () => {
    const here = place();
    const { child, ended } = spawned(here.folder, 'plan', '--program', 'program.json', '--json');
    child.stdout.destroy();
    const { code, err } = await ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});

it('shows where an error comes from with --debug only', async () => {
  const here = place();
  const quiet = await here.run('plan', '--program', 'nowhere.json');
  const loud = await here.run('plan', '--program', 'nowhere.json', '--debug');
  expect(quiet.err).toMatch(/^✗ \S+nowhere\.json: [^\n]+$/);
  expect(loud.err.split('\n')[0]).toBe(quiet.err);
  expect(loud.err).toMatch(/\n {4}at /);
});
