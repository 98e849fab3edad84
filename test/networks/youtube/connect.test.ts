import { afterEach, expect, test } from 'vitest';
import {
  authorizeAddress,
  beginConnecting,
  disconnect,
  exchangeCode,
  readRedirect,
} from '../../../src/networks/youtube/connect.js';
import { youtubeApp } from '../../support/networks/youtube-tokens.js';
import { openYoutube } from './youtube-stage.js';

const redirectUri = 'http://127.0.0.1:4681';
const signal = AbortSignal.timeout(20_000);
let stage: Awaited<ReturnType<typeof openYoutube>> | undefined;
afterEach(() => stage?.close());

async function allowed(testing = false) {
  stage = await openYoutube('broadcast');
  stage.server.settings.testing = testing;
  const attempt = beginConnecting();
  const code = stage.server.tokens.issueCode(attempt.challenge, redirectUri);
  const options = { api: stage.origin, clock: stage.clock, signal };
  return { ...stage, attempt, code, options };
}

test('the address asks for the least that is needed, offline, with PKCE and state', () => {
  const attempt = beginConnecting();
  const address = authorizeAddress({ clientId: youtubeApp.clientId, redirectUri, attempt });
  const url = new URL(address);
  expect(url.origin + url.pathname).toBe('https://accounts.google.com/o/oauth2/v2/auth');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: youtubeApp.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'https://www.googleapis.com/auth/youtube',
    state: attempt.state,
    code_challenge: attempt.challenge,
    code_challenge_method: 'S256',
    access_type: 'offline',
    prompt: 'consent',
  });
  expect(address).not.toContain(attempt.verifier);
});

test('only the address of this attempt gives a code', () => {
  expect(readRedirect(`${redirectUri}/?state=s&code=4/x`, 's')).toEqual({
    kind: 'code',
    code: '4/x',
  });
  for (const address of [
    `${redirectUri}/?state=t&code=4/x`,
    `${redirectUri}/?code=4/x`,
    `${redirectUri}/?state=s&error=access_denied`,
    `${redirectUri}/?state=s`,
    '4/x',
  ]) {
    expect(readRedirect(address, 's').kind).toBe('refused');
  }
  expect(readRedirect(`${redirectUri}/?state=&code=4/x`, '').kind).toBe('refused');
});

test('a code becomes the secrets of the channel, with a word about “Testing”', async () => {
  const { attempt, code, options, vault, publisher, server } = await allowed();
  const request = { ...youtubeApp, code, redirectUri, verifier: attempt.verifier };
  const connected = await exchangeCode(options, request);
  if (connected.kind !== 'connected') throw new Error(connected.reason);
  expect(connected).toMatchObject({
    handle: 'meeting',
    name: 'A meeting',
    secrets: { channelId: expect.stringMatching(/^UC/) as string, clientId: youtubeApp.clientId },
    warnings: [expect.stringMatching(/“Testing”.*7 days/) as string],
  });
  await vault.write(connected.secrets);
  expect(await publisher.verify(signal)).toMatchObject({ kind: 'ok', warnings: [] });
  // The access token that came along is used.
  expect(server.tokens.refreshes()).toBe(0);
  expect((await exchangeCode(options, request)).kind).toBe('refused');
});

test('access that Google limits in time is shown with its end', async () => {
  const { attempt, code, options, vault, publisher, clock } = await allowed(true);
  const request = { ...youtubeApp, code, redirectUri, verifier: attempt.verifier };
  const connected = await exchangeCode(options, request);
  if (connected.kind !== 'connected') throw new Error(connected.reason);
  await vault.write(connected.secrets);
  expect(await publisher.verify(signal)).toMatchObject({
    kind: 'ok',
    expiresAt: clock.now() + 604_799_000,
    warnings: [expect.stringMatching(/“Testing”/) as string],
  });
});

test('another verifier or secret gets nothing; a network that is away is no refusal', async () => {
  const { code, options, line, server, attempt } = await allowed();
  const request = { ...youtubeApp, code, redirectUri, verifier: 'another' };
  expect((await exchangeCode(options, request)).kind).toBe('refused');
  expect((await exchangeCode(options, { ...request, clientSecret: 'wrong' })).kind).toBe('refused');
  for (const status of [429, 503]) {
    line.fault = () => ({ kind: 'answer', status, body: {} });
    expect((await exchangeCode(options, request)).kind).toBe('unreachable');
  }
  line.fault = ({ path }) => (path.includes('/channels') ? { kind: 'cut-before' } : undefined);
  const fresh = server.tokens.issueCode(attempt.challenge, redirectUri);
  expect(
    (await exchangeCode(options, { ...request, code: fresh, verifier: attempt.verifier })).kind,
  ).toBe('unreachable');
});

test('disconnecting withdraws the access at Google and forgets it', async () => {
  const { options, vault, publisher, line } = await allowed();
  expect(await publisher.verify(signal)).toMatchObject({ kind: 'ok' });
  const kept = await vault.read();
  expect(await disconnect(vault, options)).toBeUndefined();
  expect(await vault.read()).toBeUndefined();
  await vault.write(kept);
  expect(await publisher.verify(signal)).toMatchObject({ kind: 'unauthorized' });
  line.fault = () => ({ kind: 'cut-before' });
  expect(await disconnect(vault, options)).toMatch(/myaccount\.google\.com\/connections/);
  expect(await vault.read()).toBeUndefined();
});
