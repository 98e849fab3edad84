import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AccountVault } from '../../../src/publish/publisher.js';
import { ahead, isPost, once, openSetting, type Setting } from './setting.js';
import type { SeenRequest } from '../../support/networks/fault-proxy.js';

const minute = 60_000;
const hour = 60 * minute;
let x: Setting;
beforeAll(async () => {
  x = await openSetting();
});
afterAll(() => x.close());
beforeEach(() => x.reset());
afterEach(() => {
  expect(x.server.violations).toEqual([]);
});

const isRenewal = ({ path }: SeenRequest) => path === '/2/oauth2/token';
const renewals = () =>
  x.server.requests.filter((request) => request.endsWith('/oauth2/token')).length;

describe('renewing a sign-in', () => {
  test('happens ahead of its end while a post is prepared, and not before', async () => {
    const dispatch = x.dispatch('Prepared');
    await x.publisher().prepare(ahead(dispatch, x.clock.now() + 10 * minute));
    expect(renewals()).toBe(0);
    x.clock.advance(110 * minute);
    expect(await x.publisher().prepare(ahead(dispatch, x.clock.now() + 10 * minute))).toEqual({
      kind: 'ready',
    });
    expect(renewals()).toBe(1);
    expect(await x.vault.read()).toMatchObject({
      expiresAt: x.clock.now() + 2 * hour,
      refreshToken: 'refresh-token-2',
    });
    expect(await x.vault.read()).not.toHaveProperty('refreshing');
  });

  test('happens once, however many posts want it', async () => {
    x.clock.advance(3 * hour);
    const publisher = x.publisher();
    const outcomes = await Promise.all(
      ['a', 'b', 'c', 'd'].map((name) => publisher.publish(x.dispatch(`Post ${name}`))),
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(4).fill('published'));
    expect(renewals()).toBe(1);
  });

  test('is tried again after an answer that was lost before X saw the question', async () => {
    x.clock.advance(3 * hour);
    x.fault = once({ kind: 'cut-before' }, isRenewal);
    expect(await x.publisher().publish(x.dispatch('Later'))).toMatchObject({ kind: 'retry-later' });
    expect(await x.publisher().publish(x.dispatch('Later'))).toMatchObject({ kind: 'published' });
  });

  test.each([
    [429, {}, { 'retry-after': '77' }],
    [503, {}, {}],
    [500, 'no JSON', {}],
  ])('that X answers with %s is no refusal', async (status, body, headers) => {
    x.clock.advance(3 * hour);
    x.fault = once({ kind: 'answer', status, body, headers }, isRenewal);
    const outcome = await x.publisher().publish(x.dispatch('Later'));
    expect(outcome).toMatchObject({ kind: 'retry-later' });
    if (status === 429) {
      expect(outcome).toMatchObject({ notBefore: x.clock.now() + 77_000 });
      expect(await x.vault.read()).not.toHaveProperty('refreshing');
    }
    expect(await x.publisher().publish(x.dispatch('Later'))).toMatchObject({ kind: 'published' });
  });

  test('that X refuses is told once, as a thing to do', async () => {
    x.server.signIn.revokeAll();
    expect(await x.publisher().publish(x.dispatch('Refused'))).toEqual({
      kind: 'unauthorized',
      reason:
        'x:@meeting: X renews the sign-in no more, for it was taken back or is too old. Connect it again with "callboard connect x".',
    });
    expect(x.server.posts()).toEqual([]);
  });

  test('keys are not renewed: refused keys are refused', async () => {
    await x.vault.write({ ...x.server.signIn.keys, accessSecret: 'another' });
    expect(await x.publisher().publish(x.dispatch('Refused'))).toMatchObject({
      kind: 'unauthorized',
    });
    expect(x.server.posts()).toEqual([]);
  });
});

/** A process that dies at one of the steps of its vault and its line, counted from 0; `steps` tells which there were. */
async function die(killAt: number): Promise<readonly string[]> {
  const steps: string[] = [];
  let kill: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (kill = resolve));
  const step = async (what: string) => {
    if (steps.length > killAt) await new Promise(() => undefined);
    steps.push(what);
    if (steps.length - 1 !== killAt) return;
    kill();
    await new Promise(() => undefined);
  };
  const vault: AccountVault = {
    ...x.vault,
    // A dead process holds nothing.
    exclusively: (work) => work(),
    async write(secrets) {
      await step('before write');
      await x.vault.write(secrets);
      await step('after write');
    },
  };
  x.fault = (request) => {
    if (!isRenewal(request)) return undefined;
    if (steps.length === killAt) {
      steps.push('request lost');
      kill();
      return { kind: 'cut-before' };
    }
    steps.push('request');
    if (steps.length !== killAt) {
      steps.push('answer');
      return undefined;
    }
    steps.push('answer lost');
    kill();
    return { kind: 'cut-after' };
  };
  await Promise.race([x.publisher({ vault }).publish(x.dispatch('Of the dead')), died]);
  // What was on its way arrives, whoever asked is dead.
  while (steps.at(-1) === 'answer lost' && renewals() === 0) await pause(2);
  x.fault = () => undefined;
  return steps;
}

describe('a process that dies while it renews a sign-in', () => {
  test('leaves an account that goes on, or one whose person knows what happened', async () => {
    const ends: string[] = [];
    for (let killAt = 0; ; killAt += 1) {
      await x.reset();
      x.clock.advance(2 * hour - 10_000);
      const steps = await die(killAt);
      if (steps.length <= killAt) break;
      x.clock.advance(minute);
      const outcome = await x.publisher().publish(x.dispatch('Of the living'));
      ends.push(`${steps.at(-1) ?? ''}: ${outcome.kind}`);
      if (outcome.kind === 'unauthorized') {
        expect(outcome.reason).toMatch(/interrupted at 2026-05-\d\dT\d\d:\d\d:\d\d/);
        expect(outcome.reason).toContain('callboard connect x');
      }
      expect(x.server.violations).toEqual([]);
    }
    expect(ends).toEqual([
      'before write: published',
      'after write: published',
      'request lost: published',
      'answer lost: unauthorized',
      'before write: unauthorized',
      'after write: published',
    ]);
  });

  test('posts with the old access token for as long as it works, and does not burn the refresh token', async () => {
    x.clock.advance(110 * minute);
    const dispatch = x.dispatch('Prepared');
    x.fault = once({ kind: 'cut-after' }, isRenewal);
    const soon = x.clock.now() + 10 * minute;
    expect(await x.publisher().prepare(ahead(dispatch, soon))).toMatchObject({ kind: 'later' });
    const publisher = x.publisher();
    expect(await publisher.publish(dispatch)).toMatchObject({ kind: 'published' });
    expect(await publisher.publish(x.dispatch('Another'))).toMatchObject({ kind: 'published' });
    expect(renewals()).toBe(1);
    const report = await publisher.verify(AbortSignal.timeout(9_000));
    expect(report).toMatchObject({
      kind: 'ok',
      warnings: [expect.stringContaining('was interrupted at') as string],
    });
    expect(x.server.requests.filter((request) => request === 'GET /2/users/me')).toHaveLength(2);
    x.clock.advance(10 * minute);
    expect(await publisher.publish(x.dispatch('A third'))).toMatchObject({
      kind: 'unauthorized',
      reason: expect.stringContaining('interrupted') as string,
    });
    expect(x.server.posts()).toHaveLength(2);
  });

  test('is not taken for refused while X does not say whether the old token works', async () => {
    x.clock.advance(110 * minute);
    x.fault = once({ kind: 'cut-after' }, isRenewal);
    await x.publisher().prepare(ahead(x.dispatch('Prepared'), x.clock.now() + 10 * minute));
    x.fault = once({ kind: 'answer', status: 503, body: {} }, (request) => !isPost(request));
    expect(await x.publisher().publish(x.dispatch('Later'))).toMatchObject({ kind: 'retry-later' });
    expect(renewals()).toBe(1);
  });
});
