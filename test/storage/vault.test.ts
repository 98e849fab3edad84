import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { createNetworkMemory, forgetAccount, forgetOld } from '../../src/storage/network-memory.js';
import { seal, unseal } from '../../src/storage/seal.js';
import { openVault } from '../../src/storage/vault.js';
import { keyFileName, vaultKey } from '../../src/storage/vault-key.js';
import { describeOnDatabases, temporaryFolder } from '../support/database.js';

const key = new Uint8Array(32).fill(1);

test('what is sealed opens under its key and name only, and no bit of it can be changed', () => {
  const sealed = seal('app-password', key, 'bluesky:@a.example');
  expect(sealed).not.toContain('app-password');
  expect(seal('app-password', key, 'bluesky:@a.example')).not.toBe(sealed);
  expect(unseal(sealed, key, 'bluesky:@a.example')).toBe('app-password');
  expect(unseal(sealed, key, 'bluesky:@b.example')).toBeUndefined();
  expect(unseal(sealed, new Uint8Array(32).fill(2), 'bluesky:@a.example')).toBeUndefined();
  for (let at = 3; at < sealed.length - 1; at += 1) {
    const other = sealed[at] === 'A' ? 'B' : 'A';
    const changed = sealed.slice(0, at) + other + sealed.slice(at + 1);
    expect(unseal(changed, key, 'bluesky:@a.example')).toBeUndefined();
  }
  for (const odd of ['', 'v1.', 'v1.AAAA', 'v2.' + sealed.slice(3)]) {
    expect(unseal(odd, key, 'a')).toBeUndefined();
  }
});

test('the key file is made once, for its owner alone', () => {
  const dataFolder = join(temporaryFolder(), 'data');
  const made = vaultKey({ dataFolder });
  const file = join(dataFolder, keyFileName);
  expect(made).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(vaultKey({ dataFolder })).toEqual(made);
  expect(readFileSync(file, 'utf8').trim()).toBe(Buffer.from(made).toString('base64url'));
});

test('a key that another process with the same id is just making is left to it', () => {
  const dataFolder = temporaryFolder();
  const its = join(dataFolder, `${keyFileName}.${String(process.pid)}`);
  writeFileSync(its, 'half a k');
  vaultKey({ dataFolder });
  expect(readFileSync(its, 'utf8')).toBe('half a k');
  expect(readdirSync(dataFolder).sort()).toEqual([keyFileName, basename(its)]);
});

test('a key file that is none says so', () => {
  const dataFolder = temporaryFolder();
  writeFileSync(join(dataFolder, keyFileName), 'nonsense');
  expect(() => vaultKey({ dataFolder })).toThrow(
    /secret\.key: the key of the stored secrets cannot be used: it holds no key\. Put the file back/,
  );
  const blocked = temporaryFolder();
  mkdirSync(join(blocked, keyFileName));
  expect(() => vaultKey({ dataFolder: blocked })).toThrow(/secret\.key: .*Put the file back/);
});

test('the same passphrase makes the same key, and no file', () => {
  const dataFolder = join(temporaryFolder(), 'none');
  const secret = 'a passphrase of some length';
  expect(vaultKey({ secret, dataFolder })).toEqual(vaultKey({ secret, dataFolder }));
  expect(() => statSync(dataFolder)).toThrow();
});

describeOnDatabases('secrets and memory of accounts', (database) => {
  let names = 0;
  const fresh = () => `bluesky:@vault${String((names += 1))}.example`;

  test('secrets come back whole, and are nowhere to be read', async () => {
    const account = fresh();
    const vault = openVault(
      database(),
      () => key,
      () => 5,
    ).account(account);
    expect(await vault.read()).toBeUndefined();
    await vault.write({ credentials: { appPassword: 'planted-password' } });
    await vault.write({ credentials: { appPassword: 'planted-password-2' } });
    expect(await vault.read()).toEqual({ credentials: { appPassword: 'planted-password-2' } });
    const { rows } = await database().query('SELECT * FROM callboard.secrets');
    expect(JSON.stringify(rows)).not.toContain('planted');
    const other = openVault(
      database(),
      () => new Uint8Array(32).fill(9),
      () => 5,
    ).account(account);
    await expect(other.read()).rejects.toThrow(
      /sealed with another key\. Set the CALLBOARD_SECRET of then/,
    );
    await vault.forget();
    expect(await vault.read()).toBeUndefined();
  });

  test('one refreshes at a time, whoever asks, and a failure lets the next go on', async () => {
    const account = fresh();
    const vaults = [1, 2].map(() =>
      openVault(
        database(),
        () => key,
        () => 5,
      ).account(account),
    );
    let inside = 0;
    let most = 0;
    const order: number[] = [];
    const work = async (name: number) => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(name);
      inside -= 1;
      if (name === 0) throw new Error('refused');
      return name;
    };
    const one = vaults[0];
    const asked = [0, 1, 2, 3].map((name) => one?.exclusively(() => work(name)));
    const others = [4, 5].map((name) => vaults[1]?.exclusively(() => work(name)));
    const results = await Promise.allSettled([...asked, ...others]);
    expect(
      results.map(({ status }) => status).filter((status) => status === 'rejected'),
    ).toHaveLength(1);
    expect(most).toBe(1);
    expect(order.filter((name) => name < 4)).toEqual([0, 1, 2, 3]);
  });

  test('memory is each account’s own, and old things go', async () => {
    const [account, other] = [fresh(), fresh()];
    let now = 0;
    const memory = createNetworkMemory(database(), account, () => now);
    const strange = createNetworkMemory(database(), other, () => now);
    expect(await memory.read('made')).toBeUndefined();
    await memory.write('made', { container: '1', list: [1, null, 'ü'] });
    await strange.write('made', null);
    expect(await memory.read('made')).toEqual({ container: '1', list: [1, null, 'ü'] });
    now = 61 * 24 * 60 * 60_000;
    await memory.write('young', 1);
    await forgetOld(database(), now);
    expect(await memory.read('made')).toBeUndefined();
    expect(await memory.read('young')).toBe(1);
    await memory.forget('young');
    await memory.forget('young');
    expect(await memory.swap('word', undefined, { by: 'a', at: 1 })).toBe(true);
    expect(await memory.swap('word', undefined, { by: 'b' })).toBe(false);
    expect(await memory.swap('word', { by: 'b' }, { by: 'c' })).toBe(false);
    expect(await memory.swap('word', { at: 1, by: 'a' }, { by: 'c' })).toBe(true);
    expect(await memory.read('word')).toEqual({ by: 'c' });
    const racing = ['d', 'e', 'f'].map((by) => memory.swap('word', { by: 'c' }, { by }));
    expect((await Promise.all(racing)).filter(Boolean)).toHaveLength(1);
    await memory.forget('word');
    await memory.write('last', 1);
    await forgetAccount(database(), account);
    expect(await memory.read('last')).toBeUndefined();
  });
});
