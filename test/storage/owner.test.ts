import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CallboardError } from '../../src/errors.js';
import { claimOwnership, type OwnerHandler } from '../../src/storage/owner.js';
import { passingName } from '../../src/storage/owner-address.js';
import { askOwner } from '../../src/storage/owner-connection.js';
import { temporaryFolder } from '../support/database.js';

const nothing: OwnerHandler = () => Promise.resolve(null);
const child = fileURLToPath(new URL('owner-process.ts', import.meta.url));

/** Another process that claims a folder and says `owner` or `refused`; it stays until its input ends or it is killed. */
function starter(folder: string) {
  const process_ = spawn(process.execPath, ['--import', 'tsx', child, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const said = new Promise<string>((resolve) => {
    process_.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()));
  return { said, ended, process: process_ };
}

describe('owning a data folder', () => {
  it('is for one at a time, and says who has it', async () => {
    const folder = temporaryFolder();
    const owner = await claimOwnership(folder, nothing);
    const refused = await claimOwnership(folder, nothing).catch((thrown: unknown) => thrown);
    expect(refused).toBeInstanceOf(CallboardError);
    expect(refused).toMatchObject({ code: 'data-folder-in-use', exit: 'storage' });
    expect(String(refused)).toMatch(
      new RegExp(
        `${folder}: the data folder is in use: process ${String(process.pid)} has had it since 20\\d\\d-`,
      ),
    );
    await owner.close();
    const next = await claimOwnership(folder, nothing);
    await next.close();
  });

  it('keeps its socket from others and tidies those before', async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 4; round += 1) {
      const owner = await claimOwnership(folder, nothing);
      await owner.close();
    }
    expect(readdirSync(folder).sort()).toEqual(['owner.3.sock', 'owner.4.sock']);
    expect(statSync(join(folder, 'owner.4.sock')).mode & 0o777).toBe(0o600);
  });

  it('tidies what starters left who were killed before they owned it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, passingName()), '');
    const owner = await claimOwnership(folder, nothing);
    expect(readdirSync(folder)).toEqual(['owner.1.sock']);
    await owner.close();
  });

  it('works in a folder whose path is too long for a socket', async () => {
    const folder = join(temporaryFolder(), 'a'.repeat(80), 'b'.repeat(80));
    mkdirSync(folder, { recursive: true });
    const owner = await claimOwnership(folder, ({ operation }) => Promise.resolve(operation));
    expect(readdirSync(folder)).toEqual(['owner.1.sock']);
    await expect(claimOwnership(folder, nothing)).rejects.toThrow('in use');
    expect(await askOwner(folder, { operation: 'status', input: null })).toEqual({
      result: 'status',
    });
    await owner.close();
    expect(await askOwner(folder, { operation: 'status', input: null })).toBe('nobody');
  });

  it('goes to exactly one of several processes that start at once, also after one was killed', async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 2; round += 1) {
      const starters = Array.from({ length: 4 }, () => starter(folder));
      const said = await Promise.all(starters.map((one) => one.said));
      expect([...said].sort()).toEqual(['owner', 'refused', 'refused', 'refused']);
      for (const one of starters) one.process.kill('SIGKILL');
      await Promise.all(starters.map((one) => one.ended));
    }
    expect(await askOwner(folder, { operation: 'status', input: null })).toBe('nobody');
    await (await claimOwnership(folder, nothing)).close();
  });

  it('goes to exactly one of twelve who race within one process for a dead owner’s folder', async () => {
    const folder = temporaryFolder();
    for (let round = 0; round < 40; round += 1) {
      const claims = await Promise.allSettled(
        Array.from({ length: 12 }, () => claimOwnership(folder, nothing)),
      );
      const won = claims.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const lost = claims.flatMap((one) =>
        one.status === 'rejected' ? [(one.reason as CallboardError).code] : [],
      );
      expect(won).toHaveLength(1);
      expect(new Set(lost)).toEqual(new Set(['data-folder-in-use']));
      for (const owner of won) await owner.close();
    }
  });
});

describe('asking the owner', () => {
  it('gives its answer, and its progress before', async () => {
    const folder = temporaryFolder();
    const owner = await claimOwnership(folder, ({ operation, input }, report) => {
      report({ done: 1 });
      report({ done: 2 });
      return Promise.resolve({ operation, input, text: 'ü\n' });
    });
    const progress: unknown[] = [];
    const answer = await askOwner(
      folder,
      { operation: 'hold', input: { ids: ['a'] } },
      { onProgress: (one) => progress.push(one) },
    );
    expect(answer).toEqual({ result: { operation: 'hold', input: { ids: ['a'] }, text: 'ü\n' } });
    expect(progress).toEqual([{ done: 1 }, { done: 2 }]);
    await owner.close();
  });

  it('carries an answer of many megabytes', async () => {
    const folder = temporaryFolder();
    const owner = await claimOwnership(folder, () => Promise.resolve('x'.repeat(20_000_000)));
    const answer = await askOwner(folder, { operation: 'list', input: null });
    expect(answer === 'nobody' ? 0 : String(answer.result).length).toBe(20_000_000);
    await owner.close();
  });

  it('throws what the owner threw: code, place, problem, remedy and exit', async () => {
    const folder = temporaryFolder();
    const complaint = { place: 'a', problem: 'b', remedy: 'C' };
    const owner = await claimOwnership(folder, ({ operation }) => {
      throw operation === 'hold'
        ? new CallboardError('x-y', complaint, 'findings')
        : new Error('bug');
    });
    const thrown = await askOwner(folder, { operation: 'hold', input: null }).catch(
      (e: unknown) => e,
    );
    expect(thrown).toBeInstanceOf(CallboardError);
    expect(thrown).toMatchObject({ code: 'x-y', exit: 'findings', message: 'a: b. C.' });
    await expect(askOwner(folder, { operation: 'other', input: null })).rejects.toThrow('bug');
    await owner.close();
  });

  it('ends when the asker gives up, and tells the owner', async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    let heard: (() => void) | undefined;
    const aborted = new Promise<void>((resolve) => (heard = resolve));
    const owner = await claimOwnership(
      folder,
      (_request, _report, signal) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            heard?.();
            resolve(null);
          });
          controller.abort();
        }),
    );
    await expect(
      askOwner(folder, { operation: 'wait', input: null }, { signal: controller.signal }),
    ).rejects.toThrow('aborted');
    await aborted;
    await owner.close();
  });

  it('says so when the owner ends before it answers', async () => {
    const folder = temporaryFolder();
    const owner = await claimOwnership(folder, () => {
      setTimeout(() => void owner.close(), 10);
      return new Promise(() => undefined);
    });
    await expect(askOwner(folder, { operation: 'wait', input: null })).rejects.toMatchObject({
      code: 'owner-lost',
    });
  });

  it('refuses a request that is no JSON or has no end, and goes on', async () => {
    const folder = temporaryFolder();
    const owner = await claimOwnership(folder, () => Promise.resolve('fine'));
    const say = (text: string) =>
      new Promise<string>((resolve) => {
        let heard = '';
        const socket = connect(join(folder, 'owner.1.sock'), () => socket.write(text));
        socket.on('data', (data) => (heard += data.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(heard));
      });
    expect(await say('not json\n')).toContain('"kind":"broke"');
    expect(await say('{}\n')).toContain('a request names an operation');
    await say('x'.repeat(5_000_000));
    expect(await askOwner(folder, { operation: 'status', input: null })).toEqual({
      result: 'fine',
    });
    await owner.close();
  });
});
