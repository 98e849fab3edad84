import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  beginXSignIn,
  connectXByKeys,
  disconnectX,
  endXSignIn,
} from '../../../src/networks/x/connect.js';
import { openSetting, type Setting } from './setting.js';

let x: Setting;
beforeAll(async () => {
  x = await openSetting();
});
afterAll(() => x.close());
beforeEach(() => x.reset());
afterEach(() => {
  expect(x.server.violations).toEqual([]);
});

const app = () => ({
  clientId: x.server.signIn.client.id,
  clientSecret: x.server.signIn.client.secret,
  redirectUri: 'http://127.0.0.1:4680/connect/x',
});
const options = () => ({ clock: x.clock, api: x.origin, signal: AbortSignal.timeout(9_000) });
const returned = (begun: { address: string; state: string }, state = begun.state) =>
  `${app().redirectUri}?state=${state}&code=${x.server.signIn.agree(new URL(begun.address))}`;

test('a sign-in with PKCE gives tokens with which a post goes up', async () => {
  const begun = beginXSignIn(app());
  const address = new URL(begun.address);
  expect(address.origin + address.pathname).toBe('https://x.com/i/oauth2/authorize');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    response_type: 'code',
    scope: 'tweet.read tweet.write users.read media.write offline.access',
    code_challenge_method: 'S256',
    state: begun.state,
  });
  expect(begun.address).not.toContain(begun.verifier);
  const done = await endXSignIn(app(), begun, ` ${returned(begun)}\n`, options());
  expect(done).toMatchObject({ kind: 'connected', user: { id: '77', username: 'meeting' } });
  if (done.kind !== 'connected') return;
  await x.vault.write(done.secrets);
  expect(await x.publisher().publish(x.dispatch('Connected'))).toMatchObject({ kind: 'published' });
});

test('a public client has no secret', async () => {
  const { clientSecret: _none, ...native } = app();
  const begun = beginXSignIn(native);
  expect(await endXSignIn(native, begun, returned(begun), options())).toMatchObject({
    kind: 'connected',
  });
});

test.each([
  [
    'an address of another sign-in',
    (begun: ReturnType<typeof beginXSignIn>) => returned(begun, 'other'),
    /another sign-in/,
  ],
  ['no address', () => 'code', /no address/],
  [
    'a no',
    (begun: ReturnType<typeof beginXSignIn>) =>
      `http://127.0.0.1/?state=${begun.state}&error=access_denied`,
    /nobody agreed/,
  ],
  [
    'a code of nobody',
    (begun: ReturnType<typeof beginXSignIn>) => `http://127.0.0.1/?state=${begun.state}&code=none`,
    /code no more/,
  ],
])('is refused with %s', async (_what, given, reason) => {
  const begun = beginXSignIn(app());
  const done = await endXSignIn(app(), begun, given(begun), options());
  expect(done).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) as string });
});

test('is refused with the verifier of another sign-in, and while X is away, by name', async () => {
  const begun = beginXSignIn(app());
  const other = { ...begun, verifier: beginXSignIn(app()).verifier };
  expect(await endXSignIn(app(), other, returned(begun), options())).toMatchObject({
    kind: 'refused',
  });
  x.fault = () => ({ kind: 'answer', status: 503, body: {} });
  expect(await endXSignIn(app(), begun, returned(begun), options())).toEqual({
    kind: 'refused',
    reason: 'X has no time (503): try again in a while',
  });
});

test('four pasted keys connect, wrong ones do not', async () => {
  const { kind: _kind, ...keys } = x.server.signIn.keys;
  const pasted = { ...keys, apiKey: ` ${keys.apiKey}\n` };
  expect(await connectXByKeys(pasted, options())).toEqual({
    kind: 'connected',
    secrets: x.server.signIn.keys,
    user: { id: '77', username: 'meeting' },
  });
  expect(await connectXByKeys({ ...keys, apiSecret: 'wrong' }, options())).toMatchObject({
    kind: 'refused',
  });
  expect(await connectXByKeys({ ...keys, apiSecret: ' ' }, options())).toMatchObject({
    kind: 'refused',
  });
});

test('disconnecting takes tokens back at X and forgets them here, also while X is away', async () => {
  const secrets = x.server.signIn.connect();
  await x.vault.write(secrets);
  expect(await disconnectX(x.vault, options())).toBe(true);
  expect(x.server.signIn.isGood(secrets.accessToken)).toBe(false);
  expect(await x.vault.read()).toBeUndefined();
  await x.vault.write(x.server.signIn.connect());
  x.fault = () => ({ kind: 'cut-before' });
  expect(await disconnectX(x.vault, options())).toBe(false);
  expect(await x.vault.read()).toBeUndefined();
  await x.vault.write(x.server.signIn.keys);
  expect(await disconnectX(x.vault, options())).toBe(false);
});
