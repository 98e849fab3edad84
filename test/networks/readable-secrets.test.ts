import { expect, test } from 'vitest';
import { CallboardError } from '../../src/errors.js';
import { withReadableSecrets } from '../../src/networks/readable-secrets.js';
import type { Dispatch, Preparation, Publisher } from '../../src/publish/publisher.js';

const asked: string[] = [];
const publisher = {
  account: 'threads:@meeting',
  network: 'threads',
  verify: () => Promise.resolve({ kind: 'ok', handle: 'm', id: '1', quotas: [], warnings: [] }),
  prepare: () => Promise.resolve({ kind: 'ready' }),
  publish: () => {
    asked.push('publish');
    return Promise.resolve({ kind: 'rejected', reason: 'asked' });
  },
} as unknown as Publisher;
const complaint = { place: 'threads:@meeting', problem: 'sealed otherwise', remedy: 'Put it back' };
const vaults = {
  readable: () => Promise.resolve({}),
  wrongKey: () => Promise.reject(new CallboardError('secrets-unreadable', complaint)),
  lostKey: () => Promise.reject(new CallboardError('key-file-broken', complaint)),
  away: () => Promise.reject(new Error('connection refused')),
};

test.each([
  ['readable', 'ok', 'ready', 'rejected'],
  ['wrongKey', 'unauthorized', 'unauthorized', 'unauthorized'],
  ['lostKey', 'unauthorized', 'unauthorized', 'unauthorized'],
  ['away', 'unknown', 'later', 'retry-later'],
] as const)(
  'secrets: %s; verify says %s, prepare %s, publish %s',
  async (name, verified, prepared, published) => {
    asked.length = 0;
    const careful = withReadableSecrets(publisher, { read: vaults[name] });
    const signal = AbortSignal.timeout(1_000);
    expect((await careful.verify(signal)).kind).toBe(verified);
    expect((await careful.prepare({ signal } as Preparation)).kind).toBe(prepared);
    const outcome = await careful.publish({ signal } as Dispatch);
    expect(outcome.kind).toBe(published);
    expect(asked).toEqual(name === 'readable' ? ['publish'] : []);
    if (name === 'wrongKey') {
      expect(outcome).toHaveProperty('reason', 'threads:@meeting: sealed otherwise. Put it back.');
    }
  },
);

test('where a person puts the posts up nothing is read', () => {
  const byHand = { ...publisher, byHand: { address: 'a', instruction: 'b' } };
  expect(withReadableSecrets(byHand, { read: vaults.wrongKey })).toBe(byHand);
});
